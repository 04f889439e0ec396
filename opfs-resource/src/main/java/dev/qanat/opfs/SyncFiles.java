package dev.qanat.opfs;

import dev.qanat.opfs.Handles.FileHandle;
import dev.qanat.opfs.Handles.SyncAccess;
import dev.qanat.sched.Gate;
import dev.qanat.sched.Sched;
import dev.qanat.web.Promises;
import dev.qanat.web.WebSched;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * The synchronous access handles in use. The browser allows one of them for a file and hands them
 * out slowly, so each is kept for a moment after its last use, and shared. It may be closed between
 * any two uses: take it anew for each one, and do not suspend in between.
 */
final class SyncFiles {
  private static final int MAX_OPEN = 64;
  private static final long IDLE_MILLIS = 1000;

  private final Map<String, Open> files = new LinkedHashMap<>(16, 0.75f, true);
  private final Function<String, FileHandle> find;
  private boolean sweeping;

  private static final class Open {
    SyncAccess access; // null while it is being opened
    Gate opening;
    long used;
  }

  /** {@code find} gives the handle of an existing file. */
  SyncFiles(Function<String, FileHandle> find) {
    this.find = find;
  }

  /** The handle, to be used before the task next suspends. May suspend. */
  SyncAccess take(String path) {
    while (true) {
      Open f = files.get(path);
      if (f == null) {
        return open(path);
      }
      if (f.access != null) {
        f.used = Sched.get().nanoTime();
        return f.access;
      }
      f.opening.await();
    }
  }

  private SyncAccess open(String path) {
    Open f = new Open();
    f.opening = new Gate();
    files.put(path, f);
    try {
      makeRoom();
      SyncAccess access = Promises.await(find.apply(path).createSyncAccessHandle(Handles.shared()));
      if (files.get(path) != f) {
        access.close(); // the name went to another file meanwhile
        return take(path);
      }
      f.access = access;
      f.used = Sched.get().nanoTime();
      sweepLater();
      return access;
    } finally {
      if (f.access == null) {
        files.remove(path, f);
      }
      f.opening.open();
    }
  }

  private void makeRoom() {
    if (files.size() <= MAX_OPEN) {
      return;
    }
    Iterator<Open> oldest = files.values().iterator();
    while (oldest.hasNext()) {
      Open f = oldest.next();
      if (f.access != null) {
        f.access.close();
        oldest.remove();
        return;
      }
    }
  }

  /** Closes the handle so that the file may be moved or removed. */
  void close(String path) {
    Open f = files.remove(path);
    if (f != null && f.access != null) {
      f.access.close();
    }
  }

  /** Closes the handles below a directory. */
  void closeBelow(String path) {
    String prefix = path.equals("/") ? "/" : path + "/";
    files
        .entrySet()
        .removeIf(
            e -> {
              boolean below = e.getKey().startsWith(prefix);
              if (below && e.getValue().access != null) {
                e.getValue().access.close();
              }
              return below;
            });
  }

  private void sweepLater() {
    if (!sweeping) {
      sweeping = true;
      WebSched.host().after(IDLE_MILLIS, this::sweep);
    }
  }

  private void sweep() {
    long limit = Sched.get().nanoTime() - IDLE_MILLIS * 1_000_000L;
    files
        .values()
        .removeIf(
            f -> {
              boolean idle = f.access != null && f.used < limit;
              if (idle) {
                f.access.close();
              }
              return idle;
            });
    sweeping = false;
    if (!files.isEmpty()) {
      sweepLater();
    }
  }
}
