package dev.qanat.command.text;

import dev.qanat.command.Choice;
import dev.qanat.command.Command;
import dev.qanat.command.Invocation;
import dev.qanat.command.Options;
import dev.qanat.command.Output;
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
          .flag((char) 0, "debug", "print warnings about invalid input")
          .value('d', "delimiter", "X", "use X instead of whitespace for field delimiter")
          .value(
              (char) 0, "field", "FIELDS", "replace the numbers in these input fields (default=1)")
          .value((char) 0, "format", "FORMAT", "use printf style floating-point FORMAT")
          .value((char) 0, "from", "UNIT", "auto-scale input numbers to UNITs; default is 'none'")
          .value(
              (char) 0, "from-unit", "N", "specify the input unit size (instead of the default 1)")
          .flag(
              (char) 0,
              "grouping",
              "use locale-defined grouping of digits, e.g. 1,000,000 (no effect in the C locale)")
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
          .flag('z', "zero-terminated", "line delimiter is NUL, not newline");

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
    String fieldList =
        p.has("field") ? p.value("field").equals("-") ? "1-" : p.value("field") : "1";
    Ranges fields = Ranges.parse(in, OPTIONS, fieldList, true, false);
    String mode =
        p.has("invalid")
            ? Choice.of(
                in, OPTIONS, "--invalid", p.value("invalid"), "abort", "fail", "warn", "ignore")
            : "abort";
    NumberLayout layout = new NumberLayout(in, p, to);
    if (p.has("debug")) {
      layout.warn(from.equals("none"));
    }
    Conversion conversion = new Conversion(in, p, from, fields, mode, layout);
    boolean zero = p.has("zero-terminated");
    byte delimiter = (byte) (zero ? 0 : '\n');
    if (!p.operands().isEmpty()) {
      for (String s : p.operands()) {
        conversion.line(s);
        in.stdout().write(delimiter);
      }
      return conversion.status;
    }
    long header =
        p.has("header") ? p.value("header") == null ? 1 : SizeText.parse(p.value("header"), "") : 0;
    while (in.stdin().nextLine(delimiter)) {
      String s = Utf8.decode(in.stdin().data, in.stdin().start, in.stdin().end - in.stdin().start);
      if (header-- > 0) {
        in.stdout().write(s);
      } else {
        conversion.line(s);
      }
      if (in.stdin().terminated()) {
        in.stdout().write(delimiter);
      }
    }
    return conversion.status;
  }

  /** What is done to the fields of each line. */
  private static final class Conversion {
    private final Invocation in;
    private final Options.Parsed p;
    private final String from;
    private final Ranges fields;
    private final String mode;
    private final NumberLayout layout;
    private final char delimiter; // 0: white space
    private final String suffix;
    int status;

    Conversion(
        Invocation in,
        Options.Parsed p,
        String from,
        Ranges fields,
        String mode,
        NumberLayout layout) {
      this.in = in;
      this.p = p;
      this.from = from;
      this.fields = fields;
      this.mode = mode;
      this.layout = layout;
      delimiter =
          p.has("delimiter") && !p.value("delimiter").isEmpty()
              ? p.value("delimiter").charAt(0)
              : 0;
      suffix = p.has("suffix") ? p.value("suffix") : "";
    }

    void line(String s) {
      Output out = in.stdout();
      int i = 0;
      int n = 1;
      while (true) {
        int start = i; // a field's white space in front belongs to it
        while (delimiter == 0 && i < s.length() && isBlank(s.charAt(i))) {
          i++;
        }
        int word = i;
        while (i < s.length()
            && (delimiter != 0 ? s.charAt(i) != delimiter : !isBlank(s.charAt(i)))) {
          i++;
        }
        String field = s.substring(start, i);
        if (fields.contains(n)) {
          String text = s.substring(word, i);
          boolean keepsWidth = delimiter == 0 && (word > start || n > 1);
          String r = number(text, keepsWidth ? field.codePointCount(0, field.length()) : 0);
          out.write(r == null ? field : r);
        } else {
          out.write(field);
        }
        if (i >= s.length()) {
          return;
        }
        out.write(delimiter == 0 ? " " : p.value("delimiter").substring(0, 1));
        i++;
        n++;
      }
    }

    private static boolean isBlank(char c) {
      return c == ' ' || c == '\t';
    }

    /** A number in its new form; null when it is none. */
    private String number(String word, int width) {
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
        wrong = "invalid number: " + Quoting.locale(w);
      } else if (!unit.isEmpty()) {
        power = "KMGTPEZY".indexOf(unit.charAt(0)) + 1;
        if (power == 0) {
          wrong = e == w.length() ? null : "invalid suffix in input: " + Quoting.locale(w);
        } else if (from.equals("none")) {
          wrong = "rejecting suffix in input: " + Quoting.locale(w) + " (consider using --from)";
        } else {
          boolean i = unit.length() == 2 && unit.charAt(1) == 'i';
          if (from.equals("auto")) {
            base = i ? 1024 : 1000;
          }
          if (from.equals("iec-i") && !i) {
            wrong = "missing 'i' suffix in input: " + Quoting.locale(w) + " (e.g Ki/Mi/Gi)";
          } else if (unit.length() > 1 && !(i && (from.equals("iec-i") || from.equals("auto")))) {
            wrong =
                "invalid suffix in input "
                    + Quoting.locale(w)
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
        status = mode.equals("fail") ? 2 : status;
        return null;
      }
      String number = w.substring(0, e);
      double v = DoubleReader.parse(number);
      for (int k = 0; k < power; k++) {
        v *= base;
      }
      v *= p.has("from-unit") ? SizeText.parse(p.value("from-unit"), SizeText.USUAL) : 1;
      v /= p.has("to-unit") ? SizeText.parse(p.value("to-unit"), SizeText.USUAL) : 1;
      int places = number.indexOf('.') < 0 ? 0 : number.length() - number.indexOf('.') - 1;
      return layout.of(v, power > 0 ? 0 : places, suffix, width);
    }
  }
}
