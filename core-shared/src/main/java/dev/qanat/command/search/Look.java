package dev.qanat.command.search;

import dev.qanat.command.Command;
import dev.qanat.command.Input;
import dev.qanat.command.Invocation;
import dev.qanat.command.Options;
import dev.qanat.command.Options.Parsed;
import dev.qanat.text.Utf8;
import dev.qanat.vfs.VfsException;
import java.util.List;

/**
 * {@code look}: prints the lines of a sorted file that begin with a string, as the look of
 * util-linux does.
 */
public final class Look implements Command {
  private static final String DICTIONARY = "/usr/share/dict/words";

  private static final Options OPTIONS =
      Options.of("look")
          .version("util-linux", "2.38")
          .usage("[options] <string> [<file>...]")
          .about("Display lines beginning with a specified string.")
          .flag('a', "alternative", "use the alternative dictionary")
          .flag('d', "alphanum", "compare only blanks and alphanumeric characters")
          .flag('f', "ignore-case", "ignore case differences when comparing")
          .value('t', "terminate", "char", "define the string-termination character");

  @Override
  public int run(Invocation in) {
    Parsed parsed = OPTIONS.parse(in);
    List<String> operands = parsed.operands();
    if (operands.isEmpty()) {
      throw OPTIONS.usageError(in, "bad usage");
    }
    boolean dictionary = operands.size() < 2;
    boolean alphanumeric = parsed.has("alphanum") || dictionary;
    boolean ignoreCase = parsed.has("ignore-case") || dictionary;
    String file = dictionary ? DICTIONARY : operands.get(1);
    if (dictionary && parsed.has("alternative")) {
      file = "/usr/share/dict/web2";
    } else if (dictionary && in.env("WORDLIST") != null) {
      file = in.env("WORDLIST");
    }
    String wanted = operands.get(0);
    String terminator = parsed.value("terminate");
    if (terminator != null && !terminator.isEmpty()) {
      int end = wanted.indexOf(terminator.charAt(0));
      wanted = end < 0 ? wanted : wanted.substring(0, end + 1);
    }
    byte[] prefix = Utf8.encode(wanted);
    int length = reduce(prefix, 0, prefix.length, prefix, prefix.length, alphanumeric, ignoreCase);
    byte[] scratch = new byte[length];
    boolean found = false;
    Input input;
    try {
      input = new Input(in.files().open(file), true);
    } catch (VfsException e) {
      throw in.fail(1, file + ": " + e.reason());
    }
    try {
      while (input.nextLine()) {
        int n =
            reduce(input.data, input.start, input.end, scratch, length, alphanumeric, ignoreCase);
        boolean matches = n == length;
        for (int i = 0; i < length && matches; i++) {
          matches = scratch[i] == prefix[i];
        }
        if (matches) {
          in.stdout().write(input.data, input.start, input.end - input.start);
          in.stdout().write('\n');
          found = true;
        } else if (found) {
          break; // the file is sorted: no more of them
        }
      }
    } finally {
      input.close();
    }
    return found ? 0 : 1;
  }

  /** Copies up to {@code most} bytes that are compared into {@code to}; how many there were. */
  private static int reduce(
      byte[] from,
      int start,
      int end,
      byte[] to,
      int most,
      boolean alphanumeric,
      boolean ignoreCase) {
    int n = 0;
    for (int i = start; i < end && n < most; i++) {
      int b = from[i];
      boolean letter = b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z';
      if (alphanumeric && !letter && !(b >= '0' && b <= '9') && b != ' ' && b != '\t') {
        continue;
      }
      to[n++] = (byte) (ignoreCase && b >= 'A' && b <= 'Z' ? b + 32 : b);
    }
    return n;
  }
}
