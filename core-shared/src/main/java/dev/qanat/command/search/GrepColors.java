package dev.qanat.command.search;

import dev.qanat.command.Output;

/** The colours of grep's output, from {@code GREP_COLORS}; off unless asked for. */
final class GrepColors {
  boolean on;
  String selectedMatch = "01;31";
  String contextMatch = "01;31";
  String selectedLine = "";
  String contextLine = "";
  String fileName = "35";
  String lineNumber = "32";
  String byteOffset = "32";
  String separator = "36";
  private String erase = "\33[K";

  /**
   * Takes over the settings of a {@code GREP_COLORS} value; an unknown one is ignored as grep does.
   */
  void parse(String value) {
    boolean reversed = false;
    for (String part : split(value)) {
      int equals = part.indexOf('=');
      String name = equals < 0 ? part : part.substring(0, equals);
      String code = equals < 0 ? null : part.substring(equals + 1);
      if (code == null) {
        if (name.equals("ne")) {
          erase = "";
        } else if (name.equals("rv")) {
          reversed = true;
        }
        continue;
      }
      switch (name) {
        case "mt" -> {
          selectedMatch = code;
          contextMatch = code;
        }
        case "ms" -> selectedMatch = code;
        case "mc" -> contextMatch = code;
        case "sl" -> selectedLine = code;
        case "cx" -> contextLine = code;
        case "fn" -> fileName = code;
        case "ln" -> lineNumber = code;
        case "bn" -> byteOffset = code;
        case "se" -> separator = code;
        default -> {}
      }
    }
    reverse = reversed;
  }

  private boolean reverse;

  /** With {@code rv} and {@code -v} the colours of selected and context lines change places. */
  void swapIfReversed() {
    if (reverse) {
      String line = selectedLine;
      selectedLine = contextLine;
      contextLine = line;
    }
  }

  private static java.util.List<String> split(String value) {
    java.util.List<String> parts = new java.util.ArrayList<>();
    int from = 0;
    for (int i = 0; i <= value.length(); i++) {
      if (i == value.length() || value.charAt(i) == ':') {
        parts.add(value.substring(from, i));
        from = i + 1;
      }
    }
    return parts;
  }

  void begin(Output out, String code) {
    if (on && !code.isEmpty()) {
      out.write("\33[");
      out.write(code);
      out.write('m');
      out.write(erase);
    }
  }

  void end(Output out, String code) {
    if (on && !code.isEmpty()) {
      out.write("\33[m");
      out.write(erase);
    }
  }
}
