package dev.qanat.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The npm package as its users load it: script tag, bundler, worker, page, with and without CSP.
 */
class PackageIT {
  private static final String PAGE =
      """
      <!doctype html>
      <meta charset="utf-8" />
      <script type="module" src="./app/main.js"></script>
      """;

  private static Chromium chromium;

  @BeforeAll
  static void start() {
    chromium = new Chromium();
  }

  @AfterAll
  static void stop() {
    chromium.close();
  }

  private static Page open(SiteServer site, String path) {
    Page page = chromium.browser().newPage();
    page.onPageError(e -> System.err.println("page: " + e));
    page.navigate(site.url() + path);
    return page;
  }

  private static SiteServer scriptTag() {
    return new SiteServer()
        .folder("/qanat/", Project.npmPackage())
        .page(
            "/",
            """
            <!doctype html>
            <meta charset="utf-8" />
            <script type="module">
              import * as qanat from './qanat/index.js';
              window.qanat = qanat;
            </script>
            """);
  }

  @ParameterizedTest
  @CsvSource({"wasm,worker", "wasm,page", "js,worker", "js,page"})
  void scriptTagRunsBothEnginesInWorkerAndPage(String engine, String thread) {
    try (SiteServer site = scriptTag()) {
      Page page = open(site, "");
      page.waitForFunction("() => window.qanat");
      Object result =
          page.evaluate(
              """
async ([engine, thread]) => {
  const { Workspace, RAMResource, MountMode } = window.qanat;
  const ws = new Workspace(
    { '/data': new RAMResource() },
    { mode: MountMode.WRITE, engine, thread },
  );
  const r = await ws.execute('x=1; seq 5 | sort -rn | head -n 2 > /data/out; cat /data/out');
  const again = await ws.execute('echo $x; false');
  const file = await ws.fs.readFileText('/data/out');
  const kind = await ws.engine();
  const refused = await ws.execute(undefined).catch((e) => e.message);
  await ws.close();
  return [r.stdoutText, again.stdoutText, again.exitCode, file, kind, refused].join('|');
}
""",
              new String[] {engine, thread});
      assertEquals(
          "5\n4\n|1\n|1|5\n4\n|" + engine + "|qanat: a line to run is a string, not undefined",
          result);
      page.close();
    }
  }

  @Test
  void strictContentSecurityPolicyFallsBackToJavaScript() {
    String policy = "script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'";
    try (SiteServer site =
        new SiteServer()
            .folder("/qanat/", Project.npmPackage())
            .header("content-security-policy", policy)
            .page("/", PAGE.replace("./app/main.js", "./qanat/index.js"))) {
      Page page = open(site, "");
      Object kind =
          page.evaluate(
              """
              async () => {
                const { Workspace } = await import('./qanat/index.js');
                const ws = new Workspace({});
                const r = await ws.execute('echo $((6 * 7))');
                return r.stdoutText + (await ws.engine());
              }
              """);
      assertEquals("42\njs", kind);
      page.close();
    }
  }

  @ParameterizedTest
  @CsvSource({"worker", "page"})
  void viteBundlesThePackage(String thread) throws Exception {
    Path app = Project.root().resolve("e2e-tests/vite-app");
    run(app, "npm", "ci", "--no-audit", "--no-fund", "--loglevel=error");
    run(app, "npm", "run", "--silent", "build");
    try (SiteServer site =
        new SiteServer().folder("/", Project.root().resolve("e2e-tests/target/vite-app"))) {
      Page page = open(site, "index.html?thread=" + thread);
      page.waitForFunction("() => window.result");
      assertEquals("3 2 1 ", page.evaluate("() => window.result.stdoutText"));
      assertEquals("wasm", page.evaluate("() => window.result.engine"));
      page.close();
    }
  }

  private static void run(Path folder, String... command) throws Exception {
    Process p =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String out = new String(p.getInputStream().readAllBytes());
    assertTrue(p.waitFor() == 0, () -> String.join(" ", command) + ":\n" + out);
  }
}
