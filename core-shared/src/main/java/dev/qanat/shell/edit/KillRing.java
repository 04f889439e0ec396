package dev.qanat.shell.edit;

import java.util.ArrayList;
import java.util.List;

/** The last ten texts that were killed, the newest of which {@code C-y} brings back. */
final class KillRing {
  private static final int SIZE = 10;

  private final List<String> texts = new ArrayList<>();
  private int at;

  boolean isEmpty() {
    return texts.isEmpty();
  }

  void add(String text) {
    texts.add(text);
    if (texts.size() > SIZE) {
      texts.remove(0);
    }
    at = texts.size() - 1;
  }

  /** Joins a text to the newest one, before or behind it. */
  void join(String text, boolean before) {
    if (texts.isEmpty()) {
      add(text);
      return;
    }
    at = texts.size() - 1;
    texts.set(at, before ? text + texts.get(at) : texts.get(at) + text);
  }

  String current() {
    return texts.get(at);
  }

  /** Turns the ring: what was killed before the current text becomes current. */
  String turn() {
    at = (at + texts.size() - 1) % texts.size();
    return texts.get(at);
  }
}
