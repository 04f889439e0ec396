package dev.qanat.command.text;

/** The lines of a file that diff compares: where each is, and whether the last one ends. */
final class DiffLines {
  final String header;
  final byte[] bytes;
  final int[] start; // of each line; one more, for the end of the last
  final int count;
  final boolean complete;

  /**
   * @param header what stands for the file in output that names it
   */
  DiffLines(String header, byte[] bytes) {
    this.header = header;
    this.bytes = bytes;
    int n = 0;
    for (byte c : bytes) {
      n += c == '\n' ? 1 : 0;
    }
    complete = bytes.length == 0 || bytes[bytes.length - 1] == '\n';
    count = n + (complete ? 0 : 1);
    start = new int[count + 1];
    int k = 1;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n' && k <= count) {
        start[k++] = i + 1;
      }
    }
    if (!complete) {
      start[count] = bytes.length;
    }
  }

  /** Whether the line has a newline; only the last may have none. */
  boolean ends(int i) {
    return complete || i < count - 1;
  }

  /** Where the line's text ends, before its newline. */
  int end(int i) {
    return ends(i) ? start[i + 1] - 1 : bytes.length;
  }
}
