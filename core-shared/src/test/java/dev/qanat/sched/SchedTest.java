package dev.qanat.sched;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SchedTest {
  private static JvmSched sched;

  @BeforeAll
  static void install() {
    sched = new JvmSched();
    Sched.install(sched);
  }

  private static void on(Runnable test) {
    sched.call(
        () -> {
          test.run();
          return null;
        });
  }

  private static Task spawn(Runnable body) {
    return Sched.get().spawn("test", body);
  }

  private static void loopForever() {
    while (true) {
      Sched.checkpoint();
    }
  }

  @Test
  void openGateDoesNotWait() {
    on(
        () -> {
          Gate g = new Gate();
          g.open("value");
          assertEquals("value", g.await());
        });
  }

  @Test
  void everyWaiterOfAGateIsWoken() {
    on(
        () -> {
          Gate g = new Gate();
          List<Task> waiters = new ArrayList<>();
          for (int i = 0; i < 5; i++) {
            waiters.add(spawn(g::await));
          }
          Sched.get().yieldNow();
          g.open();
          for (Task t : waiters) {
            t.exited().await();
            assertEquals(0, t.status());
          }
        });
  }

  @Test
  void busyLoopLetsOthersRunAndCanBeKilled() {
    on(
        () -> {
          Task busy = spawn(SchedTest::loopForever);
          Sched.get().sleep(20);
          busy.signal(Signal.TERM);
          busy.exited().await();
          assertEquals(143, busy.status());
          assertEquals(Signal.TERM, busy.deathSignal());
        });
  }

  @Test
  void ignoredSignalDoesNothingAndKillCannotBeIgnored() {
    on(
        () -> {
          Task t =
              spawn(
                  () -> {
                    Sched.get().current().setDisposition(Signal.TERM, Task.Disposition.IGNORE);
                    Sched.get().current().setDisposition(Signal.KILL, Task.Disposition.IGNORE);
                    loopForever();
                  });
          Sched.get().sleep(10);
          t.signal(Signal.TERM);
          Sched.get().sleep(10);
          assertFalse(t.finished());
          t.signal(Signal.KILL);
          t.exited().await();
          assertEquals(137, t.status());
        });
  }

  @Test
  void caughtSignalEndsOnlyAnInterruptibleWait() {
    on(
        () -> {
          boolean[] opened = {true};
          int[] taken = {0};
          Task t =
              spawn(
                  () -> {
                    Task me = Sched.get().current();
                    me.setDisposition(Signal.USR1, Task.Disposition.CATCH);
                    opened[0] = Sched.get().timer(10_000).awaitInterruptibly();
                    taken[0] = me.takeCaught();
                  });
          Sched.get().sleep(10);
          t.signal(Signal.USR1);
          t.exited().await();
          assertFalse(opened[0]);
          assertEquals(Signal.USR1, taken[0]);
        });
  }

  @Test
  void stoppedTaskGoesOnWithCont() {
    on(
        () -> {
          int[] turns = {0};
          Task t =
              spawn(
                  () -> {
                    while (turns[0] < 1_000_000_000) {
                      turns[0]++;
                      Sched.checkpoint();
                    }
                  });
          Sched.get().sleep(10);
          t.signal(Signal.TSTP);
          Sched.get().sleep(20);
          assertTrue(t.stopped());
          int before = turns[0];
          Sched.get().sleep(10);
          assertEquals(before, turns[0]);
          t.signal(Signal.CONT);
          Sched.get().sleep(20);
          assertTrue(turns[0] > before);
          t.signal(Signal.KILL);
          t.exited().await();
        });
  }

  @Test
  void oneTasksDeathIsItsOwnAndReleasesWhatItHeld() {
    on(
        () -> {
          boolean[] released = {false};
          Task t =
              spawn(
                  () -> {
                    Sched.get().current().onExit(() -> released[0] = true);
                    throw new IllegalStateException("broken");
                  });
          t.exited().await();
          assertEquals("IllegalStateException: broken", t.failure());
          assertTrue(released[0]);
          assertNull(Sched.get().task(t.pid()));
        });
  }

  @Test
  void spentBudgetEndsAllTasksOfAnExecution() {
    on(
        () -> {
          Budget b = new Budget(10_000);
          Task t = Sched.get().spawn("x", SchedTest::loopForever, x -> x.setBudget(b));
          t.exited().await();
          assertNotNull(b.reason());
          assertTrue(b.reason().contains("10000"), b.reason());
        });
  }

  @Test
  void tasksThatWaitForEachOtherAreEnded() {
    on(
        () -> {
          Budget b = new Budget(0);
          Gate never = new Gate();
          Task one = Sched.get().spawn("one", never::await, x -> x.setBudget(b));
          Task two = Sched.get().spawn("two", () -> one.exited().await(), x -> x.setBudget(b));
          two.exited().await();
          one.exited().await();
          assertTrue(b.reason().startsWith("deadlock"), b.reason());
        });
  }

  @Test
  void waitingForTheWorldIsNoDeadlock() {
    on(
        () -> {
          Budget b = new Budget(0);
          Task one = Sched.get().spawn("one", () -> Sched.get().sleep(30), x -> x.setBudget(b));
          Task two = Sched.get().spawn("two", () -> one.exited().await(), x -> x.setBudget(b));
          two.exited().await();
          assertNull(b.reason());
        });
  }

  @Test
  void tooManyTasksAreRefusedToAnExecution() {
    on(
        () -> {
          int before = Sched.get().tasks().size();
          Sched.get().setMaxTasks(before + 20);
          String[] refusal = new String[1];
          int[] started = new int[1];
          try {
            Budget b = new Budget(0);
            Runnable bomb =
                () -> {
                  List<Task> some = new ArrayList<>();
                  try {
                    while (some.size() < 30) {
                      some.add(spawn(() -> Sched.get().sleep(10_000)));
                    }
                  } catch (Sched.TooManyTasks e) {
                    refusal[0] = e.getMessage();
                  }
                  started[0] = some.size();
                  for (Task t : some) {
                    t.signal(Signal.KILL);
                    t.exited().await();
                  }
                };
            Sched.get().spawn("bomb", bomb, t -> t.setBudget(b)).exited().await();
          } finally {
            Sched.get().setMaxTasks(10_000);
          }
          assertTrue(refusal[0].startsWith("Resource temporarily unavailable"), refusal[0]);
          assertTrue(started[0] < 30, "some were refused");
        });
  }

  @Test
  void pipeEndsItsWriterWhenNobodyReads() {
    on(
        () -> {
          Pipe p = new Pipe();
          boolean[] written = {true};
          Task writer =
              spawn(
                  () -> {
                    while (written[0]) {
                      written[0] = p.write(new byte[1000], 0, 1000);
                    }
                  });
          byte[] b = new byte[10];
          assertEquals(10, p.read(b, 0, 10));
          p.closeReader();
          writer.exited().await();
          assertFalse(written[0]);
        });
  }
}
