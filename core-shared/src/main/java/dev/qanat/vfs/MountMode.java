package dev.qanat.vfs;

/** What may be done under a mount; each mode includes those before it. */
public enum MountMode {
  READ,
  WRITE,
  /** Files may also be run as programs. */
  EXEC
}
