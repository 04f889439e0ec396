package dev.qanat.shell.interp;

import dev.qanat.sched.Sched;
import dev.qanat.sched.Signal;
import dev.qanat.shell.edit.LineEditor;
import dev.qanat.shell.interp.ShellOptions.Opt;
import dev.qanat.shell.interp.builtin.BindBuiltin;
import dev.qanat.shell.interp.builtin.ShellLine;
import dev.qanat.terminal.Terminal;

/** The lines a person types at an interactive shell, edited and with the shell's prompts. */
final class TerminalLines extends ScriptSource {
  private static final int IGNORE_EOF = 10; // Ctrl-Ds in a row that IGNOREEOF swallows by default

  private final Terminal terminal;
  private final ScriptSource unedited;
  private LineEditor editor; // null before the first line that is edited
  private int endsInARow;
  private String preset = ""; // what the next line begins with

  /** Ctrl-C at a prompt: what was typed of the command so far is forgotten. */
  static final class Interrupted extends RuntimeException {
    Interrupted() {
      super(null, null, false, false);
    }
  }

  TerminalLines(Shell sh, Terminal terminal) {
    super(sh);
    this.terminal = terminal;
    this.unedited = unedited(sh);
  }

  @Override
  String read(boolean continuation) {
    if (!sh.isOn(Opt.EMACS) && !sh.isOn(Opt.VI)) {
      sh.controllingTerminal.takeBack(false);
      return readUnedited(continuation);
    }
    if (editor == null) {
      editor =
          new LineEditor(terminal, sh.history().asLines(), new ShellLine(sh, true), sh.readline());
      BindBuiltin.initialize(sh);
    }
    if (!continuation) {
      Prompt.runPromptCommand(sh);
    }
    sh.controllingTerminal.takeBack(false);
    while (true) {
      String ps = sh.variables().get(continuation ? "PS2" : "PS1");
      String start = preset;
      preset = "";
      editor.setInterruptIgnored(sh.traps.ignored(Signal.INT));
      long seconds = continuation ? 0 : timeout();
      editor.setTimeout(seconds > 0 ? seconds * 1000 : -1);
      Runnable watcher = terminal::wakeReader;
      Sched.get().watch(watcher);
      LineEditor.End end;
      try {
        end = editor.read(ps == null ? "" : prompt(ps), start);
      } finally {
        Sched.get().unwatch(watcher);
      }
      switch (end) {
        case LINE -> {
          endsInARow = 0;
          sh.pollSignals();
          return editor.text() + "\n";
        }
        case TIMEOUT -> {
          sh.say("\007timed out waiting for input: auto-logout");
          sh.leaving().logOut();
          sh.exit(sh.status);
          return null;
        }
        case INTERRUPT -> {
          endsInARow = 0;
          sh.status = 130;
          HistoryFile.record(sh, takePending());
          if (sh.control == Shell.EXIT) {
            return null; // a trap left the shell
          }
          sh.forgetFailure();
          if (sh.traps.trapped(Signal.INT)) {
            Sched.get().current().signal(Signal.INT);
            sh.pollSignals();
          }
          throw new Interrupted();
        }
        default -> {
          if (!continuation && ignoresEnd()) {
            sh.say("Use \"" + (sh.login ? "logout" : "exit") + "\" to leave the shell.");
            continue;
          }
          if (!continuation && !terminal.hungUp() && !sh.leaving().mayLeave(sh.commandNumber + 1)) {
            sh.say(sh.login ? "logout" : "exit");
            sh.leaving().warnOfJobs(sh.commandNumber + 1);
            continue;
          }
          return null;
        }
      }
    }
  }

  private String readUnedited(boolean continuation) {
    Prompt.show(sh, continuation);
    while (!terminal.ready()) {
      terminal.readiness().awaitInterruptibly();
      sh.pollSignals();
      if (sh.unwinding()) {
        sh.forgetFailure();
        sh.status = 130;
        HistoryFile.record(sh, takePending());
        throw new Interrupted();
      }
    }
    return unedited.read(continuation);
  }

  private String prompt(String ps) {
    sh.prompting = true;
    try {
      return Prompt.expand(sh, ps);
    } finally {
      sh.prompting = false;
    }
  }

  @Override
  boolean editAgain(String line) {
    preset = line;
    return true;
  }

  /** The seconds TMOUT gives for a command; 0 for any time. */
  private long timeout() {
    String seconds = sh.variables().get("TMOUT");
    return seconds == null || seconds.isEmpty() || seconds.length() > 8
        ? 0
        : seconds.chars().allMatch(c -> c >= '0' && c <= '9') ? Long.parseLong(seconds) : 0;
  }

  private boolean ignoresEnd() {
    String times = sh.variables().get("IGNOREEOF");
    if (times == null || terminal.hungUp()) {
      return false;
    }
    int allowed = IGNORE_EOF;
    if (!times.isEmpty() && times.chars().allMatch(c -> c >= '0' && c <= '9')) {
      allowed = Integer.parseInt(times.substring(0, Math.min(8, times.length())));
    }
    return endsInARow++ < allowed;
  }
}
