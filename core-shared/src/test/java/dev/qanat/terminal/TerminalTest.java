package dev.qanat.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.qanat.sched.JvmSched;
import dev.qanat.sched.Sched;
import dev.qanat.sched.Signal;
import dev.qanat.sched.Task;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TerminalTest {
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

  private String read() {
    byte[] b = new byte[100];
    int n = terminal.read(b, 0, 100);
    return n < 0 ? "<end>" : new String(b, 0, n, StandardCharsets.UTF_8);
  }

  private void type(String keys) {
    terminal.type(keys.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void linesArriveWholeAndEdited() {
    sched.call(
        () -> {
          type("wrong word\027line\177\177ne\rnext\r");
          assertEquals("wrong line\n", read());
          assertEquals("next\n", read());
          return null;
        });
    assertEquals("wrong word\b \b\b \b\b \b\b \bline\b \b\b \bne\r\nnext\r\n", screen.toString());
  }

  @Test
  void controlDEndsInputOnlyAtTheStartOfALine() {
    sched.call(
        () -> {
          type("ab\004\004");
          assertEquals("ab", read());
          assertEquals("<end>", read());
          return null;
        });
  }

  @Test
  void controlCReachesTheForegroundGroupAndNobodyElse() {
    sched.call(
        () -> {
          Task front = Sched.get().spawn("front", () -> Sched.get().sleep(10_000));
          Task back = Sched.get().spawn("back", () -> Sched.get().sleep(20));
          front.setGroup(front.pid());
          back.setGroup(back.pid());
          terminal.setForeground(front.pid());
          type("\003");
          front.exited().await();
          back.exited().await();
          assertEquals(128 + Signal.INT, front.status());
          assertEquals(0, back.status());
          return null;
        });
    assertEquals("^C", screen.toString());
  }

  @Test
  void outputReturnsTheCarriage() {
    sched.call(
        () -> {
          terminal.write("a\nb\n".getBytes(), 0, 4);
          return null;
        });
    assertEquals("a\r\nb\r\n", screen.toString());
  }
}
