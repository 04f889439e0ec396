package dev.qanat.shell.interp;

import dev.qanat.shell.interp.ShellOptions.Opt;
import dev.qanat.shell.interp.ShellOptions.Shopt;
import dev.qanat.shell.syntax.LineSource;
import dev.qanat.terminal.Terminal;
import dev.qanat.vfs.OpenFile;
import dev.qanat.vfs.VfsException;

/**
 * Where a shell's script comes from: a text, or an open file that the script's commands read too.
 */
abstract class ScriptSource implements LineSource {
  final Shell sh;

  ScriptSource(Shell sh) {
    this.sh = sh;
  }

  /** Lines read since {@link #takePending}, for history. */
  private final StringBuilder pending = new StringBuilder();

  /** This is the shell's own input, whose commands history keeps. */
  boolean records;

  String takePending() {
    String text = pending.toString();
    pending.setLength(0);
    return text;
  }

  /** The next line, whatever the shell's options. */
  abstract String read(boolean continuation);

  @Override
  public String next(boolean continuation) {
    String line = read(continuation);
    if (line != null && sh.recordsHistory() && records) {
      while (line != null && sh.isOn(Opt.HISTEXPAND)) {
        String expanded = expandHistory(line);
        if (expanded != null) {
          line = expanded;
          break;
        }
        line = read(continuation);
      }
      pending.append(line == null ? "" : line);
    }
    if (line != null && sh.isOn(Opt.VERBOSE)) {
      sh.say(line.endsWith("\n") ? line.substring(0, line.length() - 1) : line);
    }
    return line;
  }

  /** Lets the user edit a line before it counts; false where nobody edits lines. */
  boolean editAgain(String line) {
    return false;
  }

  private boolean editAgain(String line, Shopt option) {
    return sh.isOn(option) && editAgain(line.endsWith("\n") ? chomped(line) : line);
  }

  private static String chomped(String line) {
    return line.substring(0, line.length() - 1);
  }

  /**
   * The line with its references to earlier ones replaced; an empty one when it is not to run, null
   * when it is to be edited again.
   */
  private String expandHistory(String line) {
    HistoryExpansion.Result r;
    try {
      r = sh.historyExpansion().expand(line);
    } catch (HistoryExpansion.Failure e) {
      sh.error(e.getMessage());
      return editAgain(line, Shopt.histreedit) ? null : "\n";
    }
    if (r.changed() && !r.printOnly() && editAgain(r.text(), Shopt.histverify)) {
      return null;
    }
    if (r.changed()) {
      sh.say(r.text().endsWith("\n") ? chomped(r.text()) : r.text());
    }
    if (r.printOnly()) {
      HistoryFile.record(sh, r.text());
      return "\n";
    }
    return r.text();
  }

  /** The lines of a text. */
  static ScriptSource of(Shell sh, String text) {
    return new ScriptSource(sh) {
      private int at;

      @Override
      String read(boolean continuation) {
        if (at >= text.length()) {
          return null;
        }
        int end = text.indexOf('\n', at);
        end = end < 0 ? text.length() : end + 1;
        String line = text.substring(at, end);
        at = end;
        return line;
      }
    };
  }

  /** The lines of descriptor 0, read no further than the parser asks. */
  static ScriptSource standardInput(Shell sh) {
    if (sh.interactive && sh.files().descriptors().get(0) instanceof Terminal terminal) {
      return new TerminalLines(sh, terminal);
    }
    return unedited(sh);
  }

  /** The lines of descriptor 0 as they come, with prompts unless it is a terminal. */
  static ScriptSource unedited(Shell sh) {
    return new ScriptSource(sh) {
      @Override
      String read(boolean continuation) {
        if (sh.interactive && !(sh.files().descriptors().get(0) instanceof Terminal)) {
          Prompt.show(sh, continuation);
        }
        OpenFile in = sh.files().descriptors().get(0);
        if (in == null) {
          return null;
        }
        String line;
        try {
          line = SharedLines.nextText(in);
        } catch (VfsException e) {
          return null;
        }
        if (line != null && sh.interactive && !in.isTerminal() && sh.isOn(Opt.EMACS)) {
          // Readline shows what it reads, also where nobody types it
          sh.say(line.endsWith("\n") ? line.substring(0, line.length() - 1) : line);
        }
        return line;
      }
    };
  }
}
