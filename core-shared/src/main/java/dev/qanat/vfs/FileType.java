package dev.qanat.vfs;

/** What a name in the tree stands for. */
public enum FileType {
  FILE('-', 0100000),
  DIRECTORY('d', 0040000),
  SYMLINK('l', 0120000),
  CHARACTER('c', 0020000),
  BLOCK('b', 0060000),
  FIFO('p', 0010000),
  SOCKET('s', 0140000);

  private final char letter;
  private final int bits;

  FileType(char letter, int bits) {
    this.letter = letter;
    this.bits = bits;
  }

  /** The first letter of {@code ls -l}. */
  public char letter() {
    return letter;
  }

  /** The S_IFMT bits of st_mode (inode(7)). */
  public int bits() {
    return bits;
  }
}
