package dev.qanat.workspace;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.qanat.command.Invocation;
import dev.qanat.sched.JvmSched;
import dev.qanat.sched.Sched;
import dev.qanat.sched.Signal;
import dev.qanat.sched.Task;
import dev.qanat.shell.interp.ProgramTable;
import dev.qanat.terminal.Terminal;
import dev.qanat.vfs.Descriptors;
import dev.qanat.vfs.FileContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Keys typed at an interactive shell, and what is on the screen then: editing, searching,
 * completion and lists as {@code terminal-screens.txt} has them, recorded from bash.
 */
@Timeout(300)
class TerminalScreensTest {
  private static final String FILES =
      """
      mkdir -p /tmp/ttyh/bin /tmp/ttyh/d/sub /tmp/ttyh/dee /tmp/ttyh/zeta; cd /tmp/ttyh
      for c in ls cat sleep stty tr sort head env date sed grep mkdir rm touch bash printf true \\
        false seq wc; do ln -s /bin/$c bin/$c; done
      cd zeta; : > alpha.txt; : > alphabet.md; : > alpine.c; : > "with space.txt"; : > 'do$lar'
      : > .hidden; mkdir sub subtle; : > sub/one; : > sub/two; ln -s sub lnk
      printf '#!/bin/sh\\n' > run.sh; chmod +x run.sh; mkfifo pipe; ln -s nowhere broken
      : > "qu'ote"; : > 'été.txt'; mkdir "dir sp"; : > "dir sp/in it"; cd ..
      printf 'line %s\\n' 1 2 3 > d/file; echo 'echo sourced' > d/script.sh
      for i in 10 11 12 13; do : > dee/item$i.log; done
      printf '%s\\n' 'echo one' 'ls -x zeta' 'git commit -m fix' 'sort "a b" | wc -c' > .hist
      """;

  private static JvmSched sched;

  @BeforeAll
  static void install() {
    sched = new JvmSched();
    Sched.install(sched);
  }

  @Test
  void theScreenIsWhatBashShows() throws Exception {
    String rc = "";
    int columns = 80;
    int rows = 24;
    StringBuilder expected = new StringBuilder();
    StringBuilder shown = new StringBuilder();
    List<String> lines = lines();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.startsWith("%rc")) {
        rc = line.substring(3).strip();
      } else if (line.startsWith("%size ")) {
        int x = line.indexOf('x');
        columns = Integer.parseInt(line.substring(6, x));
        rows = Integer.parseInt(line.substring(x + 1));
      } else if (line.startsWith(": ")) {
        StringBuilder screen = new StringBuilder();
        while (i + 1 < lines.size() && "|@".indexOf(lines.get(i + 1).charAt(0)) >= 0) {
          screen.append(lines.get(++i)).append('\n');
        }
        String title = "%rc " + rc + "\n" + line + "\n";
        String ours = typed(rc, columns, rows, line.substring(2), screen.toString());
        if (!ours.contentEquals(screen)) {
          expected.append(title).append(screen);
          shown.append(title).append(ours);
        }
      }
    }
    assertEquals(expected.toString(), shown.toString());
  }

  private static List<String> lines() throws IOException {
    List<String> lines = new ArrayList<>();
    try (InputStream in = TerminalScreensTest.class.getResourceAsStream("terminal-screens.txt")) {
      new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(l -> !l.isEmpty() && !l.startsWith("# "))
          .forEach(lines::add);
    }
    return lines;
  }

  /** The screen after keys; looks again for a while when it is not yet the one that is wanted. */
  private static String typed(String rc, int columns, int rows, String keys, String wanted)
      throws InterruptedException {
    ScreenOfText screen = new ScreenOfText(columns, rows);
    Object lock = new Object();
    Terminal terminal =
        new Terminal(
            (b, off, len) -> {
              synchronized (lock) {
                screen.show(b, off, len);
              }
            },
            columns,
            rows,
            "/dev/pts/0");
    String profile =
        "cat > /tmp/ttyh/.rc <<'RC'\nPS1='$ '; PS2='> '; HISTFILE=/tmp/ttyh/.hist\n"
            + rc
            + "\nRC\n";
    Task shell =
        sched.call(
            () -> {
              Workspace workspace = Workspace.inMemory();
              Task files = start(workspace, terminal, "/", "/bin", List.of("-c", FILES + profile));
              files.exited().await();
              List<String> args = List.of("--rcfile", "/tmp/ttyh/.rc", "-i");
              return start(workspace, terminal, "/tmp/ttyh", "/tmp/ttyh/bin", args);
            });
    await(terminal);
    for (String part : parts(keys)) {
      sched.outside(() -> terminal.type(part.getBytes(StandardCharsets.UTF_8)));
      await(terminal);
      if (part.equals("\033")) {
        // only then it is known to be no part of a longer key
        Thread.sleep(keys.contains("^R") ? 130 : 35);
      }
    }
    String now = "";
    for (int i = 0; i < 40 && !now.equals(wanted); i++) {
      Thread.sleep(i == 0 ? 0 : 5);
      synchronized (lock) {
        now = screen.text();
      }
    }
    sched.outside(
        () -> {
          terminal.hangUp();
          Sched.get().signalGroup(shell.group(), Signal.KILL);
        });
    return now;
  }

  private static Task start(
      Workspace workspace, Terminal terminal, String home, String path, List<String> args) {
    Map<String, String> env = new HashMap<>(workspace.environment());
    env.remove("PROMPT_COMMAND");
    env.put("HOME", "/tmp/ttyh");
    env.put("PATH", path);
    env.put("TERM", "xterm");
    env.put("INPUTRC", "/tmp/ttyh/.inputrc");
    Descriptors d = new Descriptors();
    for (int fd = 0; fd < 3; fd++) {
      d.set(fd, terminal.retain());
    }
    FileContext files = new FileContext(workspace.vfs(), d, home, 022);
    ProgramTable programs = new ProgramTable(workspace.machine());
    Invocation in = new Invocation("bash", args, files, env, programs);
    return Sched.get()
        .spawn(
            "bash",
            () -> in.execute(workspace.machine().command("bash")),
            t -> t.setGroup(t.pid()));
  }

  /** Waits until the shell has read what was typed and reads keys again. */
  private static void await(Terminal terminal) throws InterruptedException {
    int quiet = 0;
    for (int i = 0; i < 300 && quiet < 3; i++) {
      Thread.sleep(2);
      boolean[] reads = new boolean[1];
      sched.call(
          () -> {
            reads[0] = !terminal.modes().canonical && !terminal.ready();
            return null;
          });
      quiet = reads[0] ? quiet + 1 : 0;
    }
  }

  /** What is typed at once: a person pauses at Return, at signals, Escape and {@code <p>}. */
  private static List<String> parts(String keys) {
    String[][] names = {
      {"<up>", "\033[A"},
      {"<down>", "\033[B"},
      {"<right>", "\033[C"},
      {"<left>", "\033[D"},
      {"<home>", "\033[H"},
      {"<end>", "\033[F"},
      {"<del>", "\033[3~"},
      {"<ins>", "\033[2~"},
      {"<pgup>", "\033[5~"},
      {"<pgdn>", "\033[6~"},
      {"<cleft>", "\033[1;5D"},
      {"<cright>", "\033[1;5C"},
      {"<paste>", "\033[200~"},
      {"</paste>", "\033[201~"},
      {"<bs>", "\177"},
      {"<tab>", "\t"},
      {"<nl>", "\n"},
      {"<lt>", "<"},
      {"<cr+>", "\r"},
      {"M-", "\033"}
    };
    List<String> parts = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    for (int i = 0; i < keys.length(); i++) {
      String alone = null;
      if (keys.startsWith("<cr>", i) || keys.startsWith("<p>", i) || keys.startsWith("<esc>", i)) {
        char kind = keys.charAt(i + 1);
        alone = kind == 'c' ? "\r" : kind == 'p' ? "" : "\033";
        i = keys.indexOf('>', i);
      } else if (keys.charAt(i) == '^' && i + 1 < keys.length()) {
        char c = keys.charAt(++i);
        char key = c == '?' ? '\177' : (char) (c & 31);
        if (key == 3 || key == 26 || key == 28) {
          alone = String.valueOf(key);
        } else {
          part.append(key);
        }
      } else {
        String[] found = null;
        for (String[] n : names) {
          found = keys.startsWith(n[0], i) ? n : found;
        }
        part.append(found == null ? String.valueOf(keys.charAt(i)) : found[1]);
        i += found == null ? 0 : found[0].length() - 1;
      }
      if (alone != null) {
        if (part.length() > 0) {
          parts.add(part.toString());
          part.setLength(0);
        }
        if (!alone.isEmpty()) {
          parts.add(alone);
        }
      }
    }
    if (part.length() > 0) {
      parts.add(part.toString());
    }
    return parts;
  }
}
