package dev.qanat.command.system;

import dev.qanat.command.Command;
import dev.qanat.command.Invocation;
import dev.qanat.command.Options;
import dev.qanat.sched.Sched;
import dev.qanat.sched.Signal;
import dev.qanat.sched.Task;
import dev.qanat.text.regex.Regex;
import dev.qanat.text.regex.RegexException;
import dev.qanat.text.regex.Syntax;
import java.util.ArrayList;
import java.util.List;

/** ps, pgrep and pkill: the tasks that run. {@link ProcessList} is what ps does. */
public final class Ps implements Command {
  private final String kind;

  /** {@code kind}: ps, pgrep or pkill. */
  public Ps(String kind) {
    this.kind = kind;
  }

  @Override
  public int run(Invocation in) {
    if (kind.equals("ps")) {
      return ProcessList.run(in);
    }
    Options o =
        Options.of(kind)
            .usage("[options] <pattern>")
            .about(
                kind.equals("pgrep")
                    ? "List processes whose names match."
                    : "Signal processes whose names match.")
            .version("procps-ng", "4.0.2")
            .usageStatus(2)
            .flag('f', "full", "use full process name to match")
            .flag('x', "exact", "match exactly with the command name")
            .flag('l', "list-name", "list PID and process name")
            .flag('c', "count", "count of matching processes")
            .flag('i', "ignore-case", "match case insensitively")
            .flag('n', "newest", "select most recently started")
            .flag('o', "oldest", "select least recently started")
            .value((char) 0, "signal", "SIG", "signal to send");
    List<String> args = new ArrayList<>();
    int signal = Signal.TERM;
    for (String a : in.args()) {
      int n =
          a.length() > 1 && a.charAt(0) == '-' && kind.equals("pkill")
              ? Signal.parse(a.substring(1))
              : -1;
      if (n > 0) {
        signal = n;
      } else {
        args.add(a);
      }
    }
    Options.Parsed p = o.parse(in, args);
    if (p.has("signal")) {
      signal = Signal.parse(p.value("signal"));
    }
    if (p.operands().size() != 1) {
      in.error(
          p.operands().isEmpty()
              ? "no matching criteria specified"
              : "only one pattern can be provided");
      throw o.hint(in);
    }
    Regex regex;
    try {
      regex =
          Regex.compile(
              p.operands().get(0),
              Syntax.POSIX_EXTENDED,
              (p.has("exact") ? Regex.WHOLE_LINE : 0)
                  | (p.has("ignore-case") ? Regex.IGNORE_CASE : 0));
    } catch (RegexException e) {
      throw in.fail(2, e.getMessage());
    }
    List<Task> found = new ArrayList<>();
    for (Task t : Sched.get().tasks()) {
      String title = t.title();
      String name =
          p.has("full") || title.indexOf(' ') < 0 ? title : title.substring(0, title.indexOf(' '));
      if (t != Sched.get().current() && regex.isFoundIn(name)) {
        found.add(t);
      }
    }
    if (!found.isEmpty() && p.has("newest")) {
      found = List.of(found.get(found.size() - 1));
    } else if (!found.isEmpty() && p.has("oldest")) {
      found = List.of(found.get(0));
    }
    if (p.has("count")) {
      in.stdout().line(String.valueOf(found.size()));
    } else if (kind.equals("pgrep")) {
      for (Task t : found) {
        in.stdout().line(t.pid() + (p.has("list-name") ? " " + t.title() : ""));
      }
    }
    if (kind.equals("pkill")) {
      for (Task t : found) {
        t.signal(signal);
      }
    }
    return found.isEmpty() ? 1 : 0;
  }
}
