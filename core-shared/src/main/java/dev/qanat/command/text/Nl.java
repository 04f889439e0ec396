package dev.qanat.command.text;

import dev.qanat.command.Command;
import dev.qanat.command.Input;
import dev.qanat.command.Invocation;
import dev.qanat.command.Options;
import dev.qanat.command.Output;
import dev.qanat.command.Patterns;
import dev.qanat.text.Quoting;
import dev.qanat.text.SizeText;
import dev.qanat.text.Utf8;
import dev.qanat.text.regex.Matcher;
import dev.qanat.vfs.VfsException;
import java.util.List;

/** nl: numbers lines. */
public final class Nl implements Command {
  private static final Options OPTIONS =
      Options.of("nl")
          .usage("[OPTION]... [FILE]...")
          .about(
              "Write each FILE to standard output, with line numbers added.\n\n"
                  + "With no FILE, or when FILE is -, read standard input.")
          .value('b', "body-numbering", "STYLE", "use STYLE for numbering body lines")
          .value('d', "section-delimiter", "CC", "use CC for logical page delimiters")
          .value('f', "footer-numbering", "STYLE", "use STYLE for numbering footer lines")
          .value('h', "header-numbering", "STYLE", "use STYLE for numbering header lines")
          .value('i', "line-increment", "NUMBER", "line number increment at each line")
          .value('l', "join-blank-lines", "NUMBER", "group of NUMBER empty lines counted as one")
          .value('n', "number-format", "FORMAT", "insert line numbers according to FORMAT")
          .flag('p', "no-renumber", "do not reset line numbers for each section")
          .value('s', "number-separator", "STRING", "add STRING after (possible) line number")
          .value('v', "starting-line-number", "NUMBER", "first line number for each section")
          .value('w', "number-width", "NUMBER", "use NUMBER columns for line numbers")
          .epilogue(
              "STYLE is one of:\n\n"
                  + "  a      number all lines\n"
                  + "  t      number only nonempty lines\n"
                  + "  n      number no lines\n"
                  + "  pBRE   number only lines that contain a match for the basic regular\n"
                  + "         expression, BRE\n\n"
                  + "FORMAT is one of:\n\n"
                  + "  ln     left justified, no leading zeros\n"
                  + "  rn     right justified, no leading zeros\n"
                  + "  rz     right justified, leading zeros");

  @Override
  public int run(Invocation in) {
    Options.Parsed p = OPTIONS.parse(in);
    String[] styles = {
      p.value("header-numbering"), p.value("body-numbering"), p.value("footer-numbering")
    };
    String[] standard = {"n", "t", "n"};
    Matcher[] patterns = new Matcher[3];
    boolean wrong = false;
    for (int i = 0; i < 3; i++) {
      String s = styles[i] = styles[i] == null ? standard[i] : styles[i];
      if (s.startsWith("p")) {
        patterns[i] = Patterns.basic(in, s.substring(1)).matcher();
      } else if (!s.equals("a") && !s.equals("t") && !s.equals("n")) {
        in.error(
            "invalid "
                + new String[] {"header", "body", "footer"}[i]
                + " numbering style: "
                + Quoting.locale(s));
        wrong = true;
      }
    }
    String format = p.has("number-format") ? p.value("number-format") : "rn";
    if (!format.equals("ln") && !format.equals("rn") && !format.equals("rz")) {
      in.error("invalid line numbering format: " + Quoting.locale(format));
      wrong = true;
    }
    if (wrong) {
      throw OPTIONS.hint(in);
    }
    long first =
        number(in, p, "starting-line-number", 1, "invalid starting line number", Long.MIN_VALUE);
    long step = number(in, p, "line-increment", 1, "invalid line number increment", Long.MIN_VALUE);
    long join = number(in, p, "join-blank-lines", 1, "invalid line number of blank lines", 1);
    int width = (int) number(in, p, "number-width", 6, "invalid line number field width", 1);
    String separator = p.has("number-separator") ? p.value("number-separator") : "\t";
    String cc = p.has("section-delimiter") ? p.value("section-delimiter") : "\\:";
    if (cc.length() == 1) {
      cc += ":";
    }
    String blank = " ".repeat(width + Utf8.encodedLength(separator));
    int section = 1;
    long n = first;
    long empties = 0;
    int status = 0;
    Output out = in.stdout();
    for (String name : p.operands().isEmpty() ? List.of("-") : p.operands()) {
      Input file = in.open(name);
      if (file == null) {
        status = 1;
        continue;
      }
      try {
        while (file.nextLine()) {
          int len = file.end - file.start;
          if (!cc.isEmpty() && len <= 6 && len > 0) {
            String line = Utf8.decode(file.data, file.start, len);
            int s =
                line.equals(cc + cc + cc) ? 0 : line.equals(cc + cc) ? 1 : line.equals(cc) ? 2 : -1;
            if (s >= 0) {
              section = s;
              if (!p.has("no-renumber")) {
                n = first;
              }
              out.write('\n');
              continue;
            }
          }
          boolean numbered;
          switch (styles[section].charAt(0)) {
            case 'a' -> {
              if (len == 0 && join > 1) {
                empties++;
                numbered = empties == join;
                empties = numbered ? 0 : empties;
              } else {
                numbered = true;
                empties = 0;
              }
            }
            case 't' -> numbered = len > 0;
            case 'p' ->
                numbered = patterns[section].find(file.data, file.start, file.start, file.end);
            default -> numbered = false;
          }
          if (numbered) {
            String s = String.valueOf(n);
            String pad = " ".repeat(Math.max(0, width - s.length()));
            if (format.equals("rz")) {
              s =
                  (n < 0 ? "-" : "")
                      + "0".repeat(Math.max(0, width - s.length()))
                      + (n < 0 ? s.substring(1) : s);
              pad = "";
            }
            out.write(format.equals("ln") ? s + pad : pad + s);
            out.write(separator);
            n += step;
          } else {
            out.write(blank);
          }
          out.write(file.data, file.start, len);
          out.write('\n');
        }
      } catch (VfsException e) {
        in.error(name, e);
        status = 1;
      } finally {
        file.close();
      }
    }
    return status;
  }

  private static long number(
      Invocation in, Options.Parsed p, String id, long standard, String wrong, long least) {
    String v = p.value(id);
    if (v == null) {
      return standard;
    }
    boolean negative = v.startsWith("-");
    long n = SizeText.parse(negative ? v.substring(1) : v, "");
    if (n < 0 || (negative ? -n : n) < least) {
      throw in.fail(
          1,
          wrong
              + ": "
              + Quoting.locale(v)
              + (n >= 0 ? ": Numerical result out of range" : SizeText.reason(n)));
    }
    return negative ? -n : n;
  }
}
