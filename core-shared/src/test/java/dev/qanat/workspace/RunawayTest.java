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
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Scripts that would never end, or take all memory, or recurse until the stack is gone: each ends
 * with an error that names the limit, or when it is told to; nothing of it is left, and the session
 * goes on.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class RunawayTest {
  private JvmSched sched;
  private Workspace workspace;
  private Session session;
  private int status;

  @BeforeEach
  void begin() {
    sched = new JvmSched();
    Sched.install(sched);
    workspace = sched.call(Workspace::inMemory);
    session = sched.call(() -> workspace.session("test"));
  }

  @AfterEach
  void end() {
    sched.call(
        () -> {
          workspace.close();
          return 0;
        });
  }

  private static Session.Options options(long steps) {
    Session.Options options = new Session.Options();
    options.budget = new Budget(steps);
    return options;
  }

  private String run(String script, Session.Options options) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    OpenFile output =
        new StreamFile("pipe:[1]", null, (b, from, n) -> out.write(b, from, Math.min(n, 1 << 20)));
    status =
        sched.call(
            () -> session.execute(script, StreamFile.of(new byte[0]), output, output, options));
    return out.toString(StandardCharsets.UTF_8);
  }

  /** The script ends by itself with this text in its output, and what stands on line 2 runs. */
  private void endsWith(String text, String script) {
    Session.Options options = options(0);
    String out = run(script + "\necho after", options);
    assertTrue(out.contains(text), script + ": " + cut(out));
    assertTrue(out.endsWith("after\n"), script + ": " + cut(out));
    leavesNothing(script, options.budget);
  }

  private static String cut(String out) {
    return out.length() < 2000 ? out : out.substring(0, 2000) + "…";
  }

  private void leavesNothing(String script, Budget budget) {
    sched.call(
        () -> {
          for (int i = 0; i < 3000 && budget.tasks() > 0; i++) {
            sched.sleep(10);
          }
          return 0;
        });
    assertEquals(0, budget.tasks(), script);
    int known =
        sched.call(
            () -> {
              int count = 0;
              for (Task t : sched.tasks()) {
                count += t.budget() == budget ? 1 : 0;
              }
              return count;
            });
    assertEquals(0, known, script);
    assertEquals("alive\n", run("echo alive", options(0)), script);
  }

  @Test
  void recursionOfEveryKindIsAnError() {
    String message = "nesting level exceeded (1000)";
    endsWith(message, "a() { b; }; b() { a; }; a");
    endsWith(message, "e='eval \"$e\"'; eval \"$e\"");
    endsWith(message, "echo '. /tmp/s' > /tmp/s; . /tmp/s");
    endsWith(message, "f() { x=$(f); }; f");
    endsWith(message, "f() { (f); }; f");
    endsWith(message, "f() { (trap '' USR1; f); }; f");
    endsWith(message, "f() { cat <(f); }; f");
    endsWith(message, "command_not_found_handle() { nosuch; }; nosuch");
    endsWith("recursion level exceeded", "x=y y=x; echo $((x))");
    endsWith("circular", "declare -n p=q; declare -n q=p; p=1");
    endsWith("exec nesting level", "printf '#!/bin/bash\\nexec $0' > s; chmod +x s; ./s");
  }

  @Test
  void deepNestingInTheSourceIsAnError() {
    for (String nested :
        List.of(
            "( | echo hi | )",
            "{ | echo hi; | };",
            "if true; then | echo hi; | fi;",
            "while true; do | break 9; | done;",
            "case a in a) | echo hi; | esac;",
            "f() { | echo hi; | };",
            "echo $( | echo hi | )",
            "echo ${a:-| hi |}",
            "echo $((| 1 |))")) {
      String[] p = nested.split("\\|");
      String script = p[0].repeat(3000) + p[1] + p[2].repeat(3000);
      String out = run("eval '" + script + "'; echo after", options(0));
      assertTrue(out.contains("too deeply") || out.contains("level exceeded"), cut(out));
    }
    endsWith("level exceeded", "echo $((" + "(".repeat(3000) + "1" + ")".repeat(3000) + "))");
    endsWith("level exceeded", "echo $((" + "-~".repeat(30_000) + "1))");
    endsWith("200001", "echo $((" + "1+".repeat(200_000) + "1))");
  }

  @Test
  void whatGrowsEndsAtALimitThatIsNamed() {
    String text = "(the limit of text is reached)";
    String words = "(the limit of words is reached)";
    endsWith(words, "echo {1..1000000000}");
    endsWith(words, "echo {1..9223372036854775807}");
    endsWith(words, "echo {a..z}{a..z}{a..z}{a..z}{a..z}");
    endsWith(text, "printf '%1000000000d' 1");
    endsWith(text, "printf -v x '%*d' 1000000000 1");
    endsWith(text, "x=aaaaaaaa; while :; do x=$x$x; done");
    endsWith(text, "x=aaaaaaaa; while :; do x+=$x; done");
    endsWith(text, "x=aaaaaaaaaa; for i in {1..20}; do x=${x//a/$x}; done");
    endsWith(text, "x=$(yes)");
    endsWith(text, "cat <<< \"$(yes)\"");
    endsWith(text, "read -d '' x < <(yes)");
    endsWith("aliases expanded", aliases());
  }

  private static String aliases() {
    StringBuilder script = new StringBuilder("shopt -s expand_aliases\n");
    for (char c = 'a'; c < 'h'; c++) {
      String next = (char) (c + 1) + " ";
      script.append("alias ").append(c).append("='").append(next.repeat(20)).append("'\n");
    }
    return script.append("eval 'a a'").toString();
  }

  @Test
  void theVariablesOfAllShellsHaveALimitTogether() {
    workspace.machine().setMaxVariableBytes(32 << 20);
    String limit = "(the limit of variables is reached)";
    endsWith(limit, "while :; do a+=(x{1..1000}); done");
    endsWith(limit, "i=0; while :; do declare \"v$((i++))=${v0}xxxxxxxxxxxxxxxxxxxxxxxx\"; done");
    endsWith(limit, "declare -A m; i=0; while :; do m[$((i++))]=xxxxxxxxxxxx; done");
    assertEquals("1\n", run("unset a m; x=1; echo $x", options(0)));
  }

  @Test
  void endlessWorkEndsAtItsBudget() {
    for (String script :
        List.of(
            "trap '' INT TERM HUP; while :; do :; done",
            "trap 'while :; do :; done' EXIT; exit",
            "trap 'kill -USR1 $$; sleep 0' USR1; while :; do kill -USR1 $$; done",
            "until false; do :; done &",
            "f() { f | f; }; f",
            "printf '#!/bin/bash\\n./s' > s; chmod +x s; ./s",
            "while read x; do echo $x; done < /dev/zero",
            "coproc X { while :; do echo; done; }; while read -u ${X[0]} a; do :; done",
            "cat /dev/zero | tr a b | wc -l",
            "awk 'BEGIN { while (1); }'",
            "echo a | sed ':a;ba'",
            "jq -n 'def f: f; f'",
            "for i in {1..10}; do PROMPT_COMMAND='eval \"$PROMPT_COMMAND\"'; while :; do :; done;"
                + " done",
            "while :; do cat <<< x; done > /dev/null")) {
      Session.Options options = options(50_000);
      run(script, options);
      leavesNothing(script, options.budget);
      assertEquals("step limit of 50000", cut(options.budget.reason()).substring(0, 19), script);
    }
  }

  @Test
  void aForkBombEndsAtTheLimitOfTasks() {
    sched.setMaxTasks(300);
    for (String bomb : List.of(":(){ :|:& };:", "f() { f & f & wait; }; f", "f() { f | f; }; f")) {
      Session.Options options = options(0);
      String out = run(bomb, options);
      leavesNothing(bomb, options.budget);
      assertEquals(
          "limit of 300 tasks reached (raise limits.tasks to allow more)", options.budget.reason());
      assertTrue(status == 0 || out.contains("limit of 300 tasks"), out);
    }
  }

  @Test
  void aDeadlockIsToldAndEnds() {
    for (String script :
        List.of(
            "mkfifo /tmp/a; cat < /tmp/a",
            "mkfifo /tmp/b; read x < <(cat /tmp/b)",
            "mkfifo /tmp/c /tmp/d; (cat < /tmp/c > /tmp/d) & cat < /tmp/d > /tmp/c",
            "mkfifo /tmp/e; cat /tmp/e & wait",
            "coproc cat; read x <&${COPROC[0]}",
            "mkfifo /tmp/g; exec 4<>/tmp/g; read x <&4")) {
      Session.Options options = options(0);
      String out = run(script + "; echo not reached", options);
      assertTrue(
          out.endsWith("deadlock: every task of this execution waits for another one\n"), out);
      leavesNothing(script, options.budget);
    }
  }

  @Test
  void closingASessionEndsItsBackgroundJobs() {
    Session.Options options = options(0);
    run("trap '' HUP TERM INT; sleep 1000 & (while :; do sleep 1; done) & disown -a", options);
    assertTrue(options.budget.tasks() > 0);
    sched.call(
        () -> {
          workspace.closeSession("test");
          return 0;
        });
    session = sched.call(() -> workspace.session("another"));
    leavesNothing("close", options.budget);
  }

  @Test
  void limitsOfAScriptStayInTheSession() {
    run("ulimit -n 50; ulimit -u 1", options(0));
    assertEquals(
        "50\nbash: line 1: fork: Resource temporarily unavailable\n",
        run("ulimit -n; echo a | cat; echo not reached", options(0)));
    assertEquals(254, status);
  }
}
