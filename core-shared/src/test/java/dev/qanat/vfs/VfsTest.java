package dev.qanat.vfs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.qanat.sched.JvmSched;
import dev.qanat.sched.Sched;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class VfsTest {
  private static JvmSched sched;

  @BeforeAll
  static void install() {
    sched = new JvmSched();
    Sched.install(sched);
  }

  private static void on(Consumer<FileContext> test) {
    sched.call(
        () -> {
          Vfs vfs = new Vfs(new RamResource(), MountMode.EXEC);
          test.accept(new FileContext(vfs, new Descriptors(), "/", 022));
          return null;
        });
  }

  private static void put(FileContext f, String path, String text) {
    f.writeFile(path, text.getBytes(StandardCharsets.UTF_8));
  }

  private static String get(FileContext f, String path) {
    return new String(f.readFile(path), StandardCharsets.UTF_8);
  }

  private static void fails(Errno errno, Runnable action) {
    VfsException e = assertThrows(VfsException.class, action::run);
    assertEquals(errno, e.errno(), e.getMessage());
  }

  @Test
  void dotDotAfterALinkIsTheParentOfItsTarget() {
    on(
        f -> {
          f.mkdirs("/a/b");
          f.mkdirs("/x");
          put(f, "/a/file", "of a");
          f.symlink("/a/b", "/x/link");
          assertEquals("of a", get(f, "/x/link/../file"));
          assertEquals("/a", f.realpath("/x/link/.."));
        });
  }

  @Test
  void linksThatLeadInACircleEndInEloop() {
    on(
        f -> {
          f.symlink("two", "/one");
          f.symlink("one", "/two");
          fails(Errno.ELOOP, () -> f.stat("/one"));
          assertTrue(f.lstat("/one").isSymlink());
        });
  }

  @Test
  void aFileIsNoDirectory() {
    on(
        f -> {
          put(f, "/f", "x");
          fails(Errno.ENOTDIR, () -> f.stat("/f/x"));
          fails(Errno.ENOTDIR, () -> f.stat("/f/"));
          fails(Errno.ENOTDIR, () -> f.stat("/f/.."));
          fails(Errno.ENOENT, () -> f.stat("/none/.."));
        });
  }

  @Test
  void removedWorkingDirectoryIsEmptyAndHasAWayOut() {
    on(
        f -> {
          f.mkdirs("/a/b/c");
          f.chdir("/a/b/c");
          f.rmdir(".././c");
          f.rmdir("../../b");
          assertEquals(0, f.stat(".").nlink());
          assertTrue(f.list(".").isEmpty());
          assertTrue(f.isDirectory(".."));
          fails(Errno.ENOENT, () -> put(f, "file", "x"));
          fails(Errno.ENOENT, () -> f.mkdir("../d", 0777));
          fails(Errno.ENOENT, () -> f.stat("/a/b/c"));
          fails(Errno.ENOENT, () -> f.realpath("."));
          f.chdir("..");
          f.chdir("..");
          assertEquals("/a", f.realpath("."));
        });
  }

  @Test
  void dotsAtTheEndNameNothingThatCouldBeMovedOrRemoved() {
    on(
        f -> {
          f.mkdirs("/a/b");
          f.chdir("/a/b");
          fails(Errno.EINVAL, () -> f.rmdir("./"));
          fails(Errno.ENOTEMPTY, () -> f.rmdir(".."));
          fails(Errno.EBUSY, () -> f.rename("..", "/c"));
          fails(Errno.EBUSY, () -> f.rename("/a/b", "."));
        });
  }

  @Test
  void duplicatedDescriptorsShareTheOffset() {
    on(
        f -> {
          put(f, "/f", "abcdef");
          OpenFile one = f.open("/f");
          OpenFile two = one.retain();
          byte[] b = new byte[3];
          one.read(b, 0, 3);
          two.read(b, 0, 3);
          assertArrayEquals("def".getBytes(StandardCharsets.UTF_8), b);
          one.release();
          assertEquals(-1, two.read(b, 0, 3));
          two.release();
        });
  }

  @Test
  void unlinkedFileStaysReadable() {
    on(
        f -> {
          put(f, "/f", "still here");
          OpenFile open = f.open("/f");
          f.unlink("/f");
          assertNull(f.statOrNull("/f"));
          byte[] b = new byte[20];
          assertEquals(10, open.read(b, 0, 20));
          put(f, "/f", "another");
          assertEquals("another", get(f, "/f"));
          open.release();
        });
  }

  @Test
  void appendingTakesPlaceAtTheEndWhateverOthersWrote() {
    on(
        f -> {
          OpenFile a = f.open("/log", OpenFlags.ADD, 0666);
          OpenFile b = f.open("/log", OpenFlags.ADD, 0666);
          a.write("1\n".getBytes(), 0, 2);
          b.write("2\n".getBytes(), 0, 2);
          a.write("3\n".getBytes(), 0, 2);
          a.release();
          b.release();
          assertEquals("1\n2\n3\n", get(f, "/log"));
        });
  }

  @Test
  void sparseGigabyteCostsNothing() {
    on(
        f -> {
          OpenFile o = f.open("/big", OpenFlags.REPLACE, 0666);
          o.truncate(1L << 30);
          o.seek((1L << 30) - 1, 0);
          o.write(new byte[] {7}, 0, 1);
          o.release();
          assertEquals(1L << 30, f.stat("/big").size());
          Resource.Space room = f.vfs().mountOf("/").resource().space();
          assertTrue(room.total() - room.free() < 1 << 20);
        });
  }

  @Test
  void hundredMegabytesInKilobyteWritesAreAllThere() {
    on(
        f -> {
          OpenFile o = f.open("/log", OpenFlags.ADD, 0666);
          byte[] kilobyte = new byte[1000];
          java.util.Arrays.fill(kilobyte, (byte) 'x');
          for (int i = 0; i < 100_000; i++) {
            o.write(kilobyte, 0, 1000);
          }
          o.release();
          assertEquals(100_000_000L, f.stat("/log").size());
        });
  }

  @Test
  void budgetEndsInEnospcAndNothingIsHalfWritten() {
    on(
        f -> {
          f.vfs().addMount("/small", new RamResource(100_000), MountMode.WRITE);
          OpenFile o = f.open("/small/x", OpenFlags.REPLACE, 0666);
          o.write(new byte[60_000], 0, 60_000);
          fails(Errno.ENOSPC, () -> o.write(new byte[60_000], 0, 60_000));
          o.release();
          assertEquals(60_000, f.stat("/small/x").size());
          f.unlink("/small/x");
          put(f, "/small/y", "room again");
        });
  }

  @Test
  void readOnlyMountRefusesEveryChange() {
    on(
        f -> {
          f.vfs().addMount("/ro", new RamResource(), MountMode.READ);
          fails(Errno.EROFS, () -> put(f, "/ro/x", "y"));
          fails(Errno.EROFS, () -> f.mkdir("/ro/d", 0777));
        });
  }

  @Test
  void renameAcrossMountsIsExdev() {
    on(
        f -> {
          f.vfs().addMount("/other", new RamResource(), MountMode.WRITE);
          put(f, "/f", "x");
          fails(Errno.EXDEV, () -> f.rename("/f", "/other/f"));
          assertEquals("x", get(f, "/f"));
        });
  }

  @Test
  void mountsShowInTheirParentAndNest() {
    on(
        f -> {
          f.vfs().addMount("/m/deep/er", new RamResource(), MountMode.WRITE);
          assertEquals(List.of("m"), f.list("/").stream().map(DirEntry::name).toList());
          assertEquals(List.of("deep"), f.list("/m").stream().map(DirEntry::name).toList());
          assertTrue(f.stat("/m/deep").isDirectory());
          fails(Errno.EBUSY, () -> f.rmdir("/m/deep/er"));
        });
  }

  @Test
  void permissionsHoldForTheirOwnerToo() {
    on(
        f -> {
          put(f, "/secret", "x");
          f.setAttributes("/secret", Attributes.mode(0), true);
          fails(Errno.EACCES, () -> f.open("/secret"));
          f.mkdir("/closed", 0777);
          put(f, "/closed/f", "x");
          f.setAttributes("/closed", Attributes.mode(0600), true);
          fails(Errno.EACCES, () -> f.stat("/closed/f"));
          assertEquals(0644, f.lstat("/secret").mode() | 0644);
        });
  }

  @Test
  void renamedWhileOpenIsWrittenUnderItsNewName() {
    on(
        f -> {
          OpenFile o = f.open("/a", OpenFlags.REPLACE, 0666);
          o.write("one".getBytes(), 0, 3);
          f.rename("/a", "/b");
          o.write("two".getBytes(), 0, 3);
          o.release();
          assertEquals("onetwo", get(f, "/b"));
          assertFalse(f.exists("/a"));
        });
  }

  @Test
  void hardLinksAreOneFile() {
    on(
        f -> {
          put(f, "/a", "x");
          f.link("/a", "/b");
          put(f, "/b", "changed");
          assertEquals("changed", get(f, "/a"));
          assertEquals(2, f.stat("/a").nlink());
          f.unlink("/a");
          assertEquals("changed", get(f, "/b"));
        });
  }

  @Test
  void serviceWithoutRandomWritesGetsOneCommitAtClose() {
    on(
        f -> {
          CommitOnly service = new CommitOnly();
          f.vfs().addMount("/s", service, MountMode.WRITE);
          OpenFile o = f.open("/s/f", OpenFlags.REPLACE, 0666);
          for (int i = 0; i < 100; i++) {
            o.write("line\n".getBytes(), 0, 5);
          }
          assertEquals(0, service.commits);
          assertEquals(500, f.stat("/s/f").size());
          assertEquals(List.of("f"), f.list("/s").stream().map(DirEntry::name).toList());
          o.release();
          assertEquals(1, service.commits);
          OpenFile patch = f.open("/s/f", OpenFlags.READ_WRITE, 0);
          patch.seek(5, 0);
          patch.write("LINE".getBytes(), 0, 4);
          patch.release();
          assertEquals("line\nLINE\nline\n", get(f, "/s/f").substring(0, 15));
          assertEquals(2, service.commits);
        });
  }

  @Test
  void conflictingChangeIsStaleAndNotOverwritten() {
    on(
        f -> {
          CommitOnly service = new CommitOnly();
          f.vfs().addMount("/s", service, MountMode.WRITE);
          put(f, "/s/f", "one");
          OpenFile o = f.open("/s/f", OpenFlags.WRITE, 0);
          o.write("mine".getBytes(), 0, 4);
          byte[] other = "theirs".getBytes();
          service.commit(
              "/f", new Commit(null, false, 0, 6, List.of(new Commit.Extent(0, other)), 0));
          fails(Errno.ESTALE, o::release);
          assertEquals("theirs", get(f, "/s/f"));
        });
  }

  @Test
  void attributesOfAPlainServiceSurviveItsRemount() {
    CommitOnly service = new CommitOnly();
    on(
        f -> {
          f.vfs().addMount("/s", new AttributedResource(service, true), MountMode.WRITE);
          put(f, "/s/script", "#!/bin/sh\n");
          f.setAttributes("/s/script", Attributes.mode(0755), true);
          f.symlink("script", "/s/link");
          f.vfs().unmount("/s");
        });
    on(
        f -> {
          f.vfs().addMount("/s", new AttributedResource(service, true), MountMode.WRITE);
          assertEquals(0755, f.stat("/s/link").mode());
          assertEquals("script", f.readlink("/s/link"));
          assertEquals(
              List.of("script", "link"), f.list("/s").stream().map(DirEntry::name).toList());
        });
  }

  @Test
  void directoriesOfAPlainServiceHaveTheTimeTheirNamesChanged() {
    CommitOnly service = new CommitOnly();
    long before = System.currentTimeMillis() * 1_000_000;
    on(
        f -> {
          f.vfs().addMount("/s", new AttributedResource(service, true), MountMode.WRITE);
          put(f, "/s/file", "x");
          assertTrue(f.stat("/s").mtime() >= before);
          f.setAttributes("/s", Attributes.times(null, 5L), true);
          put(f, "/s/file", "y");
          assertEquals(5, f.stat("/s").mtime());
          f.unlink("/s/file");
          assertTrue(f.stat("/s").mtime() >= before);
        });
  }

  @Test
  void directoryWhoseServiceTellsNoTimeKeepsTheTimeItWasFirstSeen() {
    CommitOnly service = new CommitOnly();
    service.timeless = true;
    long before = System.currentTimeMillis() * 1_000_000;
    long[] seen = new long[1];
    on(
        f -> {
          f.vfs().addMount("/s", new AttributedResource(service, true), MountMode.WRITE);
          seen[0] = f.stat("/s").mtime();
          assertTrue(seen[0] >= before);
          assertEquals(seen[0], f.stat("/s").atime());
          f.vfs().unmount("/s");
          assertEquals(1, service.commits);
        });
    on(
        f -> {
          f.vfs().addMount("/s", new AttributedResource(service, true), MountMode.WRITE);
          assertEquals(seen[0], f.stat("/s").mtime());
          f.vfs().unmount("/s");
          assertEquals(1, service.commits);
        });
  }

  @Test
  void directoryWithoutATimeThatIsOnlyReadHasThatOfItsMount() {
    CommitOnly service = new CommitOnly();
    service.timeless = true;
    on(
        f -> {
          Mount m = f.vfs().addMount("/s", new AttributedResource(service, false), MountMode.READ);
          assertEquals(m.since(), f.stat("/s").mtime());
          f.vfs().addMount("/deep/down", service, MountMode.READ);
          assertEquals(f.vfs().mountOf("/").since(), f.stat("/deep").mtime());
          f.vfs().unmount("/s");
          assertEquals(0, service.commits);
        });
  }

  @Test
  void namedPipeJoinsWhoReadsAndWhoWrites() {
    on(
        f -> {
          f.mknod("/p", FileType.FIFO, 0666);
          Sched.get()
              .spawn(
                  "writer",
                  () -> {
                    OpenFile w = f.open("/p", OpenFlags.WRITE, 0);
                    w.write("through".getBytes(), 0, 7);
                    w.release();
                  });
          assertEquals("through", get(f, "/p"));
        });
  }

  /** What an object store is: whole contents with versions, nothing else. */
  private static final class CommitOnly implements Resource {
    private final RamResource kept = new RamResource();
    int commits;
    boolean timeless; // for directories

    @Override
    public String label() {
      return "commit-only";
    }

    @Override
    public Capabilities capabilities() {
      return new Capabilities(true, false, false, false, false, true);
    }

    @Override
    public FileStat stat(String path) {
      FileStat s = kept.stat(path);
      return s.isDirectory()
          ? FileStat.directory(timeless ? FileStat.UNKNOWN : s.mtime())
          : FileStat.file(s.size(), s.mtime(), s.version());
    }

    @Override
    public List<DirEntry> list(String path) {
      return kept.list(path);
    }

    @Override
    public int read(String path, long offset, byte[] b, int off, int len, String version) {
      return kept.read(path, offset, b, off, len, version);
    }

    @Override
    public FileStat commit(String path, Commit c) {
      commits++;
      return kept.commit(path, c);
    }

    @Override
    public void unlink(String path) {
      kept.unlink(path);
    }
  }
}
