package dev.qanat.vfs;

import dev.qanat.sched.Sched;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The devices under {@code /dev}: null, zero, full, random, urandom, tty. Names such as {@code
 * /dev/stdin} and {@code /dev/fd/3} mean the descriptors of whoever opens them; {@link Vfs} answers
 * for those, and here they are only listed.
 */
public final class DevResource implements Resource {
  /** Fills a buffer with bytes nobody can guess. */
  public interface Randomness {
    void fill(byte[] b, int off, int len);
  }

  private record Device(int major, int minor, int mode) {}

  private static final Capabilities CAPABILITIES =
      new Capabilities(true, true, false, true, true, false);

  private final Map<String, Device> devices = new TreeMap<>();
  private final Map<String, String> links = new TreeMap<>();
  private final Randomness randomness;
  private final long started = Sched.get() == null ? 0 : Sched.get().realTimeNanos();

  public DevResource(Randomness randomness) {
    this.randomness = randomness;
    devices.put("/null", new Device(1, 3, 0666));
    devices.put("/zero", new Device(1, 5, 0666));
    devices.put("/full", new Device(1, 7, 0666));
    devices.put("/random", new Device(1, 8, 0666));
    devices.put("/urandom", new Device(1, 9, 0666));
    devices.put("/tty", new Device(5, 0, 0666));
    links.put("/fd", "/proc/self/fd");
    links.put("/stdin", "/proc/self/fd/0");
    links.put("/stdout", "/proc/self/fd/1");
    links.put("/stderr", "/proc/self/fd/2");
  }

  @Override
  public String label() {
    return "dev";
  }

  @Override
  public Capabilities capabilities() {
    return CAPABILITIES;
  }

  @Override
  public FileStat stat(String path) {
    if (path.equals("/")) {
      return FileStat.directory(started).withMode(0755);
    }
    Device d = devices.get(path);
    if (d != null) {
      return new FileStat(
          FileType.CHARACTER,
          0,
          d.mode,
          1,
          0,
          0,
          d.major << 8 | d.minor,
          FileStat.UNKNOWN,
          d.major << 8 | d.minor,
          started,
          started,
          started,
          null);
    }
    String target = links.get(path);
    if (target == null) {
      throw new VfsException(Errno.ENOENT, path);
    }
    return FileStat.of(FileType.SYMLINK, target.length(), started, null).withMode(0777);
  }

  @Override
  public List<DirEntry> list(String path) {
    if (!path.equals("/")) {
      throw new VfsException(Errno.ENOTDIR, path);
    }
    DirEntry[] all = new DirEntry[devices.size() + links.size()];
    int n = 0;
    for (String name : devices.keySet()) {
      all[n++] = new DirEntry(name.substring(1), FileType.CHARACTER, null);
    }
    for (String name : links.keySet()) {
      all[n++] = new DirEntry(name.substring(1), FileType.SYMLINK, null);
    }
    return Arrays.asList(all);
  }

  @Override
  public int read(String path, long offset, byte[] b, int off, int len, String version) {
    throw new VfsException(Errno.EINVAL, path);
  }

  @Override
  public String readlink(String path) {
    String target = links.get(path);
    if (target == null) {
      throw new VfsException(Errno.EINVAL, path);
    }
    return target;
  }

  @Override
  public int findLink(String path, boolean followLast) {
    int slash = path.indexOf('/', 1);
    String first = slash < 0 ? path : path.substring(0, slash);
    return links.containsKey(first) && (slash > 0 || followLast) ? first.length() : -1;
  }

  @Override
  public OpenFile openSpecial(String path, int flags, FileContext context) {
    String device = "/dev" + path;
    StreamFile.Sink discard = (b, off, len) -> {};
    return switch (path) {
      case "/null" -> new CharacterDevice(device, (b, off, len) -> -1, discard);
      case "/zero" -> new CharacterDevice(device, DevResource::zeros, discard);
      case "/full" ->
          new CharacterDevice(
              device,
              DevResource::zeros,
              (b, off, len) -> {
                throw new VfsException(Errno.ENOSPC, null);
              });
      case "/random", "/urandom" ->
          new CharacterDevice(
              device,
              (b, off, len) -> {
                Sched.checkpoint();
                randomness.fill(b, off, len);
                return len;
              },
              discard);
      case "/tty" -> terminal(context);
      default -> throw new VfsException(Errno.ENXIO, device);
    };
  }

  /** The terminal of a process is whichever of its standard streams is one. */
  private static OpenFile terminal(FileContext context) {
    for (int fd : new int[] {0, 2, 1}) {
      OpenFile f = context == null ? null : context.descriptors().get(fd);
      if (f != null && f.isTerminal()) {
        return f.retain();
      }
    }
    throw new VfsException(Errno.ENXIO, "/dev/tty");
  }

  private static int zeros(byte[] b, int off, int len) {
    Sched.checkpoint();
    Arrays.fill(b, off, off + len, (byte) 0);
    return len;
  }

  private static final class CharacterDevice extends StreamFile {
    CharacterDevice(String path, Source source, Sink sink) {
      super(path, source, sink);
    }

    @Override
    public FileStat stat() {
      return FileStat.of(FileType.CHARACTER, 0, 0, null).withMode(0666);
    }

    /** Seeking on these devices succeeds and means nothing, as on Linux. */
    @Override
    public long seek(long offset, int whence) {
      return 0;
    }

    @Override
    public void truncate(long size) {}
  }
}
