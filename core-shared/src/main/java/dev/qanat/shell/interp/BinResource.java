package dev.qanat.shell.interp;

import dev.qanat.text.Utf8;
import dev.qanat.vfs.Capabilities;
import dev.qanat.vfs.DirEntry;
import dev.qanat.vfs.Errno;
import dev.qanat.vfs.FileStat;
import dev.qanat.vfs.FileType;
import dev.qanat.vfs.Resource;
import dev.qanat.vfs.VfsException;
import java.util.ArrayList;
import java.util.List;

/**
 * The built-in commands as executable files: what is mounted at {@code /usr/bin}. With it,
 * searching {@code PATH}, {@code which} and {@code ls /usr/bin} need to know nothing of built-in
 * commands.
 */
public final class BinResource implements Resource {
  /** What such a file begins with after {@code #!}; the command's name follows. */
  static final String INTERPRETER = "/usr/bin/qanat ";

  private final Machine machine;
  private final long born;

  /** The machine is asked at every look, so that commands may come and go. */
  public BinResource(Machine machine, long nowNanos) {
    this.machine = machine;
    this.born = nowNanos;
  }

  @Override
  public String label() {
    return "bin";
  }

  @Override
  public Capabilities capabilities() {
    return Capabilities.READ_ONLY;
  }

  @Override
  public FileStat stat(String path) {
    if (path.equals("/")) {
      return FileStat.directory(born).withMode(0755).withOwner(0, 0);
    }
    if (machine.command(path.substring(1)) == null) {
      throw new VfsException(Errno.ENOENT, path);
    }
    return file(path.substring(1));
  }

  private static byte[] content(String name) {
    return Utf8.encode("#!" + INTERPRETER + name + "\n");
  }

  private FileStat file(String name) {
    return FileStat.of(FileType.FILE, content(name).length, born, "1")
        .withMode(0755)
        .withOwner(0, 0);
  }

  @Override
  public List<DirEntry> list(String path) {
    if (!path.equals("/")) {
      throw new VfsException(
          machine.command(path.substring(1)) != null ? Errno.ENOTDIR : Errno.ENOENT, path);
    }
    List<DirEntry> entries = new ArrayList<>();
    for (String name : machine.commandNames()) {
      entries.add(new DirEntry(name, FileType.FILE, file(name)));
    }
    return entries;
  }

  @Override
  public int read(String path, long offset, byte[] b, int off, int len, String version) {
    byte[] content = content(path.substring(1));
    if (offset >= content.length) {
      return 0;
    }
    int n = (int) Math.min(len, content.length - offset);
    System.arraycopy(content, (int) offset, b, off, n);
    return n;
  }
}
