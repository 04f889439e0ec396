package dev.qanat.command.text;

import dev.qanat.command.Command;
import dev.qanat.command.Input;
import dev.qanat.command.Invocation;
import dev.qanat.command.Options;
import dev.qanat.text.ByteBuilder;
import dev.qanat.text.CFormat;
import dev.qanat.text.SizeText;
import dev.qanat.vfs.VfsException;
import java.util.ArrayList;
import java.util.List;

/** strings: the printable text in files. */
public final class Strings implements Command {
  private static final Options OPTIONS =
      Options.of("strings")
          .usage("[option(s)] [file(s)]")
          .about("Display printable strings in [file(s)] (stdin by default)")
          .version("GNU binutils", "2.40")
          .flag('a', "all", "Scan the entire file")
          .flag('f', "print-file-name", "Print the name of the file before each string")
          .value('n', "bytes", "number", "Locate & print any sequence of at least so many")
          .value('t', "radix", "{o,d,x}", "Print the location of the string in base 8, 10 or 16")
          .flag('w', "include-all-whitespace", "Include all whitespace as valid string characters");

  @Override
  public int run(Invocation in) {
    List<String> args = new ArrayList<>();
    for (String a : in.args()) {
      args.add(
          a.length() > 1 && a.charAt(0) == '-' && Character.isDigit(a.charAt(1))
              ? "-n" + a.substring(1)
              : a);
    }
    Options.Parsed p = OPTIONS.parse(in, args);
    long least = p.has("bytes") ? SizeText.parse(p.value("bytes"), "") : 4;
    if (least <= 0) {
      throw in.fail(1, "invalid minimum string length " + p.value("bytes"));
    }
    int status = 0;
    for (String n : p.operands().isEmpty() ? List.of("-") : p.operands()) {
      Input f;
      try {
        f = n.equals("-") ? in.stdin() : new Input(in.files().open(n), true);
      } catch (VfsException e) {
        in.error("'" + n + "': No such file");
        status = 1;
        continue;
      }
      ByteBuilder s = new ByteBuilder();
      long at = 0;
      while (true) {
        int c = f.read();
        boolean text =
            c >= 32 && c < 127 || c == '\t' || p.has("include-all-whitespace") && c >= 9 && c <= 13;
        if (text) {
          s.append(c);
        } else {
          if (s.length() >= least) {
            if (p.has("print-file-name")) {
              in.stdout().write(n + ": ");
            }
            if (p.has("radix")) {
              in.stdout()
                  .write(CFormat.format("%7" + p.value("radix").charAt(0) + " ", at - s.length()));
            }
            in.stdout().write(s.array(), 0, s.length());
            in.stdout().write('\n');
          }
          s.clear();
        }
        if (c < 0) {
          break;
        }
        at++;
      }
      f.close();
    }
    return status;
  }
}
