package dev.qanat.e2e;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A real Chromium, driven by Playwright: the one {@code CHROMIUM} names, the machine's own, or,
 * where there is none, Playwright's download.
 */
public final class Chromium implements AutoCloseable {
  private static final List<String> PLACES =
      List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");

  private final Playwright playwright;
  private final Browser browser;

  public Chromium() {
    Path found = find();
    playwright =
        Playwright.create(
            new Playwright.CreateOptions()
                .setEnv(
                    found == null ? Map.of() : Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    BrowserType.LaunchOptions options =
        new BrowserType.LaunchOptions().setHeadless(true).setArgs(arguments());
    if (found != null) {
      options.setExecutablePath(found);
    }
    browser = playwright.chromium().launch(options);
  }

  private static Path find() {
    String named = System.getenv("CHROMIUM");
    if (named != null && !named.isEmpty()) {
      return Path.of(named);
    }
    return PLACES.stream().map(Path::of).filter(Files::isExecutable).findFirst().orElse(null);
  }

  private static List<String> arguments() {
    List<String> args =
        new ArrayList<>(
            List.of(
                "--disable-gpu",
                "--disable-background-networking",
                "--disable-component-update",
                "--no-first-run",
                "--disable-quic"));
    if ("root".equals(System.getProperty("user.name"))) {
      args.add("--no-sandbox"); // Chromium's sandbox does not start for root
    }
    return args;
  }

  public Browser browser() {
    return browser;
  }

  /** Ends the browser from another thread, when a page no longer answers. */
  public static void kill() {
    ProcessHandle.current()
        .descendants()
        .filter(p -> p.info().command().orElse("").contains("chrom"))
        .forEach(ProcessHandle::destroyForcibly);
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
