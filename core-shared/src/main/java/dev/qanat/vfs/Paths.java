package dev.qanat.vfs;

/** Path arithmetic that looks at no file. */
public final class Paths {
  private Paths() {}

  /** Puts a path behind a directory unless it is absolute. Nothing is normalised. */
  public static String join(String directory, String path) {
    if (path.startsWith("/")) {
      return path;
    }
    if (path.isEmpty()) {
      return directory;
    }
    return directory.endsWith("/") ? directory + path : directory + "/" + path;
  }

  /**
   * An absolute path without empty, {@code .} and {@code ..} components. Only for paths in which no
   * component is a link: {@code ..} is taken by the letter.
   */
  public static String normalize(String path) {
    if (isNormal(path)) {
      return path;
    }
    StringBuilder out = new StringBuilder(path.length());
    int i = 0;
    while (i < path.length()) {
      int end = path.indexOf('/', i);
      if (end < 0) {
        end = path.length();
      }
      int n = end - i;
      if (n == 2 && path.charAt(i) == '.' && path.charAt(i + 1) == '.') {
        out.setLength(Math.max(0, out.lastIndexOf("/")));
      } else if (n > 1 || n == 1 && path.charAt(i) != '.') {
        out.append('/').append(path, i, end);
      }
      i = end + 1;
    }
    return out.length() == 0 ? "/" : out.toString();
  }

  private static boolean isNormal(String path) {
    int n = path.length();
    if (n == 0 || path.charAt(0) != '/') {
      return false;
    }
    if (n == 1) {
      return true;
    }
    for (int i = 0; i < n; i++) {
      if (path.charAt(i) == '/') {
        if (i + 1 == n) {
          return false;
        }
        char c = path.charAt(i + 1);
        if (c == '/') {
          return false;
        }
        if (c == '.') {
          char d = i + 2 < n ? path.charAt(i + 2) : '/';
          if (d == '/' || d == '.' && (i + 3 >= n || path.charAt(i + 3) == '/')) {
            return false;
          }
        }
      }
    }
    return true;
  }

  /** The directory that holds a normalised absolute path; {@code /} for {@code /}. */
  public static String parent(String path) {
    int slash = path.lastIndexOf('/');
    return slash <= 0 ? "/" : path.substring(0, slash);
  }

  /** The last component of a normalised absolute path; empty for {@code /}. */
  public static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
