package dev.qanat.command.text;

import dev.qanat.command.Choice;
import dev.qanat.command.Command;
import dev.qanat.command.Invocation;
import dev.qanat.command.Options;
import dev.qanat.text.CFormat;
import dev.qanat.text.DoubleReader;
import dev.qanat.text.Quoting;
import dev.qanat.text.SizeText;
import dev.qanat.text.Utf8;

/** numfmt: numbers from and to forms with units. */
public final class Numfmt implements Command {
  private static final Options OPTIONS =
      Options.of("numfmt")
          .usage("[OPTION]... [NUMBER]...")
          .about("Reformat NUMBER(s), or the numbers from standard input if none are specified.")
          .value('d', "delimiter", "X", "use X instead of whitespace for field delimiter")
          .value(
              (char) 0, "field", "FIELDS", "replace the numbers in these input fields (default=1)")
          .value((char) 0, "from", "UNIT", "auto-scale input numbers to UNITs; default is 'none'")
          .value(
              (char) 0, "from-unit", "N", "specify the input unit size (instead of the default 1)")
          .optional((char) 0, "header", "N", "print (without converting) the first N header lines")
          .value(
              (char) 0,
              "invalid",
              "MODE",
              "failure mode for invalid numbers: abort, fail, warn, ignore")
          .value((char) 0, "padding", "N", "pad the output to N characters")
          .value(
              (char) 0, "round", "METHOD", "up, down, from-zero (default), towards-zero, nearest")
          .value((char) 0, "suffix", "SUFFIX", "add SUFFIX to output numbers")
          .value((char) 0, "to", "UNIT", "auto-scale output numbers to UNITs")
          .value((char) 0, "to-unit", "N", "the output unit size (instead of the default 1)")
          .negativeNumbersAreOperands();

  @Override
  public int run(Invocation in) {
    Options.Parsed p = OPTIONS.parse(in);
    String from =
        p.has("from")
            ? Choice.of(
                in, OPTIONS, "--from", p.value("from"), "none", "auto", "si", "iec", "iec-i")
            : "none";
    String to =
        p.has("to")
            ? Choice.of(in, OPTIONS, "--to", p.value("to"), "none", "si", "iec", "iec-i")
            : "none";
    if (p.has("round")) {
      Choice.of(
          in,
          OPTIONS,
          "--round",
          p.value("round"),
          "up",
          "down",
          "from-zero",
          "towards-zero",
          "nearest");
    }
    Ranges fields = Ranges.parse(in, OPTIONS, p.has("field") ? p.value("field") : "1", true, false);
    String mode =
        p.has("invalid")
            ? Choice.of(
                in, OPTIONS, "--invalid", p.value("invalid"), "abort", "fail", "warn", "ignore")
            : "abort";
    int[] status = {0};
    if (!p.operands().isEmpty()) {
      for (String s : p.operands()) {
        in.stdout().line(line(in, p, s, from, to, fields, mode, status));
      }
      return status[0];
    }
    long header =
        p.has("header") ? p.value("header") == null ? 1 : SizeText.parse(p.value("header"), "") : 0;
    while (in.stdin().nextLine()) {
      String s = Utf8.decode(in.stdin().data, in.stdin().start, in.stdin().end - in.stdin().start);
      in.stdout().line(header-- > 0 ? s : line(in, p, s, from, to, fields, mode, status));
    }
    return status[0];
  }

  private static String line(
      Invocation in,
      Options.Parsed p,
      String s,
      String from,
      String to,
      Ranges fields,
      String mode,
      int[] status) {
    char d =
        p.has("delimiter") && !p.value("delimiter").isEmpty() ? p.value("delimiter").charAt(0) : 0;
    StringBuilder out = new StringBuilder();
    int i = 0;
    int n = 1;
    while (true) {
      int start = i;
      while (d == 0 && i < s.length() && (s.charAt(i) == ' ' || s.charAt(i) == '\t')) {
        i++;
      }
      int b = i;
      while (i < s.length()
          && (d != 0 ? s.charAt(i) != d : s.charAt(i) != ' ' && s.charAt(i) != '\t')) {
        i++;
      }
      String word = s.substring(b, i);
      if (fields.contains(n) && !word.isEmpty()) {
        String lead = s.substring(start, b);
        String r = one(in, p, word, from, to, mode, status);
        // a field keeps the columns it had, the blanks before it counted in
        boolean kept = n > 1 && d == 0 && !p.has("padding");
        out.append(
                kept
                    ? " ".repeat(Math.max(1, lead.length() + word.length() - r.length()))
                    : n > 1 ? lead : "")
            .append(r);
      } else {
        out.append(s, start, i);
      }
      if (i >= s.length()) {
        return out.toString();
      }
      if (d != 0) {
        out.append(d);
        i++;
      }
      n++;
    }
  }

  private static String one(
      Invocation in,
      Options.Parsed p,
      String word,
      String from,
      String to,
      String mode,
      int[] status) {
    String suffix = p.has("suffix") ? p.value("suffix") : "";
    String w =
        !suffix.isEmpty() && word.endsWith(suffix)
            ? word.substring(0, word.length() - suffix.length())
            : word;
    int e = w.startsWith("-") ? 1 : 0;
    int digits = e;
    while (e < w.length() && (Character.isDigit(w.charAt(e)) || w.charAt(e) == '.')) {
      e++;
    }
    String unit = w.substring(e);
    String wrong = null;
    int power = 0;
    double base = from.startsWith("iec") ? 1024 : 1000;
    if (e == digits || w.charAt(digits) == '.') {
      wrong = "invalid number: " + Quoting.locale(word);
    } else if (!unit.isEmpty()) {
      power = "KMGTPEZY".indexOf(unit.charAt(0)) + 1;
      if (power == 0) {
        wrong = e == w.length() ? null : "invalid suffix in input: " + Quoting.locale(word);
      } else if (from.equals("none")) {
        wrong = "rejecting suffix in input: " + Quoting.locale(word) + " (consider using --from)";
      } else {
        boolean i = unit.length() == 2 && unit.charAt(1) == 'i';
        if (from.equals("auto")) {
          base = i ? 1024 : 1000;
        }
        if (from.equals("iec-i") && !i) {
          wrong = "missing 'i' suffix in input: " + Quoting.locale(word) + " (e.g Ki/Mi/Gi)";
        } else if (unit.length() > 1 && !(i && (from.equals("iec-i") || from.equals("auto")))) {
          wrong =
              "invalid suffix in input "
                  + Quoting.locale(word)
                  + ": "
                  + Quoting.locale(unit.substring(1));
        }
      }
    }
    if (wrong != null) {
      if (!mode.equals("ignore")) {
        in.error(wrong);
      }
      if (mode.equals("abort")) {
        in.stdout().flush();
        throw new Command.Exit(2);
      }
      status[0] = mode.equals("fail") ? 2 : status[0];
      return word;
    }
    String number = w.substring(0, e);
    double v = DoubleReader.parse(number);
    for (int k = 0; k < power; k++) {
      v *= base;
    }
    v *= p.has("from-unit") ? SizeText.parse(p.value("from-unit"), SizeText.USUAL) : 1;
    v /= p.has("to-unit") ? SizeText.parse(p.value("to-unit"), SizeText.USUAL) : 1;
    int places = number.indexOf('.') < 0 ? 0 : number.length() - number.indexOf('.') - 1;
    String r =
        text(v, to, power > 0 ? 0 : places, p.has("round") ? p.value("round") : "from-zero")
            + suffix;
    if (p.has("padding")) {
      String pad = p.value("padding");
      boolean left = pad.startsWith("-");
      long width = SizeText.parse(left ? pad.substring(1) : pad, "");
      String fill = " ".repeat((int) Math.max(0, width - r.length()));
      r = left ? r + fill : fill + r;
    }
    return r;
  }

  private static double round(double v, String how) {
    return switch (how.charAt(0)) {
      case 'u' -> Math.ceil(v);
      case 'd' -> Math.floor(v);
      case 't' -> v < 0 ? Math.ceil(v) : Math.floor(v);
      case 'n' -> v < 0 ? -Math.floor(0.5 - v) : Math.floor(v + 0.5);
      default -> v < 0 ? Math.floor(v) : Math.ceil(v);
    };
  }

  private static String text(double v, String to, int places, String how) {
    if (to.equals("none")) {
      double ten = Math.pow(10, places);
      return CFormat.format("%." + places + "f", round(v * ten, how) / ten);
    }
    double base = to.equals("si") ? 1000 : 1024;
    int power = 0;
    double x = v;
    while (Math.abs(x) >= base && power < 8) {
      x /= base;
      power++;
    }
    boolean tenths = power > 0 && Math.abs(x) < 10;
    x = tenths ? round(x * 10, how) / 10 : round(x, how);
    if (Math.abs(x) >= base && power < 8) {
      x /= base;
      power++;
    }
    tenths = power > 0 && Math.abs(x) < 10;
    return CFormat.format(tenths ? "%.1f" : "%.0f", x)
        + (power == 0
            ? ""
            : String.valueOf((to.equals("si") ? "KMGTPEZY" : "KMGTPEZY").charAt(power - 1))
                + (to.equals("iec-i") ? "i" : ""));
  }
}
