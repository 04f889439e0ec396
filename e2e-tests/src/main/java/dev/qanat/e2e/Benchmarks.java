package dev.qanat.e2e;

import com.google.gson.Gson;
import com.microsoft.playwright.Page;
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
  /**
   * A task.
   *
   * @param files what it works on, by the names {@link BenchmarkData} knows
   */
  private record Task(String id, String script, String... files) {}

  private static final List<Task> TASKS =
      List.of(
          new Task(
              "loop10k",
              "i=0; s=0; while [ $i -lt 10000 ]; do s=$((s + i*2)); i=$((i+1)); done; echo $s"),
          new Task(
              "forfunc10k",
              "f() { local x=$1; r=$((x % 7)); }; t=0;"
                  + " for ((i=0;i<10000;i++)); do f $i; t=$((t+r)); done; echo $t"),
          new Task(
              "strings5k",
              "a=(); for i in {1..5000}; do s=\"item-$i.txt\"; b=${s%.txt}; a+=(\"${b#item-}\");"
                  + " done; echo ${#a[@]} ${a[4999]}"),
          new Task(
              "strings50k",
              "a=(); for i in {1..50000}; do s=\"item-$i.txt\"; b=${s%.txt}; a+=(\"${b#item-}\");"
                  + " done; echo ${#a[@]} ${a[49999]}"),
          new Task(
              "subst1k", "n=0; for i in {1..1000}; do x=$(echo $i); n=$((n+x)); done; echo $n"),
          new Task("seq_sort_uniq", "seq 1 100000 | sort -n | uniq | wc -l"),
          new Task("grep_c_20m", "grep -c foo text20.txt", "text20.txt"),
          new Task("grep_re_20m", "grep -cE '(foo|zulu) [a-m]+ [n-z]+' text20.txt", "text20.txt"),
          new Task("awk_sum_200k", "awk '{s+=$1} END{print s}' nums.txt", "nums.txt"),
          new Task("sed_20m", "sed s/a/b/g text20.txt > out.txt; wc -c < out.txt", "text20.txt"),
          new Task("jq_10m", "jq '[.[] | select(.n > 500) | .n] | add' big.json", "big.json"),
          new Task("wc_l_50m", "wc -l < text50.txt", "text50.txt"),
          new Task("sha256_20m", "sha256sum < text20.txt | cut -c1-64", "text20.txt"),
          new Task(
              "pipe4_20m",
              "cat text20.txt | tr a-z A-Z | cut -c1-12 | sort | uniq -c | sort -rn | wc -l",
              "text20.txt"),
          new Task("head_early_20m", "cat text20.txt | head -n 1 | wc -l", "text20.txt"),
          new Task("find_10k", "find tree -name '*.txt' | wc -l", "tree"),
          new Task("grep_r_10k", "grep -rl needle tree | wc -l", "tree"));

  private static final Gson GSON = new Gson();

  private final Path folder = Files.createTempDirectory("qanat-bench");
  private String engine = "wasm";
  private String thread = "worker";
  private int runs = 5;
  private final List<String> wanted = new ArrayList<>();

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
      Page page = chromium.browser().newPage();
      page.setDefaultTimeout(300_000);
      page.onPageError(e -> System.err.println("page: " + e));
      page.navigate(site.url());
      page.waitForFunction("() => window.bench");
      page.evaluate("o => bench.open(o)", Map.of("engine", engine, "thread", thread));
      System.out.printf(
          "engine %s in a %s, Chromium %s, medians of %d runs in turn (ms)%n%n",
          engine, thread, chromium.browser().version(), runs);
      System.out.printf("%-16s %10s %10s %8s%n", "task", "native", "ours", "ratio");
      for (Task t : TASKS) {
        if (wanted.isEmpty() || wanted.contains(t.id())) {
          measure(t, page);
        }
      }
      if (wanted.isEmpty() || wanted.contains("echo_x1000")) {
        manyEchoes(page);
      }
      if (wanted.isEmpty() || wanted.contains("cold")) {
        coldStarts(chromium, site);
      }
    } finally {
      Native.delete(folder);
    }
  }

  private void measure(Task t, Page page) throws Exception {
    for (String f : t.files()) {
      if (!Files.exists(folder.resolve(f))) {
        BenchmarkData.make(folder, f);
        if (f.equals("tree")) {
          page.evaluate(
              "line => bench.run(line)",
              "mkdir tree; for d in {0..99}; do mkdir tree/d$d; for f in {0..99}; do if ((f =="
                  + " 13)); then l='a needle here'; else l='some text'; fi; if ((f % 2)); then"
                  + " e=md; else e=txt; fi; printf 'file %d of folder %d\\n"
                  + "%s\\n"
                  + "' $f $d \"$l\" > tree/d$d/f$f.$e; done; done");
        } else {
          page.evaluate("name => bench.fetchFile(name)", f);
        }
      }
    }
    double[] theirs = new double[runs];
    double[] ours = new double[runs];
    String right = null;
    for (int i = -1; i < runs; i++) {
      long began = System.nanoTime();
      right = Native.output(folder, t.script());
      double nativeMs = (System.nanoTime() - began) / 1e6;
      Result r =
          GSON.fromJson(
              (String) page.evaluate("line => bench.run(line)", t.script()), Result.class);
      if (!r.stdout.equals(right)) {
        System.out.printf("%-16s wrong: %s instead of %s %s%n", t.id(), r.stdout, right, r.stderr);
        return;
      }
      if (i >= 0) {
        theirs[i] = nativeMs;
        ours[i] = r.ms;
      }
    }
    row(t.id(), median(theirs), median(ours));
  }

  private void manyEchoes(Page page) {
    double[] echoes = new double[runs];
    double[] messages = new double[runs];
    for (int i = 0; i < runs; i++) {
      messages[i] = ((Number) page.evaluate("() => bench.roundTrips(1000)")).doubleValue();
      echoes[i] = ((Number) page.evaluate("() => bench.echoes(1000)")).doubleValue();
    }
    System.out.printf(
        Locale.ROOT,
        "%n1000 × execute('echo hi'): %.0f ms; 1000 bare message round trips to a worker: %.0f ms;"
            + " ratio %.2f%n",
        median(echoes),
        median(messages),
        median(echoes) / median(messages));
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

  private static void row(String id, double theirs, double ours) {
    System.out.printf(Locale.ROOT, "%-16s %10.1f %10.1f %7.2f×%n", id, theirs, ours, ours / theirs);
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
