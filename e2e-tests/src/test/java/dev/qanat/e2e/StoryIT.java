package dev.qanat.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The story Qanat is for: a person opens the page and works on remote data with bash and Python;
 * the files are there after a reload; and the machine's own tools say the same, byte for byte.
 */
class StoryIT {
  /** A remote table through a pipeline into a file that stays. */
  private static final String PIPELINE =
      "grep -v '^iata' /web/airports.csv | cut -d, -f4 | sort | uniq -c | sort -rn | head -n 12"
          + " > /home/states.txt";

  private static final String SHOW = "cat /home/states.txt";

  /** Python reads the remote table and writes a database with a C extension. */
  private static final String[] BUILD_DATABASE = {
    "cat > /home/build.py <<'EOF'",
    "import csv, os, sqlite3",
    "if os.path.exists('/home/airports.db'): os.remove('/home/airports.db')",
    "db = sqlite3.connect('/home/airports.db')",
    "db.execute('create table airport (iata text primary key, name text, state text, lat real)')",
    "with open('/web/airports.csv', newline='', encoding='utf-8') as f:",
    "    rows = [(r['iata'], r['name'], r['state'], float(r['latitude'])) for r in"
        + " csv.DictReader(f)]",
    "db.executemany('insert or replace into airport values (?, ?, ?, ?)', rows)",
    "db.commit()",
    "print(len(rows), 'airports')",
    "EOF",
  };

  private static final String[] QUERY = {
    "cat > /home/query.py <<'EOF'",
    "import sqlite3",
    "db = sqlite3.connect('/home/airports.db')",
    "for state, n, lat in db.execute('select state, count(*), round(avg(lat), 3) from airport'",
    "                                ' group by state order by 2 desc, 1 limit 5'):",
    "    print(state, n, lat, sep='|')",
    "EOF",
  };

  private static final String ASK = "python3 /home/query.py";

  private static final String LOOP =
      "python3 /home/query.py | while IFS='|' read -r state n lat; do"
          + " printf '%-4s has %5d airports\\n' \"$state\" \"$n\"; done";

  private static Playground playground;
  private static Chromium chromium;

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

  @Test
  void bashAndPythonWorkOnTheSameFilesAndKeepThem(@TempDir Path folder) throws IOException {
    try (BrowserContext profile = chromium.browser().newContext()) {
      Page page = playground.open(profile, "");

      assertEquals("", Playground.run(page, PIPELINE));
      String states = Playground.run(page, SHOW);
      assertEquals(12, states.split("\n").length, states);
      for (String line : BUILD_DATABASE) {
        Playground.send(page, line);
      }
      Playground.waitForPrompt(page);
      assertEquals("3376 airports", Playground.run(page, "python3 /home/build.py"));
      for (String line : QUERY) {
        Playground.send(page, line);
      }
      Playground.waitForPrompt(page);
      String answer = Playground.run(page, ASK);
      assertEquals(5, answer.split("\n").length, answer);
      String loop = Playground.run(page, LOOP);

      page.reload();
      Playground.ready(page);
      assertEquals(states, Playground.run(page, SHOW), "the file is there after a reload");
      assertEquals(answer, Playground.run(page, ASK), "the database is there after a reload");

      sameAsTheMachine(folder, states, answer, loop);
    }
  }

  private static void sameAsTheMachine(Path folder, String states, String answer, String loop)
      throws IOException {
    Files.createDirectories(folder.resolve("home"));
    Files.createSymbolicLink(folder.resolve("web"), Playground.dataFolder());
    assertEquals("", onTheMachine(folder, PIPELINE));
    assertEquals(states + "\n", onTheMachine(folder, SHOW));
    assertEquals("", onTheMachine(folder, String.join("\n", BUILD_DATABASE) + "\n"));
    assertEquals("3376 airports\n", onTheMachine(folder, "python3 /home/build.py"));
    assertEquals("", onTheMachine(folder, String.join("\n", QUERY) + "\n"));
    assertEquals(answer + "\n", onTheMachine(folder, ASK));
    assertEquals(loop + "\n", onTheMachine(folder, LOOP));
  }

  /** The same script with the tree's folders under a folder of the machine. */
  private static String onTheMachine(Path folder, String script) {
    return Native.bash(
        folder, script.replace("/home/", folder + "/home/").replace("/web/", folder + "/web/"));
  }

  @Test
  void failuresEndInAMessageAndAPrompt() {
    try (BrowserContext profile = chromium.browser().newContext()) {
      Page page = playground.open(profile, "");

      String readOnly = Playground.run(page, "echo x > /web/new.txt");
      assertTrue(readOnly.contains("/web/new.txt: Read-only file system"), readOnly);

      String missing = Playground.run(page, "cat /web/none.csv");
      assertTrue(missing.contains("cat: /web/none.csv: No such file or directory"), missing);

      String full = Playground.run(page, "yes > /data/x");
      assertTrue(full.contains("No space left on device"), full);
      assertEquals("0", Playground.run(page, "rm /data/x; echo $?"));

      page.evaluate(
          "url => window.workspace.addMount('/closed', new window.HTTPResource({ url }))",
          playground.data() + "no-cors/");
      String cors = Playground.run(page, "cat /closed/airports.csv");
      assertTrue(cors.contains("CORS"), cors);
      assertTrue(cors.contains("Access-Control-Allow-Origin"), cors);

      interrupts(page, "while :; do :; done");
      interrupts(page, "python3 -c 'while True: pass'");
      interrupts(page, "cat");
      interrupts(page, "sleep 1000");
      interrupts(page, "yes > /dev/null");
      assertEquals("still here", Playground.run(page, "echo still here"));
    }
  }

  /** Ctrl-C ends what runs, and the prompt is back with status 130. */
  private static void interrupts(Page page, String line) {
    Playground.send(page, line);
    page.waitForTimeout(line.startsWith("python3") ? 6_000 : 500);
    page.keyboard().press("Control+c");
    Playground.waitFor(page, "(?s).*\\n[^\\n]*\\$", 30_000);
    assertEquals("130", Playground.run(page, "echo $?"), line);
  }

  @Test
  void fullStorageIsSaidWithItsNumbers() {
    try (BrowserContext profile = chromium.browser().newContext()) {
      Page page = playground.open(profile, "");
      limitStorage(profile, page, 3_000_000);
      String full = Playground.run(page, "head -c 20000000 /dev/zero > /home/big");
      assertTrue(full.contains("No space left on device"), full);
      assertTrue(full.matches("(?s).*[0-9.]+ MiB of [0-9.]+ MiB used.*"), full);
      assertEquals("fine", Playground.run(page, "rm -f /home/big; echo fine"));
    }
  }

  private static void limitStorage(BrowserContext profile, Page page, long bytes) {
    com.google.gson.JsonObject quota = new com.google.gson.JsonObject();
    quota.addProperty("origin", page.url().replaceAll("(https?://[^/]+).*", "$1"));
    quota.addProperty("quotaSize", bytes);
    profile.newCDPSession(page).send("Storage.overrideQuotaForOrigin", quota);
  }

  @Test
  void theJavaScriptEngineTellsTheSameStory() {
    try (BrowserContext profile = chromium.browser().newContext()) {
      Page page = playground.open(profile, "?engine=js");
      Playground.run(page, PIPELINE);
      String states = Playground.run(page, SHOW);
      assertEquals(12, states.split("\n").length, states);
      interrupts(page, "while :; do :; done");
    }
  }
}
