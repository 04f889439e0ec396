package dev.qanat.shell.edit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.qanat.sched.JvmSched;
import dev.qanat.sched.Sched;
import dev.qanat.shell.interp.HistoryExpansion;
import dev.qanat.terminal.Terminal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rows of {@link EditingKeys} in our editor, and in the machine's bash on a terminal. */
@Timeout(120)
class EditingKeysTest {
  private static JvmSched sched;

  @BeforeAll
  static void install() {
    sched = new JvmSched();
    Sched.install(sched);
  }

  static Stream<EditingKeys.Row> emacs() {
    return EditingKeys.rows(EditingKeys.EMACS).stream();
  }

  static Stream<EditingKeys.Row> vi() {
    return EditingKeys.rows(EditingKeys.VI).stream();
  }

  @ParameterizedTest
  @MethodSource("emacs")
  void emacsKeysMakeTheLine(EditingKeys.Row row) {
    assertEquals(row.line(), edited(row, false));
  }

  @ParameterizedTest
  @MethodSource("vi")
  void viKeysMakeTheLine(EditingKeys.Row row) {
    assertEquals(row.line(), edited(row, true));
  }

  private static String edited(EditingKeys.Row row, boolean vi) {
    LineHistory history =
        new LineHistory() {
          @Override
          public int size() {
            return EditingKeys.PAST.size();
          }

          @Override
          public String get(int index) {
            return EditingKeys.PAST.get(index);
          }
        };
    LineHost host =
        new LineHost() {
          @Override
          public Completion complete(Request request) {
            return null;
          }

          @Override
          public List<String> words(String line) {
            return HistoryExpansion.words(line);
          }
        };
    Terminal terminal = new Terminal((b, off, len) -> {}, 80, 24, "/dev/tty");
    return sched.call(
        () -> {
          Readline readline = new Readline("xterm");
          readline.setViMode(vi);
          LineEditor editor = new LineEditor(terminal, history, host, readline);
          String[] keys = (row.keys() + "\r").split("<pause>");
          Sched.get()
              .spawn(
                  "user",
                  () -> {
                    while (terminal.modes().canonical) {
                      Sched.get().sleep(1);
                    }
                    for (String part : keys) {
                      terminal.type(EditingKeys.bytes(part).getBytes(StandardCharsets.UTF_8));
                      Sched.get().sleep(2);
                    }
                  });
          editor.read("$ ", "");
          return editor.text();
        });
  }

  /** Types rows at bash and writes what its line is after each, in hexadecimal. */
  private static final String TYPIST =
      """
      import os, pty, select, subprocess, sys, time
      from concurrent.futures import ThreadPoolExecutor
      def wait(fd, done):
          seen = b''
          end = time.time() + 10
          while time.time() < end and not done(seen):
              if select.select([fd], [], [], 0.01)[0]:
                  seen += os.read(fd, 65536)
      def line(numbered):
          out = sys.argv[2] + str(numbered[0])
          m, s = pty.openpty()
          env = {'TERM': 'xterm', 'LC_ALL': 'C.UTF-8', 'PATH': os.environ['PATH'],
                 'PS1': '$ ', 'INPUTRC': '/dev/null', 'LINE_FILE': out}
          p = subprocess.Popen(['bash', '--rcfile', sys.argv[1], '-i'], stdin=s, stdout=s,
                               stderr=s, env=env, start_new_session=True)
          os.close(s)
          wait(m, lambda t: t.endswith(b'$ '))
          for part in bytes.fromhex(numbered[1].strip()).split(b'\\0'):
              os.write(m, part)
              wait(m, lambda t, e=time.time() + 0.1: time.time() > e)
          os.write(m, b'\\x18\\x10')
          wait(m, lambda t: os.path.exists(out) and open(out, 'rb').read().endswith(b'\\0'))
          p.kill(); p.wait(); os.close(m)
          return open(out, 'rb').read()[:-1].hex() if os.path.exists(out) else 'none'
      with ThreadPoolExecutor(8) as typists:
          for text in typists.map(line, enumerate(sys.stdin)):
              print(text, flush=True)
      """;

  @Test
  void bashMakesTheSameLines(@TempDir Path dir) throws Exception {
    assumeTrue(runs("python3", "-c", "import pty") && runs("bash", "--version"));
    assertEquals(table(EditingKeys.EMACS), asBashEdits(dir, EditingKeys.EMACS, "set -o emacs"));
    assertEquals(table(EditingKeys.VI), asBashEdits(dir, EditingKeys.VI, "set -o vi"));
  }

  private static String table(String rows) {
    StringBuilder all = new StringBuilder();
    for (EditingKeys.Row r : EditingKeys.rows(rows)) {
      all.append(r).append('\n');
    }
    return all.toString();
  }

  private static String asBashEdits(Path dir, String table, String mode) throws Exception {
    Path out = dir.resolve(mode.substring(7) + "-line-");
    StringBuilder rc = new StringBuilder("HISTFILE=\n" + mode + "\nPS1='$ '\n");
    for (String past : EditingKeys.PAST) {
      rc.append("history -s '").append(past.replace("'", "'\\''")).append("'\n");
    }
    rc.append("bind 'set keyseq-timeout 20'\n");
    for (String map : List.of("emacs", "vi-insert", "vi-command")) {
      rc.append("bind -m " + map + " -x '\"\\C-x\\C-p\": ")
          .append("printf \"%s\\0\" \"$READLINE_LINE\" >\"$LINE_FILE\"'\n");
    }
    Path rcFile = Files.writeString(dir.resolve("rc"), rc);
    StringBuilder input = new StringBuilder();
    List<EditingKeys.Row> rows = EditingKeys.rows(table);
    for (EditingKeys.Row row : rows) {
      // bash takes an Escape for itself only when nothing follows it at once
      String keys =
          EditingKeys.bytes(row.keys().replace("<esc>", "<esc>\0").replace("<pause>", "\0"));
      input.append(HexFormat.of().formatHex(keys.getBytes(StandardCharsets.UTF_8))).append('\n');
    }
    Path typed = Files.writeString(dir.resolve("keys"), input);
    Process p =
        new ProcessBuilder("python3", "-c", TYPIST, rcFile.toString(), out.toString())
            .redirectInput(typed.toFile())
            .redirectErrorStream(true)
            .start();
    List<String> lines = new ArrayList<>();
    new String(p.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
        .lines()
        .forEach(lines::add);
    p.waitFor();
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < rows.size(); i++) {
      String hex = i < lines.size() ? lines.get(i) : "none";
      String line =
          hex.equals("none")
              ? "nothing"
              : new String(HexFormat.of().parseHex(hex), StandardCharsets.UTF_8);
      all.append(new EditingKeys.Row(rows.get(i).keys(), line)).append('\n');
    }
    return all.toString();
  }

  private static boolean runs(String... command) {
    try {
      Process p = new ProcessBuilder(command).redirectErrorStream(true).start();
      p.getInputStream().readAllBytes();
      return p.waitFor(10, TimeUnit.SECONDS) && p.exitValue() == 0;
    } catch (IOException | InterruptedException e) {
      return false;
    }
  }
}
