package dev.qanat.shell.interp;

import dev.qanat.sched.Sched;
import dev.qanat.shell.expand.Expander;
import dev.qanat.shell.syntax.Command;
import dev.qanat.text.Utf8;
import dev.qanat.vfs.OpenFile;
import java.util.ArrayList;
import java.util.List;

/** {@code select name in words}: a menu on standard error, answers from standard input. */
final class SelectLoop {
  private SelectLoop() {}

  static int run(Shell sh, Interpreter interpreter, Command.Select c, int line) {
    if (!Expander.isName(c.variable())) {
      sh.error("`" + c.variable() + "': not a valid identifier");
      return sh.status = 1;
    }
    sh.line = line;
    interpreter.note(c);
    if (sh.traps.debug() != null && !sh.traps.runDebug()) {
      return interpreter.skipped();
    }
    sh.loopDepth++;
    if (sh.xtrace) {
      interpreter.tracing.loop("select ", c.variable(), c.words());
    }
    List<String> words =
        c.words() == null ? new ArrayList<>(sh.positional) : sh.expander().fields(c.words());
    if (words.isEmpty()) {
      sh.loopDepth--;
      return sh.status = 0;
    }
    int result = 0;
    boolean menu = true;
    while (true) {
      Sched.checkpoint();
      sh.line = line;
      String ps3 = sh.variables().get("PS3");
      String reply = ask(sh, words, menu, ps3 == null ? "#? " : Prompt.expand(sh, ps3));
      if (reply == null && sh.control != Shell.RUN) {
        result = sh.status;
        break;
      }
      if (reply == null) {
        sh.out().line("");
        sh.flushQuietly();
        result = 1;
        break;
      }
      sh.variables().set("REPLY", reply);
      if (reply.isEmpty()) {
        menu = true;
        continue;
      }
      menu = false;
      int n = number(reply);
      if (!interpreter.loops.assignLoopVariable(
          c.variable(), n >= 1 && n <= words.size() ? words.get(n - 1) : "")) {
        result = 1;
        break;
      }
      result = interpreter.run(c.body());
      if (sh.control != Shell.RUN && interpreter.loops.leaves()) {
        result = sh.status;
        break;
      }
      String after = sh.variables().get("REPLY");
      menu = after == null || after.isEmpty();
    }
    sh.loopDepth--;
    return sh.status = result;
  }

  private static int number(String s) {
    String t = s.trim();
    if (t.isEmpty() || t.length() > 9) {
      return -1;
    }
    int n = 0;
    for (int i = 0; i < t.length(); i++) {
      char d = t.charAt(i);
      if (d < '0' || d > '9') {
        return -1;
      }
      n = n * 10 + d - '0';
    }
    return n;
  }

  private static String ask(Shell sh, List<String> words, boolean menu, String prompt) {
    StringBuilder out = new StringBuilder();
    if (menu) {
      list(sh, words, out);
    }
    out.append(prompt);
    sh.flushQuietly();
    OpenFile err = sh.files().descriptors().get(2);
    if (err != null) {
      byte[] b = Utf8.encode(out);
      err.write(b, 0, b.length);
    }
    OpenFile in = sh.files().descriptors().get(0);
    while (in != null && in.isTerminal() && !in.ready()) {
      if (!in.readiness().awaitInterruptibly()) {
        sh.runPendingTraps();
        if (sh.control != Shell.RUN) {
          return null;
        }
      }
    }
    String line = in == null ? null : SharedLines.nextText(in);
    if (line == null) {
      return null;
    }
    return line.endsWith("\n") ? line.substring(0, line.length() - 1) : line;
  }

  /** In columns that run down, as wide as COLUMNS allows. */
  private static void list(Shell sh, List<String> words, StringBuilder out) {
    int n = words.size();
    int width = 80;
    String columns = sh.variables().get("COLUMNS");
    if (columns != null && number(columns) > 0) {
      width = number(columns);
    }
    int digits = String.valueOf(n).length();
    int longest = 0;
    for (String w : words) {
      longest = Math.max(longest, width(w));
    }
    int cell = longest + digits + 4;
    int across = Math.max(1, width / cell);
    int rows = (n + across - 1) / across;
    across = (n + rows - 1) / rows;
    if (rows == 1) {
      rows = across;
    }
    int firstDigits = String.valueOf(rows).length();
    for (int r = 0; r < rows; r++) {
      int position = 0;
      for (int i = r; i < n; i += rows) {
        int places = position == 0 ? firstDigits : digits;
        String number = String.valueOf(i + 1);
        out.append(" ".repeat(Math.max(0, places - number.length())));
        out.append(number).append(") ").append(words.get(i));
        if (i + rows < n) {
          indent(out, position + places + 2 + width(words.get(i)), position + cell);
        }
        position += cell;
      }
      out.append('\n');
    }
  }

  private static int width(String word) {
    return word.codePointCount(0, word.length());
  }

  /** From one column to another, by tabs as far as they reach. */
  private static void indent(StringBuilder out, int from, int to) {
    int at = from;
    while (at < to) {
      if (to / 8 > at / 8) {
        out.append('\t');
        at += 8 - at % 8;
      } else {
        out.append(' ');
        at++;
      }
    }
  }
}
