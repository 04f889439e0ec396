package dev.qanat.command.text;

import dev.qanat.command.Command;
import dev.qanat.command.Invocation;
import dev.qanat.command.Options;
import dev.qanat.command.Output;
import dev.qanat.text.ByteBuilder;
import dev.qanat.text.Utf8;
import java.util.List;

/** echo, as a program of its own: its arguments, with spaces between them. */
public final class Echo implements Command {
  private static final Options OPTIONS =
      Options.of("echo")
          .usage("[SHORT-OPTION]... [STRING]...\nLONG-OPTION")
          .about("Echo the STRING(s) to standard output.")
          .flag('n', null, "do not output the trailing newline")
          .flag('e', null, "enable interpretation of backslash escapes")
          .flag('E', null, "disable interpretation of backslash escapes (default)");

  @Override
  public int run(Invocation in) {
    List<String> args = in.args();
    boolean posix = in.env("POSIXLY_CORRECT") != null;
    if (!posix
        && args.size() == 1
        && (args.get(0).equals("--help") || args.get(0).equals("--version"))) {
      OPTIONS.parse(in);
    }
    boolean newline = true;
    boolean escapes = posix;
    int i = 0;
    if (!posix || !args.isEmpty() && args.get(0).equals("-n")) {
      for (; i < args.size() && isOption(args.get(i)); i++) {
        for (int k = 1; k < args.get(i).length(); k++) {
          switch (args.get(i).charAt(k)) {
            case 'n' -> newline = false;
            case 'e' -> escapes = true;
            default -> escapes = posix;
          }
        }
      }
    }
    Output out = in.stdout();
    ByteBuilder text = new ByteBuilder();
    for (int k = i; k < args.size(); k++) {
      if (k > i) {
        text.append(' ');
      }
      if (!escapes) {
        text.append(args.get(k));
      } else if (!Escapes.echo(Utf8.encode(args.get(k)), text)) {
        newline = false;
        break;
      }
    }
    out.write(text.array(), 0, text.length());
    if (newline) {
      out.write('\n');
    }
    return 0;
  }

  private static boolean isOption(String a) {
    if (a.length() < 2 || a.charAt(0) != '-') {
      return false;
    }
    for (int i = 1; i < a.length(); i++) {
      if ("neE".indexOf(a.charAt(i)) < 0) {
        return false;
      }
    }
    return true;
  }
}
