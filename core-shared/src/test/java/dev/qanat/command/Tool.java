package dev.qanat.command;

import dev.qanat.sched.JvmSched;
import dev.qanat.sched.Sched;
import dev.qanat.vfs.Descriptors;
import dev.qanat.vfs.FileContext;
import dev.qanat.vfs.FileStat;
import dev.qanat.vfs.FileType;
import dev.qanat.vfs.MountMode;
import dev.qanat.vfs.OpenFile;
import dev.qanat.vfs.RamResource;
import dev.qanat.vfs.Vfs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Runs one command of ours on files in memory, and the real tool of that name on the same files on
 * disk, so that a test can compare them.
 */
public final class Tool {
  private static final JvmSched SCHED = new JvmSched();

  /** What a run printed, how it ended, and the files it left. */
  public record Result(String stdout, String stderr, int status, Map<String, String> files) {}

  private final Map<String, Command> commands = new HashMap<>();
  private final Map<String, String> files = new TreeMap<>();
  private final Map<String, String> env =
      new HashMap<>(Map.of("LC_ALL", "C.UTF-8", "PATH", "/usr/bin:/bin"));

  /** Makes {@code command} known as {@code name}. */
  public Tool with(String name, Command command) {
    commands.put(name, command);
    return this;
  }

  /** Adds a file; characters up to U+00FF are its bytes. */
  public Tool file(String path, String content) {
    files.put(path, content);
    return this;
  }

  /** The files added. */
  public Map<String, String> files() {
    return files;
  }

  public Tool env(String name, String value) {
    env.put(name, value);
    return this;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /**
   * Runs ours. Arguments are characters; standard input and the result's texts are bytes as
   * characters.
   */
  public Result run(String stdin, List<String> argv) {
    Sched.install(SCHED);
    return SCHED.call(
        () -> {
          Vfs vfs = new Vfs(new RamResource(), MountMode.EXEC);
          Descriptors descriptors = new Descriptors();
          FileContext context = new FileContext(vfs, descriptors, "/", 022);
          context.mkdirs("/w");
          context.chdir("/w");
          for (Map.Entry<String, String> file : files.entrySet()) {
            int slash = file.getKey().lastIndexOf('/');
            if (slash > 0) {
              context.mkdirs(file.getKey().substring(0, slash));
            }
            context.writeFile(file.getKey(), bytes(file.getValue()));
          }
          Memory out = new Memory(new byte[0]);
          Memory err = new Memory(new byte[0]);
          descriptors.set(0, new Memory(bytes(stdin)));
          descriptors.set(1, out);
          descriptors.set(2, err);
          Invocation in =
              new Invocation(argv.get(0), argv.subList(1, argv.size()), context, env, new Table());
          int status = in.execute(commands.get(argv.get(0)));
          Map<String, String> left = new TreeMap<>();
          collect(context, "", left);
          return new Result(text(out.written()), text(err.written()), status, left);
        });
  }

  private static void collect(FileContext context, String directory, Map<String, String> left) {
    context
        .list(directory.isEmpty() ? "." : directory)
        .forEach(
            entry -> {
              String path = directory + entry.name();
              if (entry.type() == FileType.DIRECTORY) {
                collect(context, path + "/", left);
              } else {
                left.put(path, text(context.readFile(path)));
              }
            });
  }

  /** Whether this machine has the real tool. */
  public static boolean isNative(String name, String versionPart) {
    try {
      Process process = new ProcessBuilder(name, "--version").redirectErrorStream(true).start();
      String version = text(process.getInputStream().readAllBytes());
      return process.waitFor() == 0 && version.contains(versionPart);
    } catch (IOException | InterruptedException e) {
      return false;
    }
  }

  /** Runs the real tool in a directory of its own. */
  public Result runNative(String stdin, List<String> argv)
      throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory("qanat");
    try {
      for (Map.Entry<String, String> file : files.entrySet()) {
        Path path = directory.resolve(file.getKey());
        Files.createDirectories(path.getParent());
        Files.write(path, bytes(file.getValue()));
      }
      ProcessBuilder builder = new ProcessBuilder(argv).directory(directory.toFile());
      builder.environment().clear();
      builder.environment().putAll(env);
      Path err = Files.createTempFile("qanat", "err");
      builder.redirectError(err.toFile());
      Process process = builder.start();
      try (OutputStream input = process.getOutputStream()) {
        input.write(bytes(stdin));
      } catch (IOException e) {
        // it does not read its input
      }
      String stdout = text(process.getInputStream().readAllBytes());
      process.waitFor(10, TimeUnit.SECONDS);
      String stderr = text(Files.readAllBytes(err));
      Files.delete(err);
      Map<String, String> left = new TreeMap<>();
      try (Stream<Path> paths = Files.walk(directory)) {
        for (Path path : paths.filter(Files::isRegularFile).toList()) {
          left.put(directory.relativize(path).toString(), text(Files.readAllBytes(path)));
        }
      }
      return new Result(stdout, stderr, process.exitValue(), left);
    } finally {
      try (Stream<Path> paths = Files.walk(directory)) {
        for (Path path : paths.sorted((a, b) -> b.compareTo(a)).toList()) {
          Files.delete(path);
        }
      }
    }
  }

  private final class Table implements Programs {
    @Override
    public Command find(String name, Map<String, String> environment, FileContext context) {
      return commands.get(name);
    }

    @Override
    public String locate(String name, Map<String, String> environment, FileContext context) {
      return null;
    }

    @Override
    public Command shell(String script) {
      return commands.get("sh");
    }

    @Override
    public List<String> names() {
      return List.copyOf(commands.keySet());
    }
  }

  /** An open file in memory: reads what it was given, and keeps what is written. */
  private static final class Memory extends OpenFile {
    private final byte[] content;
    private int at;
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    Memory(byte[] content) {
      this.content = content;
    }

    byte[] written() {
      return written.toByteArray();
    }

    @Override
    public int read(byte[] b, int off, int len) {
      if (at == content.length) {
        return -1;
      }
      int n = Math.min(len, content.length - at);
      System.arraycopy(content, at, b, off, n);
      at += n;
      return n;
    }

    @Override
    public void write(byte[] b, int off, int len) {
      written.writeBytes(Arrays.copyOfRange(b, off, off + len));
    }

    @Override
    public FileStat stat() {
      return FileStat.of(FileType.FIFO, 0, 0, null);
    }

    @Override
    public String path() {
      return "pipe:[1]";
    }
  }
}
