package dev.qanat.shell.edit;

import dev.qanat.sched.Sched;
import dev.qanat.shell.edit.Keymap.Binding;
import dev.qanat.terminal.Terminal;
import dev.qanat.terminal.TerminalModes;

/**
 * Reads a line from a terminal with editing, as bash's Readline does: finds the command of each key
 * and runs it. The commands are in {@link TypingCommands}, {@link MovingCommands}, {@link
 * KillCommands}, {@link HistoryCommands}, {@link CompletionCommands} and {@link ViCommands}.
 */
public final class LineEditor {
  /** How a line ended. */
  public enum End {
    /** With Return: the text is the line. */
    LINE,
    /** Ctrl-D on an empty line, or the terminal is gone. */
    END_OF_FILE,
    /** Ctrl-C: the text was thrown away. */
    INTERRUPT,
    /** The time was over before the line; the text is what there was of it. */
    TIMEOUT
  }

  private static final int MAX_COUNT = 1_000_000;

  final Terminal terminal;
  final LineHost host;
  final Readline readline;
  final Keys keys;
  final LineView view;
  final LineBuffer line = new LineBuffer();
  final HistoryWalk past;

  /** The numeric argument of the running command. */
  int count = 1;

  boolean explicitCount;

  /** What the last key of the running command was. */
  int key;

  /** The keys of the running command. */
  String sequence = "";

  /** The command before the running one. */
  String lastFunction = "";

  /** The running command killed: the next kill joins it. */
  boolean killed;

  boolean lastKilled;

  /** The part between mark and cursor stands out until the next command. */
  boolean region;

  boolean overwrite;

  /** In vi mode: commands, not insertion. */
  boolean viCommandMode;

  End end;

  final TypingCommands typing;
  private final MovingCommands moving;
  final KillCommands killing;
  final HistoryCommands history;
  final CompletionCommands completion;
  private final ViCommands vi;
  private TerminalModes before;
  private int limit = Integer.MAX_VALUE;
  private int acceptKey = -1;
  private long timeoutMillis = -1;
  private int lastKey;
  private boolean interruptIgnored;
  private boolean behind; // what is shown is not yet what the line is

  /** The running command has read keys ahead: what the next one does may join the last kill. */
  boolean readAhead;

  public LineEditor(Terminal terminal, LineHistory history, LineHost host, Readline readline) {
    this.terminal = terminal;
    this.host = host;
    this.readline = readline;
    this.keys = new Keys(terminal, this::waits, this::woken);
    this.view = new LineView(terminal);
    this.past = new HistoryWalk(history, line);
    this.typing = new TypingCommands(this);
    this.moving = new MovingCommands(this);
    this.killing = new KillCommands(this);
    this.history = new HistoryCommands(this);
    this.completion = new CompletionCommands(this);
    this.vi = new ViCommands(this);
  }

  /** The line read last, without its newline. */
  public String text() {
    return line.text();
  }

  /** The line ends by itself when it has so many characters. */
  public void setLimit(int characters) {
    limit = characters;
  }

  /** The line ends by itself, or by another key than Return. */
  boolean limited() {
    return limit != Integer.MAX_VALUE || acceptKey >= 0;
  }

  /** Another key than Return ends the line. */
  public void setAcceptKey(int c) {
    acceptKey = c;
  }

  /** The key that interrupts does nothing, for the shell ignores its signal. */
  public void setInterruptIgnored(boolean ignored) {
    interruptIgnored = ignored;
  }

  /** How long a line may take; negative for as long as it takes. */
  public void setTimeout(long millis) {
    timeoutMillis = millis;
  }

  /**
   * Reads a line. Suspends until it is there; a signal that ends the task ends the reading, with
   * the terminal's modes restored.
   *
   * @param prompt bytes between the characters 1 and 2 take no room
   * @param initial what the line holds at first
   */
  public End read(String prompt, String initial) {
    before = terminal.modes().copy();
    TerminalModes raw = before.copy();
    raw.setRaw();
    raw.newlineReturns = false;
    terminal.setModes(raw);
    boolean paste = readline.settings().on("enable-bracketed-paste");
    keys.deadline =
        timeoutMillis < 0 ? 0 : Sched.get().nanoTime() + Math.max(1, timeoutMillis) * 1_000_000L;
    try {
      if (paste) {
        view.put("\033[?2004h");
      }
      line.set("");
      viCommandMode = false;
      vi.lineBegins();
      overwrite = false;
      region = false;
      lastFunction = "";
      lastKey = 0;
      resetCount();
      showMode();
      view.setHidden(!before.echo);
      view.start(prompt.replace("\n", "\r\n"), terminal.columns());
      past.start();
      if (!initial.isEmpty()) {
        line.insert(initial);
      }
      redraw();
      end = null;
      keys.interrupt = before.signals ? before.interrupt : -1;
      keys.interruptIgnored = interruptIgnored;
      keys.quit = before.signals ? before.quit : -1;
      keys.suspend = before.signals ? before.suspend : -1;
      while (end == null) {
        try {
          step();
        } catch (Keys.Interrupt i) {
          interrupt();
        }
      }
      if (readline.viMode()) {
        vi.lineEnds();
      }
      view.setMessage(null);
      if (end != End.INTERRUPT) {
        boolean stays = readline.settings().on("horizontal-scroll-mode");
        view.draw(line.text(), stays ? line.cursor() : line.length());
        past.finish();
      }
      if (end != End.TIMEOUT) {
        view.finish();
      }
      if (paste) {
        view.put("\033[?2004l\r");
      }
      return end;
    } finally {
      terminal.setModes(before);
    }
  }

  private void waits() {
    if (behind) {
      redraw();
    }
  }

  /** Ctrl-C, at whatever was being done: leaves the screen as it is. */
  private void interrupt() {
    view.setMessage(null);
    if (readline.settings().on("echo-control-characters")) {
      view.put("^" + (char) (before.interrupt ^ 64));
    }
    line.set("");
    keys.forgetPushed();
    if (keys.recording()) {
      keys.stopRecording(0);
    }
    end = End.INTERRUPT;
  }

  private void woken() {
    boolean[] over = new boolean[1];
    cooked(() -> over[0] = host.woken());
    if (over[0]) {
      throw new Keys.Interrupt();
    }
    if (terminal.columns() != view.columns()) {
      view.resize(terminal.columns());
      redraw();
    }
  }

  void redraw() {
    behind = false;
    Settings s = readline.settings();
    view.setHorizontal(s.on("horizontal-scroll-mode"));
    view.setModified(s.on("mark-modified-lines") && past.at() < past.size() && line.canUndo());
    if (terminal.columns() != view.columns()) {
      view.resize(terminal.columns());
    }
    if (region) {
      int mark = line.mark();
      view.draw(
          line.text(), line.cursor(), Math.min(mark, line.cursor()), Math.max(mark, line.cursor()));
    } else {
      view.draw(line.text(), line.cursor());
    }
  }

  /** Shows in the prompt which mode the editor is in, if the user wants that. */
  void showMode() {
    Settings s = readline.settings();
    view.setMode(
        !s.on("show-mode-in-prompt")
            ? ""
            : s.text(
                !readline.viMode()
                    ? "emacs-mode-string"
                    : viCommandMode ? "vi-cmd-mode-string" : "vi-ins-mode-string"));
  }

  Keymap keymap() {
    return !readline.viMode()
        ? readline.emacs()
        : viCommandMode ? readline.viCommand() : readline.viInsert();
  }

  private void step() {
    Binding b = readBinding();
    if (end != null) {
      return;
    }
    if (b == null) {
      bell();
    } else {
      run(b);
    }
    if (end == null && line.length() >= limit) {
      end = End.LINE;
    }
    behind = end == null;
    if (behind && !(keys.ready() && b != null && b.text().equals("self-insert"))) {
      redraw();
    }
  }

  /** Reads keys until they are a command; null when they are none. */
  private Binding readBinding() {
    Keymap map = keymap();
    String typed = "";
    Binding shorter = null; // of the keys before the last ones
    int shorterLength = 0;
    while (true) {
      boolean macro = keys.fromMacro();
      int c = keys.read();
      if (c < 0) {
        end = c == Keys.TIMEOUT ? End.TIMEOUT : End.END_OF_FILE;
        return null;
      }
      if (typed.isEmpty() && !macro && c == acceptKey) {
        end = End.LINE;
        return null;
      }
      typed += (char) c;
      key = c;
      sequence = typed;
      Binding exact = map.get(typed);
      boolean more = map.isPrefix(typed);
      if (!more && exact != null) {
        return exact;
      }
      if (more) {
        if (exact == null) {
          continue;
        }
        if (macro
            ? keys.fromMacro()
            : keys.readyWithin(readline.settings().number("keyseq-timeout"))) {
          shorter = exact;
          shorterLength = typed.length();
          continue;
        }
        return exact;
      }
      if (shorter != null) {
        keys.unread(typed.substring(shorterLength));
        key = typed.charAt(shorterLength - 1);
        sequence = typed.substring(0, shorterLength);
      }
      return shorter;
    }
  }

  /** Runs what keys are bound to. */
  void run(Binding b) {
    switch (b.kind()) {
      case MACRO -> keys.push(b.text());
      case SHELL -> runShell(b.text());
      default -> run(b.text());
    }
  }

  /** Runs a command of the editor, then forgets its numeric argument. */
  void run(String function) {
    if (function.equals("do-lowercase-version")) {
      key = Character.toLowerCase(key);
      sequence = sequence.substring(0, sequence.length() - 1) + (char) key;
      Binding lower = keymap().get(sequence);
      if (lower == null || lower.text().equals(function)) {
        bell();
      } else {
        run(lower);
      }
      return;
    }
    boolean counts =
        function.equals("digit-argument")
            || function.equals("universal-argument")
            || function.equals("vi-arg-digit");
    killed = false;
    region = false;
    int start = keys.trace().length() - sequence.length();
    boolean command = viCommandMode;
    execute(function);
    if (readline.viMode()) {
      vi.ran(function, command, start);
    }
    if (!counts) {
      lastKilled = killed || readAhead && lastKilled;
      readAhead = false;
      lastFunction = function;
      lastKey = key;
      resetCount();
    }
  }

  private void execute(String function) {
    boolean done =
        typing.run(function)
            || moving.run(function)
            || killing.run(function)
            || history.run(function)
            || completion.run(function)
            || vi.run(function);
    if (!done) {
      bell();
    }
  }

  private void runShell(String command) {
    view.draw(line.text(), line.cursor());
    view.put("\r\033[J");
    view.forget();
    LineHost.Line given = new LineHost.Line(line.text(), line.cursor(), line.mark());
    LineHost.Line[] changed = new LineHost.Line[1];
    String argument = explicitCount ? String.valueOf(count) : null;
    cooked(() -> changed[0] = host.run(command, given, argument));
    LineHost.Line after = changed[0];
    if (!after.text().equals(line.text())) {
      line.replaceAll(after.text());
    }
    line.moveTo(after.cursor());
    line.setMark(after.mark());
    lastFunction = "";
    resetCount();
    view.restart(line.text(), line.cursor());
  }

  boolean viTakesBack() {
    return readline.viMode() && vi.takesBack();
  }

  void resetCount() {
    count = 1;
    explicitCount = false;
  }

  void setCount(int n) {
    count = Math.max(-MAX_COUNT, Math.min(MAX_COUNT, n));
    explicitCount = true;
  }

  int lastKey() {
    return lastKey;
  }

  int eofKey() {
    return before.endOfFile;
  }

  void bell() {
    switch (readline.settings().text("bell-style")) {
      case "none" -> {}
      case "visible" -> view.put("\033[?5h\033[?5l");
      default -> view.put("\007");
    }
  }

  /** Rings when a command could not do what it is for. */
  void ring(boolean done) {
    if (!done) {
      bell();
    }
  }

  /** The terminal as programs want it, while the host runs one. */
  void cooked(Runnable body) {
    terminal.setModes(before);
    try {
      body.run();
    } finally {
      TerminalModes raw = terminal.modes().copy();
      raw.setRaw();
      raw.newlineReturns = false;
      terminal.setModes(raw);
    }
  }

  /** Leaves the line on the screen as it is and goes below it. */
  void leaveLine() {
    view.draw(line.text(), line.length());
    view.finish();
  }

  void showAgain() {
    view.restart(line.text(), line.cursor());
  }
}
