package dev.qanat.command.data.awk;

import dev.qanat.text.regex.Matcher;

/** What a value of RS means. */
final class RecordSeparator {
  enum Kind {
    BYTE,
    PARAGRAPH,
    REGEX
  }

  final Kind kind;
  final byte separator;
  final Matcher matcher;

  private RecordSeparator(Kind kind, byte separator, Matcher matcher) {
    this.kind = kind;
    this.separator = separator;
    this.matcher = matcher;
  }

  static RecordSeparator of(byte[] rs, Characters characters) {
    if (rs.length == 0) {
      return new RecordSeparator(Kind.PARAGRAPH, (byte) 0, null);
    }
    if (rs.length == 1 && (rs[0] >= 0 || characters.single())) {
      return new RecordSeparator(Kind.BYTE, rs[0], null);
    }
    return new RecordSeparator(Kind.REGEX, (byte) 0, Pattern.compile(rs, characters));
  }
}
