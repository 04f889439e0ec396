package dev.qanat.workspace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.qanat.command.Invocation;
import dev.qanat.sched.JvmSched;
import dev.qanat.sched.Sched;
import dev.qanat.sched.Task;
import dev.qanat.shell.interp.ProgramTable;
import dev.qanat.terminal.Terminal;
import dev.qanat.vfs.Descriptors;
import dev.qanat.vfs.FileContext;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A person at a terminal: keys in, screen out. */
@Timeout(60)
class InteractiveShellTest {
  private static JvmSched sched;
  private final StringBuilder screen = new StringBuilder();
  private Workspace workspace;
  private Terminal terminal;
  private Task shell;

  @BeforeAll
  static void install() {
    sched = new JvmSched();
    Sched.install(sched);
  }

  @BeforeEach
  void open() {
    sched.call(
        () -> {
          workspace = Workspace.inMemory();
          terminal = new Terminal(this::show, 80, 24, "/dev/pts/0");
          shell = Sched.get().spawn("bash", this::bash, t -> t.setGroup(t.pid()));
          return null;
        });
    waitFor("$ ");
  }

  @AfterEach
  void close() {
    sched.outside(() -> terminal.hangUp());
  }

  private void bash() {
    Descriptors d = new Descriptors();
    for (int fd = 0; fd < 3; fd++) {
      d.set(fd, terminal.retain());
    }
    Map<String, String> env = new HashMap<>(workspace.environment());
    env.put("HOME", "/home");
    env.put("PROMPT_COMMAND", "PS1='$ '");
    FileContext files = new FileContext(workspace.vfs(), d, "/home", 022);
    Invocation in =
        new Invocation("bash", List.of("-i"), files, env, new ProgramTable(workspace.machine()));
    Sched.get().current().setStatus(in.execute(workspace.machine().command("bash")));
  }

  private synchronized void show(byte[] b, int off, int len) {
    screen.append(new String(b, off, len, StandardCharsets.UTF_8));
  }

  /** The screen's text without control sequences. */
  private synchronized String text() {
    return screen.toString().replaceAll("\033\\[[0-9;?]*[A-Za-z]", "").replace("\r", "");
  }

  private void waitFor(String end) {
    for (int i = 0; i < 2000; i++) {
      if (text().endsWith(end)) {
        return;
      }
      try {
        Thread.sleep(5);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
    throw new AssertionError("the screen does not end with " + end + ":\n" + text());
  }

  private void type(String keys) {
    sched.outside(() -> terminal.type(keys.getBytes(StandardCharsets.UTF_8)));
  }

  /** Types a line and gives what is shown before the next prompt. */
  private String run(String line) {
    synchronized (this) {
      screen.setLength(0);
    }
    type(line + "\r");
    waitFor("\n$ ");
    String all = text();
    return all.substring(all.indexOf('\n') + 1, all.length() - 2);
  }

  private void pause() {
    try {
      Thread.sleep(60);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void runsWhatIsTyped() {
    assertEquals("3\n", run("echo $((1 + 2))"));
    assertEquals("HI\n", run("echo hi | tr a-z A-Z"));
  }

  @Test
  void commandsOverSeveralLinesHaveTheSecondPrompt() {
    synchronized (this) {
      screen.setLength(0);
    }
    type("for i in 1 2\r");
    waitFor("\n> ");
    type("do echo $i; done\r");
    waitFor("1\n2\n$ ");
  }

  @Test
  void controlCEndsALoopAndLeavesStatus130() {
    synchronized (this) {
      screen.setLength(0);
    }
    type("while :; do :; done\r");
    pause();
    type("\003");
    waitFor("\n$ ");
    assertEquals("130\n", run("echo $?"));
  }

  @Test
  void controlCEndsAProgramAndThePipeline() {
    for (String line : List.of("sleep 100", "cat", "yes > /dev/null", "sleep 100 | cat")) {
      synchronized (this) {
        screen.setLength(0);
      }
      type(line + "\r");
      pause();
      type("\003");
      waitFor("\n$ ");
      assertEquals("130\n", run("echo $?"), line);
    }
  }

  @Test
  void controlCThrowsAnUnfinishedCommandAway() {
    synchronized (this) {
      screen.setLength(0);
    }
    type("if true\r");
    waitFor("\n> ");
    type("\003");
    waitFor("\n$ ");
    assertEquals("fine\n", run("echo fine"));
  }

  @Test
  void controlZStopsAndFgGoesOn() {
    synchronized (this) {
      screen.setLength(0);
    }
    type("sleep 0.3; echo over\r");
    pause();
    type("\032");
    waitFor("\n$ ");
    assertTrue(text().contains("[1]+  Stopped                 sleep 0.3"), text());
    assertTrue(run("jobs").startsWith("[1]+  Stopped"), text());
    assertEquals("sleep 0.3\n", run("fg"));
    assertEquals("", run("jobs"));
  }

  @Test
  void backgroundJobsAreTold() {
    String started = run("sleep 0.05 &");
    assertTrue(started.matches("\\[1\\] \\d+\n"), started);
    pause();
    pause();
    String next = run("echo now");
    assertTrue(next.startsWith("now\n"), next);
    assertTrue(next.contains("[1]+  Done                    sleep 0.05"), next);
  }

  @Test
  void historyIsWalkedSearchedAndExpanded() {
    run("echo first");
    run("echo second");
    assertEquals("second\n", run("\033[A"));
    assertEquals("first\n", run("\022first"));
    assertEquals("echo first\nfirst\n", run("!!"));
    assertTrue(run("echo !$").endsWith("first\n"));
  }

  @Test
  void tabCompletesCommandsFilesAndVariables() {
    run("mkdir -p dir; echo content > dir/some-file.txt; LONG_NAME=value");
    assertEquals("content\n", run("cat dir/so\t").replaceAll("(?s)^.*?\n(?=content)", ""));
    assertEquals("value\n", run("echo $LONG_N\t"));
    run("complete -W 'alpha beta' choose; choose() { echo \"<$1>\"; }");
    assertEquals("<beta>\n", run("choose b\t"));
  }

  @Test
  void controlDEndsTheShell() {
    type("\004");
    waitFor("exit\n");
    assertEquals(
        0,
        sched.call(
            () -> {
              shell.exited().await();
              return shell.status();
            }));
  }

  @Test
  void windowSizeIsKnown() {
    sched.outside(() -> terminal.resize(100, 40));
    assertEquals("", run(":"));
    assertEquals("100x40\n", run("echo ${COLUMNS}x$LINES"));
    assertEquals("40 100\n", run("stty size"));
  }

  @Test
  void readAsksWithItsPromptAndHidesPasswords() {
    synchronized (this) {
      screen.setLength(0);
    }
    type("read -p 'name? ' n; read -s -p 'secret? ' s; echo; echo \"$n/$s\"\r");
    waitFor("name? ");
    type("Ada\r");
    waitFor("secret? ");
    type("xyz\r");
    waitFor("Ada/xyz\n$ ");
    assertTrue(!text().contains("secret? xyz"), text());
  }

  @Test
  void stoppedJobsAreNamedBeforeTheShellIsLeft() {
    type("sleep 100\r");
    pause();
    type("\032");
    waitFor("sleep 100\n$ ");
    assertEquals("exit\nThere are stopped jobs.\n", run("exit"));
    assertEquals("1\n", run("echo $?"));
    run("kill -9 %1");
  }

  @Test
  void aJobsNameAsACommandResumesIt() {
    type("sleep 100\r");
    pause();
    type("\032");
    waitFor("sleep 100\n$ ");
    assertEquals("[1]+ sleep 100 &\n", run("%1 &"));
    run("kill %1");
  }

  @Test
  void ps0IsShownBeforeTheCommandRuns() {
    run("PS0='before\\n'");
    assertEquals("before\nx\n", run("echo x"));
  }

  @Test
  void boundCommandsChangeTheLine() {
    run("bind -x '\"\\C-xq\": READLINE_LINE=\"echo $READLINE_LINE\"; READLINE_POINT=99'");
    type("hello");
    pause();
    assertEquals("hello\n", last(run("\030q")));
  }

  @Test
  void completionFunctionsSeeTheLine() {
    run("_f() { COMPREPLY=($COMP_CWORD-${#COMP_WORDS[@]}-$2-$3); }; complete -F _f foo");
    run("foo() { echo \"$*\"; }");
    assertEquals("x 2-3-a-x\n", last(run("foo x a\t")));
  }

  @Test
  void directoriesAndNamesWithBlanksComplete() {
    run("mkdir -p /tmp/c/sub && cd /tmp/c && echo yes > 'a b'");
    assertEquals("yes\n", last(run("cat a\t")));
    assertEquals("sub/\n", last(run("echo s\t")));
    run("cd");
  }

  private static String last(String output) {
    return output.substring(output.lastIndexOf('\n', output.length() - 2) + 1);
  }
}
