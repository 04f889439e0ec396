package dev.qanat.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The engine's floor in a real browser: tasks that die take only themselves, busy ones lock nobody
 * out, bytes have one owner, and the browser's storage behaves as a file system.
 */
class EngineChecksIT {
  private static final String PAGE =
      """
      <!doctype html>
      <meta charset="utf-8" />
      <script type="module">
        import { check } from '/check.js';
        const worker = new Worker('/worker.js', { type: 'module' });
        window.check = check;
        window.checkInWorker = (...call) =>
          new Promise((resolve) => {
            worker.onmessage = ({ data }) => resolve(data);
            worker.postMessage(call);
          });
      </script>
      """;

  private static final String CHECK =
      """
      import { host, load } from '/built/load.js';
      let checks;
      export async function check(engine, name, ...args) {
        if (!checks) {
          const build = {
            wasm: new URL('/checks/checks.wasm', location.origin),
            loader: () => import('/qanat/wasm-loader.js'),
            fallback: () => import('/checks/checks.js'),
          };
          checks = (await load(build, engine)).exports;
          checks.start(host());
        }
        return String(await checks[name](...args));
      }
      """;

  private static final String WORKER =
      """
      import { check } from '/check.js';
      onmessage = ({ data }) => check(...data).then(postMessage, (e) => postMessage(String(e)));
      """;

  private static Chromium chromium;
  private static SiteServer site;

  @BeforeAll
  static void start() {
    chromium = new Chromium();
    site =
        new SiteServer()
            .folder("/qanat/", Project.npmPackage())
            .folder("/built/", Project.root().resolve("web-runtime/target/checks"))
            .folder("/checks/", Project.root().resolve("web-runtime/checks/target/teavm"))
            .page("/check.js", CHECK)
            .page("/worker.js", WORKER)
            .page("/", PAGE);
  }

  @AfterAll
  static void stop() {
    site.close();
    chromium.close();
  }

  private static Page open() {
    Page page = chromium.browser().newPage();
    page.navigate(site.url());
    page.waitForFunction("() => window.checkInWorker");
    return page;
  }

  private static String check(Page page, String where, Object... call) {
    return (String) page.evaluate("call => window." + where + "(...call)", List.of(call));
  }

  @ParameterizedTest
  @CsvSource({
    "wasm, index, 139",
    "wasm, divide, 139",
    "wasm, size, 139",
    "wasm, null, 139",
    "wasm, cast, 139",
    "wasm, overflow, 139",
    "wasm, throw, 139",
    "wasm, cleanup, 139",
    "js, index, 139",
    "js, divide, 0", // in JavaScript it is no error
    "js, size, 139",
    "js, null, 139",
    "js, cast, 139",
    "js, overflow, 139",
    "js, throw, 139",
    "js, cleanup, 139",
  })
  void aTaskThatDiesIsCleanedUpAndTheEngineGoesOn(String engine, String how, int status) {
    try (Page page = open()) {
      for (String where : List.of("check", "checkInWorker")) {
        String found = check(page, where, engine, "death", how);
        assertTrue(found.startsWith("flushed closed status " + status + " alive 2"), found);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"wasm", "js"})
  void aBusyTaskLocksNobodyOut(String engine) {
    try (Page page = open()) {
      for (String busy : List.of("loop", "pingPong")) {
        assertEquals("undefined", check(page, "check", engine, busy));
        Object turns =
            page.evaluate(
                """
                async () => {
                  let turns = 0;
                  const timer = setInterval(() => turns++, 5);
                  await new Promise((resolve) => setTimeout(resolve, 200));
                  clearInterval(timer);
                  return turns;
                }
                """);
        assertTrue(((Number) turns).intValue() >= 2, busy + " left " + turns + " turns");
        assertEquals("status 130", check(page, "check", engine, "interrupt"));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"wasm", "js"})
  void tasksPipesPromisesAndBytes(String engine) {
    try (Page page = open()) {
      assertEquals("sum 3000000", check(page, "check", engine, "pipe", 1000));
      assertEquals("awake 1000", check(page, "check", engine, "crowd", 1000));
      assertEquals("true true", check(page, "check", engine, "clocks"));
      Object found =
          page.evaluate(
              """
              async (engine) => [
                await check(engine, 'await', Promise.resolve('v')),
                await check(engine, 'await', Promise.reject(new TypeError('no'))),
                await check(engine, 'ownership', new Uint8Array([9, 1, 2, 3, 200]).subarray(1)),
              ].join()
              """,
              engine);
      assertEquals("value v,failed TypeError: no,in true out true whole true", found);
    }
  }

  @ParameterizedTest
  @CsvSource({"wasm, check", "wasm, checkInWorker", "js, check", "js, checkInWorker"})
  void theBrowsersStorageIsAFileSystem(String engine, String where) {
    String directory = "/" + engine + where;
    Map<String, String> expected = new LinkedHashMap<>();
    expected.put("write and read", "abcdef 6");
    expected.put("overwrite in the middle", "abXYef0000Z 11");
    expected.put("append", "14");
    expected.put("truncate", "abXY");
    expected.put("directories", "a g | e abcdef");
    expected.put("open while renamed and replaced", "2 12 1! false");
    expected.put("open while unlinked", "abcdefabcdef false a g two");
    expected.put("remove a full directory", "ENOTEMPTY");
    expected.put("bad name", "EINVAL the browser's storage takes no backslash in a name");
    expected.put("long name", "ENAMETOOLONG");
    expected.put("below a file", "ENOTDIR");
    expected.put("missing", "ENOENT");
    expected.put("attributes", "a 640");
    expected.put("64 MiB by 64 KiB", "67108864");
    expected.put("read it", "67108864");
    try (var context = chromium.browser().newContext()) {
      Page page = context.newPage();
      page.navigate(site.url());
      page.waitForFunction("() => window.checkInWorker");
      Map<String, String> found = lines(check(page, where, engine, "storage", directory));
      expected.forEach((what, result) -> assertEquals(result, found.get(what), what));
      page.close();

      Page later = context.newPage();
      later.navigate(site.url());
      later.waitForFunction("() => window.checkInWorker");
      Map<String, String> kept = lines(check(later, where, engine, "kept", directory));
      assertEquals("a g link many two", kept.get("names"));
      assertEquals("abXY", kept.get("content"));
      assertEquals("640", kept.get("mode"));
    }
  }

  /** {@code what: result [time]} by line. */
  private static Map<String, String> lines(String log) {
    Map<String, String> out = new LinkedHashMap<>();
    for (String line : log.split("\n")) {
      int colon = line.indexOf(": ");
      if (colon > 0) {
        out.put(line.substring(0, colon), line.substring(colon + 2, line.lastIndexOf("  [")));
      }
    }
    return out;
  }
}
