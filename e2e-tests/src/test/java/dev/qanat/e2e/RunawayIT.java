package dev.qanat.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Scripts that would take the tab with them, in a real one: the stack of WebAssembly is short and
 * its end, like the heap's, can only be met before it comes.
 */
class RunawayIT {
  private static final String PAGE =
      """
<!doctype html>
<meta charset="utf-8" />
<script type="module">
  import { Workspace } from '/qanat/index.js';
  window.open = (limits) => (window.ws = new Workspace({}, { limits }));
  window.run = async (line, timeoutMs) => {
    const { exitCode, stdoutText, stderrText } = await window.ws.execute(line, { timeoutMs });
    return `${stdoutText}${stderrText.slice(0, 100000)}[${exitCode}]`;
  };
  window.processes = async () => {
    let left = '';
    for (let i = 0; i < 300 && left !== '1'; i++) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      left = (await window.ws.execute('ps -e | grep -vc -e CMD -e ps -e grep')).stdoutText.trim();
    }
    return left;
  };
</script>
""";

  /** A script and what its output must hold. */
  private static final Map<String, String> CLEAN = new LinkedHashMap<>();

  static {
    String nesting = "nesting level exceeded (1000)";
    CLEAN.put("a() { b; }; b() { a; }; a", nesting);
    CLEAN.put("f() { if true; then for i in 1; do { f; }; done; fi; }; f", "exceeded");
    CLEAN.put("e='eval \"$e\"'; eval \"$e\"", nesting);
    CLEAN.put("echo '. /tmp/s' > /tmp/s; . /tmp/s", nesting);
    CLEAN.put("f() { x=$(f); }; f", nesting);
    CLEAN.put("f() { (f); }; f", nesting);
    CLEAN.put("f() { (trap '' USR1; f); }; f", nesting);
    CLEAN.put("trap 'kill -USR1 $$' USR1; kill -USR1 $$", nesting);
    CLEAN.put("printf '#!/bin/bash\\nexec $0' > x; chmod +x x; ./x", "exec nesting level");
    CLEAN.put("x=y y=x; echo $((x))", "recursion level exceeded");
    CLEAN.put(deep("echo $((", "(", "1", ")", "))"), "recursion level exceeded");
    CLEAN.put(deep("a[0]=0; echo $((", "a[", "0", "]", "))"), "recursion level exceeded");
    CLEAN.put("test " + deep("", "\\( ", "a", " \\)", " b"), "nested too deeply");
    CLEAN.put("eval '" + deep("", "( ", "echo hi", " )", "'"), "nested too deeply");
    CLEAN.put("eval '" + deep("", "{ ", "echo hi; ", "}; ", "'"), "nested too deeply");
    CLEAN.put("eval '" + deep("echo ", "${a:-", "hi", "}", "'"), "nested too deeply");
    CLEAN.put("eval '" + deep("echo ", "$(", "echo hi", ")", "'"), "nested too deeply");
    CLEAN.put("echo {1..1000000000}", "limit of words");
    CLEAN.put("printf '%1000000000d' 1", "limit of text");
    CLEAN.put("x=aaaaaaaa; while :; do x=$x$x; done", "limit of text");
    CLEAN.put("x=$(yes)", "limit of text");
    CLEAN.put("mkfifo /tmp/f; cat < /tmp/f", "deadlock");
    CLEAN.put("mkfifo /tmp/g; read x < <(cat /tmp/g)", "deadlock");
    CLEAN.put("f() { f | f; }; f", "limit of 10000 tasks");
  }

  private static String deep(String start, String open, String middle, String close, String end) {
    return start + open.repeat(10_000) + middle + close.repeat(10_000) + end;
  }

  private static Chromium chromium;
  private static SiteServer site;

  @BeforeAll
  static void start() {
    chromium = new Chromium();
    site = new SiteServer().folder("/qanat/", Project.npmPackage()).page("/", PAGE);
  }

  @AfterAll
  static void stop() {
    site.close();
    chromium.close();
  }

  private static Page open(Map<String, Object> limits) {
    Page page = chromium.browser().newPage();
    page.navigate(site.url());
    page.waitForFunction("() => window.run");
    page.evaluate("limits => void window.open(limits)", limits);
    return page;
  }

  private static String run(Page page, String line, int timeout) {
    return (String) page.evaluate("([line, t]) => window.run(line, t)", List.of(line, timeout));
  }

  private static void goesOn(Page page, String script) {
    assertEquals("alive\n[0]", run(page, "trap - USR1; echo alive", 30_000), script);
    assertEquals("1", page.evaluate("() => window.processes()"), script);
  }

  @Test
  void recursionAndGrowthEndInAnErrorThatNamesTheLimit() {
    try (Page page = open(Map.of())) {
      for (Map.Entry<String, String> e : CLEAN.entrySet()) {
        String script = e.getKey();
        String out = run(page, script, 60_000);
        String shown = script.substring(0, Math.min(80, script.length()));
        assertTrue(out.contains(e.getValue()), shown + ": " + out);
        goesOn(page, shown);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ":(){ :|:& };:",
        "while :; do :; done",
        "trap '' INT TERM; for ((;;)); do x=$(echo a); done",
        "until false; do :; done &",
        "printf '#!/bin/bash\\n./x' > x; chmod +x x; ./x",
        "yes | sort",
        "coproc X { while :; do echo; done; }; while read -u ${X[0]} a; do :; done",
        "cat /dev/zero | tr a b | wc -l",
        "jq -n 'last(range(1e15))'"
      })
  void theTimeLimitEndsEverythingAndTheSessionGoesOn(String script) {
    try (Page page = open(Map.of())) {
      run(page, script, 500);
      goesOn(page, script);
    }
  }

  @Test
  void limitsAreTheWorkspaces() {
    try (Page page =
        open(
            Map.of(
                "tasks",
                50,
                "depth",
                20,
                "words",
                100,
                "text",
                2000,
                "steps",
                500_000,
                "output",
                1000,
                "timeoutMs",
                20_000))) {
      for (String[] row :
          new String[][] {
            {"f() { f; }; f", "nesting level exceeded (20)"},
            {"echo {1..101}", "more than 100 words"},
            {"x=$(seq 1000)", "more than 2000 characters"},
            {"while :; do sleep 9 & done", "limit of 50 tasks reached"},
            {"while :; do :; done", "step limit of 500000 reached"},
            {"seq 1000", "limit of 1000 bytes of stdout"},
          }) {
        String out = run(page, row[0], 30_000);
        assertTrue(out.contains(row[1]), row[0] + ": " + out);
        goesOn(page, row[0]);
      }
      // what a listener is given is collected too; what spawn streams is not
      assertEquals(
          "true true 3893",
          page.evaluate(
              """
              async () => {
                let heard = 0;
                const onStdout = (bytes) => void (heard += bytes.length);
                const line = 'for i in {1..99}; do echo 0123456789abcdef; done';
                const { stdout, stderrText } = await window.ws.execute(line, { onStdout });
                const named = stderrText.includes('limit of 1000 bytes of stdout');
                const free = await new Response(window.ws.spawn('seq 1000').stdout).text();
                return `${named} ${stdout.length === heard && heard <= 1000} ${free.length}`;
              }
              """));
    }
  }
}
