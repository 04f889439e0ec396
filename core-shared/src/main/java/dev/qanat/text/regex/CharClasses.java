package dev.qanat.text.regex;

import java.util.HashMap;
import java.util.Map;

/** The named sets of characters: POSIX classes, the backslash classes, and Unicode properties. */
final class CharClasses {
  private static final Map<String, CharSet> CACHE = new HashMap<>();

  private CharClasses() {}

  /** A test on a code point. */
  private interface Test {
    boolean test(int c);
  }

  /**
   * The class that POSIX calls {@code name}, or null if there is none. With {@code ascii} only
   * ASCII characters belong to classes, as in the C locale and in PCRE without its Unicode option.
   */
  static CharSet posix(String name, boolean ascii) {
    String key = (ascii ? "a:" : "u:") + name;
    CharSet set = CACHE.get(key);
    if (set == null) {
      set = make(name);
      if (set == null) {
        return null;
      }
      if (ascii) {
        set = set.complement(CharSet.ALL).complement(ASCII);
      }
      CACHE.put(key, set);
    }
    return set;
  }

  private static final CharSet ASCII = new CharSet.Builder().add(0, 0x7F).build();

  private static CharSet make(String name) {
    CharSet.Builder builder = new CharSet.Builder();
    switch (name) {
      case "alpha":
        return CharTables.decode(CharTables.ALPHA);
      case "upper":
        return CharTables.decode(CharTables.UPPER);
      case "lower":
        return CharTables.decode(CharTables.LOWER);
      case "graph":
        return CharTables.decode(CharTables.GRAPH);
      case "digit":
        return builder.add('0', '9').build();
      case "xdigit":
        return builder.add('0', '9').add('A', 'F').add('a', 'f').build();
      case "alnum":
        return builder.add(posix("alpha", false)).add('0', '9').build();
      case "word":
        return builder.add(posix("alpha", false)).add('0', '9').add('_', '_').build();
      case "punct":
        return posix("alnum", false).complement(posix("graph", false));
      case "print":
        return builder.add(posix("graph", false)).add(' ', ' ').add(WIDE_BLANKS).build();
      case "blank":
        return builder.add('\t', '\t').add(' ', ' ').add(WIDE_BLANKS).build();
      case "space":
        return builder.add(9, 13).add(' ', ' ').add(WIDE_BLANKS).add(0x2028, 0x2029).build();
      case "cntrl":
        return builder.add(0, 0x1F).add(0x7F, 0x9F).add(0x2028, 0x2029).build();
      case "ascii":
        return ASCII;
      default:
        return null;
    }
  }

  /** White space beyond ASCII at which a line may be broken. */
  private static final CharSet WIDE_BLANKS =
      new CharSet.Builder()
          .add(0x1680, 0x1680)
          .add(0x2000, 0x2006)
          .add(0x2008, 0x200A)
          .add(0x205F, 0x205F)
          .add(0x3000, 0x3000)
          .build();

  /** Letters, digits and the underscore. */
  static CharSet word(boolean ascii) {
    return posix("word", ascii);
  }

  static boolean isWord(int c, boolean ascii) {
    if (c < 0x80) {
      return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_';
    }
    return !ascii && posix("alpha", false).contains(c);
  }

  /**
   * The set of a Unicode property: a general category, its first letter, Any, L&, or a common
   * script; or null.
   */
  static CharSet property(String name) {
    String categories =
        switch (name) {
          case "L" -> "LuLlLtLmLo";
          case "L&" -> "LuLlLt";
          case "M" -> "MnMcMe";
          case "N" -> "NdNlNo";
          case "P" -> "PcPdPsPePiPfPo";
          case "S" -> "SmScSkSo";
          case "Z" -> "ZsZlZp";
          case "C" -> "CcCfCoCn";
          case "Lu",
                  "Ll",
                  "Lt",
                  "Lm",
                  "Lo",
                  "Mn",
                  "Mc",
                  "Me",
                  "Nd",
                  "Nl",
                  "No",
                  "Pc",
                  "Pd",
                  "Ps",
                  "Pe",
                  "Pi",
                  "Pf",
                  "Po",
                  "Sm",
                  "Sc",
                  "Sk",
                  "So",
                  "Zs",
                  "Zl",
                  "Zp",
                  "Cc",
                  "Cf",
                  "Co",
                  "Cn" ->
              name;
          default -> null;
        };
    if (categories != null) {
      return cached("p:" + name, CharSet.LAST, c -> categories.contains(category(c)));
    }
    int[] script =
        switch (name) {
          case "Any" -> new int[] {0, CharSet.LAST};
          case "Latin" ->
              new int[] {
                'A', 'Z', 'a', 'z', 0xAA, 0xAA, 0xBA, 0xBA, 0xC0, 0xD6, 0xD8, 0xF6, 0xF8, 0x2B8,
                0x2E0, 0x2E4, 0x1D00, 0x1D25, 0x1D2C, 0x1D5C, 0x1D62, 0x1D65, 0x1D6B, 0x1D77,
                0x1D79, 0x1DBE, 0x1E00, 0x1EFF, 0x2071, 0x2071, 0x207F, 0x207F, 0x2090, 0x209C,
                0x212A, 0x212B, 0x2132, 0x2132, 0x214E, 0x214E, 0x2160, 0x2188, 0x2C60, 0x2C7F,
                0xA722, 0xA787, 0xA78B, 0xA7CA, 0xA7F2, 0xA7FF, 0xAB30, 0xAB5A, 0xAB5C, 0xAB64,
                0xFB00, 0xFB06, 0xFF21, 0xFF3A, 0xFF41, 0xFF5A
              };
          case "Greek" ->
              new int[] {
                0x370, 0x373, 0x375, 0x377, 0x37A, 0x37D, 0x37F, 0x37F, 0x384, 0x384, 0x386, 0x386,
                0x388, 0x3E1, 0x3F0, 0x3FF, 0x1F00, 0x1FFE, 0x2126, 0x2126
              };
          case "Cyrillic" ->
              new int[] {
                0x400, 0x484, 0x487, 0x52F, 0x1C80, 0x1C88, 0x2DE0, 0x2DFF, 0xA640, 0xA69F
              };
          case "Han" ->
              new int[] {
                0x2E80, 0x2E99, 0x2E9B, 0x2EF3, 0x2F00, 0x2FD5, 0x3005, 0x3005, 0x3007, 0x3007,
                0x3021, 0x3029, 0x3038, 0x303B, 0x3400, 0x4DBF, 0x4E00, 0x9FFF, 0xF900, 0xFAD9,
                0x16FF0, 0x16FF1, 0x20000, 0x323AF
              };
          case "Hiragana" -> new int[] {0x3041, 0x3096, 0x309D, 0x309F, 0x1B001, 0x1B11F};
          case "Katakana" ->
              new int[] {0x30A1, 0x30FA, 0x30FD, 0x30FF, 0x31F0, 0x31FF, 0xFF66, 0xFF9D};
          case "Hangul" ->
              new int[] {
                0x1100, 0x11FF, 0x3131, 0x318E, 0xA960, 0xA97C, 0xAC00, 0xD7A3, 0xD7B0, 0xD7FB
              };
          case "Arabic" ->
              new int[] {
                0x600, 0x604, 0x606, 0x60B, 0x60D, 0x61A, 0x61C, 0x61E, 0x620, 0x63F, 0x641, 0x64A,
                0x656, 0x66F, 0x671, 0x6DC, 0x6DE, 0x6FF, 0x750, 0x77F, 0xFB50, 0xFDFF, 0xFE70,
                0xFEFC
              };
          case "Hebrew" -> new int[] {0x591, 0x5C7, 0x5D0, 0x5EA, 0x5EF, 0x5F4, 0xFB1D, 0xFB4F};
          case "Thai" -> new int[] {0xE01, 0xE3A, 0xE40, 0xE5B};
          case "Devanagari" -> new int[] {0x900, 0x950, 0x955, 0x963, 0x966, 0x97F, 0xA8E0, 0xA8FF};
          default -> null;
        };
    if (script == null) {
      return null;
    }
    CharSet.Builder builder = new CharSet.Builder();
    for (int i = 0; i < script.length; i += 2) {
      builder.add(script[i], script[i + 1]);
    }
    return name.equals("Any") ? CharSet.ALL : builder.build();
  }

  private static String category(int c) {
    switch (Character.getType(c)) {
      case Character.UPPERCASE_LETTER:
        return "Lu";
      case Character.LOWERCASE_LETTER:
        return "Ll";
      case Character.TITLECASE_LETTER:
        return "Lt";
      case Character.MODIFIER_LETTER:
        return "Lm";
      case Character.OTHER_LETTER:
        return "Lo";
      case Character.NON_SPACING_MARK:
        return "Mn";
      case Character.COMBINING_SPACING_MARK:
        return "Mc";
      case Character.ENCLOSING_MARK:
        return "Me";
      case Character.DECIMAL_DIGIT_NUMBER:
        return "Nd";
      case Character.LETTER_NUMBER:
        return "Nl";
      case Character.OTHER_NUMBER:
        return "No";
      case Character.CONNECTOR_PUNCTUATION:
        return "Pc";
      case Character.DASH_PUNCTUATION:
        return "Pd";
      case Character.START_PUNCTUATION:
        return "Ps";
      case Character.END_PUNCTUATION:
        return "Pe";
      case Character.INITIAL_QUOTE_PUNCTUATION:
        return "Pi";
      case Character.FINAL_QUOTE_PUNCTUATION:
        return "Pf";
      case Character.OTHER_PUNCTUATION:
        return "Po";
      case Character.MATH_SYMBOL:
        return "Sm";
      case Character.CURRENCY_SYMBOL:
        return "Sc";
      case Character.MODIFIER_SYMBOL:
        return "Sk";
      case Character.OTHER_SYMBOL:
        return "So";
      case Character.SPACE_SEPARATOR:
        return "Zs";
      case Character.LINE_SEPARATOR:
        return "Zl";
      case Character.PARAGRAPH_SEPARATOR:
        return "Zp";
      case Character.CONTROL:
        return "Cc";
      case Character.FORMAT:
        return "Cf";
      case Character.PRIVATE_USE:
        return "Co";
      default:
        return "Cn";
    }
  }

  private static CharSet cached(String key, int last, Test test) {
    CharSet set = CACHE.get(key);
    if (set == null) {
      CharSet.Builder builder = new CharSet.Builder();
      int from = -1;
      for (int c = 0; c <= last; c++) {
        boolean in = (c < 0xD800 || c > 0xDFFF) && test.test(c);
        if (in && from < 0) {
          from = c;
        } else if (!in && from >= 0) {
          builder.add(from, c - 1);
          from = -1;
        }
      }
      if (from >= 0) {
        builder.add(from, last);
      }
      set = builder.build();
      CACHE.put(key, set);
    }
    return set;
  }
}
