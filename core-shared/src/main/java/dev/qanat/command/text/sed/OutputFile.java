package dev.qanat.command.text.sed;

import dev.qanat.command.Output;

/**
 * Where lines go: standard output, the file being edited, or the file of a {@code w}. If the last
 * line of the input has no newline, neither has the last line written, unless something follows it.
 */
final class OutputFile {
  Output out;
  private boolean newlineMissing;

  OutputFile(Output out) {
    this.out = out;
  }

  /** Turns to another file, which starts with nothing missing. */
  void redirect(Output other) {
    out = other;
    newlineMissing = false;
  }

  /** Writes the newline that the line before lacked. */
  void completeLine() {
    if (newlineMissing) {
      out.write('\n');
      newlineMissing = false;
    }
  }

  void text(byte[] bytes, int from, int length) {
    completeLine();
    out.write(bytes, from, length);
  }

  void line(byte[] bytes, int from, int length, boolean terminated, int delimiter) {
    completeLine();
    out.write(bytes, from, length);
    if (terminated) {
      out.write(delimiter);
    } else {
      newlineMissing = true;
    }
  }

  /** Writes whole lines; only the last may lack its end. */
  void lines(byte[] bytes, int from, int length, int delimiter) {
    if (length > 0) {
      completeLine();
      out.write(bytes, from, length);
      newlineMissing = (bytes[from + length - 1] & 0xFF) != delimiter;
    }
  }
}
