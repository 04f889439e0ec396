package dev.qanat.shell.edit;

/** The last change made in vi's mode, as the keys that made it. */
final class ViRepeat {
  String keys = "";

  /** Its numeric argument; 0 for none. */
  int count;
}
