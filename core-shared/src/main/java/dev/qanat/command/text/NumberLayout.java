package dev.qanat.command.text;

import dev.qanat.command.Invocation;
import dev.qanat.command.Options;
import dev.qanat.text.CFormat;
import dev.qanat.text.Quoting;

/** How numfmt writes a number: its unit, rounding, digits, width and the text around it. */
final class NumberLayout {
  private final Invocation in;
  private final Options.Parsed options;
  private final String to;
  private final String rounding;
  private boolean grouping;
  private int width; // 0: none
  private boolean left;
  private int zeros; // width to fill with zeros
  private int precision = -1; // -1: as the number needs
  private String before = "";
  private String after = "";

  NumberLayout(Invocation in, Options.Parsed options, String to) {
    this.in = in;
    this.options = options;
    this.to = to;
    rounding = options.has("round") ? options.value("round") : "from-zero";
    grouping = options.has("grouping");
    if (grouping && options.has("format")) {
      throw in.fail(1, "--grouping cannot be combined with --format");
    }
    if (options.has("padding")) {
      String text = options.value("padding");
      left = text.startsWith("-");
      width = integer(left ? text.substring(1) : text);
      if (width <= 0) {
        throw in.fail(1, "invalid padding value " + Quoting.locale(text));
      }
    }
    if (options.has("format")) {
      format(options.value("format"));
    }
    if (grouping && !to.equals("none")) {
      throw in.fail(1, "grouping cannot be combined with --to");
    }
  }

  /** What --debug has to say about the options. */
  void warn(boolean fromNone) {
    if (fromNone
        && to.equals("none")
        && !grouping
        && !options.has("padding")
        && !options.has("format")) {
      in.error("no conversion option specified");
    }
    if (grouping) {
      in.error("grouping has no effect in this locale");
    }
  }

  /** A number of decimal digits only; -1 if it is none or large. */
  private static int integer(String s) {
    int n = 0;
    for (int i = 0; i < s.length(); i++) {
      char c = s.charAt(i);
      if (c < '0' || c > '9' || n > 9_999_999) {
        return -1;
      }
      n = n * 10 + c - '0';
    }
    return s.isEmpty() ? -1 : n;
  }

  private static int endOfDigits(String s, int i) {
    while (i < s.length() && s.charAt(i) >= '0' && s.charAt(i) <= '9') {
      i++;
    }
    return i;
  }

  private void format(String f) {
    String shown = Quoting.locale(f);
    int i = 0;
    int length = 0;
    while (i < f.length() && !(f.charAt(i) == '%' && !f.startsWith("%%", i))) {
      i += f.charAt(i) == '%' ? 2 : 1;
      length++;
    }
    if (i >= f.length()) {
      throw in.fail(1, "format " + shown + " has no % directive");
    }
    before = f.substring(0, length);
    i++;
    boolean zero = false;
    for (; i < f.length() && " '0".indexOf(f.charAt(i)) >= 0; i++) {
      grouping |= f.charAt(i) == '\'';
      zero |= f.charAt(i) == '0';
    }
    int sign = i < f.length() && (f.charAt(i) == '-' || f.charAt(i) == '+') ? 1 : 0;
    int end = endOfDigits(f, i + sign);
    if (end > i + sign) {
      int pad = integer(f.substring(i + sign, end));
      if (pad < 0) {
        throw in.fail(1, "invalid format " + shown + " (width overflow)");
      }
      boolean toLeft = f.charAt(i) == '-';
      if (pad > 0 && options.has("debug") && width > 0 && !(zero && !toLeft)) {
        in.error("--format padding overriding --padding");
      }
      if (pad > 0 && zero && !toLeft) {
        zeros = pad;
      } else if (pad > 0) {
        width = pad;
        left = toLeft;
      }
      i = end;
    }
    if (i >= f.length()) {
      throw in.fail(1, "format " + shown + " ends in %");
    }
    if (f.charAt(i) == '.') {
      end = endOfDigits(f, i + 1);
      char next = i + 1 < f.length() ? f.charAt(i + 1) : 0;
      precision = end == i + 1 ? 0 : integer(f.substring(i + 1, end));
      if (precision < 0 || next == ' ' || next == '\t' || next == '+' || next == '-') {
        throw in.fail(1, "invalid precision in format " + shown);
      }
      i = end;
    }
    if (i >= f.length() || f.charAt(i) != 'f') {
      throw in.fail(1, "invalid format " + shown + ", directive must be %[0]['][-][N][.][N]f");
    }
    int start = ++i;
    while (i < f.length()) {
      if (f.charAt(i) == '%' && !f.startsWith("%%", i)) {
        throw in.fail(1, "format " + shown + " has too many % directives");
      }
      i += f.charAt(i) == '%' ? 2 : 1;
    }
    after = f.substring(start);
  }

  /**
   * The number as text.
   *
   * @param places its decimal digits, where the format does not say how many
   * @param fieldWidth of the field it stands in, kept if no width was asked for; 0 for none
   */
  String of(double value, int places, String suffix, int fieldWidth) {
    String number = digits(value, precision >= 0 ? precision : places) + suffix;
    int fill = Math.max(0, (width > 0 ? width : fieldWidth) - number.length());
    String blanks = " ".repeat(fill);
    return before + (left ? number + blanks : blanks + number) + after;
  }

  private String digits(double v, int places) {
    String zero = zeros > 0 ? "%0" + zeros : "%";
    if (to.equals("none")) {
      double ten = Math.pow(10, places);
      return CFormat.format(zero + "." + places + "f", round(v * ten) / ten);
    }
    double base = to.equals("si") ? 1000 : 1024;
    int power = 0;
    double x = v;
    while (Math.abs(x) >= base && power < 8) {
      x /= base;
      power++;
    }
    int exact =
        precision >= 0 ? Math.min(power * 3, precision) : power > 0 && Math.abs(x) < 10 ? 1 : 0;
    double ten = Math.pow(10, exact);
    x = round(x * ten) / ten;
    if (Math.abs(x) >= base && power < 8) {
      x /= base;
      power++;
    }
    int shown = precision >= 0 ? precision : x != 0 && Math.abs(x) < 10 && power > 0 ? 1 : 0;
    String unit = power == 0 ? "" : "KMGTPEZY".charAt(power - 1) + (to.equals("iec-i") ? "i" : "");
    return CFormat.format(zero + "." + shown + "f", x) + unit;
  }

  private double round(double v) {
    return switch (rounding.charAt(0)) {
      case 'u' -> Math.ceil(v);
      case 'd' -> Math.floor(v);
      case 't' -> v < 0 ? Math.ceil(v) : Math.floor(v);
      case 'n' -> v < 0 ? -Math.floor(0.5 - v) : Math.floor(v + 0.5);
      default -> v < 0 ? Math.floor(v) : Math.ceil(v);
    };
  }
}
