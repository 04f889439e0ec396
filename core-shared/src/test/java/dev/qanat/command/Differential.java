package dev.qanat.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.qanat.sched.JvmSched;
import dev.qanat.sched.Sched;
import dev.qanat.text.ByteBuilder;
import dev.qanat.text.Utf8;
import dev.qanat.vfs.Descriptors;
import dev.qanat.vfs.DevResource;
import dev.qanat.vfs.DirEntry;
import dev.qanat.vfs.FileContext;
import dev.qanat.vfs.FileStat;
import dev.qanat.vfs.MountMode;
import dev.qanat.vfs.RamResource;
import dev.qanat.vfs.StreamFile;
import dev.qanat.vfs.Vfs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * Runs a command line with our commands and with the machine's, each in an empty directory of the
 * same name, and compares standard output, standard error, status and the files left behind.
 */
public final class Differential {
  private static final String NATIVE_FIRST =
      "enable -n echo printf test '[' kill pwd true false; umask 022; ";

  /** What a run gave. */
  public record Result(String out, String err, int status, String tree) {
    String show() {
      return "status " + status + "\n--- out\n" + out + "--- err\n" + err + "--- files\n" + tree;
    }
  }

  private Differential() {}

  /** A test for each line that is not empty and does not begin with {@code # }. */
  public static Stream<DynamicTest> tests(String lines) {
    return lines
        .lines()
        .filter(l -> !l.isBlank() && !l.startsWith("# "))
        .map(l -> DynamicTest.dynamicTest(l, () -> check(l)));
  }

  /** Fails unless both give the same. Passes where the machine lacks the tool. */
  public static void check(String line) throws IOException, InterruptedException {
    Result theirs = theirs(line);
    if (theirs.status == 127 && theirs.err.contains("command not found")) {
      return;
    }
    assertEquals(theirs.show(), ours(line, directory()).show(), line);
  }

  private static Path directory;

  private static Path directory() throws IOException {
    if (directory == null) {
      directory = Files.createTempDirectory("qanat").resolve("w");
    }
    return directory;
  }

  /** What the machine's tools do. */
  public static Result theirs(String line) throws IOException, InterruptedException {
    Path dir = directory();
    delete(dir);
    Files.createDirectories(dir);
    Path out = dir.resolveSibling("out");
    Path err = dir.resolveSibling("err");
    ProcessBuilder b =
        new ProcessBuilder("bash", "-c", NATIVE_FIRST + line)
            .directory(dir.toFile())
            .redirectInput(new java.io.File("/dev/null"))
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    b.environment().clear();
    b.environment().putAll(environment());
    b.environment().put("PATH", System.getenv("PATH"));
    Process p = b.start();
    if (!p.waitFor(20, TimeUnit.SECONDS)) {
      p.destroyForcibly();
      throw new IllegalStateException("takes too long: " + line);
    }
    String e = Utf8.decode(Files.readAllBytes(err));
    e = e.replaceAll("(?m)^bash: line \\d+: ", "");
    StringBuilder tree = new StringBuilder();
    nativeTree(dir, "", tree);
    return new Result(Utf8.decode(Files.readAllBytes(out)), e, p.exitValue(), tree.toString());
  }

  private static Map<String, String> environment() {
    Map<String, String> env = new HashMap<>();
    env.put("LC_ALL", "C.UTF-8");
    env.put("TZ", "UTC0");
    env.put("HOME", "/root");
    env.put("PATH", "/usr/bin:/bin");
    return env;
  }

  /** What ours do, on files in memory. */
  public static Result ours(String line, Path dir) {
    if (Sched.get() == null) {
      Sched.install(new JvmSched());
    }
    JvmSched sched = (JvmSched) Sched.get();
    ByteBuilder out = new ByteBuilder();
    ByteBuilder err = new ByteBuilder();
    return sched.call(
        () -> {
          RamResource ram = new RamResource();
          ram.setSuperuser(true);
          Vfs vfs = new Vfs(ram, MountMode.EXEC);
          vfs.setUser(0, 0);
          java.util.Random random = new java.util.Random(1);
          vfs.addMount(
              "/dev",
              new DevResource(
                  (b, o, n) -> {
                    for (int i = 0; i < n; i++) {
                      b[o + i] = (byte) random.nextInt();
                    }
                  }),
              MountMode.WRITE);
          Descriptors d = new Descriptors();
          FileContext files = new FileContext(vfs, d, "/", 022);
          files.mkdirs("/tmp");
          files.mkdirs(dir.toString());
          files.chdir(dir.toString());
          d.set(0, files.open("/dev/null"));
          d.set(1, new StreamFile("pipe:[1]", null, (b, o, n) -> out.append(b, o, n)));
          d.set(2, new StreamFile("pipe:[2]", null, (b, o, n) -> err.append(b, o, n)));
          int status = new CommandLines().run(line, files, environment());
          StringBuilder tree = new StringBuilder();
          ourTree(files, dir.toString(), "", tree);
          d.closeAll();
          return new Result(out.toString(), err.toString(), status, tree.toString());
        });
  }

  private static void nativeTree(Path dir, String prefix, StringBuilder out) throws IOException {
    Map<String, Path> names = new TreeMap<>();
    try (Stream<Path> s = Files.list(dir)) {
      s.forEach(p -> names.put(p.getFileName().toString(), p));
    }
    for (Map.Entry<String, Path> e : names.entrySet()) {
      Path p = e.getValue();
      String name = prefix + e.getKey();
      if (Files.isSymbolicLink(p)) {
        out.append(name).append(" -> ").append(Files.readSymbolicLink(p)).append('\n');
        continue;
      }
      String mode =
          PosixFilePermissions.toString(
              Files.getPosixFilePermissions(p, LinkOption.NOFOLLOW_LINKS));
      out.append(name).append(' ').append(mode);
      if (Files.isDirectory(p)) {
        out.append('\n');
        nativeTree(p, name + "/", out);
      } else if (Files.isRegularFile(p)) {
        content(out, Files.readAllBytes(p));
      } else {
        out.append(" special\n");
      }
    }
  }

  private static void ourTree(FileContext f, String dir, String prefix, StringBuilder out) {
    List<DirEntry> names = new ArrayList<>(f.list(dir));
    names.sort((a, b) -> a.name().compareTo(b.name()));
    for (DirEntry e : names) {
      String p = dir + "/" + e.name();
      String name = prefix + e.name();
      FileStat s = f.lstat(p);
      if (s.isSymlink()) {
        out.append(name).append(" -> ").append(f.readlink(p)).append('\n');
        continue;
      }
      out.append(name).append(' ');
      for (int i = 8; i >= 0; i--) {
        out.append((s.mode() >> i & 1) != 0 ? "xwr".charAt(i % 3) : '-');
      }
      if (s.isDirectory()) {
        out.append('\n');
        ourTree(f, p, name + "/", out);
      } else if (s.isFile()) {
        content(out, f.readFile(p));
      } else {
        out.append(" special\n");
      }
    }
  }

  private static void content(StringBuilder out, byte[] b) {
    out.append(' ').append(b.length).append(' ');
    if (b.length > 300) {
      out.append(java.util.Arrays.hashCode(b));
    } else {
      out.append(Utf8.decode(b).replace("\n", "\\n"));
    }
    out.append('\n');
  }

  private static void delete(Path p) throws IOException {
    if (Files.isDirectory(p, LinkOption.NOFOLLOW_LINKS)) {
      try (Stream<Path> s = Files.list(p)) {
        for (Path c : s.toList()) {
          delete(c);
        }
      }
    }
    Files.deleteIfExists(p);
  }

  /** Checks the lines of a file by hand: prints what differs, adds what agrees to another file. */
  public static void main(String[] args) throws Exception {
    List<String> lines = Files.readAllLines(Path.of(args[0]), StandardCharsets.UTF_8);
    int bad = 0;
    int n = 0;
    for (String l : lines) {
      if (l.isBlank() || l.startsWith("# ")) {
        continue;
      }
      n++;
      Result theirs = theirs(l);
      Result ours;
      try {
        ours = ours(l, directory());
      } catch (RuntimeException | Error e) {
        ours =
            new Result(
                "",
                "DIED " + e + " " + (e.getStackTrace().length > 0 ? e.getStackTrace()[0] : ""),
                -1,
                "");
      }
      if (theirs.equals(ours)) {
        if (args.length > 1) {
          Files.writeString(
              Path.of(args[1]),
              l + "\n",
              java.nio.file.StandardOpenOption.CREATE,
              java.nio.file.StandardOpenOption.APPEND);
        }
      } else {
        bad++;
        System.out.println("==== " + (l.length() > 70 ? l.substring(0, 70) : l));
        if (theirs.status != ours.status) {
          System.out.println("  status " + theirs.status + ", ours " + ours.status);
        }
        difference("out", theirs.out, ours.out);
        difference("err", theirs.err, ours.err);
        difference("files", theirs.tree, ours.tree);
      }
    }
    System.out.println(n - bad + " of " + n);
    System.exit(0);
  }

  private static void difference(String what, String a, String b) {
    if (a.equals(b)) {
      return;
    }
    String[] x = a.split("\n", -1);
    String[] y = b.split("\n", -1);
    int i = 0;
    while (i < x.length && i < y.length && x[i].equals(y[i])) {
      i++;
    }
    int shown = 0;
    for (; shown < 4 && (i < x.length || i < y.length); i++) {
      String p = i < x.length ? x[i] : "(end)";
      String q = i < y.length ? y[i] : "(end)";
      if (!p.equals(q)) {
        System.out.println("  " + what + ":" + (i + 1) + " <" + cut(p) + ">");
        System.out.println("  " + " ".repeat(what.length()) + "ours <" + cut(q) + ">");
        shown++;
      }
    }
  }

  private static String cut(String s) {
    return s.length() > 400 ? s.substring(0, 400) + "…(" + s.length() + ")" : s;
  }
}
