package dev.qanat.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.qanat.command.Invocation;
import dev.qanat.sched.JvmSched;
import dev.qanat.sched.Sched;
import dev.qanat.sched.Task;
import dev.qanat.shell.interp.ProgramTable;
import dev.qanat.vfs.Attributes;
import dev.qanat.vfs.FileContext;
import dev.qanat.vfs.OpenFile;
import dev.qanat.vfs.Pipes;
import dev.qanat.vfs.StreamFile;
import dev.qanat.workspace.Workspace;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * bats, shunit2, config.sub and bash-completion, large programs written in shell, taken from
 * Debian's packages when the test runs, do in our shell what they do in the machine's bash: with
 * the packages' own example suites and with suites of ours that use what their manuals name. Times,
 * and the names of temporary directories, are all that may differ.
 */
class PackagedSuitesTest {
  private static final List<String> PACKAGES = List.of("shunit2", "bats", "autotools-dev");

  /** A package of its own place, for its files are many. */
  private static final String COMPLETIONS = "bash-completion";

  /** Where both shells see the packages' files, and in {@code w} the suites. */
  private static Path root;

  private static Path suites;
  private static Path examples;

  static Stream<String> commands() {
    return Stream.of(
        "cd examples && . ./equality_test.sh",
        "cd examples && bash ./equality_test.sh",
        "cd examples && bash ./lineno_test.sh",
        "cd examples && bash ./math_test.sh",
        "cd examples && bash ./mkdir_test.sh",
        "cd examples && bash ./mock_file_test.sh",
        "cd examples && bash ./party_test.sh",
        "cd examples && bash ./suite_test.sh",
        "bash asserts_test.sh",
        "bash --posix asserts_test.sh",
        "SHUNIT_COLOR=always bash asserts_test.sh",
        "bash asserts_test.sh -- testEquals testNull",
        "bash suite_test.sh",
        "bash syntax_test.sh",
        "bash exits_test.sh",
        "shunit2 suite_test.sh",
        "SHUNIT_TEST_PREFIX='p: ' bash asserts_test.sh -- testTrue testMocks",
        "bats --version",
        "bats --help",
        "bats",
        "bats --nosuch",
        "bats nosuch.bats",
        "bats features.bats",
        "bats --count features.bats failures.bats",
        "bats --filter 'run (keeps|checks)' features.bats",
        "bats -f nothing features.bats",
        "bats --tap features.bats",
        "bats --timing features.bats",
        "bats --pretty features.bats",
        "bats --formatter tap13 features.bats",
        "bats --formatter junit features.bats",
        "bats --formatter cat features.bats",
        "bats --formatter nosuch features.bats",
        "bats --jobs 1 features.bats",
        "bats failures.bats",
        "bats --pretty failures.bats",
        "bats --pretty --timing failures.bats",
        "bats --formatter tap13 failures.bats",
        "bats --formatter junit failures.bats",
        "bats --print-output-on-failure failures.bats",
        "bats --show-output-of-passing-tests features.bats",
        "bats --verbose-run failures.bats",
        "bats --code-quote-style '<>' -f pipeline failures.bats",
        "bats --trace -f 'deep|loop|keeps' failures.bats features.bats",
        "mkdir out; bats --report-formatter junit --output out failures.bats;"
            + " until grep -q '</testsuites>' out/*; do sleep 0.1; done; cat out/*",
        "mkdir out; bats --report-formatter tap -o out features.bats;"
            + " until grep -q 'ok 20' out/*; do sleep 0.1; done; cat out/*",
        "bats --gather-test-outputs-in out failures.bats; ls out; cat out/*",
        "bats dir",
        "bats --recursive dir",
        "BREAK_SUITE=1 bats dir",
        "BREAK_FILE=1 bats dir",
        "bats --filter-tags slow dir",
        "bats --filter-tags '!slow' dir",
        "bats --filter-tags other,fast --filter-tags '' dir",
        "cd dir; mkdir -p .bats/run-logs; bats .; bats --filter-status failed .; ls .bats/run-logs"
            + " | wc -l",
        "bats broken.bats",
        "bats setup_file_fails.bats",
        "bats twice.bats",
        "bats version.bats",
        "bats warnings.bats",
        "bats --no-tempdir-cleanup -f true features.bats 2>&1",
        "BATS_TEST_FILTER= bats-preprocess features.bats | head -60",
        "BATS_TEST_FILTER=deep bats-preprocess failures.bats",
        "bats-preprocess <features.bats",
        "for t in x86_64-linux-gnu i686-pc-linux arm-none-eabi amd64-freebsd13 sun4 m68k-atari-mint"
            + " sparc-sun-solaris2.10 aarch64-apple-darwin wasm32-wasi a-b-c-d-e no-such-thing '';"
            + " do bash $BATS_ROOT/share/misc/config.sub $t; echo $?; done",
        "bash completions.bash 'cd ' 'cd a/' 'cd w' 'pushd a' 'rmdir '",
        "bash completions.bash 'kill -s T' 'kill -l ' 'export kno' 'unset kno' 'alias x'",
        "bash completions.bash 'find -ty' 'find . -type ' 'find a -name x -pr' 'find -'",
        "bash completions.bash 'dd i' 'dd if=x' 'dd conv=' 'sh -' 'sh a/' 'complete -A '",
        "bash completions.bash 'tar xf a/' 'gzip a/' 'unzip ' 'bzip2 ' 'xz -d a/' 'perl a'",
        "bash completions.bash 'declare -' 'declare kno' 'export -' 'type complete_l' 'time ec'",
        "bash completions.bash 'printenv HOM' 'chmod u' 'openssl ' 'ant '",
        "bash $BATS_ROOT/share/misc/config.sub --help",
        "bash $BATS_ROOT/share/misc/config.guess --version");
  }

  @BeforeAll
  static void takePackages() throws IOException, InterruptedException {
    assumeTrue(BothShells.haveBash(), "no bash 5.2 here");
    Path target = Files.createDirectories(Path.of("target", "packages").toAbsolutePath());
    root = Files.createTempDirectory("suites").toRealPath();
    for (String name : PACKAGES) {
      unpack(target, name, root);
    }
    unpack(target, COMPLETIONS, root.resolve(COMPLETIONS));
    examples = root.resolve("usr/share/doc/shunit2/examples");
    suites = Path.of(PackagedSuitesTest.class.getResource("suites/helper.bash").getPath());
    suites = suites.getParent();
  }

  @AfterAll
  static void remove() throws IOException {
    if (root != null) {
      delete(root);
    }
  }

  @ParameterizedTest
  @MethodSource("commands")
  void endAsInBash(String command) throws IOException, InterruptedException {
    String expected = theirs(command);
    String actual = ours(command);
    assertEquals(settled(expected), settled(actual));
  }

  private static void unpack(Path target, String name, Path to)
      throws IOException, InterruptedException {
    if (find(target, name) == null) {
      String said = run(target, Map.of(), "apt-get", "download", name);
      assumeTrue(find(target, name) != null, "apt-get has no package " + name + ": " + said);
    }
    String said =
        run(target, Map.of(), "dpkg-deb", "-x", find(target, name).toString(), to.toString());
    assumeTrue(Files.isDirectory(to.resolve("usr")), "dpkg-deb cannot unpack: " + said);
  }

  private static Path find(Path directory, String name) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(f -> f.getFileName().toString().matches(name + "_.*\\.deb"))
          .findFirst()
          .orElse(null);
    }
  }

  private static Map<String, String> environment() {
    return Map.of(
        "COMPLETIONS",
        root.resolve(COMPLETIONS).toString(),
        "PATH",
        root.resolve("usr/bin")
            + ":"
            + root.resolve("usr/libexec/bats-core")
            + ":"
            + root.resolve("usr/share/shunit2")
            + ":/usr/local/bin:/usr/bin:/bin",
        "BATS_ROOT",
        root.resolve("usr").toString(),
        "LC_ALL",
        "C.UTF-8",
        "HOME",
        "/nonexistent",
        "TERM",
        "dumb",
        "SHUNIT_COLOR",
        "none");
  }

  /** The text without what differs from run to run. */
  private static String settled(String text) {
    return text.replaceAll("bats-run-[A-Za-z0-9]{6}", "bats-run-XXXXXX")
        .replaceAll("shunit\\.[A-Za-z0-9]{6}", "shunit.XXXXXX")
        .replaceAll("bats\\.[0-9]+\\.src", "bats.N.src")
        .replaceAll(" *[0-9]+/[0-9]+ in [0-9]+ sec", " in N sec")
        .replaceAll("in [0-9]+ ?(ms|sec)", "in N $1")
        .replaceAll("\\u001b\\[[0-9]+G *in N", "in N")
        .replaceAll("\\[[0-9]+\\](\\u001b|$)", "[N]$1")
        .replaceAll("time=\"[0-9.]+\"", "time=\"N\"")
        .replaceAll("timestamp=\"[^\"]*\"", "timestamp=\"T\"")
        .replaceAll("hostname=\"[^\"]*\"", "hostname=\"H\"")
        .replaceAll("duration_ms: [0-9]+", "duration_ms: N");
  }

  private static String theirs(String command) throws IOException, InterruptedException {
    Path work = root.resolve("w");
    delete(work);
    copy(suites, work);
    copy(examples, work.resolve("examples"));
    // The examples look for shunit2 above them, where upstream's tree has it
    Files.copy(root.resolve("usr/share/shunit2/shunit2"), work.resolve("shunit2"));
    return run(work, environment(), "bash", "-c", command);
  }

  private static String ours(String command) {
    JvmSched sched = new JvmSched();
    Sched.install(sched);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    return sched.call(
        () -> {
          Workspace workspace = Workspace.inMemory();
          FileContext files = workspace.files("/", 022);
          take(root.resolve("usr"), root.resolve("usr").toString(), files);
          String work = root.resolve("w").toString();
          if (command.contains("completions.bash")) {
            Path completions = root.resolve(COMPLETIONS);
            take(completions, completions.toString(), files);
          }
          take(suites, work, files);
          take(examples, work + "/examples", files);
          take(root.resolve("usr/share/shunit2/shunit2"), work + "/shunit2", files);
          files.chdir(work);
          OpenFile[] input = Pipes.create();
          input[1].release();
          files.descriptors().set(0, input[0]);
          OpenFile output = new StreamFile("pipe:[1]", null, out::write);
          files.descriptors().set(1, output);
          files.descriptors().set(2, output.retain());
          Invocation bash =
              new Invocation(
                  "bash",
                  List.of("-c", command),
                  files,
                  new java.util.HashMap<>(environment()),
                  new ProgramTable(workspace.machine()));
          Task task =
              sched.spawn(
                  "bash",
                  () ->
                      sched.current().setStatus(bash.execute(workspace.machine().command("bash"))),
                  t -> t.onExit(() -> files.descriptors().closeAll()));
          task.exited().await();
          return out.toString(StandardCharsets.UTF_8) + "[" + task.status() + "]";
        });
  }

  /** Copies a file or a tree of the machine into ours. */
  private static void take(Path from, String to, FileContext files) {
    try {
      if (Files.isSymbolicLink(from)) {
        files.symlink(Files.readSymbolicLink(from).toString(), to);
      } else if (Files.isDirectory(from, LinkOption.NOFOLLOW_LINKS)) {
        files.mkdirs(to);
        try (Stream<Path> list = Files.list(from)) {
          for (Path child : list.toList()) {
            take(child, to + "/" + child.getFileName(), files);
          }
        }
      } else {
        files.writeFile(to, Files.readAllBytes(from));
        files.setAttributes(to, Attributes.mode(Files.isExecutable(from) ? 0755 : 0644), true);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  private static void delete(Path tree) throws IOException {
    if (Files.exists(tree)) {
      try (Stream<Path> files = Files.walk(tree)) {
        for (Path file : new ArrayList<>(files.sorted(Comparator.reverseOrder()).toList())) {
          Files.delete(file);
        }
      }
    }
  }

  private static String run(Path directory, Map<String, String> environment, String... command)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    if (!environment.isEmpty()) {
      builder.environment().clear();
      builder.environment().putAll(environment);
    }
    builder.redirectErrorStream(true);
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      return e.getMessage();
    }
    process.getOutputStream().close();
    byte[] text;
    try (InputStream in = process.getInputStream()) {
      text = in.readAllBytes();
    }
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    return new String(text, StandardCharsets.UTF_8) + "[" + process.waitFor() + "]";
  }
}
