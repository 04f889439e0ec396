package dev.qanat.checks;

import dev.qanat.cache.CachedResource;
import dev.qanat.cache.PageCache;
import dev.qanat.http.RetryingClient;
import dev.qanat.opfs.HandleResource;
import dev.qanat.resource.http.HttpResource;
import dev.qanat.sched.Sched;
import dev.qanat.text.Utf8;
import dev.qanat.vfs.AttributedResource;
import dev.qanat.vfs.Descriptors;
import dev.qanat.vfs.DirEntry;
import dev.qanat.vfs.FileContext;
import dev.qanat.vfs.MountMode;
import dev.qanat.vfs.OpenFile;
import dev.qanat.vfs.OpenFlags;
import dev.qanat.vfs.RamResource;
import dev.qanat.vfs.Resource;
import dev.qanat.vfs.Vfs;
import dev.qanat.vfs.VfsException;
import dev.qanat.web.FetchClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What mounts over the browser's storage and over servers do, as lines of text. */
final class StorageCheck {
  private StorageCheck() {}

  private static FileContext mount(Resource resource) {
    Vfs vfs = new Vfs(new RamResource(), MountMode.WRITE);
    vfs.addMount("/h", resource, MountMode.WRITE);
    return new FileContext(vfs, new Descriptors(), "/", 022);
  }

  private static FileContext storage(String directory) {
    return mount(new AttributedResource(HandleResource.opfs(directory), true));
  }

  private interface Step {
    Object run();
  }

  private static void say(StringBuilder log, String what, Step step) {
    long t = Sched.get().nanoTime();
    log.append(what).append(": ");
    try {
      log.append(step.run());
    } catch (VfsException e) {
      log.append(e.errno()).append(e.detail() == null ? "" : " " + e.detail());
    }
    log.append("  [").append((Sched.get().nanoTime() - t) / 100_000 / 10.0).append(" ms]\n");
  }

  private static String names(List<DirEntry> entries) {
    List<String> names = new ArrayList<>();
    for (DirEntry e : entries) {
      names.add(e.name());
    }
    names.sort(null);
    return String.join(" ", names);
  }

  private static OpenFile open(FileContext f, String path, int flags) {
    return f.open(path, flags, 0666);
  }

  private static String text(FileContext f, String path) {
    return Utf8.decode(f.readFile(path));
  }

  static String run(String directory) {
    FileContext f = storage(directory);
    StringBuilder log = new StringBuilder();
    byte[] abc = Utf8.encode("abcdef");
    say(
        log,
        "write and read",
        () -> {
          f.writeFile("/h/a", abc);
          return text(f, "/h/a") + " " + f.stat("/h/a").size();
        });
    say(
        log,
        "overwrite in the middle",
        () -> {
          OpenFile o = open(f, "/h/a", OpenFlags.READ | OpenFlags.WRITE);
          o.seek(2, 0);
          o.write(Utf8.encode("XY"), 0, 2);
          o.seek(10, 0);
          o.write(Utf8.encode("Z"), 0, 1);
          o.release();
          return text(f, "/h/a").replace('\0', '0') + " " + f.stat("/h/a").size();
        });
    say(
        log,
        "append",
        () -> {
          OpenFile o = open(f, "/h/a", OpenFlags.WRITE | OpenFlags.APPEND);
          o.write(abc, 0, 3);
          o.release();
          return f.stat("/h/a").size();
        });
    say(
        log,
        "truncate",
        () -> {
          f.truncate("/h/a", 4);
          return text(f, "/h/a");
        });
    say(
        log,
        "directories",
        () -> {
          f.mkdir("/h/d", 0755);
          f.mkdir("/h/d/e", 0755);
          f.writeFile("/h/d/e/x", abc);
          f.rename("/h/d", "/h/g");
          return names(f.list("/h")) + " | " + names(f.list("/h/g")) + " " + text(f, "/h/g/e/x");
        });
    say(
        log,
        "open while renamed and replaced",
        () -> {
          f.writeFile("/h/one", Utf8.encode("1"));
          f.writeFile("/h/two", Utf8.encode("2"));
          OpenFile one = open(f, "/h/one", OpenFlags.READ | OpenFlags.WRITE);
          OpenFile two = open(f, "/h/two", OpenFlags.READ | OpenFlags.WRITE);
          byte[] b = new byte[4];
          int n = one.read(b, 0, 4);
          f.rename("/h/one", "/h/two");
          n += two.read(b, 1, 3);
          one.write(Utf8.encode("!"), 0, 1);
          one.release();
          two.release();
          return n
              + " "
              + Utf8.decode(b, 0, n)
              + " "
              + text(f, "/h/two")
              + " "
              + f.exists("/h/one");
        });
    say(
        log,
        "open while unlinked",
        () -> {
          f.writeFile("/h/u", abc);
          OpenFile o = open(f, "/h/u", OpenFlags.READ | OpenFlags.WRITE);
          f.unlink("/h/u");
          o.seek(0, 2);
          o.write(abc, 0, 6);
          o.seek(0, 0);
          byte[] b = new byte[20];
          int n = 0;
          for (int k; (k = o.read(b, n, 20 - n)) > 0; ) {
            n += k;
          }
          boolean there = f.exists("/h/u");
          o.release();
          return Utf8.decode(b, 0, n) + " " + there + " " + names(f.list("/h"));
        });
    say(
        log,
        "remove a full directory",
        () -> {
          f.rmdir("/h/g");
          return "?";
        });
    say(
        log,
        "bad name",
        () -> {
          f.writeFile("/h/a\\\\b", abc);
          return "?";
        });
    say(
        log,
        "name that is not text",
        () -> {
          f.writeFile("/h/\udcff", abc);
          return "?";
        });
    say(
        log,
        "long name",
        () -> {
          f.writeFile("/h/" + "n".repeat(256), abc);
          return "?";
        });
    say(log, "below a file", () -> f.stat("/h/a/b"));
    say(log, "missing", () -> f.stat("/h/none"));
    say(
        log,
        "attributes",
        () -> {
          f.symlink("a", "/h/link");
          f.setAttributes("/h/a", dev.qanat.vfs.Attributes.mode(0640), true);
          return f.readlink("/h/link") + " " + Integer.toOctalString(f.stat("/h/link").mode());
        });
    say(
        log,
        "200 small files",
        () -> {
          f.mkdir("/h/many", 0755);
          for (int i = 0; i < 200; i++) {
            f.writeFile("/h/many/" + i, abc);
          }
          int n = 0;
          for (int i = 0; i < 200; i++) {
            n += f.readFile("/h/many/" + i).length;
          }
          return n;
        });
    say(
        log,
        "64 MiB by 64 KiB",
        () -> {
          byte[] b = new byte[65536];
          OpenFile o = open(f, "/h/big", OpenFlags.WRITE | OpenFlags.CREATE | OpenFlags.TRUNCATE);
          for (int i = 0; i < 1024; i++) {
            o.write(b, 0, b.length);
          }
          o.release();
          return f.stat("/h/big").size();
        });
    say(
        log,
        "read it",
        () -> {
          byte[] b = new byte[65536];
          OpenFile o = open(f, "/h/big", OpenFlags.READ);
          long n = 0;
          for (int k; (k = o.read(b, 0, b.length)) > 0; ) {
            n += k;
          }
          o.release();
          f.unlink("/h/big");
          return n;
        });
    Sched.get().sleep(500);
    return log.toString();
  }

  static String kept(String directory) {
    FileContext f = storage(directory);
    StringBuilder log = new StringBuilder();
    say(log, "names", () -> names(f.list("/h")));
    say(log, "content", () -> text(f, "/h/link"));
    say(log, "mode", () -> Integer.toOctalString(f.stat("/h/a").mode()));
    return log.toString();
  }

  static String web(String url, String path) {
    StringBuilder log = new StringBuilder();
    HttpResource server =
        new HttpResource(
            new RetryingClient(new FetchClient(), 2),
            url,
            Map.of(),
            2000,
            HttpResource.Listing.NONE,
            null);
    FileContext f = mount(new CachedResource(server, new PageCache(PageCache.DEFAULT_LIMIT), 1000));
    say(log, "stat", () -> f.stat("/h/" + path).size());
    say(log, "read", () -> f.readFile("/h/" + path).length);
    return log.toString();
  }
}
