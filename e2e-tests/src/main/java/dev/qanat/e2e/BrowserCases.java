package dev.qanat.e2e;

import com.google.gson.Gson;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Timer;
import java.util.TimerTask;

/** Runs cases on the built engine in Chromium. A page that stops answering is replaced. */
final class BrowserCases implements CaseRunner {
  private static final Gson GSON = new Gson();
  private static final double GRACE_SECONDS = 1.5;

  private final String engine;
  private final SiteServer site;
  private final Timer watchdog = new Timer("watchdog", true);
  private Chromium chromium;
  private Page page;

  BrowserCases(String engine) {
    this.engine = engine;
    this.site =
        new SiteServer().folder("/qanat/", Project.npmPackage()).page("/", resource("cases.html"));
    open();
  }

  private static String resource(String name) {
    try (InputStream in = BrowserCases.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void open() {
    chromium = new Chromium();
    page = chromium.browser().newPage();
    page.onConsoleMessage(m -> System.err.println("page: " + m.text()));
    page.onPageError(e -> System.err.println("page: " + e));
    page.navigate(site.url());
    page.waitForFunction("() => window.runCase");
  }

  @Override
  public Case.Outcome run(Case c) {
    if (page == null) {
      open();
    }
    Map<String, Object> request = new LinkedHashMap<>();
    request.put("engine", engine);
    request.put("code", base64(c.code()));
    Map<String, String> files = new LinkedHashMap<>();
    c.files().forEach((path, bytes) -> files.put(path, base64(bytes)));
    request.put("files", files);
    request.put("needs", c.needs());
    request.put("cwd", c.cwd());
    request.put("env", c.env());
    request.put("timeoutMs", Math.round(c.timeout() * 1000));
    boolean[] killed = {false};
    TimerTask kill =
        new TimerTask() {
          @Override
          public void run() {
            killed[0] = true;
            Chromium.kill();
          }
        };
    watchdog.schedule(kill, Math.round((c.timeout() + GRACE_SECONDS) * 1000));
    try {
      String answer = (String) page.evaluate("request => runCase(request)", GSON.toJson(request));
      Answer a = GSON.fromJson(answer, Answer.class);
      return new Case.Outcome(
          c.id(),
          Base64.getDecoder().decode(a.stdout),
          Base64.getDecoder().decode(a.stderr),
          a.status,
          a.timedOut);
    } catch (PlaywrightException e) {
      if (!killed[0]) {
        System.err.println("case " + c.id() + ": " + e.getMessage());
        Chromium.kill();
      }
      page = null;
      chromium = null;
      return new Case.Outcome(c.id(), null, null, 0, true);
    } finally {
      kill.cancel();
    }
  }

  private static String base64(byte[] b) {
    return Base64.getEncoder().encodeToString(b);
  }

  /** What the page answers. */
  private static final class Answer {
    String stdout;
    String stderr;
    int status;
    boolean timedOut;
  }

  @Override
  public void close() {
    if (chromium != null) {
      chromium.close();
    }
    site.close();
  }
}
