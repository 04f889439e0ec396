package dev.qanat.command.data.awk;

import dev.qanat.command.Invocation;
import dev.qanat.command.Output;
import dev.qanat.sched.Sched;
import dev.qanat.text.ByteBuilder;
import dev.qanat.text.Utf8;
import dev.qanat.text.regex.RegexException;
import dev.qanat.vfs.OpenFile;
import dev.qanat.vfs.VfsException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs a program: holds its variables, the current record and the streams. */
final class Interpreter {
  static final int NF = 0;
  static final int NR = 1;
  static final int FNR = 2;
  static final int FS = 3;
  static final int OFS = 4;
  static final int ORS = 5;
  static final int RS = 6;
  static final int SUBSEP = 7;
  static final int CONVFMT = 8;
  static final int OFMT = 9;
  static final int RSTART = 10;
  static final int RLENGTH = 11;
  static final int FILENAME = 12;
  static final int RT = 13;
  static final int FIELDWIDTHS = 14;
  static final int FPAT = 15;
  static final int IGNORECASE = 16;
  static final int ERRNO = 17;

  /** The first so many of {@link #SPECIALS} are scalars with a meaning. */
  static final int SCALARS = 18;

  static final int ARGC = 18;
  static final int ARGV = 19;
  static final int ENVIRON = 20;
  static final int PROCINFO = 21;
  static final int ARGIND = 22;

  static final String[] SPECIALS = {
    "NF",
    "NR",
    "FNR",
    "FS",
    "OFS",
    "ORS",
    "RS",
    "SUBSEP",
    "CONVFMT",
    "OFMT",
    "RSTART",
    "RLENGTH",
    "FILENAME",
    "RT",
    "FIELDWIDTHS",
    "FPAT",
    "IGNORECASE",
    "ERRNO",
    "ARGC",
    "ARGV",
    "ENVIRON",
    "PROCINFO",
    "ARGIND"
  };

  /** Calls of the program's functions within one another, at the most. */
  private static final int MAX_CALLS = 10_000;

  /** How many of them share one stack of the engine. */
  private static final int CALLS_PER_STACK = 64;

  /** Thrown where control leaves an expression: next, exit in a function. */
  private static final class Leave extends RuntimeException {
    final int how;

    Leave(int how) {
      super(null, null, false, false);
      this.how = how;
    }
  }

  final Program program;
  final Invocation in;
  final Object[] globals;
  Object[] frame;
  final Record record;
  final Functions functions;
  final Streams streams;
  int place; // of the statement that runs; see Program.place
  final boolean sandbox;
  int exitStatus;
  Value returned;
  double nr;
  double fnr;
  String convfmt = "%.6g";
  String ofmt = "%.6g";
  byte[] ofs = {' '};
  byte[] ors = {'\n'};
  Characters characters = Characters.UTF8;
  FieldSplitter splitter;
  private RecordSeparator separator;
  private int calls;
  private int fuel;
  private final List<ByteBuilder> buffers = new ArrayList<>();

  // main input
  private final List<String> operands;
  private RecordReader reader;
  private int argument;
  private boolean usedFile;
  private boolean inputEnded;
  private boolean fileRunning;

  Interpreter(Program program, Invocation in, List<String> operands, boolean sandbox) {
    this.program = program;
    this.in = in;
    this.sandbox = sandbox;
    this.operands = operands;
    globals = new Object[program.globals.size() + 8];
    record = new Record(this);
    functions = new Functions(this);
    streams = new Streams(this, in);
    globals[FS] = Value.of(" ");
    globals[OFS] = Value.of(" ");
    globals[ORS] = Value.of("\n");
    globals[RS] = Value.of("\n");
    globals[SUBSEP] = Value.of("\u001c");
    globals[CONVFMT] = Value.of("%.6g");
    globals[OFMT] = Value.of("%.6g");
    globals[RSTART] = Value.ZERO;
    globals[RLENGTH] = Value.of(-1);
    globals[FILENAME] = Value.EMPTY;
    globals[RT] = Value.EMPTY;
    globals[FPAT] = Value.of("[^[:space:]]+");
    globals[IGNORECASE] = Value.ZERO;
    globals[ERRNO] = Value.EMPTY;
    splitter = FieldSplitter.of(new byte[] {' '}, characters, false);
    separator = RecordSeparator.of(new byte[] {'\n'}, characters);
    record.set(new byte[0], 0, 0);
    AwkArray argv = new AwkArray("ARGV");
    argv.put(0, Value.of(in.name()));
    for (int i = 0; i < operands.size(); i++) {
      argv.put(i + 1, Value.input(operands.get(i)));
    }
    globals[ARGV] = argv;
    globals[ARGC] = Value.of(operands.size() + 1);
    AwkArray environ = new AwkArray("ENVIRON");
    for (Map.Entry<String, String> e : in.env().entrySet()) {
      environ.put(e.getKey(), Value.input(e.getValue()));
    }
    globals[ENVIRON] = environ;
    AwkArray info = new AwkArray("PROCINFO");
    info.put("version", Value.of("5.2.1"));
    info.put("FS", Value.of("FS"));
    info.put("platform", Value.of("posix"));
    info.put("strftime", Value.of("%a %b %e %H:%M:%S %Z %Y"));
    info.put("pid", Value.of(Sched.get().current().pid()));
    globals[PROCINFO] = info;
  }

  AwkError fatal(String message) {
    String where = "";
    if (fnr > 0) {
      String file = globalValue(FILENAME).toString();
      where = "(FILENAME=" + (file.isEmpty() ? "-" : file) + " FNR=" + (long) fnr + ") ";
    }
    return new AwkError(program.where(place) + where + "fatal: " + message, 2);
  }

  void warn(String message) {
    streams.flush();
    in.error(program.where(place) + "warning: " + message);
  }

  void setError(String reason) {
    globals[ERRNO] = Value.of(reason);
  }

  /** Every so often gives way. */
  void step() {
    if (--fuel < 0) {
      fuel = 256;
      Sched.checkpoint();
    }
  }

  Value globalValue(int slot) {
    return globals[slot] instanceof Value v ? v : Value.UNINITIALIZED;
  }

  Value special(int slot) {
    return switch (slot) {
      case NF -> Value.of(record.count());
      case NR -> Value.of(nr);
      case FNR -> Value.of(fnr);
      default -> globalValue(slot);
    };
  }

  void setSpecial(int slot, Value v) {
    switch (slot) {
      case NF -> {
        record.setCount(v.number());
        return;
      }
      case NR -> {
        nr = v.number();
        return;
      }
      case FNR -> {
        fnr = v.number();
        return;
      }
      case FS, FIELDWIDTHS, FPAT -> {
        record.complete();
        globals[slot] = v;
        setSplitter(slot);
        return;
      }
      case OFS -> {
        record.rebuild();
        ofs = v.toBytes(convfmt);
      }
      case ORS -> ors = v.toBytes(convfmt);
      case RS -> {
        globals[slot] = v;
        separator = compiled(v.toBytes(convfmt));
        setSplitter(splitBy);
      }
      case CONVFMT -> convfmt = v.toString(convfmt);
      case OFMT -> ofmt = v.toString(convfmt);
      case IGNORECASE -> {
        characters = new Characters(characters.single(), v.isTrue());
        globals[slot] = v;
        separator = compiled(globalValue(RS).toBytes(convfmt));
        setSplitter(splitBy);
      }
      default -> {}
    }
    globals[slot] = v;
  }

  private int splitBy = FS;

  private RecordSeparator compiled(byte[] rs) {
    try {
      return RecordSeparator.of(rs, characters);
    } catch (RegexException e) {
      throw fatal("invalid regexp: " + e.getMessage() + ": /" + Utf8.decode(rs) + "/");
    }
  }

  private void setSplitter(int slot) {
    splitBy = slot;
    byte[] text = globalValue(slot).toBytes(convfmt);
    try {
      splitter =
          switch (slot) {
            case FIELDWIDTHS -> FieldSplitter.widths(Utf8.decode(text), characters);
            case FPAT -> FieldSplitter.contents(Pattern.compile(text, characters));
            default ->
                FieldSplitter.of(text, characters, globalValue(RS).toBytes(convfmt).length == 0);
          };
    } catch (RegexException e) {
      throw fatal("invalid regexp: " + e.getMessage() + ": /" + Utf8.decode(text) + "/");
    }
    if (globals[PROCINFO] instanceof AwkArray info) {
      info.put("FS", Value.of(SPECIALS[slot]));
    }
  }

  /** {@code name=value} as on the command line; escapes in the value are understood. */
  void assign(String name, String text) {
    byte[] raw = Utf8.encode(text);
    ByteBuilder out = new ByteBuilder(raw.length);
    for (int i = 0; i < raw.length; ) {
      if (raw[i] == '\\') {
        i = Lexer.escape(raw, i + 1, raw.length, out, null, "");
      } else {
        out.append(raw[i++]);
      }
    }
    byte[] b = out.toByteArray();
    Value v = Value.input(b, 0, b.length);
    Integer slot = program.globals.get(name);
    if (program.functions.containsKey(name)) {
      throw new AwkError("fatal: cannot use function name `" + name + "' as variable name", 2);
    }
    if (slot == null) {
      return; // the program never asks
    }
    if (slot < SCALARS) {
      setSpecial(slot, v);
    } else {
      globals[slot] = v;
    }
  }

  int compareText(Value a, Value b) {
    if (characters.ignoreCase()) {
      return a.toString(convfmt).compareToIgnoreCase(b.toString(convfmt));
    }
    return Value.compareText(a, b);
  }

  /** A buffer for a line; {@link #giveBack} it. */
  ByteBuilder borrow() {
    if (buffers.isEmpty()) {
      return new ByteBuilder(128);
    }
    ByteBuilder b = buffers.remove(buffers.size() - 1);
    b.clear();
    return b;
  }

  void giveBack(ByteBuilder b) {
    if (b.array().length < 1 << 16) {
      buffers.add(b);
    }
  }

  void write(ByteBuilder text, String redirection, Expr target) {
    Output out = in.stdout();
    boolean terminal = false;
    if (redirection != null) {
      String name = target.value(this).toString(convfmt);
      out = streams.output(redirection, name);
      terminal = name.equals("/dev/stderr");
    }
    if (terminal) {
      in.stdout().flush();
    }
    out.write(text.array(), 0, text.length());
    if (terminal || redirection == null && out.file().isTerminal()) {
      out.flush();
    }
  }

  Value call(Program.Function f, Object[] arguments) {
    if (++calls > MAX_CALLS) {
      throw fatal("function call nesting is too deep");
    }
    step();
    Object[] saved = frame;
    int savedPlace = place;
    frame = arguments;
    returned = Value.UNINITIALIZED;
    int how;
    if (calls % CALLS_PER_STACK == 0) {
      int[] result = new int[1];
      Sched.get().onFreshStack(() -> result[0] = f.body.run(this));
      how = result[0];
    } else {
      how = f.body.run(this);
    }
    frame = saved;
    place = savedPlace;
    calls--;
    if (how == Statement.RETURN) {
      return returned;
    }
    if (how >= Statement.NEXT) {
      throw new Leave(how);
    }
    return Value.UNINITIALIZED;
  }

  private int run(Statement s) {
    try {
      place = s.place;
      return s.run(this);
    } catch (Leave e) {
      calls = 0;
      frame = null;
      return e.how;
    }
  }

  /** Runs the program to its end; returns the exit status. May suspend. */
  int run() {
    boolean exited = false;
    for (Statement s : program.begin) {
      if (run(s) == Statement.EXIT) {
        exited = true;
        break;
      }
    }
    boolean reads =
        !program.rules.isEmpty()
            || !program.end.isEmpty()
            || !program.beginFile.isEmpty()
            || !program.endFile.isEmpty();
    if (!exited && reads) {
      exited = main();
    }
    if (!program.end.isEmpty()) {
      for (Statement s : program.end) {
        if (run(s) == Statement.EXIT) {
          break;
        }
      }
    }
    return exitStatus;
  }

  private boolean main() {
    while (true) {
      step();
      int got;
      try {
        got = nextRecord();
      } catch (Leave e) {
        return true;
      }
      if (got <= 0) {
        return false;
      }
      for (Program.Rule rule : program.rules) {
        int how;
        try {
          how = matches(rule) ? act(rule) : Statement.NORMAL;
        } catch (Leave e) {
          calls = 0;
          frame = null;
          how = e.how;
        }
        if (how == Statement.EXIT) {
          return true;
        }
        if (how == Statement.NEXT_FILE) {
          skipFile();
        }
        if (how == Statement.NEXT || how == Statement.NEXT_FILE) {
          break;
        }
      }
    }
  }

  private int act(Program.Rule rule) {
    if (rule.action == null) {
      ByteBuilder out = borrow();
      record.appendField(0, out, ofmt);
      out.append(ors);
      write(out, null, null);
      giveBack(out);
      return Statement.NORMAL;
    }
    return rule.action.run(this);
  }

  private boolean matches(Program.Rule rule) {
    if (rule.pattern == null) {
      return true;
    }
    if (rule.end == null) {
      return rule.pattern.test(this);
    }
    if (!rule.inRange && !rule.pattern.test(this)) {
      return false;
    }
    rule.inRange = !rule.end.test(this);
    return true;
  }

  private void skipFile() {
    if (reader != null) {
      reader.close();
      reader = null;
      endFile();
    }
  }

  private void endFile() {
    if (fileRunning) {
      fileRunning = false;
      for (Statement s : program.endFile) {
        int how = run(s);
        if (how == Statement.EXIT) {
          throw new Leave(Statement.EXIT);
        }
      }
    }
  }

  /** Reads the next main record into {@code $0}: 1, or 0 at the end. May suspend. */
  private int nextRecord() {
    RecordReader from = nextInput();
    if (from == null) {
      return 0;
    }
    record.set(from.bytes, from.start, from.end);
    return 1;
  }

  /** The main input with its next record, counted; null at the end. */
  private RecordReader nextInput() {
    while (true) {
      if (reader == null && !openNext()) {
        return null;
      }
      boolean found;
      try {
        found = reader.read(separator);
      } catch (VfsException e) {
        in.error(
            program.where(place)
                + "warning: error reading input file `"
                + globalValue(FILENAME)
                + "': "
                + e.reason());
        exitStatus = 2;
        found = false;
      }
      if (found) {
        nr++;
        fnr++;
        setRt(reader);
        return reader;
      }
      reader.close();
      reader = null;
      endFile();
    }
  }

  private void setRt(RecordReader from) {
    globals[RT] =
        separator.kind == RecordSeparator.Kind.BYTE && from.terminatorEnd == from.end + 1
            ? globals[RS]
            : Value.of(from.bytes, from.end, from.terminatorEnd - from.end);
  }

  private boolean openNext() {
    if (inputEnded) {
      return false;
    }
    AwkArray argv = (AwkArray) globals[ARGV];
    while (true) {
      double argc = globalValue(ARGC).number();
      if (++argument >= argc) {
        inputEnded = true;
        if (usedFile) {
          return false;
        }
        begin(new RecordReader(in.files().descriptors().need(0), false), "");
        return true;
      }
      Object o = argv.get(Utf8.encode(Integer.toString(argument)));
      String name = o instanceof Value v ? v.toString(convfmt) : "";
      if (name.isEmpty()) {
        continue;
      }
      int eq = name.indexOf('=');
      if (eq > 0 && isName(name.substring(0, eq))) {
        assign(name.substring(0, eq), name.substring(eq + 1));
        continue;
      }
      usedFile = true;
      globals[ARGIND] = Value.of(argument);
      if (open(name)) {
        return true;
      }
    }
  }

  static boolean isName(String s) {
    for (int i = 0; i < s.length(); i++) {
      char c = s.charAt(i);
      boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
      if (!letter && (i == 0 || c < '0' || c > '9')) {
        return false;
      }
    }
    return !s.isEmpty();
  }

  private boolean open(String name) {
    if (sandbox && !operands.contains(name)) {
      throw fatal("cannot add a new file (" + name + ") to ARGV in sandbox mode");
    }
    String problem = null;
    try {
      if (name.equals("-") || name.equals("/dev/stdin")) {
        begin(new RecordReader(in.files().descriptors().need(0), false), name);
        return true;
      }
      if (in.files().isDirectory(name)) {
        if (program.beginFile.isEmpty()) {
          streams.flush();
          in.error("warning: command line argument `" + name + "' is a directory: skipped");
          return false;
        }
        problem = "Is a directory";
      } else {
        OpenFile f = in.files().open(name);
        begin(new RecordReader(f, true), name);
        return reader != null;
      }
    } catch (VfsException e) {
      problem = e.reason();
    }
    if (!program.beginFile.isEmpty()) {
      setError(problem);
      begin(null, name);
      setError("");
      return false;
    }
    throw new AwkError("fatal: cannot open file `" + name + "' for reading: " + problem, 2);
  }

  private void begin(RecordReader from, String name) {
    reader = from;
    fnr = 0;
    globals[FILENAME] = Value.input(name);
    if (program.beginFile.isEmpty() && program.endFile.isEmpty()) {
      return;
    }
    fileRunning = from != null;
    for (Statement s : program.beginFile) {
      int how = run(s);
      if (how == Statement.EXIT) {
        throw new Leave(Statement.EXIT);
      }
      if (how == Statement.NEXT_FILE) {
        if (reader != null) {
          reader.close();
          reader = null;
          endFile();
        }
        return;
      }
    }
    if (from == null) {
      throw fatal("cannot open file `" + name + "' for reading: " + globalValue(ERRNO));
    }
  }

  /** {@code getline}: 1, 0 at the end, -1 for an error. May suspend. */
  int getline(int kind, Expr source, Expr.Place target) {
    RecordReader from;
    if (kind == Expr.Getline.MAIN) {
      from = nextInput();
      if (from == null) {
        return 0;
      }
    } else {
      String name = source.value(this).toString(convfmt);
      from = streams.input(kind, name);
      if (from == null) {
        return -1;
      }
      try {
        if (!from.read(separator)) {
          return 0;
        }
      } catch (VfsException e) {
        setError(e.reason());
        return -1;
      }
      setRt(from);
    }
    if (target == null) {
      record.set(from.bytes, from.start, from.end);
    } else {
      target.assign(this, Value.input(from.bytes, from.start, from.end - from.start));
    }
    return 1;
  }
}
