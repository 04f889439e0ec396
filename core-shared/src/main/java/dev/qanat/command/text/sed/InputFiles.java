package dev.qanat.command.text.sed;

import dev.qanat.command.Input;
import dev.qanat.command.Invocation;
import dev.qanat.vfs.VfsException;
import java.util.List;

/**
 * The input files one after the other, seen as one stream of lines; or, if they are separate, as
 * streams of their own. Files that cannot be read are reported and passed over.
 */
final class InputFiles {
  /** Is told when a file begins and ends, for editing in place. */
  interface Listener {
    /** A file was opened; false if it is not to be read after all. */
    boolean opened(String name, Input input);

    /** The file opened last has come to its end. */
    void closed();
  }

  private final Invocation in;
  private final List<String> names;
  private final boolean separate;
  private final boolean stdinIsName;
  private final Listener listener;
  private int next;
  private Input current;
  private String currentName = "-";
  private boolean filesBegan;

  long lineNumber;

  /** Exit status for files that could not be read: 0, 2 or 4. */
  int status;

  InputFiles(
      Invocation in, List<String> names, boolean separate, boolean stdinIsName, Listener listener) {
    this.in = in;
    this.names = names;
    this.separate = separate;
    this.stdinIsName = stdinIsName;
    this.listener = listener;
  }

  /** The name of the file being read; {@code -} for standard input. */
  String name() {
    return currentName;
  }

  boolean isSeparate() {
    return separate;
  }

  /** Whether a file began since this was asked last. */
  boolean takeFileBegan() {
    boolean began = filesBegan;
    filesBegan = false;
    return began;
  }

  /**
   * The input that has something to read, opening the next files as needed; null at the very end.
   * May suspend.
   */
  Input ready() {
    while (true) {
      if (current == null && !openNext()) {
        return null;
      }
      try {
        if (current != null && !current.atEnd()) {
          return current;
        }
      } catch (VfsException e) {
        in.error("read error on " + currentName + ": " + e.reason());
        status = 4;
        next = names.size();
      }
      close();
    }
  }

  /** Whether there is no further line; with separate files, none in this one. May suspend. */
  boolean isLast() {
    if (current != null) {
      if (!current.atEnd()) {
        return false;
      }
      if (separate) {
        return true;
      }
    }
    if (separate && current == null) {
      return next >= names.size();
    }
    return ready() == null;
  }

  private boolean openNext() {
    while (next < names.size()) {
      String name = names.get(next++);
      Input input;
      if (name.equals("-") && !stdinIsName) {
        input = in.stdin();
      } else {
        try {
          input = new Input(in.files().open(name), true);
        } catch (VfsException e) {
          in.error("can't read " + name + ": " + e.reason());
          status = 2;
          continue;
        }
      }
      if (listener != null && !listener.opened(name, input)) {
        input.close();
        status = 4;
        continue;
      }
      current = input;
      currentName = name;
      filesBegan = true;
      if (separate) {
        lineNumber = 0;
      }
      return true;
    }
    return false;
  }

  private void close() {
    if (current != null) {
      Input closing = current;
      current = null;
      closing.close();
      if (listener != null) {
        listener.closed();
      }
    }
  }

  /** Ends reading early; whoever reads a seekable standard input next continues here. */
  void finish() {
    next = names.size();
    if (current != null) {
      current.giveBack();
    }
    close();
  }
}
