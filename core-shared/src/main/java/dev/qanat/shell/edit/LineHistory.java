package dev.qanat.shell.edit;

/** The lines typed before, as the editor walks through them. */
public interface LineHistory {
  int size();

  /** A line; 0 is the oldest. */
  String get(int index);

  /** Keeps what the user made of a line while walking by. */
  default void replace(int index, String line) {}
}
