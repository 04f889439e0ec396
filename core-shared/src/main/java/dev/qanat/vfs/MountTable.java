package dev.qanat.vfs;

import dev.qanat.sched.Sched;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is mounted where. Paths are absolute and normalised. */
final class MountTable {
  private final Map<String, Mount> mounts = new LinkedHashMap<>();
  private Mount[] byDepth = new Mount[0]; // the longest path first
  private int nextDevice = 1;

  /** The path must be free. */
  Mount add(String path, Resource resource, MountMode mode) {
    Sched sched = Sched.get();
    long now = sched == null ? 0 : sched.realTimeNanos();
    Mount m = new Mount(path, resource, mode, nextDevice++, now);
    mounts.put(path, m);
    order();
    return m;
  }

  void remove(Mount m) {
    mounts.remove(m.path());
    order();
  }

  private void order() {
    byDepth = mounts.values().toArray(new Mount[0]);
    Arrays.sort(byDepth, (a, b) -> b.path().length() - a.path().length());
  }

  /** In the order they were made. */
  Collection<Mount> all() {
    return new ArrayList<>(mounts.values());
  }

  /** The mount at exactly that path; null when there is none. */
  Mount at(String path) {
    return mounts.get(path);
  }

  /** The mount a path lies on. */
  Mount covering(String path) {
    for (Mount m : byDepth) {
      if (m.covers(path)) {
        return m;
      }
    }
    throw new IllegalStateException();
  }

  /** Whether something is mounted below that directory. */
  boolean below(String directory) {
    String prefix = prefix(directory);
    for (Mount m : byDepth) {
      if (isBelow(m, prefix)) {
        return true;
      }
    }
    return false;
  }

  /** The names that a directory has because of what is mounted below it. */
  List<String> namesIn(String directory) {
    String prefix = prefix(directory);
    List<String> names = new ArrayList<>();
    for (Mount m : mounts.values()) {
      if (isBelow(m, prefix)) {
        int end = m.path().indexOf('/', prefix.length());
        names.add(m.path().substring(prefix.length(), end < 0 ? m.path().length() : end));
      }
    }
    return names;
  }

  private static String prefix(String directory) {
    return directory.equals("/") ? "/" : directory + "/";
  }

  private static boolean isBelow(Mount m, String prefix) {
    return m.path().startsWith(prefix) && m.path().length() > prefix.length();
  }
}
