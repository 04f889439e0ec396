package dev.qanat.command.text;

import dev.qanat.command.Command;
import dev.qanat.command.Input;
import dev.qanat.command.Invocation;
import dev.qanat.command.Options;
import dev.qanat.command.Output;
import dev.qanat.sched.Sched;
import dev.qanat.terminal.Terminal;
import dev.qanat.terminal.TerminalModes;
import dev.qanat.text.Utf8;
import java.util.ArrayList;
import java.util.List;

/** less and more: text a screen at a time on a terminal, and as it is anywhere else. */
public final class Pager implements Command {
  private final Options options;

  public Pager(String name) {
    options =
        Options.of(name)
            .usage("[FILE]...")
            .about(
                "Show files a screen at a time.\n\n"
                    + "Keys: space, f and b page; j, k, Enter and the arrows line; g and G to the"
                    + " ends;\n"
                    + "/TEXT searches, n and N search on; q ends.")
            .flag('R', "RAW-CONTROL-CHARS", "show colours (always done)")
            .flag('F', "quit-if-one-screen", "end at once when all fits on the screen");
  }

  @Override
  public int run(Invocation in) {
    Options.Parsed p = options.parse(in);
    List<String> names = p.operands().isEmpty() ? List.of("-") : p.operands();
    boolean screen = in.stdout().file() instanceof Terminal;
    if (p.operands().isEmpty() && in.stdin().file().isTerminal()) {
      throw options.usageError(in, "missing filename");
    }
    List<String> lines = new ArrayList<>();
    int status = 0;
    for (String name : names) {
      Input file = in.open(name);
      if (file == null) {
        status = 1;
        continue;
      }
      if (screen) {
        while (file.nextLine()) {
          lines.add(Utf8.decode(file.data, file.start, file.end - file.start));
        }
      } else {
        while (file.nextChunk()) {
          in.stdout().write(file.data, file.start, file.end - file.start);
          Sched.checkpoint();
        }
      }
      file.close();
    }
    if (screen && !lines.isEmpty()) {
      Terminal t = (Terminal) in.stdout().file();
      if (lines.size() < t.rows() && (p.has("quit-if-one-screen") || in.name().equals("more"))) {
        lines.forEach(in.stdout()::line);
        return status;
      }
      TerminalModes before = t.modes();
      TerminalModes raw = before.copy();
      raw.setRaw();
      t.setModes(raw);
      in.stdout().write("\033[?1049h");
      try {
        page(in.stdout(), t, lines);
      } finally {
        in.stdout().write("\033[?1049l");
        in.stdout().flush();
        t.setModes(before);
      }
    }
    return status;
  }

  private static void page(Output out, Terminal t, List<String> lines) {
    int top = 0;
    String sought = "";
    String note = "";
    while (true) {
      int page = Math.max(1, t.rows() - 1);
      int last = Math.max(0, lines.size() - page);
      top = Math.max(0, Math.min(top, last));
      out.write("\033[H");
      for (int i = 0; i < page; i++) {
        out.write(top + i < lines.size() ? clip(lines.get(top + i), t.columns()) : "~");
        out.write("\033[K\r\n");
      }
      out.write(
          "\033[7m" + (!note.isEmpty() ? note : top >= last ? "(END)" : ":") + "\033[m\033[K");
      out.flush();
      note = "";
      int key = key(t);
      switch (key) {
        case 'q', 'Q', 3, -1 -> {
          return;
        }
        case ' ', 'f', '6' -> top += page;
        case 'b', '5' -> top -= page;
        case 'j', 'e', '\r', '\n', 'B' -> top++;
        case 'k', 'y', 'A' -> top--;
        case 'd' -> top += page / 2;
        case 'u' -> top -= page / 2;
        case 'g', '<', 'H' -> top = 0;
        case 'G', '>', 'F' -> top = last;
        case '/', 'n', 'N' -> {
          sought = key == '/' ? ask(out, t) : sought;
          int step = key == 'N' ? -1 : 1;
          int i = top + step;
          while (i >= 0 && i < lines.size() && !lines.get(i).contains(sought)) {
            i += step;
          }
          if (i >= 0 && i < lines.size()) {
            top = i;
          } else {
            note = "Pattern not found";
          }
        }
        default -> {}
      }
    }
  }

  private static String ask(Output out, Terminal t) {
    StringBuilder s = new StringBuilder();
    while (true) {
      out.write("\r/" + s + "\033[K");
      out.flush();
      int c = key(t);
      if (c == '\r' || c == '\n' || c < 0) {
        return s.toString();
      }
      if (c == 127 || c == 8) {
        s.setLength(Math.max(0, s.length() - 1));
      } else if (c >= 32) {
        s.append((char) c);
      }
    }
  }

  /** The next key; an arrow or a page key is the letter or digit of its escape sequence. */
  private static int key(Terminal t) {
    byte[] b = new byte[1];
    if (t.read(b, 0, 1) <= 0) {
      return -1;
    }
    if (b[0] != 27 || !t.ready() || t.read(b, 0, 1) <= 0 || b[0] != '[' && b[0] != 'O') {
      return b[0] & 255;
    }
    int key = t.read(b, 0, 1) <= 0 ? -1 : b[0];
    if (key >= '0' && key <= '9') {
      t.read(b, 0, 1); // the closing tilde
    }
    return key;
  }

  private static String clip(String s, int columns) {
    StringBuilder out = new StringBuilder();
    int width = 0;
    for (int i = 0; i < s.length(); ) {
      int c = s.codePointAt(i);
      if (c == 27) { // a colour takes no room
        int end = s.indexOf('m', i);
        if (end > 0) {
          out.append(s, i, end + 1);
          i = end + 1;
          continue;
        }
      }
      int w = c == '\t' ? 8 - width % 8 : Math.max(0, Utf8.width(c));
      if (width + w > columns) {
        break;
      }
      width += w;
      out.append(
          c == '\t'
              ? " ".repeat(w)
              : c < 32 ? "^" + (char) (c + 64) : new String(Character.toChars(c)));
      i += Character.charCount(c);
    }
    return out.append("\033[m").toString();
  }
}
