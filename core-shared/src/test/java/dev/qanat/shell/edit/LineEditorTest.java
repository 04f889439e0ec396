package dev.qanat.shell.edit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.qanat.sched.JvmSched;
import dev.qanat.sched.Sched;
import dev.qanat.terminal.Terminal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineEditorTest {
  private static JvmSched sched;
  private final StringBuilder screen = new StringBuilder();
  private final Terminal terminal =
      new Terminal(
          (b, off, len) -> screen.append(new String(b, off, len, StandardCharsets.UTF_8)),
          80,
          24,
          "/dev/tty");

  @BeforeAll
  static void install() {
    sched = new JvmSched();
    Sched.install(sched);
  }

  private static final List<String> PAST =
      List.of("echo one", "ls -l /tmp", "git commit -m fix", "cat 'a b'");

  private static LineHistory history(List<String> lines) {
    return new LineHistory() {
      @Override
      public int size() {
        return lines.size();
      }

      @Override
      public String get(int index) {
        return lines.get(index);
      }
    };
  }

  private LineEditor.End[] ends = new LineEditor.End[1];

  /** The line that keys make; the user pauses where they have a byte 0. */
  private String edit(String keys, LineHost host) {
    return sched.call(
        () -> {
          LineEditor editor =
              new LineEditor(
                  terminal, history(PAST), host == null ? r -> null : host, new Readline("xterm"));
          Sched.get()
              .spawn(
                  "user",
                  () -> {
                    while (terminal.modes().canonical) {
                      Sched.get().sleep(1);
                    }
                    for (String typed : keys.split("\0")) {
                      terminal.type(typed.getBytes(StandardCharsets.UTF_8));
                      Sched.get().sleep(2);
                    }
                  });
          ends[0] = editor.read("$ ", "");
          return editor.text();
        });
  }

  /** Keys as a person would write them down: ^A for Ctrl-A, M- for Alt, names for the rest. */
  private static String keys(String written) {
    String s = written.replace("<up>", "\033[A").replace("<down>", "\033[B");
    s = s.replace("<left>", "\033[D").replace("<right>", "\033[C").replace("<home>", "\033[H");
    s = s.replace("<del>", "\033[3~").replace("<bs>", "\177").replace("M-", "\033");
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < s.length(); i++) {
      char c = s.charAt(i);
      out.append(c == '^' ? (char) (s.charAt(++i) & 31) : c);
    }
    return out.append('\r').toString();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      textBlock =
          """
          abc, abc
          abc<left><left>X, aXbc
          abc^AX, Xabc
          abc^A^EX, abcX
          abc<bs><bs>, a
          abc^A<del>, bc
          one two three^W^WX, one X
          one two^A^K^Yx^Y, one twoxone two
          one two^Utail^Y, tailone two
          one two three^W^W^Y, one two three
          a b^WM-<bs>^Y, a b
          one two^AM-d^E^Y, " twoone"
          first^Usecond^U^YM-y, secondfirst
          ab^T, ba
          one twoM-t, two one
          one two^AM-u, ONE two
          one two^AM-c, One two
          abc^_, ""
          <up>, cat 'a b'
          <up><up>, git commit -m fix
          <up><up><down><down>x, x
          new<up><down>, new
          ^Rcomm, git commit -m fix
          ^Recho^A#, #echo one
          ^Rl^R, ls -l /tmp
          x^Rcomm^G, x
          wc M-., wc b'
          wc M-.M-., wc fix
          M-3x, xxx
          aé漢^A<right><right>X, aéX漢
          x^V^Ay, x\u0001y
          """)
  void keysEditTheLine(String written, String line) {
    assertEquals(line, edit(keys(written), null));
    assertEquals(LineEditor.End.LINE, ends[0]);
  }

  @Test
  void pastedTextIsNotRunBeforeReturn() {
    assertEquals("one\ntwo", edit("\033[200~one\rtwo\033[201~\r", null));
  }

  @Test
  void controlDOnlyEndsAnEmptyLine() {
    edit("x\001\004\004\001\004", null); // the one that follows another is a slip
    assertEquals(LineEditor.End.END_OF_FILE, ends[0]);
  }

  @Test
  void controlCThrowsTheLineAway() {
    assertEquals("", edit("abc\0\003", null));
    assertEquals(LineEditor.End.INTERRUPT, ends[0]);
    assertTrue(screen.toString().contains("abc^C"), screen.toString());
  }

  @Test
  void tabCompletesAsFarAsItIsClearAndThenLists() {
    LineHost files =
        r -> {
          String line = r.line();
          int cursor = r.cursor();
          int start = line.lastIndexOf(' ', cursor - 1) + 1;
          List<String> found = new ArrayList<>();
          for (String f : List.of("flights.csv", "flights.json", "movies.json")) {
            if (f.startsWith(line.substring(start, cursor))) {
              found.add(f);
            }
          }
          return new LineHost.Completion(start, found, found, ' ');
        };
    assertEquals("cat flights.csv ", edit("cat f\t\t\tc\t\r", files));
    assertTrue(screen.toString().contains("flights.csv   flights.json"), screen.toString());
    assertEquals("cat movies.json ", edit("cat m\t\r", files));
  }

  @Test
  void longLinesWrapAndTheCursorFindsItsRow() {
    String text = "x".repeat(100);
    assertEquals("y" + text, edit(text + "\033[Hy\r", null));
    assertTrue(screen.toString().contains("\033[1A"), "the cursor goes one row up");
  }

  @Test
  void modesAreRestoredAfterwards() {
    edit("abc\r", null);
    assertTrue(terminal.modes().canonical && terminal.modes().echo);
  }
}
