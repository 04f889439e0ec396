package dev.qanat.e2e;

import com.google.gson.Gson;
import com.microsoft.playwright.Page;
import dev.qanat.e2e.BenchmarkTasks.Growth;
import dev.qanat.e2e.BenchmarkTasks.Task;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Runs the benchmark tasks in Chromium and, in turn with them, in the machine's bash, and prints
 * medians and ratios. Only the ratios mean something: machines differ, and change by the hour.
 */
public final class Benchmarks {
  private static final Gson GSON = new Gson();

  private final Path folder = Files.createTempDirectory("qanat-bench");
  private String engine = "wasm";
  private String thread = "worker";
  private int runs = 5;
  private final List<String> wanted = new ArrayList<>();
  private final List<String> missed = new ArrayList<>();
  private int met;
  private String output; // of the run measured last

  private Benchmarks() throws IOException {}

  public static void main(String[] args) throws Exception {
    Benchmarks b = new Benchmarks();
    for (int i = 0; i < args.length; i++) {
      switch (args[i]) {
        case "--engine" -> b.engine = args[++i];
        case "--thread" -> b.thread = args[++i];
        case "--runs" -> b.runs = Integer.parseInt(args[++i]);
        default -> b.wanted.add(args[i]);
      }
    }
    b.run();
  }

  private void run() throws Exception {
    try (SiteServer site =
            new SiteServer()
                .folder("/qanat/", Project.npmPackage())
                .folder("/files/", folder)
                .page("/", page());
        Chromium chromium = new Chromium()) {
      Page page = open(chromium, site, thread);
      System.out.printf(
          "engine %s in a %s, Chromium %s, medians of %d runs in turn (ms)%n",
          engine, thread, chromium.browser().version(), runs);
      tasks("the shell", BenchmarkTasks.SHELL_TASKS, page);
      tasks("commands", BenchmarkTasks.TOOL_TASKS, page);
      growths(page);
      if (wants("echo_x1000")) {
        System.out.printf(
            "%n%-20s %10s %10s %8s%n", "1,000 × execute", "messages", "ours", "ratio");
        manyEchoes(chromium, site, "worker");
        manyEchoes(chromium, site, "page");
      }
      page.close();
      if (wants("cold")) {
        coldStarts(chromium, site);
      }
    } finally {
      Native.delete(folder);
    }
    System.out.printf(
        "%n%d rows with a target, %d not met%s%n",
        met + missed.size(),
        missed.size(),
        missed.isEmpty() ? "" : ": " + String.join(" ", missed));
  }

  private Page open(Chromium chromium, SiteServer site, String where) {
    Page page = chromium.browser().newPage();
    page.setDefaultTimeout(300_000);
    page.onPageError(e -> System.err.println("page: " + e));
    page.navigate(site.url());
    page.waitForFunction("() => window.bench");
    page.evaluate("o => bench.open(o)", Map.of("engine", engine, "thread", where));
    return page;
  }

  /** Whether a row is asked for: by its name, by the start of it and {@code *}, or by default. */
  private boolean wants(String id) {
    return wanted.isEmpty()
        || wanted.stream()
            .anyMatch(
                w ->
                    w.endsWith("*") ? id.startsWith(w.substring(0, w.length() - 1)) : id.equals(w));
  }

  private void tasks(String title, List<Task> tasks, Page page) throws Exception {
    List<Task> mine = tasks.stream().filter(t -> wants(t.id())).toList();
    if (!mine.isEmpty()) {
      System.out.printf("%n%-20s %10s %10s %8s%n", title, "native", "ours", "ratio");
    }
    for (Task t : mine) {
      measure(t, page);
    }
  }

  private void measure(Task t, Page page) throws Exception {
    for (String f : t.files()) {
      provide(f, page);
    }
    double[] theirs = new double[runs];
    double[] ours = new double[runs];
    for (int i = -1; i < runs; i++) {
      double theirMs = timeNative(t.script());
      String right = output;
      double ourMs = timeOurs(t.script(), page);
      if (!output.equals(right)) {
        System.out.printf("%-20s wrong: %s instead of %s%n", t.id(), output, right);
        missed.add(t.id());
        return;
      }
      if (i >= 0) {
        theirs[i] = theirMs;
        ours[i] = ourMs;
      }
    }
    double ratio = median(ours) / median(theirs);
    if (t.limit() > 10) { // a time, not a ratio
      row(
          t.id(),
          median(theirs),
          median(ours),
          ratio,
          median(ours) <= t.limit(),
          String.format(Locale.ROOT, "≤ %.0f ms", t.limit()));
    } else {
      row(
          t.id(),
          median(theirs),
          median(ours),
          ratio,
          ratio <= t.limit(),
          String.format(Locale.ROOT, "≤ %.1f×", t.limit()));
    }
  }

  /** Ten times the work: how many times the time, there and here. */
  private void growths(Page page) {
    List<Growth> mine = BenchmarkTasks.GROWTHS.stream().filter(g -> wants(g.id())).toList();
    if (!mine.isEmpty()) {
      System.out.printf(
          "%n%-20s %10s %10s %8s   large: native, ours%n",
          "ten times as much", "native", "ours", "ratio");
    }
    for (Growth g : mine) {
      String small = g.sized(g.small());
      String large = g.sized(g.large());
      double[][] times = new double[4][runs];
      for (int i = -1; i < runs; i++) {
        double a = timeNative(small);
        double b = timeNative(large);
        String right = output;
        double c = timeOurs(small, page);
        double d = timeOurs(large, page);
        if (!output.equals(right)) {
          System.out.printf("%-20s wrong: %.200s instead of %.200s%n", g.id(), output, right);
        }
        if (i >= 0) {
          times[0][i] = a;
          times[1][i] = b;
          times[2][i] = c;
          times[3][i] = d;
        }
      }
      double theirs = median(times[1]) / median(times[0]);
      double ours = median(times[3]) / median(times[2]);
      double large2 = median(times[3]) / median(times[1]);
      row(
          g.id(),
          theirs,
          ours,
          ours / theirs,
          ours <= Math.max(Growth.LIMIT, theirs) || large2 < 1,
          String.format(Locale.ROOT, "≤ %.0f", Growth.LIMIT)
              + String.format(Locale.ROOT, "   %.1f, %.1f ms", median(times[1]), median(times[3])));
    }
  }

  private double timeNative(String script) {
    long began = System.nanoTime();
    output = Native.output(folder, script);
    return (System.nanoTime() - began) / 1e6;
  }

  private double timeOurs(String script, Page page) {
    Result r =
        GSON.fromJson((String) page.evaluate("line => bench.run(line)", script), Result.class);
    output = r.stdout + r.stderr;
    return r.ms;
  }

  /** Puts a file of {@link BenchmarkData} where both can read it. */
  private void provide(String name, Page page) throws Exception {
    if (!Files.exists(folder.resolve(name))) {
      BenchmarkData.make(folder, name);
      if (name.equals("tree")) {
        page.evaluate(
            "line => bench.run(line)",
            "mkdir tree; for d in {0..99}; do mkdir tree/d$d; for f in {0..99}; do if ((f =="
                + " 13)); then l='a needle here'; else l='some text'; fi; if ((f % 2)); then"
                + " e=md; else e=txt; fi; printf 'file %d of folder %d\\n%s\\n' $f $d \"$l\" >"
                + " tree/d$d/f$f.$e; done; done");
      } else {
        page.evaluate("name => bench.fetchFile(name)", name);
      }
    }
  }

  private void manyEchoes(Chromium chromium, SiteServer site, String where) {
    Page page = open(chromium, site, where);
    double[] echoes = new double[runs];
    double[] messages = new double[runs];
    for (int i = -1; i < runs; i++) {
      double m = ((Number) page.evaluate("() => bench.roundTrips(1000)")).doubleValue();
      double e = ((Number) page.evaluate("() => bench.echoes(1000)")).doubleValue();
      if (i >= 0) {
        messages[i] = m;
        echoes[i] = e;
      }
    }
    page.close();
    double ratio = median(echoes) / median(messages);
    boolean inPage = where.equals("page");
    row(
        "echo_x1000 " + where,
        median(messages),
        median(echoes),
        ratio,
        inPage ? median(echoes) <= 40 : ratio <= 2,
        inPage ? "≤ 40 ms" : "≤ 2×");
  }

  /** From navigation to the first output, each time in a new profile or with what one left. */
  private void coldStarts(Chromium chromium, SiteServer site) {
    System.out.println();
    List<Double> echo = new ArrayList<>();
    List<Double> python = new ArrayList<>();
    List<Double> again = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      try (var profile = chromium.browser().newContext()) {
        Page p = profile.newPage();
        p.setDefaultTimeout(300_000);
        p.navigate(site.url() + "?start=" + engine + "," + thread + ",echo+1");
        echo.add(started(p));
      }
      try (var profile = chromium.browser().newContext()) {
        Page p = profile.newPage();
        p.setDefaultTimeout(300_000);
        String python1 = "?start=" + engine + "," + thread + ",python3+-c+%27print(1)%27";
        p.navigate(site.url() + python1);
        python.add(started(p));
        p.waitForTimeout(4000); // the snapshot is kept in the background
        p.navigate(site.url() + python1);
        again.add(started(p));
      }
    }
    System.out.printf(Locale.ROOT, "navigation to the first echo: %.0f ms%n", median(echo));
    System.out.printf(
        Locale.ROOT, "navigation to python3 -c 'print(1)', cold: %.0f ms%n", median(python));
    System.out.printf(
        Locale.ROOT, "navigation to python3 -c 'print(1)', snapshot: %.0f ms%n", median(again));
  }

  private static double started(Page p) {
    p.waitForFunction("() => window.started");
    return ((Number) p.evaluate("() => window.started")).doubleValue();
  }

  private void row(
      String id, double theirs, double ours, double ratio, boolean isMet, String target) {
    System.out.printf(
        Locale.ROOT,
        "%-20s %10.1f %10.1f %7.2f×  %-7s  %s%n",
        id,
        theirs,
        ours,
        ratio,
        isMet ? "met" : "NOT MET",
        target);
    if (isMet) {
      met++;
    } else {
      missed.add(id);
    }
  }

  private static double median(double[] v) {
    double[] s = v.clone();
    Arrays.sort(s);
    return s[s.length / 2];
  }

  private static double median(List<Double> v) {
    List<Double> s = new ArrayList<>(v);
    Collections.sort(s);
    return s.get(s.size() / 2);
  }

  private static String page() throws IOException {
    try (InputStream in = Benchmarks.class.getResourceAsStream("bench.html")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** What the page answers to a run. */
  private static final class Result {
    String stdout;
    String stderr;
    double ms;
  }
}
