package dev.qanat.shell.expand;

import dev.qanat.sched.JvmSched;
import dev.qanat.sched.Sched;
import dev.qanat.shell.syntax.ArithException;
import dev.qanat.shell.syntax.Assignment;
import dev.qanat.shell.syntax.Command;
import dev.qanat.shell.syntax.CommandList;
import dev.qanat.shell.syntax.CondExpr;
import dev.qanat.shell.syntax.Dialect;
import dev.qanat.shell.syntax.Parser;
import dev.qanat.shell.syntax.Redirect;
import dev.qanat.shell.syntax.Substitution;
import dev.qanat.shell.syntax.Word;
import dev.qanat.vfs.Descriptors;
import dev.qanat.vfs.FileContext;
import dev.qanat.vfs.MountMode;
import dev.qanat.vfs.RamResource;
import dev.qanat.vfs.Vfs;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Just enough of a shell to test expansion: assignments, functions, loops and a few builtins.
 * {@code p} prints the number of its arguments and each of them in brackets.
 */
final class MiniShell implements ShellContext {
  /**
   * What a run printed: standard output and error together, errors with {@code bash: } in front.
   */
  static String run(String script) {
    JvmSched sched = new JvmSched();
    Sched.install(sched);
    return sched.call(
        () -> {
          Vfs vfs = new Vfs(new RamResource(), MountMode.EXEC);
          FileContext files = new FileContext(vfs, new Descriptors(), "/", 022);
          files.mkdirs("/w");
          files.chdir("/w");
          MiniShell shell = new MiniShell(new Variables(), files, new ExpandOptions());
          shell.variables.set("HOME", "/home/me");
          shell.variables.set("PWD", "/w");
          shell.variables.set("LC_ALL", "C.UTF-8");
          shell.script(script);
          return shell.out.toString();
        });
  }

  private final Variables variables;
  private final FileContext files;
  private final ExpandOptions options;
  private final Expander expander;
  private final Map<String, Command> functions = new HashMap<>();
  private StringBuilder out = new StringBuilder();
  private List<String> arguments = new ArrayList<>();
  private int status;

  MiniShell(Variables variables, FileContext files, ExpandOptions options) {
    this.variables = variables;
    this.files = files;
    this.options = options;
    this.expander = new Expander(this);
  }

  private void script(String text) {
    Parser parser =
        Parser.of(
            text,
            new Dialect() {
              @Override
              public boolean extglob() {
                return options.extglob;
              }
            },
            1);
    for (CommandList list = parser.nextCommand(); list != null; list = parser.nextCommand()) {
      try {
        list(list);
      } catch (ExpansionError e) {
        if (e.getMessage() != null) {
          report(e.getMessage());
        }
        status = e.status();
        if (e.outcome() == ExpansionError.Outcome.EXIT) {
          return;
        }
      }
    }
  }

  private void list(CommandList list) {
    for (CommandList.Item item : list.items()) {
      command(item.andOr().first().commands().get(0));
    }
  }

  private void command(Command command) {
    if (command instanceof Command.Simple simple) {
      simple(simple);
    } else if (command instanceof Command.Function function) {
      functions.put(function.name(), function.body());
    } else if (command instanceof Command.BraceGroup group) {
      list(group.body());
    } else if (command instanceof Command.Subshell subshell) {
      MiniShell child = fork();
      child.list(subshell.body());
      out.append(child.out);
    } else if (command instanceof Command.For loop) {
      for (String value : expander.fields(loop.words())) {
        variables.set(loop.variable(), value);
        list(loop.body());
      }
    } else if (command instanceof Command.Arith arith) {
      try {
        status = expander.arithmetic(arith.expression()) != 0 ? 0 : 1;
      } catch (ArithException e) {
        report(e.messageIn("((: "));
        status = 1;
      } catch (ExpansionError e) {
        report(e.getMessage());
        status = 1;
      }
    } else if (command instanceof Command.Cond cond
        && cond.expression() instanceof CondExpr.Binary binary) {
      String left = expander.string(binary.left());
      status = expander.conditionalPattern(binary.right()).matches(left) ? 0 : 1;
    } else if (command instanceof Command.Case choice) {
      String word = expander.string(choice.word());
      for (Command.CaseClause clause : choice.clauses()) {
        for (Word pattern : clause.patterns()) {
          if (expander.pattern(pattern).matches(word)) {
            list(clause.body());
            return;
          }
        }
      }
    } else {
      throw new IllegalArgumentException(command.toString());
    }
  }

  private MiniShell fork() {
    MiniShell child = new MiniShell(variables.fork(), files.fork(), options.copy());
    child.functions.putAll(functions);
    child.arguments = arguments;
    return child;
  }

  private void simple(Command.Simple simple) {
    List<String> words = new ArrayList<>();
    List<Assignment> declared = new ArrayList<>();
    int flags = 0;
    boolean declares = false;
    for (Word word : simple.words()) {
      if (declares && word.assignment() != null) {
        declared.add(word.assignment());
      } else {
        expander.fields(word, words);
      }
      declares = !words.isEmpty() && isDeclaration(words.get(0));
    }
    if (words.isEmpty()) {
      for (Assignment assignment : simple.assignments()) {
        expander.assign(assignment);
      }
      status = 0;
      return;
    }
    List<String> names = new ArrayList<>();
    List<String> values = new ArrayList<>();
    for (Assignment assignment : simple.assignments()) {
      names.add(assignment.name());
      values.add(expander.assignedValue(assignment));
    }
    boolean temporary = !names.isEmpty();
    if (temporary) {
      variables.pushTemporary(names, values);
    }
    String name = words.get(0);
    List<String> rest = words.subList(1, words.size());
    Command function = functions.get(name);
    if (function != null) {
      List<String> outer = arguments;
      arguments = new ArrayList<>(rest);
      variables.pushScope();
      command(function);
      variables.popScope();
      arguments = outer;
    } else if (isDeclaration(name)) {
      declare(name, rest, declared);
    } else {
      for (Redirect redirect : simple.redirects()) {
        if (redirect.hereDoc() != null) {
          out.append(expander.hereDocument(redirect.hereDoc().body()));
        }
      }
      builtin(name, rest);
    }
    if (temporary) {
      variables.popTemporary();
    }
  }

  private static boolean isDeclaration(String name) {
    return name.equals("declare")
        || name.equals("local")
        || name.equals("readonly")
        || name.equals("export");
  }

  private void declare(String name, List<String> words, List<Assignment> assignments) {
    Scope scope =
        name.equals("local") || name.equals("declare") && variables.depth() > 0
            ? Scope.LOCAL
            : Scope.VISIBLE;
    int add = name.equals("readonly") ? Variable.READONLY : name.equals("export") ? 1 : 0;
    int remove = 0;
    boolean print = false;
    for (String word : words) {
      if (word.startsWith("-") || word.startsWith("+")) {
        for (char c : word.substring(1).toCharArray()) {
          int bit = "xrilucTnaA".indexOf(c) < 0 ? 0 : 1 << "xrilucTnaA".indexOf(c);
          if (c == 'p') {
            print = true;
          } else if (c == 'g') {
            scope = Scope.GLOBAL;
          } else if (word.startsWith("-")) {
            add |= bit;
          } else {
            remove |= bit;
          }
        }
      } else if (print) {
        Variable v = variables.find(word);
        if (v == null) {
          report("declare: " + word + ": not found");
        } else {
          out.append(VariableSource.of(v)).append('\n');
        }
      } else {
        variables.declare(word, scope, add, remove);
      }
    }
    for (Assignment assignment : assignments) {
      try {
        expander.assign(assignment, scope, add);
      } catch (ExpansionError e) {
        report(name + ": " + e.getMessage());
      }
    }
  }

  private void builtin(String name, List<String> words) {
    switch (name) {
      case "p" -> {
        out.append(words.size()).append(':');
        for (String word : words) {
          out.append('[').append(word).append(']');
        }
        out.append('\n');
      }
      case "echo" -> out.append(String.join(" ", words)).append('\n');
      case "status" -> out.append(status).append('\n');
      case "set" -> {
        switch (words.get(0)) {
          case "--" -> arguments = new ArrayList<>(words.subList(1, words.size()));
          case "-u" -> options.nounset = true;
          case "-f" -> options.noglob = true;
          case "+f" -> options.noglob = false;
          default -> throw new IllegalArgumentException(words.toString());
        }
      }
      case "shopt" -> {
        boolean on = words.get(0).equals("-s");
        for (String option : words.subList(1, words.size())) {
          switch (option) {
            case "extglob" -> options.extglob = on;
            case "nullglob" -> options.nullglob = on;
            case "failglob" -> options.failglob = on;
            case "dotglob" -> options.dotglob = on;
            case "nocaseglob" -> options.nocaseglob = on;
            case "nocasematch" -> options.nocasematch = on;
            case "globstar" -> options.globstar = on;
            case "globskipdots" -> options.globskipdots = on;
            case "patsub_replacement" -> options.patsubReplacement = on;
            default -> throw new IllegalArgumentException(option);
          }
        }
      }
      case "unset" -> {
        for (String word : words) {
          try {
            expander.unset(word);
          } catch (ExpansionError e) {
            report("unset: " + e.getMessage());
          }
        }
      }
      case "let" -> {
        for (String word : words) {
          try {
            status = expander.evaluate(word) != 0 ? 0 : 1;
          } catch (ArithException e) {
            report(e.messageIn("let: "));
          }
        }
      }
      case "environment" -> out.append(variables.environment()).append('\n');
      case "touch" -> {
        for (String word : words) {
          files.writeFile(word, new byte[0]);
        }
      }
      case "mkdir" -> {
        for (String word : words) {
          if (!word.equals("-p")) {
            files.mkdirs(word);
          }
        }
      }
      case "ln" -> files.symlink(words.get(1), words.get(2));
      case "eval" -> script(String.join(" ", words));
      case ":" -> {}
      default -> throw new IllegalArgumentException(name);
    }
  }

  @Override
  public Variables variables() {
    return variables;
  }

  @Override
  public FileContext files() {
    return files;
  }

  @Override
  public ExpandOptions options() {
    return options;
  }

  @Override
  public String shellName() {
    return "bash";
  }

  @Override
  public int positionalCount() {
    return arguments.size();
  }

  @Override
  public String positional(int index) {
    return arguments.get(index - 1);
  }

  @Override
  public String special(char parameter) {
    return parameter == '?' ? Integer.toString(status) : parameter == '!' ? null : "";
  }

  @Override
  public String commandOutput(Substitution substitution) {
    MiniShell child = fork();
    child.list(substitution.body());
    int end = child.out.length();
    while (end > 0 && child.out.charAt(end - 1) == '\n') {
      end--;
    }
    return child.out.substring(0, end);
  }

  @Override
  public String processFile(boolean output, Substitution substitution) {
    return "/dev/fd/63";
  }

  @Override
  public String homeDirectory(String user) {
    return user.equals("root") || user.isEmpty() ? "/root" : null;
  }

  @Override
  public String directoryStackEntry(int n, boolean fromRight) {
    return n == 0 ? files.cwd() : null;
  }

  @Override
  public String expandPrompt(String text) {
    return text;
  }

  @Override
  public void report(String message) {
    out.append("bash: ").append(message).append('\n');
  }

  /** Runs a file of scripts, separated by lines of {@code ----}, and prints what each gives. */
  public static void main(String[] args) throws Exception {
    String all = new String(System.in.readAllBytes(), "UTF-8");
    for (String script : all.split("\n?----\n")) {
      try {
        System.out.print(run(script));
      } catch (RuntimeException e) {
        System.out.println("crash: " + e);
        e.printStackTrace(System.out);
      }
      System.out.println("----");
    }
  }
}
