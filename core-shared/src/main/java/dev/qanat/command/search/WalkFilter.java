package dev.qanat.command.search;

import dev.qanat.vfs.FileContext;
import java.util.ArrayList;
import java.util.List;

/**
 * Which entries of a directory tree a search leaves out: by globs of the command line, ignore
 * files, types and hidden names, in this order of precedence.
 */
final class WalkFilter {
  /** What holds in one directory: the rules of its ignore files and of those above. */
  record Level(IgnoreRules ignore, IgnoreRules git, boolean inRepository) {}

  boolean hidden;
  boolean ignoreFiles = true;
  boolean gitignore = true;
  boolean parents = true;
  boolean requireGit = true;

  private final FileContext files;
  private final IgnoreRules overrides;
  private final IgnoreRules extra;
  private boolean overridesInclude;
  private final List<PathGlob> wanted = new ArrayList<>();
  private final List<PathGlob> unwanted = new ArrayList<>();
  private boolean typesGiven;

  WalkFilter(FileContext files) {
    this.files = files;
    this.overrides = new IgnoreRules(null, files.cwd());
    this.extra = new IgnoreRules(null, files.cwd());
  }

  /**
   * Adds a glob of {@code -g}: files that match are in, or out if it begins with an exclamation
   * mark.
   */
  void override(String glob, boolean ignoreCase) {
    boolean excluded = glob.startsWith("!");
    overridesInclude |= !excluded;
    overrides.add(excluded ? glob.substring(1) : "!" + glob, ignoreCase);
  }

  /** Adds the globs of a type that is wanted, or not. */
  void types(List<String> globs, boolean isWanted) {
    for (String glob : globs) {
      (isWanted ? wanted : unwanted).add(new PathGlob(glob, false));
    }
    typesGiven |= isWanted;
  }

  /** Adds an ignore file of the command line, whose rules are relative to the working directory. */
  void ignoreFile(String path) {
    extra.read(files, path);
  }

  /** What the directories above {@code directory}, an absolute path, contribute. */
  Level rulesAbove(String directory) {
    Level level = new Level(extra, null, false);
    if (!ignoreFiles) {
      return new Level(null, null, false);
    }
    if (!parents) {
      return level;
    }
    for (int slash = 0;
        slash >= 0 && slash < directory.length() - 1;
        slash = directory.indexOf('/', slash + 1)) {
      level = enter(level, slash == 0 ? "/" : directory.substring(0, slash));
    }
    return level;
  }

  /** What holds in {@code directory}, given what holds above it. */
  Level enter(Level above, String directory) {
    if (!ignoreFiles) {
      return above;
    }
    String prefix = directory.equals("/") ? "/" : directory + "/";
    boolean repository = files.exists(prefix + ".git");
    IgnoreRules ignore = new IgnoreRules(above.ignore, directory);
    ignore.read(files, prefix + ".ignore");
    ignore.read(files, prefix + ".rgignore");
    // A repository inside another one has rules of its own only.
    IgnoreRules git = new IgnoreRules(repository ? null : above.git, directory);
    if (gitignore) {
      if (repository) {
        git.read(files, prefix + ".git/info/exclude");
      }
      git.read(files, prefix + ".gitignore");
    }
    return new Level(
        ignore.isEmpty() ? above.ignore : ignore,
        git.isEmpty() && !repository ? above.git : git,
        above.inRepository || repository);
  }

  /** Whether the entry is left out; {@code real} is its absolute path. */
  boolean excludes(Level level, String path, String real, String name, boolean isDirectory) {
    int verdict = overrides.verdict(real, isDirectory);
    if (verdict != 0) {
      return verdict > 0;
    }
    if (overridesInclude && !isDirectory) {
      return true;
    }
    if (ignoreFiles) {
      verdict = level.ignore == null ? 0 : level.ignore.verdict(real, isDirectory);
      if (verdict == 0 && level.git != null && (level.inRepository || !requireGit)) {
        verdict = level.git.verdict(real, isDirectory);
      }
      if (verdict > 0) {
        return true;
      }
    }
    if (!isDirectory && isUnwantedType(name)) {
      return true;
    }
    return !hidden && name.startsWith(".") && verdict == 0;
  }

  private boolean isUnwantedType(String name) {
    for (PathGlob glob : unwanted) {
      if (glob.matches(name)) {
        return true;
      }
    }
    if (!typesGiven) {
      return false;
    }
    for (PathGlob glob : wanted) {
      if (glob.matches(name)) {
        return false;
      }
    }
    return true;
  }
}
