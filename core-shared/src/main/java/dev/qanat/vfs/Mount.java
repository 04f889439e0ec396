package dev.qanat.vfs;

/** A service at a place in the tree. */
public final class Mount {
  private final String path;
  private final Resource resource;
  private final MountMode mode;
  private final int device;
  private final long since;

  Mount(String path, Resource resource, MountMode mode, int device, long since) {
    this.path = path;
    this.resource = resource;
    this.mode = mode;
    this.device = device;
    this.since = since;
  }

  /** Where it is mounted: absolute, normalised, {@code /} for the root. */
  public String path() {
    return path;
  }

  public Resource resource() {
    return resource;
  }

  public MountMode mode() {
    return mode;
  }

  /** The st_dev of its files. */
  public int device() {
    return device;
  }

  /** When it was mounted, in nanoseconds since 1970: the time of files that have none. */
  public long since() {
    return since;
  }

  /** True when the absolute path is the mount point or below it. */
  boolean covers(String absolute) {
    return path.equals("/")
        || absolute.startsWith(path)
            && (absolute.length() == path.length() || absolute.charAt(path.length()) == '/');
  }

  /** The path within the service. */
  String inside(String absolute) {
    if (path.equals("/")) {
      return absolute;
    }
    return absolute.length() == path.length() ? "/" : absolute.substring(path.length());
  }
}
