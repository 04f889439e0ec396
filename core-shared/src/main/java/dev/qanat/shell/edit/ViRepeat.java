package dev.qanat.shell.edit;

/** The last change made in vi's mode, as the keys that made it. */
final class ViRepeat {
  String keys = "";

  /** What was inserted, when that is all of the change; else null. */
  String inserted;

  /** Its numeric argument; 0 for none. */
  int count;
}
