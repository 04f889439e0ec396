package dev.qanat.text.glob;

import java.util.HashMap;
import java.util.Map;

/** The names POSIX gives to characters (6.1, portable character set), for {@code [[.hyphen.]]}. */
final class CollatingSymbol {
  private static final String NAMES =
      """
      tab 9 newline 10 vertical-tab 11 form-feed 12
      carriage-return 13 alert 7 backspace 8 space 32
      exclamation-mark 33 quotation-mark 34 number-sign 35 dollar-sign 36
      percent-sign 37 ampersand 38 apostrophe 39 left-parenthesis 40
      right-parenthesis 41 asterisk 42 plus-sign 43 comma 44
      hyphen 45 hyphen-minus 45 minus 45 dash 45
      period 46 full-stop 46 slash 47 solidus 47
      colon 58 semicolon 59 less-than-sign 60 equals-sign 61
      greater-than-sign 62 question-mark 63 commercial-at 64 left-square-bracket 91
      backslash 92 reverse-solidus 92 right-square-bracket 93 circumflex 94
      circumflex-accent 94 underscore 95 low-line 95 grave-accent 96
      left-brace 123 left-curly-bracket 123 vertical-line 124 right-brace 125
      right-curly-bracket 125 tilde 126
      zero 48 one 49 two 50 three 51 four 52 five 53 six 54 seven 55 eight 56 nine 57
      """;

  private static Map<String, Integer> table;

  private CollatingSymbol() {}

  /** The character of a name; {@link PatternReader#SKIPPED} when there is none. */
  static int of(String name) {
    if (table == null) {
      table = new HashMap<>();
      String key = null;
      for (String word : NAMES.trim().split("\\s+")) {
        if (key == null) {
          key = word;
        } else {
          table.put(key, Integer.parseInt(word));
          key = null;
        }
      }
    }
    return table.getOrDefault(name, PatternReader.SKIPPED);
  }
}
