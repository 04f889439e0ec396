package dev.qanat.command.search;

import dev.qanat.command.Command;
import dev.qanat.command.Input;
import dev.qanat.command.Invocation;
import dev.qanat.command.Options;
import dev.qanat.command.Options.Given;
import dev.qanat.command.Options.Parsed;
import dev.qanat.command.Output;
import dev.qanat.text.ByteBuilder;
import dev.qanat.vfs.Errno;
import dev.qanat.vfs.VfsException;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code strings}: prints the runs of printable characters in files, as the strings of GNU binutils
 * does with {@code -a}. Whole files are read, whatever their format; {@code -U} other than its
 * default is not supported.
 */
public final class Strings implements Command {
  private static final Options OPTIONS =
      Options.of("strings")
          .version("GNU Binutils", "2.40")
          .usage("[option(s)] [file(s)]")
          .usageInErrors()
          .about("Display printable strings in [file(s)] (stdin by default)")
          .flag('a', "all", "Scan the entire file, not just the data section [default]")
          .flag('f', "print-file-name", "Print the name of the file before each string")
          .value(
              'n',
              "bytes",
              "number",
              "Locate & print any sequence of at least <number>\n"
                  + "displayable characters.  (The default is 4).")
          .value('t', "radix", "{o,d,x}", "Print the location of the string in base 8, 10 or 16")
          .flag('w', "include-all-whitespace", "Include all whitespace as valid string characters")
          .flag('o', null, "An alias for --radix=o")
          .value(
              'e',
              "encoding",
              "{s,S,b,l,B,L}",
              "Select character size and endianness:\n"
                  + "s = 7-bit, S = 8-bit, {b,l} = 16-bit, {B,L} = 32-bit")
          .value('s', "output-separator", "string", "String used to separate strings in output.")
          .flag('v', null, "Print the program's version number")
          .alias('V', "v");

  @Override
  public int run(Invocation in) {
    Parsed parsed = OPTIONS.parse(in, numbersToOption(in.args()));
    Scan scan = new Scan(in.stdout());
    for (Given given : parsed.options()) {
      String value = given.value();
      switch (given.id()) {
        case "print-file-name" -> scan.printName = true;
        case "bytes" -> scan.minimum = minimum(in, value);
        case "radix" -> {
          if (!value.equals("o") && !value.equals("d") && !value.equals("x")) {
            throw OPTIONS.hint(in);
          }
          scan.radix = value.equals("o") ? 8 : value.equals("d") ? 10 : 16;
        }
        case "o" -> scan.radix = 8;
        case "include-all-whitespace" -> scan.allWhitespace = true;
        case "encoding" -> {
          if (value.length() != 1 || "sSblBL".indexOf(value.charAt(0)) < 0) {
            throw OPTIONS.hint(in);
          }
          scan.encoding = value.charAt(0);
        }
        case "output-separator" -> scan.separator = value;
        case "v" -> {
          in.stdout().line("strings (Qanat) 0.1.0, compatible with GNU Binutils 2.40");
          return 0;
        }
        default -> {} // -a is how files are always scanned
      }
    }
    int status = 0;
    List<String> operands = parsed.operands();
    if (operands.isEmpty() || operands.equals(List.of("-"))) {
      scan.file(in.stdin(), "{standard input}");
      return 0;
    }
    for (String operand : operands) {
      if (operand.equals("-")) {
        continue; // an old spelling of -a
      }
      try {
        if (in.files().stat(operand).isDirectory()) {
          in.error("Warning: '" + operand + "' is a directory");
          status = 1;
          continue;
        }
        Input input = new Input(in.files().open(operand), true);
        try {
          scan.file(input, operand);
        } finally {
          input.close();
        }
      } catch (VfsException e) {
        status = 1;
        in.error(
            e.errno() == Errno.ENOENT
                ? "'" + operand + "': No such file"
                : operand + ": " + e.reason());
      }
    }
    return status;
  }

  /** Rewrites {@code -8} to {@code -n 8}. */
  private static List<String> numbersToOption(List<String> args) {
    List<String> rewritten = new ArrayList<>();
    for (String arg : args) {
      boolean number = arg.length() > 1 && arg.charAt(0) == '-';
      for (int i = 1; i < arg.length() && number; i++) {
        number = arg.charAt(i) >= '0' && arg.charAt(i) <= '9';
      }
      rewritten.add(number ? "-n" + arg.substring(1) : arg);
    }
    return rewritten;
  }

  private static int minimum(Invocation in, String value) {
    int number = 0;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c < '0' || c > '9') {
        throw in.fail(1, "invalid integer argument " + value);
      }
      number = Math.min(number * 10 + c - '0', 100_000_000);
    }
    if (number < 1) {
      throw in.fail(1, "invalid minimum string length " + number);
    }
    return number;
  }

  /** The search itself, over one file at a time. */
  private static final class Scan {
    boolean printName;
    boolean allWhitespace;
    int minimum = 4;
    int radix;
    char encoding = 's';
    String separator = "\n";

    private final Output out;
    private final ByteBuilder run = new ByteBuilder();
    private String name;
    private boolean printing; // the run is long enough and its head has been printed

    Scan(Output out) {
      this.out = out;
    }

    void file(Input input, String name) {
      this.name = name;
      run.clear();
      printing = false;
      if (encoding == 's' || encoding == 'S') {
        narrow(input);
      } else {
        wide(input, encoding == 'b' || encoding == 'l' ? 2 : 4, encoding == 'b' || encoding == 'B');
      }
      end();
    }

    private boolean isGraphic(long c) {
      return c >= 0x20 && c < 0x7F
          || c == '\t'
          || encoding == 'S' && c > 127 && c < 256
          || allWhitespace && c >= 9 && c <= 13;
    }

    private void narrow(Input input) {
      long offset = 0;
      while (input.nextChunk()) {
        byte[] data = input.data;
        for (int i = input.start; i < input.end; i++) {
          int c = data[i] & 0xFF;
          if (isGraphic(c)) {
            add(c, offset + i - input.start - run.length());
          } else if (run.length() > 0 || printing) {
            end();
          }
        }
        offset += input.end - input.start;
      }
    }

    /**
     * Characters of two or four bytes; after one that is not printable, the search goes on one byte
     * later.
     */
    private void wide(Input input, int size, boolean bigEndian) {
      int[] window = new int[size];
      int held = 0;
      long offset = 0; // of the window
      while (true) {
        while (held < size) {
          int b = input.read();
          if (b < 0) {
            return;
          }
          window[held++] = b;
        }
        long c = 0;
        for (int i = 0; i < size; i++) {
          c = c << 8 | window[bigEndian ? i : size - 1 - i];
        }
        if (isGraphic(c)) {
          add((int) c, offset - (long) run.length() * size);
          held = 0;
          offset += size;
        } else {
          end();
          System.arraycopy(window, 1, window, 0, size - 1);
          held = size - 1;
          offset++;
        }
      }
    }

    /** Takes a printable character into the run, which began at {@code start}. */
    private void add(int c, long start) {
      if (printing) {
        out.write(c);
        return;
      }
      run.append(c);
      if (run.length() < minimum) {
        return;
      }
      if (printName) {
        out.write(name);
        out.write(": ");
      }
      if (radix != 0) {
        String digits = Long.toString(start, radix);
        for (int i = digits.length(); i < 7; i++) {
          out.write(' ');
        }
        out.write(digits);
        out.write(' ');
      }
      out.write(run.array(), 0, run.length());
      run.clear();
      printing = true;
    }

    private void end() {
      if (printing) {
        out.write(separator);
      }
      printing = false;
      run.clear();
    }
  }
}
