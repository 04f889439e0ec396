package dev.qanat.shell.interp;

import dev.qanat.command.Command;
import dev.qanat.command.Invocation;
import dev.qanat.vfs.VfsException;
import java.util.ArrayList;
import java.util.List;

/** A script file as a program: its {@code #!} line says what runs it; without one, bash does. */
final class ScriptProgram implements Command {
  private static final int MAX_NESTED = 4;

  private final Machine machine;
  private final String path;
  private final String interpreter; // the #! line's rest; "" when there is none; null: look again

  ScriptProgram(Machine machine, String path, String interpreter) {
    this.machine = machine;
    this.path = path;
    this.interpreter = interpreter;
  }

  @Override
  public int run(Invocation in) {
    return run(in, 0);
  }

  private int run(Invocation in, int depth) {
    if (interpreter == null) {
      Command c;
      try {
        c = ProgramTable.load(machine, path, in.files());
      } catch (VfsException e) {
        in.error(path + ": " + e.reason());
        return e.errno() == dev.qanat.vfs.Errno.ENOENT ? 127 : 126;
      }
      return c.run(in);
    }
    List<String> argv = new ArrayList<>();
    if (interpreter.isEmpty()) {
      argv.add("bash");
      argv.add(path);
      argv.addAll(in.args());
      return machine.command("bash").run(in.child(argv));
    }
    int blank = 0;
    while (blank < interpreter.length() && interpreter.charAt(blank) > ' ') {
      blank++;
    }
    String program = interpreter.substring(0, blank);
    String argument = interpreter.substring(blank).trim();
    Command c;
    try {
      c = ProgramTable.load(machine, program, in.files());
    } catch (VfsException e) {
      c = registered(program);
      if (c == null) {
        in.error(path + ": " + program + ": bad interpreter: " + e.reason());
        return 126;
      }
    }
    argv.add(program);
    if (!argument.isEmpty()) {
      argv.add(argument);
    }
    argv.add(path);
    argv.addAll(in.args());
    Invocation child = in.child(argv);
    if (c instanceof ScriptProgram s) {
      if (depth >= MAX_NESTED) {
        in.error(path + ": Too many levels of symbolic links");
        return 126;
      }
      return s.run(child, depth + 1);
    }
    return child.execute(c);
  }

  /** {@code /usr/local/bin/python3} where only {@code /usr/bin/python3} is. */
  private Command registered(String program) {
    return machine.command(program.substring(program.lastIndexOf('/') + 1));
  }
}
