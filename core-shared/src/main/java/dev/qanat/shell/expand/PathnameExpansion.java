package dev.qanat.shell.expand;

import dev.qanat.text.glob.Pattern;
import dev.qanat.vfs.DirEntry;
import dev.qanat.vfs.FileContext;
import dev.qanat.vfs.FileStat;
import dev.qanat.vfs.FileType;
import dev.qanat.vfs.VfsException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Names of files that match a pattern. Each directory is listed once. Suspends in the file tree.
 */
final class PathnameExpansion {
  private static final int MAX_DEPTH = 500;

  private final FileContext files;
  private final ExpandOptions options;
  private final boolean byteLocale;
  private final Map<String, List<DirEntry>> listings = new HashMap<>();
  private final List<String> found = new ArrayList<>();
  private List<String> components; // sources of patterns; empty ones stand for slashes in a row
  private boolean directoriesOnly;
  private boolean dots;

  PathnameExpansion(FileContext files, ExpandOptions options, boolean byteLocale) {
    this.files = files;
    this.options = options;
    this.byteLocale = byteLocale;
  }

  /**
   * The matching names, sorted; empty when there are none.
   *
   * @param ignored the value of GLOBIGNORE, or null
   */
  List<String> expand(String pattern, String ignored) {
    boolean ignores = ignored != null && !ignored.isEmpty();
    dots = options.dotglob;
    components = split(pattern);
    int n = components.size();
    if (n > 0 && components.get(n - 1).isEmpty()) {
      components.remove(n - 1);
      directoriesOnly = true;
    }
    boolean absolute = pattern.startsWith("/");
    match(absolute ? "/" : "", absolute ? 1 : 0, 0);
    List<String> names = found;
    if (ignores) {
      names = without(names, ignored);
    }
    Collections.sort(names, CodePointOrder.INSTANCE);
    return names;
  }

  /** The pattern cut at its slashes. */
  private static List<String> split(String pattern) {
    List<String> parts = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c == '\\' && i + 1 < pattern.length() && pattern.charAt(i + 1) != '/') {
        i++;
      } else if (c == '/') {
        parts.add(pattern.substring(start, i));
        start = i + 1;
      }
    }
    parts.add(pattern.substring(start));
    return parts;
  }

  /** Matches the components from {@code at} on within a directory, given as it will be printed. */
  private void match(String directory, int at, int depth) {
    if (depth > MAX_DEPTH) {
      return;
    }
    if (at == components.size()) {
      return;
    }
    String component = components.get(at);
    boolean last = at == components.size() - 1;
    if (component.isEmpty()) {
      match(directory + "/", at + 1, depth);
      return;
    }
    if (options.globstar && component.equals("**")) {
      globstar(directory, at, depth);
      return;
    }
    int flags = (options.extglob ? Pattern.EXTGLOB : 0) | (options.nocaseglob ? Pattern.NOCASE : 0);
    if (!Pattern.hasMagic(component, options.extglob) && !options.nocaseglob) {
      literal(directory, unescaped(component), at, last, depth);
      return;
    }
    Pattern pattern = Pattern.compile(byteLocale ? ByteText.of(component) : component, flags);
    boolean dotAllowed = startsWithDot(component);
    if (!options.globskipdots && (dotAllowed || dots)) {
      for (String special : new String[] {".", ".."}) {
        if (pattern.matches(special)) {
          take(directory, special, FileType.DIRECTORY, at, last, depth);
        }
      }
    }
    for (DirEntry entry : list(directory)) {
      String name = entry.name();
      if (name.startsWith(".") && !dots && !dotAllowed) {
        continue;
      }
      if (pattern.matches(byteLocale ? ByteText.of(name) : name)) {
        take(directory, name, entry.type(), at, last, depth);
      }
    }
  }

  /** Whether a component names dot files itself. */
  private boolean startsWithDot(String component) {
    if (component.startsWith(".") || component.startsWith("\\.")) {
      return true;
    }
    if (options.extglob && component.length() > 2 && component.charAt(1) == '(') {
      char operator = component.charAt(0);
      if (operator == '@' || operator == '?' || operator == '*' || operator == '+') {
        int i = 1;
        while (i >= 0) {
          if (component.startsWith(".", i + 1) || component.startsWith("\\.", i + 1)) {
            return true;
          }
          i = component.indexOf('|', i + 1);
        }
      }
    }
    return false;
  }

  private void take(String directory, String name, FileType type, int at, boolean last, int depth) {
    String path = directory + name;
    if (!last) {
      if (type == FileType.DIRECTORY || type == FileType.SYMLINK && files.isDirectory(path)) {
        match(path + "/", at + 1, depth + 1);
      }
      return;
    }
    if (directoriesOnly) {
      if (type == FileType.DIRECTORY || type == FileType.SYMLINK && files.isDirectory(path)) {
        add(path + "/");
      }
    } else {
      add(path);
    }
  }

  private void literal(String directory, String name, int at, boolean last, int depth) {
    String path = directory + name;
    if (!last) {
      match(path + "/", at + 1, depth + 1);
      return;
    }
    FileStat stat = files.lstatOrNull(path);
    if (stat == null) {
      return;
    }
    if (!directoriesOnly) {
      add(path);
    } else if (files.isDirectory(path)) {
      add(path + "/");
    }
  }

  /** {@code **}: this directory and all below it, links not followed. */
  private void globstar(String directory, int at, int depth) {
    int next = at;
    while (next + 1 < components.size() && components.get(next + 1).equals("**")) {
      next++;
    }
    if (next < components.size() - 1) {
      every(directory, next + 1, depth, !directory.isEmpty());
      return;
    }
    if (!directory.isEmpty()) {
      if (!files.isDirectory(directory)) {
        return;
      }
      // bash prints the slash only behind a directory that was not itself matched by a pattern
      boolean slash = directoriesOnly || next == at && isLiteral(at);
      add(slash ? directory : directory.substring(0, directory.length() - 1));
    }
    below(directory, depth);
  }

  private boolean isLiteral(int end) {
    for (int i = 0; i < end; i++) {
      if (Pattern.hasMagic(components.get(i), options.extglob)) {
        return false;
      }
    }
    return true;
  }

  private void below(String directory, int depth) {
    if (depth > MAX_DEPTH) {
      return;
    }
    for (DirEntry entry : list(directory)) {
      if (entry.name().startsWith(".") && !dots) {
        continue;
      }
      String path = directory + entry.name();
      boolean isDirectory = entry.type() == FileType.DIRECTORY;
      if (!directoriesOnly) {
        add(path);
      } else if (isDirectory || entry.type() == FileType.SYMLINK && files.isDirectory(path)) {
        add(path + "/");
      }
      if (isDirectory) {
        below(path + "/", depth + 1);
      }
    }
  }

  /**
   * The rest of the pattern in a directory and all below it. A link to a directory is looked into,
   * though not walked, when {@code **} stands behind a directory; bash has it so.
   */
  private void every(String directory, int at, int depth, boolean behindDirectory) {
    if (depth > MAX_DEPTH) {
      return;
    }
    match(directory, at, depth);
    for (DirEntry entry : list(directory)) {
      if (!dots && entry.name().startsWith(".")) {
        continue;
      }
      if (entry.type() == FileType.DIRECTORY) {
        every(directory + entry.name() + "/", at, depth + 1, behindDirectory);
      } else if (entry.type() == FileType.SYMLINK && behindDirectory) {
        match(directory + entry.name() + "/", at, depth + 1);
      }
    }
  }

  private void add(String path) {
    if (found.size() >= options.maxWords) {
      throw new ExpansionError(
          "pathname expansion: more than "
              + options.maxWords
              + " names (the limit of words is reached)");
    }
    found.add(path);
  }

  private List<DirEntry> list(String directory) {
    List<DirEntry> entries = listings.get(directory);
    if (entries == null) {
      try {
        entries = files.list(directory.isEmpty() ? "." : directory);
      } catch (VfsException e) {
        entries = List.of(); // what cannot be read matches nothing
      }
      listings.put(directory, entries);
    }
    return entries;
  }

  private static String unescaped(String component) {
    if (component.indexOf('\\') < 0) {
      return component;
    }
    StringBuilder out = new StringBuilder(component.length());
    for (int i = 0; i < component.length(); i++) {
      char c = component.charAt(i);
      if (c == '\\' && i + 1 < component.length()) {
        c = component.charAt(++i);
      }
      out.append(c);
    }
    return out.toString();
  }

  /** The names that no pattern of GLOBIGNORE matches; {@code .} and {@code ..} go too. */
  private List<String> without(List<String> names, String ignored) {
    List<Pattern[]> patterns = new ArrayList<>();
    int start = 0;
    int bracket = 0;
    for (int i = 0; i <= ignored.length(); i++) {
      char c = i < ignored.length() ? ignored.charAt(i) : ':';
      if (c == '\\') {
        i++;
      } else if (c == '[') {
        bracket = 1;
      } else if (c == ']') {
        bracket = 0;
      } else if (c == ':' && (bracket == 0 || i >= ignored.length())) {
        if (i > start) {
          String text = ignored.substring(start, Math.min(i, ignored.length()));
          List<String> parts = text.indexOf('(') < 0 ? parts(text) : List.of(text);
          Pattern[] pattern = new Pattern[parts.size()];
          for (int k = 0; k < pattern.length; k++) {
            pattern[k] = Pattern.compile(parts.get(k), options.extglob ? Pattern.EXTGLOB : 0);
          }
          patterns.add(pattern);
        }
        start = i + 1;
      }
    }
    List<String> kept = new ArrayList<>();
    for (String name : names) {
      String base = name.substring(name.lastIndexOf('/') + 1);
      boolean dropped = base.equals(".") || base.equals("..");
      for (int i = 0; i < patterns.size() && !dropped; i++) {
        dropped = matchesPath(patterns.get(i), name);
      }
      if (!dropped) {
        kept.add(name);
      }
    }
    return kept;
  }

  /** What stands between the slashes. */
  private static List<String> parts(String text) {
    List<String> parts = new ArrayList<>();
    int start = 0;
    for (int slash; (slash = text.indexOf('/', start)) >= 0; start = slash + 1) {
      parts.add(text.substring(start, slash));
    }
    parts.add(text.substring(start));
    return parts;
  }

  /** Whether a path matches; slashes are matched by slashes only, but for patterns with groups. */
  private static boolean matchesPath(Pattern[] pattern, String path) {
    if (pattern.length == 1 && (pattern[0].hasGroups() || path.indexOf('/') < 0)) {
      return pattern[0].matches(path);
    }
    List<String> parts = parts(path);
    boolean matches = parts.size() == pattern.length;
    for (int i = 0; i < pattern.length && matches; i++) {
      matches = pattern[i].matches(parts.get(i));
    }
    return matches;
  }
}
