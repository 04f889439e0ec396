package dev.qanat.command.file;

import dev.qanat.command.Command;
import dev.qanat.command.Invocation;
import dev.qanat.command.Output;
import dev.qanat.command.text.Dirname;
import dev.qanat.text.Quoting;
import dev.qanat.text.SizeText;
import dev.qanat.vfs.FileStat;
import java.util.ArrayList;
import java.util.List;

/** find's expression: parsed once, then asked for every file. */
final class FindExpression {
  /** A test or action on the file the walk stands at. May suspend. */
  interface Test {
    boolean test();
  }

  private final Invocation in;
  private final FindRun r;
  private final List<String> a;
  private int at;
  private int depth;
  private boolean acts;
  private final FindTests tests;
  private final FindActions actions;

  FindExpression(Invocation in, FindRun r, List<String> args) {
    this.in = in;
    this.r = r;
    this.a = args;
    tests = new FindTests(r);
    actions = new FindActions(r);
  }

  private Command.Exit fail(String message) {
    return in.fail(1, message);
  }

  Test parse() {
    options();
    Test t = null;
    if (!a.isEmpty()) {
      t = comma();
      if (at < a.size()) {
        if (a.get(at).equals(")")) {
          throw fail("you have too many ')'");
        }
        throw fail("paths must precede expression: `" + a.get(at) + "'");
      }
    }
    if (t == null) {
      return print();
    }
    if (acts) {
      return t;
    }
    Test all = t;
    Test print = print();
    return () -> all.test() && print.test();
  }

  private Test print() {
    return actions.print(in.stdout(), '\n');
  }

  /** Options hold for the whole walk wherever they stand. */
  private void options() {
    for (int i = 0; i < a.size(); i++) {
      switch (a.get(i)) {
        case "-depth", "-d", "-delete" -> r.depthFirst = true;
        default -> {}
      }
    }
  }

  private Test comma() {
    Test left = or();
    while (at < a.size() && a.get(at).equals(",")) {
      at++;
      Test l = left;
      Test right = or();
      left =
          () -> {
            l.test();
            return right.test();
          };
    }
    return left;
  }

  private Test or() {
    Test left = and();
    while (at < a.size() && (a.get(at).equals("-o") || a.get(at).equals("-or"))) {
      String op = a.get(at++);
      needOperand(op);
      Test l = left;
      Test right = and();
      left = () -> l.test() || !r.quit && right.test();
    }
    return left;
  }

  private Test and() {
    Test left = not();
    while (at < a.size()) {
      String s = a.get(at);
      if (s.equals("-o") || s.equals("-or") || s.equals(",") || s.equals(")")) {
        break;
      }
      if (s.equals("-a") || s.equals("-and")) {
        at++;
        needOperand(s);
      }
      Test l = left;
      Test right = not();
      left = () -> l.test() && !r.quit && right.test();
    }
    return left;
  }

  private void needOperand(String op) {
    if (at >= a.size()) {
      throw fail("expected an expression after '" + op + "'");
    }
  }

  private Test not() {
    if (at < a.size() && (a.get(at).equals("!") || a.get(at).equals("-not"))) {
      String op = a.get(at++);
      if (at >= a.size()) {
        throw fail("expected an expression after '" + op + "'");
      }
      if (++depth > 1000) {
        throw fail("the expression is nested too deeply");
      }
      Test t = not();
      depth--;
      return () -> !t.test();
    }
    return primary();
  }

  private Test primary() {
    String s = a.get(at);
    if (s.equals("(")) {
      at++;
      if (at < a.size() && a.get(at).equals(")")) {
        throw fail("invalid expression; empty parentheses are not allowed.");
      }
      if (at >= a.size()) {
        throw fail(
            "invalid expression; expected to find a ')' but didn't see one. Perhaps you need an"
                + " extra predicate after '('");
      }
      if (++depth > 1000) {
        throw fail("the expression is nested too deeply");
      }
      Test t = comma();
      depth--;
      if (at >= a.size() || !a.get(at).equals(")")) {
        throw fail(
            "invalid expression; I was expecting to find a ')' somewhere but did not see one.");
      }
      at++;
      return t;
    }
    if (s.equals(")")) {
      throw fail(
          "invalid expression; expected to find a ')' but didn't see one. Perhaps you need an extra"
              + " predicate after '"
              + (at > 0 ? a.get(at - 1) : "")
              + "'");
    }
    if (s.equals("-o") || s.equals("-a") || s.equals("-or") || s.equals("-and") || s.equals(",")) {
      throw fail(
          "invalid expression; you have used a binary operator '"
              + s
              + "' with nothing before it.");
    }
    if (!s.startsWith("-") || s.length() < 2) {
      throw fail("paths must precede expression: `" + s + "'");
    }
    at++;
    return predicate(s);
  }

  private String argument(String p) {
    if (at >= a.size()) {
      throw fail("missing argument to `" + p + "'");
    }
    return a.get(at++);
  }

  private Test predicate(String p) {
    String n = p.startsWith("--") ? p.substring(1) : p;
    switch (n) {
      case "-true" -> {
        return () -> true;
      }
      case "-false" -> {
        return () -> false;
      }
      case "-depth",
          "-d",
          "-warn",
          "-nowarn",
          "-noleaf",
          "-ignore_readdir_race",
          "-noignore_readdir_race" -> {
        return () -> true;
      }
      case "-follow" -> {
        r.follow = 'L';
        return () -> true;
      }
      case "-daystart" -> {
        r.dayStart = true;
        return () -> true;
      }
      case "-xdev", "-mount" -> {
        r.oneFileSystem = true;
        return () -> true;
      }
      case "-maxdepth", "-mindepth" -> {
        String v = argument(p);
        long d = SizeText.parse(v, "");
        if (d < 0 || !Character.isDigit(v.charAt(0))) {
          throw fail(
              "Expected a positive decimal integer argument to "
                  + n
                  + ", but got "
                  + Quoting.locale(v));
        }
        if (n.equals("-maxdepth")) {
          r.maxDepth = (int) Math.min(d, Integer.MAX_VALUE);
        } else {
          r.minDepth = (int) Math.min(d, Integer.MAX_VALUE);
        }
        return () -> true;
      }
      case "-files0-from" -> {
        r.startsFrom = argument(p);
        return () -> true;
      }
      case "-regextype" -> {
        tests.setRegexType(argument(p));
        return () -> true;
      }
      case "-name", "-iname" -> {
        String pattern = argument(p);
        Glob g = n.equals("-name") ? Glob.of(pattern) : Glob.ignoringCase(pattern);
        if (pattern.indexOf('/') >= 0 && !pattern.equals("/")) {
          in.error(
              "warning: "
                  + Quoting.locale(n).replace("‘", "‘")
                  + " matches against basenames only, but the given pattern contains a directory"
                  + " separator ("
                  + Quoting.locale("/")
                  + "), thus the expression will evaluate to false all the time.  Did you mean "
                  + Quoting.locale(n.equals("-name") ? "-wholename" : "-iwholename")
                  + "?");
        }
        return () -> g.matches(r.name(), false);
      }
      case "-path", "-wholename", "-ipath", "-iwholename" -> {
        String pattern = argument(p);
        Glob g = n.startsWith("-i") ? Glob.ignoringCase(pattern) : Glob.of(pattern);
        return () -> g.matches(r.path, false);
      }
      case "-regex", "-iregex" -> {
        return tests.regex(argument(p), n.equals("-iregex"));
      }
      case "-lname", "-ilname" -> {
        String pattern = argument(p);
        Glob g = n.equals("-lname") ? Glob.of(pattern) : Glob.ignoringCase(pattern);
        return () -> r.stat.isSymlink() && g.matches(r.files.readlink(r.path), false);
      }
      case "-type", "-xtype" -> {
        return tests.type(n, argument(p));
      }
      case "-size" -> {
        return tests.size(argument(p));
      }
      case "-empty" -> {
        return tests::empty;
      }
      case "-newer", "-anewer", "-cnewer" -> {
        FileStat s = tests.reference(argument(p));
        long t = s.mtime();
        return n.equals("-anewer")
            ? () -> r.stat.atime() > t
            : n.equals("-cnewer") ? () -> r.stat.ctime() > t : () -> r.stat.mtime() > t;
      }
      case "-mtime", "-atime", "-ctime", "-mmin", "-amin", "-cmin" -> {
        return tests.age(n, argument(p));
      }
      case "-used" -> {
        long[] v = tests.count(p, argument(p));
        return () -> FindTests.compare(v, (r.stat.atime() - r.stat.ctime()) / 86_400_000_000_000L);
      }
      case "-perm" -> {
        return tests.permissions(argument(p));
      }
      case "-user" -> {
        String v = argument(p);
        int uid = r.users().uid(v);
        if (uid < 0) {
          throw fail(Quoting.locale(v) + " is not the name of a known user");
        }
        return () -> r.stat.uid() == uid;
      }
      case "-group" -> {
        String v = argument(p);
        int gid = r.users().gid(v);
        if (gid < 0) {
          throw fail(Quoting.locale(v) + " is not the name of an existing group");
        }
        return () -> r.stat.gid() == gid;
      }
      case "-uid" -> {
        long[] v = tests.count(p, argument(p));
        return () -> FindTests.compare(v, r.stat.uid());
      }
      case "-gid" -> {
        long[] v = tests.count(p, argument(p));
        return () -> FindTests.compare(v, r.stat.gid());
      }
      case "-nouser" -> {
        return () -> !r.users().knowsUser(r.stat.uid());
      }
      case "-nogroup" -> {
        return () -> !r.users().knowsGroup(r.stat.gid());
      }
      case "-links" -> {
        long[] v = tests.count(p, argument(p));
        return () -> FindTests.compare(v, r.stat.nlink());
      }
      case "-inum" -> {
        long[] v = tests.count(p, argument(p));
        return () -> FindTests.compare(v, r.stat.ino());
      }
      case "-samefile" -> {
        FileStat s = tests.reference(argument(p));
        return () -> r.stat.ino() == s.ino() && r.stat.dev() == s.dev();
      }
      case "-readable" -> {
        return () -> r.files.access(r.path, 4);
      }
      case "-writable" -> {
        return () -> r.files.access(r.path, 2);
      }
      case "-executable" -> {
        return () -> r.files.access(r.path, 1);
      }
      case "-fstype" -> {
        String v = argument(p);
        return () ->
            r.files
                .vfs()
                .mountOf(r.files.realpath(Dirname.of(r.path)))
                .resource()
                .label()
                .equals(v);
      }
      case "-prune" -> {
        return () -> {
          r.prune = true;
          return true;
        };
      }
      case "-quit" -> {
        acts = true;
        return () -> {
          r.quit = true;
          return true;
        };
      }
      case "-print" -> {
        acts = true;
        return print();
      }
      case "-print0" -> {
        acts = true;
        return actions.print(in.stdout(), 0);
      }
      case "-fprint", "-fprint0" -> {
        acts = true;
        return actions.print(actions.output(argument(p)), n.equals("-fprint") ? '\n' : 0);
      }
      case "-printf" -> {
        acts = true;
        return actions.format(in.stdout(), argument(p));
      }
      case "-fprintf" -> {
        acts = true;
        Output o = actions.output(argument(p));
        return actions.format(o, argument(p));
      }
      case "-ls", "-fls" -> {
        acts = true;
        return actions.list(n.equals("-ls") ? in.stdout() : actions.output(argument(p)));
      }
      case "-delete" -> {
        acts = true;
        return actions::delete;
      }
      case "-exec", "-execdir", "-ok", "-okdir" -> {
        acts = true;
        return exec(n);
      }
      default -> {
        if (n.startsWith("-newer") && n.length() == 8) {
          return tests.newer(n, argument(p));
        }
        throw fail("unknown predicate `" + p + "'");
      }
    }
  }

  private Test exec(String n) {
    List<String> argv = new ArrayList<>();
    boolean plus = false;
    boolean ended = false;
    while (at < a.size()) {
      String s = a.get(at++);
      if (s.equals(";")) {
        ended = true;
        break;
      }
      if (s.equals("+")
          && !argv.isEmpty()
          && argv.get(argv.size() - 1).equals("{}")
          && !n.startsWith("-ok")) {
        plus = true;
        ended = true;
        break;
      }
      argv.add(s);
    }
    if (!ended || argv.isEmpty()) {
      throw fail("missing argument to `" + n + "'");
    }
    return actions.exec(
        new FindExec(in, r, argv, plus, n.endsWith("dir"), n.startsWith("-ok") ? n : null));
  }

  /** Runs what {@code -exec … +} has gathered. */
  void finish() {
    actions.finish();
  }

  void close() {
    actions.close();
  }
}
