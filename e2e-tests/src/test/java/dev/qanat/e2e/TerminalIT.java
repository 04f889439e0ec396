package dev.qanat.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The terminal in the real page, driven by keys as a person presses them. */
class TerminalIT {
  private static Playground playground;
  private static Chromium chromium;
  private BrowserContext profile;
  private Page page;

  @BeforeAll
  static void start() {
    playground = new Playground();
    chromium = new Chromium();
  }

  @AfterAll
  static void stop() {
    chromium.close();
    playground.close();
  }

  @BeforeEach
  void open() {
    profile = chromium.browser().newContext();
    page = playground.open(profile, "");
  }

  @AfterEach
  void close() {
    profile.close();
  }

  private void press(String... keys) {
    for (String key : keys) {
      page.keyboard().press(key);
    }
  }

  private void type(String text) {
    page.locator(".xterm-helper-textarea").focus();
    page.keyboard().type(text);
  }

  private void shows(String pattern) {
    Playground.waitFor(page, "(?s).*" + pattern + ".*", 15_000);
  }

  @Test
  void editingKeysMoveKillAndYank() {
    type("three two one echo");
    press("Control+w");
    press("Control+a");
    press("Control+y");
    type(" ");
    press("Control+e", "Backspace", "Enter");
    shows("echo three two one\nthree two one\n[^\n]*\\$");
  }

  @Test
  void historyIsWalkedAndSearched() {
    Playground.run(page, "echo first");
    Playground.run(page, "echo second");
    press("ArrowUp", "ArrowUp", "Enter");
    shows("echo first\nfirst\n");
    press("Control+r");
    type("second");
    press("Enter");
    shows("echo second\nsecond\n[^\n]*\\$");
  }

  @Test
  void historyIsThereAfterAReload() {
    Playground.run(page, "echo remembered");
    Playground.run(page, "history -a");
    page.reload();
    Playground.ready(page);
    page.locator(".xterm-helper-textarea").focus();
    press("Control+r");
    type("remem");
    press("Enter");
    shows("\nremembered\n");
  }

  @Test
  void tabCompletesNames() {
    type("head -n 1 /web/airp");
    press("Tab");
    shows("head -n 1 /web/airports.csv");
    press("Enter");
    shows("\niata,name,city");
  }

  @Test
  void jobsAreStoppedAndContinued() {
    Playground.send(page, "sleep 2");
    page.waitForTimeout(300);
    press("Control+z");
    shows("\\[1\\]\\+  Stopped +sleep 2\n[^\n]*\\$");
    assertEquals("[1]+ sleep 2 &", Playground.run(page, "bg"));
    assertTrue(Playground.run(page, "jobs").contains("Running"), Playground.screen(page));
    Playground.run(page, "wait");
  }

  @Test
  void commandsOverSeveralLinesAndPastesAreRead() {
    Playground.send(page, "for i in 1 2 3");
    shows("\n> ?$");
    type("do echo $((i * i)); done");
    press("Enter");
    shows("\n1\n4\n9\n");
  }

  @Test
  void windowSizeReachesTheShell() {
    String before = Playground.run(page, "echo $COLUMNS");
    page.setViewportSize(1000, 900);
    page.waitForTimeout(500);
    String after = Playground.run(page, "stty size");
    assertTrue(!after.endsWith(" " + before), before + " then " + after);
    assertEquals(after.substring(after.indexOf(' ') + 1), Playground.run(page, "echo $COLUMNS"));
  }

  @Test
  void controlCEndsEveryKindOfWork() {
    for (String line :
        new String[] {
          "while :; do :; done",
          "sleep 100",
          "cat | tr a-z A-Z",
          "yes > /dev/null",
          "find / -name nothing; read x",
          "f() { f; }; while :; do sleep 1; done",
        }) {
      Playground.send(page, line);
      page.waitForTimeout(500);
      press("Control+c");
      Playground.waitFor(page, "(?s).*\n[^\n]*\\$", 20_000);
      assertEquals("130", Playground.run(page, "echo $?"), line);
    }
  }

  @Test
  void viKeysEditAfterSetO() {
    Playground.run(page, "set -o vi");
    type("echo one two");
    press("Escape");
    page.waitForTimeout(700);
    type("bcwTWO");
    press("Escape");
    page.waitForTimeout(700);
    type("0wx");
    press("Enter");
    shows("echo ne TWO\nne TWO\n[^\n]*\\$");
  }

  @Test
  void candidatesAreListedInColumns() {
    Playground.run(page, "mkdir /tmp/t; cd /tmp/t; touch alpha alpine beta");
    type("cat al");
    press("Tab", "Tab", "Tab");
    shows("cat alp\nalpha +alpine *\n[^\n]*\\$ cat alp");
    type("h");
    press("Tab");
    shows("\\$ cat alpha");
  }

  @Test
  void keysCanBeBound() {
    Playground.run(page, "bind '\"\\C-x\\C-h\": \"echo bound\"'");
    press("Control+x", "Control+h", "Enter");
    shows("echo bound\nbound\n[^\n]*\\$");
  }

  @Test
  void aPasteOfSeveralLinesWaitsForReturn() {
    page.locator(".xterm-helper-textarea").focus();
    page.evaluate("() => window.terminal.paste('echo one\\necho two')");
    shows("echo one\necho two$");
    press("Enter");
    shows("echo two\none\ntwo\n[^\n]*\\$");
  }

  @Test
  void stoppedJobsAreNamedBeforeTheShellIsLeft() {
    Playground.send(page, "sleep 50");
    page.waitForTimeout(300);
    press("Control+z");
    shows("Stopped");
    press("Control+d");
    shows("There are stopped jobs.\n[^\n]*\\$");
    Playground.run(page, "kill %1");
  }

  @Test
  void aLongLineWrapsAndIsEditedAcrossItsRows() {
    String words = "word ".repeat(40).trim();
    type("echo " + words);
    press("Control+a", "Alt+d");
    type("printf '%s.'");
    press("Enter");
    shows("(word\\.)+");
  }
}
