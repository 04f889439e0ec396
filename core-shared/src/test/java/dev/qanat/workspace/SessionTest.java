package dev.qanat.workspace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.qanat.sched.Budget;
import dev.qanat.sched.JvmSched;
import dev.qanat.sched.Sched;
import dev.qanat.sched.Task;
import dev.qanat.vfs.OpenFile;
import dev.qanat.vfs.StreamFile;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SessionTest {
  private JvmSched sched;
  private Session session;
  private int status;

  @BeforeEach
  void begin() {
    sched = new JvmSched();
    Sched.install(sched);
    session = sched.call(() -> Workspace.inMemory().session("test"));
  }

  private String run(String script) {
    return run(script, new Session.Options());
  }

  private String run(String script, Session.Options options) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    OpenFile output = new StreamFile("pipe:[1]", null, out::write);
    status =
        sched.call(
            () -> session.execute(script, StreamFile.of(new byte[0]), output, output, options));
    return out.toString(StandardCharsets.UTF_8);
  }

  private void noTasksLeft(Budget budget) {
    int left =
        sched.call(
            () -> {
              for (int i = 0; i < 100; i++) {
                int n = 0;
                for (Task t : sched.tasks()) {
                  n += t.budget() == budget ? 1 : 0;
                }
                if (n == 0) {
                  return 0;
                }
                sched.sleep(20);
              }
              return 1;
            });
    assertEquals(0, left);
  }

  @Test
  void variablesFunctionsAndDirectoryStayBetweenScripts() {
    run("x=1; f() { echo \"f $x\"; }; cd /tmp; set -- a b");
    assertEquals("f 1\n/tmp\n2\n", run("f; pwd; echo $#"));
  }

  @Test
  void directoryAndEnvironmentOfOneExecutionAreItsOwn() {
    Session.Options options = new Session.Options();
    options.cwd = "/etc";
    options.env = Map.of("Q", "1");
    assertEquals("/etc 1\n", run("echo $PWD $Q", options));
    assertEquals("/home\n", run("echo $PWD $Q"));
  }

  @Test
  void exitEndsTheScriptAndNotTheSession() {
    run("y=2; exit 3; echo no");
    assertEquals(3, status);
    assertEquals("2\n", run("echo $y"));
  }

  @Test
  void anEndlessLoopEndsAtItsBudget() {
    for (String script :
        new String[] {
          "while :; do :; done",
          "for ((;;)); do x=$(echo a); done",
          "yes > /dev/null",
          "yes | cat > /dev/null",
          "f() { sleep 0; f & f & wait; }; f"
        }) {
      Session.Options options = new Session.Options();
      options.budget = new Budget(20_000);
      String out = run(script, options);
      assertTrue(out.contains("step limit of 20000 reached"), script + ": " + out);
      noTasksLeft(options.budget);
      assertEquals("alive\n", run("echo alive"));
    }
  }

  @Test
  void runawayRecursionIsAnError() {
    String out = run("f() { f; }; f; echo $?\necho after");
    assertTrue(out.contains("f: maximum function nesting level exceeded (1000)"), out);
    assertTrue(out.endsWith("after\n"), out);
    out = run("f() { if true; then for i in 1; do { f; }; done; fi; }; f\necho after");
    assertTrue(out.contains("nesting level exceeded"), out);
    assertTrue(out.endsWith("after\n"), out);
    assertEquals("ok\n", run("g() { echo ok; }; g"));
  }

  @Test
  void backgroundJobsRunAtTheSameTime() {
    assertEquals("2\n1\n0\n", run("(sleep 0.1; echo 1) & (sleep 0.05; echo 2) & wait; echo 0"));
  }

  @Test
  void aSecondScriptWaitsForTheFirst() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    OpenFile output = new StreamFile("pipe:[1]", null, out::write);
    sched.call(
        () -> {
          Session.Options options = new Session.Options();
          OpenFile in = StreamFile.of(new byte[0]);
          Session.Execution first =
              session.start("sleep 0.05; echo first; z=9", in, output, output, options);
          Session.Execution second = session.start("echo second $z", in, output, output, options);
          first.await();
          return second.await();
        });
    assertEquals("first\nsecond 9\n", out.toString(StandardCharsets.UTF_8));
  }
}
