package dev.qanat.shell.interp.builtin;

import dev.qanat.shell.interp.Builtin;
import dev.qanat.shell.interp.Shell;
import dev.qanat.shell.interp.ShellOptions.Shopt;
import dev.qanat.text.glob.Pattern;
import java.util.List;
import java.util.function.Predicate;

/** {@code help}. */
public final class HelpBuiltin implements Builtin {
  @Override
  public int run(Shell sh, List<String> args) {
    OptionScan scan = new OptionScan(sh, args, "dms");
    int form = 0;
    for (int c = scan.next(); c != -1; c = scan.next()) {
      if (c == OptionScan.BAD) {
        return 2;
      }
      form = form == 'd' || form == 'm' && c == 's' ? form : c; // -d goes before -m before -s
    }
    List<String> topics = scan.operands();
    if (topics.isEmpty()) {
      sh.out().line(HelpTexts.VERSION);
      sh.out().line("These shell commands are defined internally.  Type `help' to see this list.");
      sh.out().line("Type `help name' to find out more about the function `name'.");
      sh.out().line("Use `info bash' to find out more about the shell in general.");
      sh.out().line("Use `man -k' or `info' to find out more about commands not in this list.");
      sh.out().line("");
      sh.out().line("A star (*) next to a name means that the command is disabled.");
      sh.out().line("");
      HelpTexts.list(sh);
      return 0;
    }
    if (Pattern.hasMagic(topics.get(0), sh.isOn(Shopt.extglob))) {
      sh.out()
          .line(
              "Shell commands matching keyword"
                  + (topics.size() > 1 ? "s" : "")
                  + " `"
                  + String.join(", ", topics)
                  + "'\n");
    }
    boolean any = false;
    String last = "";
    for (String topic : topics) {
      last = topic;
      Pattern pattern = Pattern.compile(topic, 0);
      boolean found = show(sh, form, name -> name.equals(topic) || pattern.matches(name));
      any |= found || show(sh, form, name -> name.startsWith(topic));
    }
    if (!any) {
      sh.complain(
          "help",
          "no help topics match `"
              + last
              + "'.  Try `help help' or `man -k "
              + last
              + "' or `info "
              + last
              + "'.");
      return 1;
    }
    return 0;
  }

  /** Shows the topics whose names are wanted; false when there are none. */
  private static boolean show(Shell sh, int form, Predicate<String> wanted) {
    boolean found = false;
    for (String name : HelpTexts.SYNOPSES.keySet()) {
      if (!wanted.test(name)) {
        continue;
      }
      found = true;
      switch (form) {
        case 's' -> sh.out().line(name + ": " + HelpTexts.usage(name));
        case 'd' -> sh.out().line(name + " - " + HelpTexts.page(name).get(0));
        case 'm' -> HelpTexts.manual(sh, name);
        default -> HelpTexts.full(sh, name);
      }
    }
    return found;
  }
}
