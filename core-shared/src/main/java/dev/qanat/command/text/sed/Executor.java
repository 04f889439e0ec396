package dev.qanat.command.text.sed;

import dev.qanat.command.Input;
import dev.qanat.command.Invocation;
import dev.qanat.sched.Sched;
import dev.qanat.text.ByteBuilder;
import dev.qanat.text.regex.Matcher;
import dev.qanat.text.regex.Regex;
import dev.qanat.vfs.VfsException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs a script over the input, line by line; scripts of one simple command run over whole chunks.
 */
final class Executor {
  private final Invocation in;
  private final SedCommand[] commands;
  private final InputFiles input;
  private final OutputFile out;
  private final boolean quiet;
  private final boolean unbuffered;
  private final int delimiter;
  private final int lineLength;
  private final boolean posix;
  private final Runner runner;

  private ByteBuilder space = new ByteBuilder(256);
  private ByteBuilder hold = new ByteBuilder(64);
  private ByteBuilder scratch = new ByteBuilder(256);
  private boolean terminated = true; // the line in the pattern space ends in a delimiter
  private boolean holdTerminated = true;
  private boolean replaced;
  private Address.Pattern lastPattern;
  private final Map<Address.Pattern, Matcher> matchers = new IdentityHashMap<>();
  private final List<Object> appended =
      new ArrayList<>(); // byte[] texts, or names of files to copy
  private final Map<String, Input> lineFiles = new HashMap<>(); // files of R
  private int exitStatus;

  /** Runs a shell command and gives what it printed. */
  interface Runner {
    byte[] run(String script);
  }

  Executor(
      Invocation in,
      List<SedCommand> commands,
      InputFiles input,
      OutputFile out,
      Settings settings,
      Runner runner) {
    this.in = in;
    this.commands = commands.toArray(new SedCommand[0]);
    this.input = input;
    this.out = out;
    this.quiet = settings.quiet();
    this.unbuffered = settings.unbuffered();
    this.delimiter = settings.delimiter();
    this.lineLength = settings.lineLength();
    this.posix = settings.posix();
    this.runner = runner;
  }

  /** The options that matter while running. */
  record Settings(
      boolean quiet, boolean unbuffered, int delimiter, int lineLength, boolean posix) {}

  // What the commands of a cycle lead to.
  private static final int END_CYCLE = -1; // print, next line
  private static final int NEXT_CYCLE = -2; // next line
  private static final int SAME_SPACE = -3; // next cycle without reading
  private static final int QUIT = -4;

  /** Runs to the end of the input or to a q; the exit status. May suspend. */
  int run() {
    if (runInBulk()) {
      return 0;
    }
    boolean read = true;
    while (true) {
      if (read && !readLine(false)) {
        return 0;
      }
      Sched.checkpoint();
      int outcome = cycle();
      if (outcome == END_CYCLE && !quiet) {
        printSpace(out);
      }
      flushAppended();
      if (unbuffered) {
        out.out.flush();
      }
      if (outcome == QUIT) {
        return exitStatus;
      }
      read = outcome != SAME_SPACE;
    }
  }

  private boolean readLine(boolean append) {
    flushAppended();
    Input source = input.ready();
    if (source == null) {
      return false;
    }
    if (input.takeFileBegan() && input.isSeparate()) {
      for (SedCommand command : commands) {
        command.resetRange();
      }
    }
    source.nextLine((byte) delimiter);
    if (append) {
      space.append(delimiter);
    } else {
      space.clear();
    }
    space.append(source.data, source.start, source.end - source.start);
    terminated = source.terminated();
    replaced = false;
    input.lineNumber++;
    return true;
  }

  private void printSpace(OutputFile to) {
    to.line(space.array(), 0, space.length(), terminated, delimiter);
  }

  /**
   * Runs a script of one command that looks at each line alone and changes or drops the matching
   * ones.
   */
  private boolean runInBulk() {
    if (commands.length != 1 || unbuffered || input.isSeparate()) {
      return false;
    }
    SedCommand command = commands[0];
    boolean substitutes =
        command.name == 's'
            && !quiet
            && command.from == null
            && !command.substitution.print
            && !command.substitution.evaluate
            && command.substitution.file == null;
    boolean deletes = command.name == 'd' && !quiet && isOnePattern(command);
    boolean prints = command.name == 'p' && quiet && isOnePattern(command);
    if (!substitutes && !deletes && !prints) {
      return false;
    }
    Address.Pattern pattern = substitutes ? command.substitution.pattern : command.from.pattern;
    if (pattern.isEmpty()) {
      return false;
    }
    int flags = pattern.flags() | Regex.LINES;
    Matcher lines = Regex.compile(pattern.source(), pattern.syntax(), flags).matcher();
    Matcher matches = substitutes ? pattern.regex().matcher() : null;
    Input source;
    while ((source = input.ready()) != null) {
      while (source.nextLines((byte) delimiter)) {
        Sched.checkpoint();
        bulk(source, lines, matches, command);
      }
    }
    return true;
  }

  private static boolean isOnePattern(SedCommand command) {
    return command.from != null
        && command.to == null
        && !command.negated
        && command.from.kind == Address.Kind.REGEX;
  }

  private void bulk(Input source, Matcher lines, Matcher matches, SedCommand command) {
    byte[] data = source.data;
    int at = source.start;
    int end = source.end;
    while (at < end && lines.findLine(data, at, end)) {
      int lineStart = lines.lineStart();
      int lineEnd = lines.lineEnd();
      int next = Math.min(lineEnd + 1, end);
      if (command.name != 'p') {
        out.lines(data, at, lineStart - at, delimiter);
      }
      if (command.name == 'p') {
        out.lines(data, lineStart, next - lineStart, delimiter);
      } else if (command.name == 's') {
        scratch.clear();
        if (command.substitution.apply(matches, data, lineStart, lineEnd, scratch)) {
          out.line(scratch.array(), 0, scratch.length(), next > lineEnd, delimiter);
        } else {
          out.lines(data, lineStart, next - lineStart, delimiter);
        }
      }
      at = next;
    }
    if (command.name != 'p') {
      out.lines(data, at, end - at, delimiter);
    }
  }

  private boolean isSelected(SedCommand command) {
    if (command.from == null) {
      return !command.negated;
    }
    return (command.to == null ? matches(command.from) : inRange(command)) != command.negated;
  }

  private boolean matches(Address address) {
    switch (address.kind) {
      case LINE:
        return input.lineNumber == address.first;
      case STEP:
        return input.lineNumber >= address.first
            && (input.lineNumber - address.first) % address.step == 0;
      case LAST:
        return input.isLast();
      default:
        return matcher(address.pattern).find(space.array(), 0, 0, space.length());
    }
  }

  private boolean inRange(SedCommand command) {
    Address to = command.to;
    long line = input.lineNumber;
    if (command.range == SedCommand.Range.ACTIVE) {
      switch (to.kind) {
        case LINE, PLUS, MULTIPLE:
          long end = to.kind == Address.Kind.LINE ? to.first : command.rangeEnd;
          if (line >= end) {
            command.range = SedCommand.Range.CLOSED;
          }
          if (line <= end) {
            return true;
          }
          // The range ended while the command was not reached; this line may begin another.
          return matches(command.from) && begin(command, line);
        default:
          if (matches(to)) {
            command.range = SedCommand.Range.CLOSED;
          }
          return true;
      }
    }
    return matches(command.from) && begin(command, line);
  }

  private static boolean begin(SedCommand command, long line) {
    Address to = command.to;
    command.range = SedCommand.Range.ACTIVE;
    switch (to.kind) {
      case LINE -> {
        if (to.first <= line) {
          command.range = SedCommand.Range.CLOSED;
        }
      }
      case PLUS -> {
        command.rangeEnd = line + to.first;
        if (to.first == 0) {
          command.range = SedCommand.Range.CLOSED;
        }
      }
      case MULTIPLE -> {
        if (to.first == 0) {
          command.range = SedCommand.Range.CLOSED;
        } else {
          command.rangeEnd = (line / to.first + 1) * to.first;
        }
      }
      default -> {}
    }
    return true;
  }

  private Matcher matcher(Address.Pattern pattern) {
    if (pattern.isEmpty()) {
      if (lastPattern == null) {
        throw new ScriptException(1, "-e expression #1, char 0: no previous regular expression");
      }
    } else {
      lastPattern = pattern;
    }
    Matcher matcher = matchers.get(lastPattern);
    if (matcher == null) {
      matcher = lastPattern.regex().matcher();
      matchers.put(lastPattern, matcher);
    }
    return matcher;
  }

  private int cycle() {
    int at = 0;
    int turns = 0;
    while (at < commands.length) {
      SedCommand command = commands[at++];
      if (!isSelected(command)) {
        if (command.name == '{') {
          at = command.target;
        }
        continue;
      }
      switch (command.name) {
        case '{':
          break;
        case '=':
          out.completeLine();
          out.out.write(input.lineNumber);
          out.out.write('\n');
          break;
        case 'a':
          appended.add(command.text);
          break;
        case 'i':
          out.text(command.text, 0, command.text.length);
          break;
        case 'c':
          if (command.range != SedCommand.Range.ACTIVE || command.to == null || command.negated) {
            out.text(command.text, 0, command.text.length);
          }
          return NEXT_CYCLE;
        case 'b':
          at = command.target;
          turns = pace(turns);
          break;
        case 't':
          if (replaced) {
            replaced = false;
            at = command.target;
            turns = pace(turns);
          }
          break;
        case 'T':
          if (!replaced) {
            at = command.target;
            turns = pace(turns);
          }
          replaced = false;
          break;
        case 'd':
          return NEXT_CYCLE;
        case 'D':
          {
            int newline = indexOfDelimiter();
            if (newline < 0) {
              return NEXT_CYCLE;
            }
            space.removeFirst(newline + 1);
            return SAME_SPACE;
          }
        case 'e':
          execute(command);
          break;
        case 'F':
          {
            out.completeLine();
            out.out.line(input.name());
            break;
          }
        case 'g':
          space.clear();
          space.append(hold);
          terminated = holdTerminated;
          break;
        case 'G':
          space.append(delimiter).append(hold);
          terminated = holdTerminated;
          break;
        case 'h':
          hold.clear();
          hold.append(space);
          holdTerminated = terminated;
          break;
        case 'H':
          hold.append(delimiter).append(space);
          holdTerminated = terminated;
          break;
        case 'x':
          {
            ByteBuilder other = space;
            space = hold;
            hold = other;
            boolean ended = terminated;
            terminated = holdTerminated;
            holdTerminated = ended;
            break;
          }
        case 'l':
          list(command.number >= 0 ? command.number : lineLength);
          break;
        case 'n':
          if (input.isLast()) {
            return posix ? NEXT_CYCLE : END_CYCLE;
          }
          if (!quiet) {
            printSpace(out);
          }
          if (!readLine(false)) {
            return NEXT_CYCLE;
          }
          break;
        case 'N':
          if (input.isLast() || !readLine(true)) {
            return posix ? NEXT_CYCLE : END_CYCLE;
          }
          break;
        case 'p':
          printSpace(out);
          break;
        case 'P':
          {
            int newline = indexOfDelimiter();
            out.line(
                space.array(),
                0,
                newline < 0 ? space.length() : newline,
                newline >= 0 || terminated,
                delimiter);
            break;
          }
        case 'q':
          exitStatus = command.number;
          if (!quiet) {
            printSpace(out);
          }
          return QUIT;
        case 'Q':
          exitStatus = command.number;
          return QUIT;
        case 'r':
          appended.add(command.argument);
          break;
        case 'R':
          appendLineOf(command.argument);
          break;
        case 's':
          substitute(command.substitution);
          break;
        case 'w':
          printSpace(command.file);
          flushNamed(command.file);
          break;
        case 'W':
          {
            int newline = indexOfDelimiter();
            command.file.line(
                space.array(),
                0,
                newline < 0 ? space.length() : newline,
                newline >= 0 || terminated,
                delimiter);
            flushNamed(command.file);
            break;
          }
        case 'y':
          {
            scratch.clear();
            command.transliteration.apply(space.array(), space.length(), scratch);
            swapScratch();
            break;
          }
        case 'z':
          space.clear();
          break;
        default:
          throw new IllegalStateException("command " + command.name);
      }
    }
    return END_CYCLE;
  }

  /** A branch may loop for ever: every so often it must be possible to stop it. */
  private static int pace(int turns) {
    if ((turns & 63) == 0) {
      Sched.checkpoint();
    }
    return turns + 1;
  }

  private int indexOfDelimiter() {
    byte[] bytes = space.array();
    for (int i = 0; i < space.length(); i++) {
      if ((bytes[i] & 0xFF) == delimiter) {
        return i;
      }
    }
    return -1;
  }

  private void swapScratch() {
    ByteBuilder other = space;
    space = scratch;
    scratch = other;
  }

  private void substitute(Substitution s) {
    Matcher matcher = matcher(s.pattern);
    if (s.highestGroup > matcher.regex().groupCount()) {
      throw new ScriptException(
          1,
          "-e expression #1, char 0: invalid reference \\"
              + s.highestGroup
              + " on `s' command's RHS");
    }
    scratch.clear();
    if (!s.apply(matcher, space.array(), 0, space.length(), scratch)) {
      return;
    }
    swapScratch();
    replaced = true;
    if (s.evaluate) {
      evaluate();
    }
    if (s.print) {
      printSpace(out);
    }
    if (s.file != null) {
      printSpace(s.file);
      flushNamed(s.file);
    }
  }

  /**
   * Files of w may be read by others while the script runs, and standard error is never held back.
   */
  private void flushNamed(OutputFile file) {
    if (unbuffered && file != out) {
      file.out.flush();
    }
  }

  private void execute(SedCommand command) {
    if (command.argument.isEmpty()) {
      evaluate();
      return;
    }
    out.completeLine();
    byte[] printed = runner.run(command.argument);
    out.out.write(printed, 0, printed.length);
  }

  /** Replaces the pattern space by what it prints as a shell command. */
  private void evaluate() {
    byte[] printed = runner.run(space.toString());
    space.clear();
    int length = printed.length;
    if (length > 0 && (printed[length - 1] & 0xFF) == delimiter) {
      length--;
    }
    space.append(printed, 0, length);
  }

  private void appendLineOf(String name) {
    Input file = lineFiles.get(name);
    if (file == null && !lineFiles.containsKey(name)) {
      try {
        file = name.equals("/dev/stdin") ? in.stdin() : new Input(in.files().open(name), true);
      } catch (VfsException e) {
        file = null; // a file that cannot be read is as if empty
      }
      lineFiles.put(name, file);
    }
    if (file != null && file.nextLine((byte) delimiter)) {
      int length = file.end - file.start;
      byte[] line = new byte[file.terminated() ? length + 1 : length];
      System.arraycopy(file.data, file.start, line, 0, length);
      if (file.terminated()) {
        line[length] = (byte) delimiter;
      }
      appended.add(line);
    }
  }

  private void flushAppended() {
    if (appended.isEmpty()) {
      return;
    }
    for (Object item : appended) {
      if (item instanceof byte[] text) {
        out.text(text, 0, text.length);
      } else {
        copy((String) item);
      }
    }
    appended.clear();
  }

  private void copy(String name) {
    Input file;
    try {
      file = name.equals("/dev/stdin") ? in.stdin() : new Input(in.files().open(name), true);
    } catch (VfsException e) {
      return; // as if empty
    }
    try {
      while (file.nextChunk()) {
        out.text(file.data, file.start, file.end - file.start);
      }
    } catch (VfsException e) {
      throw in.fail(4, "read error on " + name + ": " + e.reason());
    } finally {
      file.close();
    }
  }

  /**
   * Prints the pattern space unambiguously, folded to {@code width} columns if that is more than 0.
   */
  private void list(int width) {
    out.completeLine();
    int column = 0;
    ByteBuilder shown = new ByteBuilder();
    for (int i = 0; i < space.length(); i++) {
      int b = space.get(i);
      shown.clear();
      switch (b) {
        case '\\' -> shown.append("\\\\");
        case 7 -> shown.append("\\a");
        case '\b' -> shown.append("\\b");
        case '\f' -> shown.append("\\f");
        case '\n' -> shown.append("\\n");
        case '\r' -> shown.append("\\r");
        case '\t' -> shown.append("\\t");
        case 0x0B -> shown.append("\\v");
        default -> {
          if (b >= ' ' && b < 0x7F) {
            shown.append(b);
          } else {
            shown
                .append('\\')
                .append('0' + (b >> 6))
                .append('0' + (b >> 3 & 7))
                .append('0' + (b & 7));
          }
        }
      }
      if (width > 0 && column + shown.length() > width - 1) {
        out.out.write("\\\n");
        column = 0;
      }
      out.out.write(shown.array(), 0, shown.length());
      column += shown.length();
    }
    out.out.write("$\n");
  }

  /** Releases the files of R. */
  void close() {
    for (Input file : lineFiles.values()) {
      if (file != null) {
        file.close();
      }
    }
  }
}
