package dev.qanat.command;

import dev.qanat.sched.Sched;
import dev.qanat.sched.Task;
import dev.qanat.vfs.Descriptors;
import dev.qanat.vfs.Errno;
import dev.qanat.vfs.FileContext;
import dev.qanat.vfs.OpenFile;
import dev.qanat.vfs.OpenFlags;
import dev.qanat.vfs.Pipes;
import dev.qanat.vfs.VfsException;
import dev.qanat.workspace.StandardCommands;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Just enough of a shell to try commands with: simple commands, quotes, pipelines, redirections and
 * lists with {@code ; && ||}. Nothing is expanded. Not for testing shells.
 */
public final class CommandLines implements Programs {
  private final StandardCommands commands = new StandardCommands();

  private record Token(String text, boolean operator) {}

  private static final String[] OPERATORS = {
    "&&", "||", "2>&1", "2>>", "2>", ">>", ">", "<<<", "<", "|", ";"
  };

  @Override
  public Command find(String name, Map<String, String> env, FileContext files) {
    String n =
        name.startsWith("/usr/bin/")
            ? name.substring(9)
            : name.startsWith("/bin/") ? name.substring(5) : name;
    if (n.equals("sh") || n.equals("bash")) {
      return in -> script(in, in.args().get(in.args().indexOf("-c") + 1));
    }
    Command c = commands.get(n);
    if (c == null) {
      if (name.indexOf('/') >= 0 && files.exists(name)) {
        throw new VfsException(Errno.EACCES, name);
      }
      throw new VfsException(Errno.ENOENT, name);
    }
    return c;
  }

  @Override
  public String locate(String name, Map<String, String> env, FileContext files) {
    return commands.get(name) == null ? null : "/usr/bin/" + name;
  }

  @Override
  public Command shell(String script) {
    return in -> script(in, script);
  }

  @Override
  public List<String> names() {
    return commands.names();
  }

  private int script(Invocation in, String text) {
    return run(text, in.files(), in.env());
  }

  /** Runs a line; returns the last pipeline's status. */
  public int run(String line, FileContext files, Map<String, String> env) {
    List<Token> tokens = tokens(line);
    int status = 0;
    int i = 0;
    String before = ";";
    while (i < tokens.size()) {
      int end = i;
      while (end < tokens.size() && !isListOperator(tokens.get(end))) {
        end++;
      }
      if (before.equals(";") || before.equals("&&") == (status == 0)) {
        status = pipeline(tokens.subList(i, end), files, env);
      }
      before = end < tokens.size() ? tokens.get(end).text : ";";
      i = end + 1;
    }
    return status;
  }

  private static boolean isListOperator(Token t) {
    return t.operator && (t.text.equals(";") || t.text.equals("&&") || t.text.equals("||"));
  }

  private int pipeline(List<Token> tokens, FileContext files, Map<String, String> env) {
    List<List<Token>> stages = new ArrayList<>();
    stages.add(new ArrayList<>());
    for (Token t : tokens) {
      if (t.operator && t.text.equals("|")) {
        stages.add(new ArrayList<>());
      } else {
        stages.get(stages.size() - 1).add(t);
      }
    }
    OpenFile in = null;
    List<Task> tasks = new ArrayList<>();
    for (int s = 0; s < stages.size(); s++) {
      List<Token> stage = stages.get(s);
      FileContext own = files.fork();
      if (in != null) {
        own.descriptors().set(0, in);
        in = null;
      }
      if (s + 1 < stages.size()) {
        OpenFile[] ends = Pipes.create();
        in = ends[0];
        own.descriptors().set(1, ends[1]);
      }
      tasks.add(
          Sched.get()
              .spawn(
                  "stage",
                  () -> Sched.get().current().setStatus(simple(stage, own, env)),
                  t -> t.onExit(() -> own.descriptors().closeAll())));
    }
    int status = 0;
    for (Task t : tasks) {
      t.exited().await();
      status = t.status();
      if (t.failure() != null) {
        throw new IllegalStateException(t.failure());
      }
    }
    return status;
  }

  private int simple(List<Token> stage, FileContext files, Map<String, String> env) {
    List<String> argv = new ArrayList<>();
    env = new java.util.HashMap<>(env);
    for (int i = 0; i < stage.size(); i++) {
      Token t = stage.get(i);
      if (!t.operator) {
        int eq = t.text.indexOf('=');
        if (argv.isEmpty() && eq > 0 && Character.isLetter(t.text.charAt(0))) {
          env.put(t.text.substring(0, eq), t.text.substring(eq + 1));
          continue;
        }
        argv.add(t.text);
        continue;
      }
      Descriptors d = files.descriptors();
      if (t.text.equals("2>&1")) {
        d.set(2, d.need(1).retain());
        continue;
      }
      String target = stage.get(++i).text;
      switch (t.text) {
        case ">" -> d.set(1, files.open(target, OpenFlags.REPLACE, 0666));
        case ">>" -> d.set(1, files.open(target, OpenFlags.ADD, 0666));
        case "2>" -> d.set(2, files.open(target, OpenFlags.REPLACE, 0666));
        case "2>>" -> d.set(2, files.open(target, OpenFlags.ADD, 0666));
        case "<" -> d.set(0, files.open(target));
        default -> d.set(0, dev.qanat.vfs.StreamFile.of(dev.qanat.text.Utf8.encode(target + "\n")));
      }
    }
    if (argv.isEmpty()) {
      return 0;
    }
    if (argv.get(0).equals("cd")) {
      return 0;
    }
    Invocation in = new Invocation(argv.get(0), argv.subList(1, argv.size()), files, env, this);
    Command c;
    try {
      c = find(argv.get(0), env, files);
    } catch (VfsException e) {
      in.error("command not found");
      return 127;
    }
    return in.execute(c);
  }

  private static List<Token> tokens(String line) {
    List<Token> out = new ArrayList<>();
    StringBuilder word = null;
    for (int i = 0; i < line.length(); ) {
      char c = line.charAt(i);
      if (c == ' ') {
        if (word != null) {
          out.add(new Token(word.toString(), false));
          word = null;
        }
        i++;
        continue;
      }
      String op = null;
      for (String o : OPERATORS) {
        if (op == null && line.startsWith(o, i) && (o.charAt(0) != '2' || word == null)) {
          op = o;
        }
      }
      if (op != null) {
        if (word != null) {
          out.add(new Token(word.toString(), false));
          word = null;
        }
        out.add(new Token(op, true));
        i += op.length();
        continue;
      }
      if (word == null) {
        word = new StringBuilder();
      }
      if (c == '\'') {
        int end = line.indexOf('\'', i + 1);
        word.append(line, i + 1, end);
        i = end + 1;
      } else if (c == '"') {
        int j = i + 1;
        for (; line.charAt(j) != '"'; j++) {
          if (line.charAt(j) == '\\' && "\"\\$`".indexOf(line.charAt(j + 1)) >= 0) {
            j++;
          }
          word.append(line.charAt(j));
        }
        i = j + 1;
      } else if (c == '$' && line.startsWith("$'", i)) {
        i = dollarQuote(line, i + 2, word);
      } else if (c == '\\') {
        word.append(line.charAt(i + 1));
        i += 2;
      } else {
        word.append(c);
        i++;
      }
    }
    if (word != null) {
      out.add(new Token(word.toString(), false));
    }
    return out;
  }

  private static int dollarQuote(String s, int i, StringBuilder word) {
    dev.qanat.text.ByteBuilder b = new dev.qanat.text.ByteBuilder();
    while (s.charAt(i) != '\'') {
      char c = s.charAt(i++);
      if (c != '\\') {
        b.append(String.valueOf(c));
        continue;
      }
      char e = s.charAt(i++);
      int letter = "abtnvfr".indexOf(e);
      if (letter >= 0) {
        b.append(7 + letter);
      } else if (e == 'e') {
        b.append(27);
      } else if (e == 'x') {
        int n = 0;
        int k = 0;
        while (k < 2 && Character.digit(s.charAt(i), 16) >= 0) {
          n = n * 16 + Character.digit(s.charAt(i++), 16);
          k++;
        }
        b.append(n);
      } else if (e >= '0' && e <= '7') {
        int n = e - '0';
        for (int k = 0; k < 2 && s.charAt(i) >= '0' && s.charAt(i) <= '7'; k++) {
          n = n * 8 + s.charAt(i++) - '0';
        }
        b.append(n);
      } else {
        b.append(String.valueOf(e));
      }
    }
    word.append(b.toString());
    return i + 1;
  }
}
