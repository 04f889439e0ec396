package dev.qanat.command.data.jq;

import dev.qanat.command.Command;
import dev.qanat.command.Invocation;
import dev.qanat.command.Output;
import dev.qanat.json.JsonArray;
import dev.qanat.json.JsonException;
import dev.qanat.json.JsonObject;
import dev.qanat.json.JsonParser;
import dev.qanat.json.JsonString;
import dev.qanat.json.JsonValue;
import dev.qanat.json.JsonWriter;
import dev.qanat.text.ByteBuilder;
import dev.qanat.text.Utf8;
import dev.qanat.text.time.Zone;
import dev.qanat.vfs.VfsException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code jq}: filters JSON by programs of jq's language, version 1.6 with much of 1.7. */
public final class Jq implements Command {
  @Override
  public int run(Invocation in) {
    return new Run(in).run();
  }

  /** One run: the options and what they lead to. */
  private static final class Run implements Machine.Host, Compiler.Library {
    private final Invocation in;
    private final Output out;
    private final List<String> files = new ArrayList<>();
    private final List<String> searchPath = new ArrayList<>();
    private String program;
    private boolean fromFile;
    private boolean raw;
    private boolean join;
    private boolean ascii;
    private boolean nullInput;
    private boolean slurp;
    private boolean rawInput;
    private boolean streaming;
    private boolean sequence;
    private boolean sorted;
    private boolean exitStatus;
    private boolean unbuffered;
    private int indent = 2;
    private boolean tabs;
    private Boolean colour;
    private JsonObject named = JsonObject.EMPTY;
    private JsonArray positional = JsonArray.EMPTY;
    private Inputs inputs;
    private final ByteBuilder buffer = new ByteBuilder(4096);

    Run(Invocation in) {
      this.in = in;
      this.out = in.stdout();
    }

    int run() {
      options();
      if (program == null && !fromFile) {
        boolean terminal = in.files().descriptors().need(0).isTerminal() && out.file().isTerminal();
        if (terminal) {
          help(in.stderr());
          return 2;
        }
        program = ".";
      }
      Machine machine;
      try {
        machine = compile();
      } catch (Uncompiled e) {
        return e.status;
      }
      inputs = new Inputs(in, files, rawInput, slurp, streaming, sequence);
      int status = filter(machine);
      inputs.close();
      if (inputs.failed() && status == 0) {
        status = 2;
      }
      return status;
    }

    private Command.Exit usage(String message) {
      in.error(message);
      Output err = in.stderr();
      err.write(
          "Use jq --help for help with command-line options,\n"
              + "or see the jq manpage, or online docs  at https://stedolan.github.io/jq\n");
      err.flush();
      return new Command.Exit(2);
    }

    private void options() {
      List<String> args = in.args();
      boolean done = false;
      char rest = 0; // what further operands are: files, strings (s) or JSON (j)
      for (int i = 0; i < args.size(); i++) {
        String a = args.get(i);
        if (done || a.length() < 2 || a.charAt(0) != '-' || !isOption(a.charAt(1))) {
          operand(a, rest);
          continue;
        }
        switch (a) {
          case "--" -> done = true;
          case "--args" -> rest = 's';
          case "--jsonargs" -> rest = 'j';
          case "--arg", "--argjson" -> {
            if (i + 2 >= args.size()) {
              throw usage(
                  a.equals("--arg")
                      ? "--arg takes two parameters (e.g. --arg varname value)"
                      : "--argjson takes two parameters (e.g. --argjson varname text)");
            }
            String text = args.get(i + 2);
            JsonValue v = a.equals("--arg") ? JsonString.of(text) : json(text, "--argjson");
            name(args.get(i + 1), v);
            i += 2;
          }
          case "--slurpfile", "--argfile", "--rawfile" -> {
            if (i + 2 >= args.size()) {
              throw usage(a + " takes two parameters (e.g. " + a + " varname filename)");
            }
            name(args.get(i + 1), file(a, args.get(i + 1), args.get(i + 2)));
            i += 2;
          }
          case "--indent" -> {
            if (++i >= args.size()) {
              throw usage("--indent takes one parameter");
            }
            indent = (int) dev.qanat.text.DoubleReader.parse(args.get(i));
            tabs = indent == -1;
            if (indent < -1 || indent > 7) {
              throw usage("--indent takes a number between -1 and 7");
            }
          }
          case "--help" -> {
            help(out);
            out.flush();
            throw new Command.Exit(0);
          }
          case "--version" -> {
            out.line("jq-1.6");
            throw new Command.Exit(0);
          }
          default -> {
            if (a.startsWith("--")) {
              if (!flag(a.substring(2))) {
                throw usage("Unknown option " + a);
              }
            } else {
              i = cluster(args, i);
            }
          }
        }
      }
    }

    /** Programs may begin with a minus sign, too. */
    private static boolean isOption(char c) {
      return c == '-' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    private void operand(String a, char rest) {
      if (program == null) {
        program = a;
      } else if (rest == 's') {
        positional = positional.append(JsonString.of(a));
      } else if (rest == 'j') {
        positional = positional.append(json(a, "--jsonargs"));
      } else {
        files.add(a);
      }
    }

    private int cluster(List<String> args, int i) {
      String a = args.get(i);
      for (int k = 1; k < a.length(); k++) {
        char c = a.charAt(k);
        if (c == 'L') {
          String dir = a.substring(k + 1);
          if (dir.isEmpty()) {
            if (++i >= args.size()) {
              throw usage("-L takes a parameter: (e.g. -L /search/path or -L/search/path)");
            }
            dir = args.get(i);
          }
          searchPath.add(dir);
          return i;
        }
        String name =
            switch (c) {
              case 's' -> "slurp";
              case 'r' -> "raw-output";
              case 'j' -> "join-output";
              case 'a' -> "ascii-output";
              case 'c' -> "compact-output";
              case 'C' -> "color-output";
              case 'M' -> "monochrome-output";
              case 'S' -> "sort-keys";
              case 'n' -> "null-input";
              case 'f' -> "from-file";
              case 'e' -> "exit-status";
              case 'R' -> "raw-input";
              case 'h' -> "help";
              case 'V' -> "version";
              default -> throw usage("Unknown option " + a);
            };
        if (name.equals("help")) {
          help(out);
          out.flush();
          throw new Command.Exit(0);
        }
        if (name.equals("version")) {
          out.line("jq-1.6");
          throw new Command.Exit(0);
        }
        flag(name);
      }
      return i;
    }

    private boolean flag(String name) {
      switch (name) {
        case "slurp" -> slurp = true;
        case "raw-output" -> raw = true;
        case "join-output" -> {
          raw = true;
          join = true;
        }
        case "ascii-output" -> ascii = true;
        case "compact-output" -> {
          indent = 0;
          tabs = false;
        }
        case "color-output" -> colour = true;
        case "monochrome-output" -> colour = false;
        case "sort-keys" -> sorted = true;
        case "tab" -> tabs = true;
        case "unbuffered" -> unbuffered = true;
        case "null-input" -> nullInput = true;
        case "from-file" -> fromFile = true;
        case "exit-status" -> exitStatus = true;
        case "raw-input" -> rawInput = true;
        case "stream" -> streaming = true;
        case "seq" -> sequence = true;
        default -> {
          return false;
        }
      }
      return true;
    }

    private void name(String name, JsonValue v) {
      JsonString k = JsonString.of(name);
      if (named.get(k) == null) {
        named = named.with(k, v);
      }
    }

    private JsonValue json(String text, String option) {
      try {
        return JsonParser.parse(text);
      } catch (JsonException e) {
        throw usage("invalid JSON text passed to " + option);
      }
    }

    private JsonValue file(String option, String name, String path) {
      String problem;
      try {
        byte[] bytes = in.files().readFile(path);
        if (option.equals("--rawfile")) {
          return JsonString.of(bytes, 0, bytes.length);
        }
        JsonParser p = new JsonParser();
        p.feed(bytes, 0, bytes.length);
        JsonArray all = JsonArray.EMPTY;
        for (JsonValue v = p.next(); v != null; v = p.next()) {
          all = all.append(v);
        }
        for (JsonValue v = p.finish(); v != null; v = p.finish()) {
          all = all.append(v);
        }
        return option.equals("--argfile") && all.size() == 1 ? all.at(0) : all;
      } catch (VfsException e) {
        problem = "Could not open " + path + ": " + e.reason();
      } catch (JsonException e) {
        problem = e.getMessage();
      }
      in.error("Bad JSON in " + option + " " + name + " " + path + ": " + problem);
      throw new Command.Exit(2);
    }

    private static final class Uncompiled extends RuntimeException {
      final int status;

      Uncompiled(int status) {
        super(null, null, false, false);
        this.status = status;
      }
    }

    private Machine compile() {
      byte[] source;
      String fileName = "<top-level>";
      if (fromFile) {
        if (program == null) {
          throw usage("--from-file takes a parameter");
        }
        try {
          source = in.files().readFile(program);
        } catch (VfsException e) {
          message("jq: error: Could not open " + program + ": " + e.reason());
          throw new Uncompiled(2);
        }
        fileName = program;
      } else {
        source = Utf8.encode(program);
      }
      try {
        Ast.Module module = new Parser(source, fileName).module();
        Compiler compiler = new Compiler(this);
        JsonObject environment = JsonObject.EMPTY;
        for (Map.Entry<String, String> e : in.env().entrySet()) {
          environment = environment.with(JsonString.of(e.getKey()), JsonString.of(e.getValue()));
        }
        compiler.define("ENV", environment);
        compiler.define(
            "ARGS",
            JsonObject.EMPTY
                .with(JsonString.of("positional"), positional)
                .with(JsonString.of("named"), named));
        compiler.define("__prog_args", positional);
        for (JsonString k : named.keys()) {
          compiler.define(k.asString(), named.get(k));
        }
        return new Machine(compiler.compile(module), this);
      } catch (SyntaxError e) {
        report(e, source, fileName);
        throw new Uncompiled(3);
      }
    }

    private void message(String text) {
      out.flush();
      in.stderr().line(text);
      in.stderr().flush();
    }

    private void report(SyntaxError e, byte[] source, String fileName) {
      String m = e.getMessage();
      if (m.startsWith("syntax error")) {
        m += " (Unix shell quoting issues?)";
      }
      if (e.position < 0) {
        message("jq: error: " + m + "\n\njq: 1 compile error");
        return;
      }
      int at = Math.min(e.position, source.length);
      int from = at;
      while (from > 0 && source[from - 1] != '\n') {
        from--;
      }
      int to = at;
      while (to < source.length && source[to] != '\n') {
        to++;
      }
      int line = 1;
      for (int i = 0; i < from; i++) {
        line += source[i] == '\n' ? 1 : 0;
      }
      message(
          "jq: error: "
              + m
              + " at "
              + fileName
              + ", line "
              + line
              + ":\n"
              + Utf8.decode(source, from, to - from)
              + " ".repeat(at - from)
              + "\njq: 1 compile error");
    }

    private int loading;

    @Override
    public Ast.Module load(Ast.Import from) {
      if (++loading > 200) {
        throw new SyntaxError("modules import one another in a circle", -1);
      }
      String path = find(from, ".jq");
      byte[] source = in.files().readFile(path);
      Ast.Module m;
      try {
        m = new Parser(source, path).module();
      } catch (SyntaxError e) {
        report(e, source, path);
        throw new Uncompiled(3);
      }
      if (m.main() != null) {
        throw new SyntaxError(
            "library should only have function definitions, not a main expression", -1);
      }
      return m;
    }

    @Override
    public JsonValue loadData(Ast.Import from) {
      return file("--slurpfile", from.alias(), find(from, ".json"));
    }

    private String find(Ast.Import from, String suffix) {
      List<String> dirs = new ArrayList<>();
      JsonValue search = from.metadata() == null ? null : from.metadata().get("search");
      if (search != null) {
        if (search instanceof JsonString s) {
          dirs.add(s.asString());
        }
        for (int i = 0; i < search.size(); i++) {
          dirs.add(search.get(i).asString());
        }
      }
      dirs.addAll(searchPath.isEmpty() ? List.of("~/.jq", "/usr/lib/jq", "/usr/lib") : searchPath);
      String name = from.path();
      String last = name.substring(name.lastIndexOf('/') + 1);
      for (String dir : dirs) {
        String home = in.env("HOME");
        String base = dir.startsWith("~/") ? (home == null ? "" : home) + dir.substring(1) : dir;
        for (String candidate :
            new String[] {base + "/" + name + suffix, base + "/" + name + "/" + last + suffix}) {
          if (in.files().exists(candidate) && !in.files().isDirectory(candidate)) {
            return candidate;
          }
        }
      }
      throw new SyntaxError("module not found: " + name + "\n", -1);
    }

    private int filter(Machine machine) {
      String[] colours = null;
      if (colour != null ? colour : out.file().isTerminal()) {
        colours = colours();
      }
      JsonWriter writer = new JsonWriter(tabs ? 0 : indent, tabs, sorted, ascii, colours);
      int status = 0;
      JsonValue last = null;
      boolean any = false;
      try {
        boolean once = nullInput;
        while (true) {
          JsonValue input;
          try {
            input = once ? JsonValue.NULL : nullInput ? null : inputs.next();
          } catch (JsonException e) {
            message("parse error: " + e.getMessage());
            if (sequence) {
              continue;
            }
            return 4;
          }
          once = false;
          if (input == null) {
            break;
          }
          try {
            machine.start(input);
            for (JsonValue v = machine.next(); v != null; v = machine.next()) {
              print(writer, v);
              last = v;
              any = true;
              status = 0;
            }
          } catch (JqError e) {
            if (e.value != JsonValue.NULL) {
              status = 5;
              error(e.value);
            }
          }
        }
      } catch (Builtins.Halt h) {
        out.flush();
        if (h.value != null) {
          Output err = in.stderr();
          if (h.value instanceof JsonString s) {
            err.write(s.utf8());
          } else {
            err.line(h.value.toString());
          }
          err.flush();
        }
        return h.status & 0xFF;
      }
      if (status != 0 || !exitStatus) {
        return status;
      }
      return !any ? 4 : last.isTruthy() ? 0 : 1;
    }

    private String[] colours() {
      String[] c = JsonWriter.standardColours();
      String wanted = in.env("JQ_COLORS");
      if (wanted == null) {
        return c;
      }
      int k = 0;
      int from = 0;
      for (int i = 0; i <= wanted.length() && k < c.length; i++) {
        if (i == wanted.length() || wanted.charAt(i) == ':') {
          c[k++] = wanted.substring(from, i);
          from = i + 1;
        } else if (";0123456789".indexOf(wanted.charAt(i)) < 0) {
          message("Failed to set $JQ_COLORS");
          return JsonWriter.standardColours();
        }
      }
      return c;
    }

    private void print(JsonWriter writer, JsonValue v) {
      buffer.clear();
      if (sequence) {
        buffer.append(0x1E);
      }
      if (raw && v instanceof JsonString s && !ascii) {
        buffer.append(s.utf8());
      } else if (raw && v instanceof JsonString) {
        ByteBuilder quoted = new ByteBuilder();
        writer.write(quoted, v);
        buffer.append(quoted.array(), 1, quoted.length() - 2);
      } else {
        writer.write(buffer, v);
      }
      if (!join) {
        buffer.append('\n');
      }
      out.write(buffer.array(), 0, buffer.length());
      if (unbuffered || out.file().isTerminal()) {
        out.flush();
      }
    }

    private void error(JsonValue v) {
      String where = inputs.position();
      message(
          v instanceof JsonString s
              ? "jq: error (at " + where + "): " + s.asString()
              : "jq: error (at " + where + ") (not a string): " + v);
    }

    @Override
    public JsonValue nextInput() {
      try {
        return inputs.next();
      } catch (JsonException e) {
        throw new JqError(e.getMessage());
      }
    }

    @Override
    public JsonValue inputFileName() {
      String f = inputs.fileName();
      return f == null ? JsonValue.NULL : JsonString.of(f);
    }

    @Override
    public double inputLine() {
      return inputs.line();
    }

    @Override
    public void debug(JsonValue v) {
      message(JsonArray.of(JsonString.of("DEBUG:"), v).toString());
    }

    @Override
    public void stderr(JsonValue v) {
      out.flush();
      in.stderr().write(v.toString());
      in.stderr().flush();
    }

    @Override
    public Zone zone() {
      String tz = in.env("TZ");
      return tz == null ? Zone.UTC : Zone.of(tz);
    }

    @Override
    public JsonValue searchList() {
      JsonArray list = JsonArray.EMPTY;
      List<String> dirs =
          searchPath.isEmpty() ? List.of("~/.jq", "$ORIGIN/../lib/jq", "$ORIGIN/lib") : searchPath;
      for (String dir : dirs) {
        list = list.append(JsonString.of(dir));
      }
      return list;
    }

    private static void help(Output to) {
      to.write(
          """
          Usage:	jq [OPTION]... FILTER [FILE]...
          	jq [OPTION]... --args FILTER [STRING]...
          	jq [OPTION]... --jsonargs FILTER [JSON_TEXT]...
          Applies the filter to each JSON text of its inputs and prints the results as JSON.

            -c               compact instead of pretty-printed output
            -n               use null as the single input value
            -e               set the exit status by the last output
            -s               read all inputs into one array
            -r               print strings raw, without quotes
            -j               as -r, without newlines after outputs
            -R               read lines as strings, not JSON
            -a               print ASCII only
            -C, -M           with colours, without
            -S               sort the keys of objects on output
            -f               read the filter from the file named by the first operand
            -L DIRECTORY     search modules there
            --tab            indent with tabs
            --indent N       indent with N spaces, 0 to 7
            --unbuffered     write each output at once
            --stream         parse into events of paths and leaves
            --seq            use the application/json-seq format
            --arg A V        set $A to the string V
            --argjson A V    set $A to the JSON value V
            --slurpfile A F  set $A to an array of the JSON texts in the file F
            --rawfile A F    set $A to the contents of F, a string
            --args           further operands are strings, in $ARGS.positional
            --jsonargs       further operands are JSON texts, in $ARGS.positional
            --help           print this help
            --version        print the version
          """);
      to.flush();
    }
  }
}
