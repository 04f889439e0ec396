package dev.qanat.e2e;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The playground's own servers, and its page as a user works with it. */
final class Playground implements AutoCloseable {
  private static final double READY_MILLIS = 60_000;

  private final Process servers;
  private final String page;
  private final String data;

  Playground() {
    try {
      servers =
          new ProcessBuilder("node", Project.root().resolve("demo-app/server.mjs").toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      BufferedReader out =
          new BufferedReader(
              new InputStreamReader(servers.getInputStream(), StandardCharsets.UTF_8));
      JsonObject addresses = new Gson().fromJson(out.readLine(), JsonObject.class);
      page = addresses.get("page").getAsString();
      data = addresses.get("data").getAsString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The folder the second origin serves. */
  static Path dataFolder() {
    return Project.root().resolve("demo-app/target/data");
  }

  /** The second origin. */
  String data() {
    return data;
  }

  /** Opens the page in the context's profile and waits for its prompt. */
  Page open(BrowserContext context, String query) {
    Page p = context.newPage();
    p.onPageError(e -> System.err.println("page: " + e));
    p.navigate(page + query);
    ready(p);
    return p;
  }

  static void ready(Page p) {
    p.waitForSelector(
        "#status.ready, #status.failed",
        new Page.WaitForSelectorOptions().setTimeout(READY_MILLIS));
    if (p.locator("#status").getAttribute("class").contains("failed")) {
      throw new AssertionError("the playground says: " + p.locator("#status").textContent());
    }
    waitForPrompt(p);
  }

  /** What the terminal shows, scrolled-off lines included, without blanks at line ends. */
  static String screen(Page p) {
    return (String)
        p.evaluate(
            """
            () => {
              const b = window.terminal.buffer.active;
              const lines = [];
              for (let i = 0; i < b.length; i++) {
                const line = b.getLine(i);
                const text = line.translateToString(true);
                if (line.isWrapped) lines[lines.length - 1] += text;
                else lines.push(text);
              }
              return lines.join('\\n').trimEnd();
            }
            """);
  }

  static void waitForPrompt(Page p) {
    waitFor(p, "(?s)(.*\\n)?[^\\n]*\\$", READY_MILLIS);
  }

  /** Waits until what the terminal shows matches as a whole. */
  static void waitFor(Page p, String pattern, double millis) {
    try {
      p.waitForCondition(
          () -> screen(p).matches(pattern), new Page.WaitForConditionOptions().setTimeout(millis));
    } catch (com.microsoft.playwright.TimeoutError e) {
      throw new AssertionError("the terminal does not show " + pattern + " but:\n" + screen(p));
    }
  }

  /** Types a line as a user does and waits until the prompt is back; gives what was printed. */
  static String run(Page p, String line) {
    send(p, line);
    waitFor(p, "(?s).*\\n[^\\n]*\\$", 120_000);
    return output(screen(p));
  }

  /** Types a line and does not wait. */
  static void send(Page p, String line) {
    p.locator(".xterm-helper-textarea").focus();
    p.evaluate("() => window.terminal.clear()");
    p.keyboard().insertText(line);
    p.keyboard().press("Enter");
  }

  /** What stands between the typed line and the next prompt. */
  private static String output(String screen) {
    int first = screen.indexOf('\n');
    int last = screen.lastIndexOf('\n');
    return first < 0 || last <= first ? "" : screen.substring(first + 1, last);
  }

  @Override
  public void close() {
    servers.destroy();
  }
}
