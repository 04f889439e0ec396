package dev.qanat.command.search;

import dev.qanat.command.Command;
import dev.qanat.command.Input;
import dev.qanat.command.Invocation;
import dev.qanat.command.Options;
import dev.qanat.command.Options.Given;
import dev.qanat.command.Options.Parsed;
import dev.qanat.sched.Sched;
import dev.qanat.text.Utf8;
import dev.qanat.text.regex.Regex;
import dev.qanat.text.regex.RegexException;
import dev.qanat.text.regex.Syntax;
import dev.qanat.vfs.FileType;
import dev.qanat.vfs.VfsException;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code rg}: searches directories for a pattern as ripgrep does, leaving out what ignore files
 * name, hidden files and binary files. Directories are walked in the order of names. Not for
 * searching across lines or in compressed files.
 */
public final class Ripgrep implements Command {
  private static final Options OPTIONS =
      Options.of("rg")
          .version("ripgrep", "14.1.0")
          .usage(
              "[OPTIONS] PATTERN [PATH ...]\n"
                  + "[OPTIONS] -e PATTERN ... [PATH ...]\n"
                  + "[OPTIONS] --files [PATH ...]")
          .usageStatus(2)
          .about("Search the current directory for lines that match a regular expression.")
          .value('e', "regexp", "PATTERN", "a pattern to search for")
          .value('f', "file", "FILE", "search for patterns from the given file")
          .flag('i', "ignore-case", "case insensitive search")
          .flag('s', "case-sensitive", "search case sensitively")
          .flag('S', "smart-case", "case insensitive unless the pattern has capitals")
          .flag('F', "fixed-strings", "treat all patterns as literals")
          .flag('P', "pcre2", "allow look-around and back-references")
          .flag('w', "word-regexp", "show matches surrounded by word boundaries")
          .flag('x', "line-regexp", "show matches surrounded by line boundaries")
          .flag('v', "invert-match", "invert matching")
          .flag('c', "count", "show count of matching lines for each file")
          .flag((char) 0, "count-matches", "show count of every match for each file")
          .flag((char) 0, "include-zero", "include zero matches in summary output")
          .flag('l', "files-with-matches", "print the paths with at least one match")
          .flag((char) 0, "files-without-match", "print the paths that contain zero matches")
          .flag((char) 0, "files", "print each file that would be searched")
          .flag('q', "quiet", "do not print anything to stdout")
          .value('m', "max-count", "NUM", "limit the number of matching lines")
          .flag('n', "line-number", "show line numbers")
          .flag('N', "no-line-number", "suppress line numbers")
          .flag('H', "with-filename", "print the file path with each matching line")
          .flag('I', "no-filename", "never print the path with each matching line")
          .flag((char) 0, "heading", "print matches grouped by each file")
          .flag((char) 0, "no-heading", "do not group matches by each file")
          .flag((char) 0, "column", "show column numbers")
          .flag((char) 0, "no-column", "hide column numbers")
          .flag((char) 0, "vimgrep", "print each match on a line of its own with its position")
          .flag('b', "byte-offset", "print the byte offset for each matching line")
          .flag('o', "only-matching", "print only matched parts of a line")
          .value('r', "replace", "TEXT", "replace matches with the given text")
          .flag((char) 0, "trim", "trim prefix whitespace from matches")
          .value('M', "max-columns", "NUM", "omit lines longer than this limit")
          .value('A', "after-context", "NUM", "show NUM lines after each match")
          .value('B', "before-context", "NUM", "show NUM lines before each match")
          .value('C', "context", "NUM", "show NUM lines before and after each match")
          .value((char) 0, "context-separator", "SEP", "set the separator for contextual chunks")
          .flag((char) 0, "no-context-separator", "print no separator between contextual chunks")
          .value('g', "glob", "GLOB", "include or exclude file paths")
          .value((char) 0, "iglob", "GLOB", "include or exclude file paths case insensitively")
          .value('t', "type", "TYPE", "only search files matching TYPE")
          .value('T', "type-not", "TYPE", "do not search files matching TYPE")
          .value((char) 0, "type-add", "TYPESPEC", "add a new glob for a file type")
          .flag((char) 0, "type-list", "show all supported file types")
          .flag('.', "hidden", "search hidden files and directories")
          .flag((char) 0, "no-hidden", "do not search hidden files and directories")
          .flag((char) 0, "no-ignore", "do not use ignore files")
          .flag((char) 0, "no-ignore-vcs", "do not use .gitignore files")
          .flag((char) 0, "no-ignore-parent", "do not use ignore files in parent directories")
          .flag((char) 0, "no-require-git", "use .gitignore outside of git repositories")
          .value((char) 0, "ignore-file", "PATH", "specify additional ignore files")
          .flag('u', "unrestricted", "reduce the level of \"smart\" filtering")
          .flag('L', "follow", "follow symbolic links")
          .value('d', "max-depth", "NUM", "descend at most NUM directories")
          .alias("maxdepth", "max-depth")
          .value((char) 0, "max-filesize", "NUM+SUFFIX?", "ignore files larger than NUM in size")
          .flag('a', "text", "search binary files as if they were text")
          .flag((char) 0, "binary", "search binary files")
          .flag('0', "null", "print a NUL byte after file paths")
          .flag((char) 0, "null-data", "use NUL as a line terminator")
          .value((char) 0, "color", "WHEN", "when to use color: never, auto, always or ansi")
          .flag('p', "pretty", "alias for colors, headings and line numbers")
          .value((char) 0, "sort", "SORTBY", "sort results: none or path")
          .flag((char) 0, "line-buffered", "force line buffering")
          .flag((char) 0, "no-messages", "suppress some error messages")
          .flag((char) 0, "no-config", "never read configuration files (there are none)")
          .value(
              'j', "threads", "NUM", "the number of threads, which is one whatever is asked for");

  @Override
  public int run(Invocation in) {
    return new Run(in).run();
  }

  private static final class Run {
    private final Invocation in;
    private final LineSelector selector;
    private final RipgrepPrinter printer;
    private final WalkFilter filter;
    private final FileTypes types = new FileTypes();
    private boolean listFiles;
    private boolean quiet;
    private boolean countLines;
    private boolean countMatches;
    private boolean includeZero;
    private boolean withMatch;
    private boolean withoutMatch;
    private boolean messages = true;
    private boolean followLinks;
    private boolean searchBinary;
    private boolean asText;
    private int names; // 1 with, -1 without, 0 by the paths
    private boolean namesNow;
    private int maxDepth = Integer.MAX_VALUE;
    private long maxFileSize = Long.MAX_VALUE;
    private boolean any;
    private boolean failed;

    Run(Invocation in) {
      this.in = in;
      this.selector = new LineSelector(in);
      this.printer = new RipgrepPrinter(in.stdout());
      this.filter = new WalkFilter(in.files());
    }

    int run() {
      Parsed parsed = OPTIONS.parse(in);
      List<String> patterns = new ArrayList<>();
      boolean patternsGiven = false;
      boolean smart = false;
      boolean fixed = false;
      boolean pcre = false;
      boolean terminal = in.stdout().file().isTerminal();
      boolean numbers = terminal;
      boolean heading = terminal;
      String color = "auto";
      int flags = Regex.LINES | Regex.UNICODE;
      long context = 0;
      int unrestricted = 0;
      for (Given given : parsed.options()) {
        String value = given.value();
        switch (given.id()) {
          case "regexp" -> {
            patterns.add(value);
            patternsGiven = true;
          }
          case "file" -> {
            patterns.addAll(patternFile(value));
            patternsGiven = true;
          }
          case "ignore-case" -> {
            flags |= Regex.IGNORE_CASE;
            smart = false;
          }
          case "case-sensitive" -> {
            flags &= ~Regex.IGNORE_CASE;
            smart = false;
          }
          case "smart-case" -> {
            flags &= ~Regex.IGNORE_CASE;
            smart = true;
          }
          case "fixed-strings" -> fixed = true;
          case "pcre2" -> pcre = true;
          case "word-regexp" -> flags = flags & ~Regex.WHOLE_LINE | Regex.WHOLE_WORD;
          case "line-regexp" -> flags = flags & ~Regex.WHOLE_WORD | Regex.WHOLE_LINE;
          case "invert-match" -> selector.invert = true;
          case "count" -> countLines = true;
          case "count-matches" -> countMatches = true;
          case "include-zero" -> includeZero = true;
          case "files-with-matches" -> withMatch = true;
          case "files-without-match" -> withoutMatch = true;
          case "files" -> listFiles = true;
          case "quiet" -> quiet = true;
          case "max-count" -> selector.maximum = number(value, "max-count");
          case "line-number" -> numbers = true;
          case "no-line-number" -> numbers = false;
          case "with-filename" -> names = 1;
          case "no-filename" -> names = -1;
          case "heading" -> heading = true;
          case "no-heading" -> heading = false;
          case "column" -> {
            printer.columns = true;
            numbers = true;
          }
          case "no-column" -> printer.columns = false;
          case "vimgrep" -> {
            printer.eachMatch = true;
            printer.columns = true;
            numbers = true;
            heading = false;
            names = names == 0 ? 1 : names;
          }
          case "byte-offset" -> printer.byteOffsets = true;
          case "only-matching" -> printer.onlyMatching = true;
          case "replace" -> printer.replacement = value;
          case "trim" -> printer.trim = true;
          case "max-columns" -> printer.maxColumns = number(value, "max-columns");
          case "after-context" -> selector.after = number(value, "after-context");
          case "before-context" -> selector.before = number(value, "before-context");
          case "context" -> context = number(value, "context");
          case "context-separator" -> selector.groupSeparator = value;
          case "no-context-separator" -> selector.groupSeparator = null;
          case "glob" -> filter.override(value, false);
          case "iglob" -> filter.override(value, true);
          case "type" -> filter.types(globsOf(value), true);
          case "type-not" -> filter.types(globsOf(value), false);
          case "type-add" -> {
            if (!types.add(value)) {
              throw in.fail(2, "invalid definition (format is type:glob, e.g., html:*.html)");
            }
          }
          case "type-list" -> {
            types.list().forEach(in.stdout()::line);
            return 0;
          }
          case "hidden" -> filter.hidden = true;
          case "no-hidden" -> filter.hidden = false;
          case "no-ignore" -> filter.ignoreFiles = false;
          case "no-ignore-vcs" -> filter.gitignore = false;
          case "no-ignore-parent" -> filter.parents = false;
          case "no-require-git" -> filter.requireGit = false;
          case "ignore-file" -> filter.ignoreFile(value);
          case "unrestricted" -> unrestricted++;
          case "follow" -> followLinks = true;
          case "max-depth" ->
              maxDepth = (int) Math.min(number(value, "max-depth"), Integer.MAX_VALUE);
          case "max-filesize" -> maxFileSize = size(value);
          case "text" -> asText = true;
          case "binary" -> searchBinary = true;
          case "null" -> printer.nulAfterPath = true;
          case "null-data" -> {
            flags |= Regex.NUL_LINES;
            selector.eol = 0;
          }
          case "color" -> color = value;
          case "pretty" -> {
            color = "pretty";
            heading = true;
            numbers = true;
          }
          case "sort" -> {
            if (!value.equals("path") && !value.equals("none")) {
              throw in.fail(2, "sorting by '" + value + "' is not supported");
            }
          }
          case "line-buffered" -> selector.flushLines = true;
          case "no-messages" -> messages = false;
          default -> {} // --no-config and -j change nothing here
        }
      }
      filter.ignoreFiles &= unrestricted < 1;
      filter.hidden |= unrestricted >= 2;
      searchBinary |= unrestricted >= 3;
      List<String> operands = new ArrayList<>(parsed.operands());
      if (!listFiles) {
        if (!patternsGiven) {
          if (operands.isEmpty()) {
            throw in.fail(2, "ripgrep requires at least one pattern to execute a search");
          }
          patterns.add(operands.remove(0));
        }
        if (smart && patterns.stream().noneMatch(Run::hasCapital)) {
          flags |= Regex.IGNORE_CASE;
        }
        Regex regex = compile(patterns, fixed, pcre, flags);
        selector.setRegex(regex);
        printer.matcher = regex.matcher();
      }
      printer.invert = selector.invert;
      printer.numbers = numbers;
      printer.heading = heading;
      printer.eol = selector.eol;
      printer.colors =
          switch (color) {
            case "always", "ansi" -> true;
            case "never" -> false;
            case "pretty" -> in.env("TERM") != null && !"dumb".equals(in.env("TERM"));
            case "auto" -> terminal && !"dumb".equals(in.env("TERM"));
            default ->
                throw in.fail(
                    2, "error parsing flag --color: choice '" + color + "' is unrecognized");
          };
      prepare(context);
      searchPaths(operands);
      return failed && !(quiet && any) ? 2 : any ? 0 : 1;
    }

    private void prepare(long context) {
      selector.bytes = true; // what is not UTF-8 is printed as it is
      selector.reports = false;
      selector.lineNumbers = printer.numbers;
      selector.separatorsWithinFile = printer.heading;
      if (selector.after < 0 && context > 0) {
        selector.after = context;
      }
      if (selector.before < 0 && context > 0) {
        selector.before = context;
      }
      if (countMatches || countLines && printer.onlyMatching) {
        countMatches = !selector.invert;
        countLines = selector.invert;
      }
      if (quiet || withMatch || withoutMatch) {
        selector.list = LineSelector.Listing.WITH_MATCH; // one match is enough
      } else if (countLines) {
        selector.count = true;
      } else {
        printer.countOnly = countMatches;
        selector.printer = printer;
      }
      if (countMatches) {
        selector.after = selector.before = -1;
      }
      selector.prepare();
    }

    private static boolean hasCapital(String pattern) {
      for (int i = 0; i < pattern.length(); i++) {
        char c = pattern.charAt(i);
        if (c == '\\') {
          i++;
        } else if (Character.isUpperCase(c)) {
          return true;
        }
      }
      return false;
    }

    private Regex compile(List<String> patterns, boolean fixed, boolean pcre, int flags) {
      if (fixed) {
        return Regex.literals(patterns, flags);
      }
      try {
        Regex regex = Regex.compileAny(patterns, Syntax.PERL, flags);
        if (!pcre && !regex.isRegular()) {
          throw new RegexException(
              "look-around, atomic groups and backreferences are not supported\n\n"
                  + "Consider enabling PCRE2 with the --pcre2 flag, which can handle"
                  + " backreferences\n"
                  + "and look-around.");
        }
        return regex;
      } catch (RegexException e) {
        throw in.fail(
            2,
            "regex parse error:\n    "
                + String.join("|", patterns)
                + "\nerror: "
                + worded(e.getMessage()));
      }
    }

    /** The usual errors in the words of Rust's regex library. */
    private static String worded(String message) {
      return switch (message) {
        case "missing closing parenthesis" -> "unclosed group";
        case "unmatched closing parenthesis" -> "unopened group";
        case "missing terminating ] for character class" -> "unclosed character class";
        case "quantifier does not follow a repeatable item" ->
            "repetition operator missing expression";
        case "range out of order in character class" ->
            "invalid character class range, the start must be <= the end";
        default -> message;
      };
    }

    private List<String> patternFile(String path) {
      try {
        byte[] content = path.equals("-") ? in.stdin().readAll() : in.files().readFile(path);
        List<String> lines = new ArrayList<>();
        int from = 0;
        for (int i = 0; i <= content.length; i++) {
          if (i == content.length ? i > from : content[i] == '\n') {
            lines.add(Utf8.decode(content, from, i - from));
            from = i + 1;
          }
        }
        return lines;
      } catch (VfsException e) {
        throw in.fail(2, path + ": " + osError(e));
      }
    }

    private List<String> globsOf(String type) {
      List<String> globs = types.globsOf(type);
      if (globs == null) {
        throw in.fail(2, "unrecognized file type: " + type);
      }
      return globs;
    }

    private long number(String value, String flag) {
      long number = 0;
      for (int i = 0; i < value.length(); i++) {
        char c = value.charAt(i);
        if (c < '0' || c > '9' || i > 17) {
          number = -1;
          break;
        }
        number = number * 10 + c - '0';
      }
      if (number < 0 || value.isEmpty()) {
        throw in.fail(
            2,
            "error parsing flag --"
                + flag
                + ": value is not a valid number: invalid digit found in string");
      }
      return number;
    }

    private long size(String value) {
      int end = value.length();
      long unit = 1;
      if (end > 0) {
        int at = "KMG".indexOf(value.charAt(end - 1));
        if (at >= 0) {
          unit = 1L << 10 * (at + 1);
          end--;
        }
      }
      return number(value.substring(0, end), "max-filesize") * unit;
    }

    private static String osError(VfsException e) {
      return e.reason() + " (os error " + e.errno().number() + ")";
    }

    private void searchPaths(List<String> operands) {
      if (operands.isEmpty()) {
        FileType type = in.stdin().file().stat().type();
        boolean piped = type == FileType.FIFO || type == FileType.FILE;
        if (piped && !listFiles) {
          namesNow = names > 0;
          search(in.stdin(), "<stdin>", true);
        } else {
          namesNow = names >= 0;
          directory(".", "");
        }
        return;
      }
      for (String operand : operands) {
        if (quiet && any) {
          return;
        }
        boolean isDirectory = in.files().isDirectory(operand);
        namesNow = names > 0 || names == 0 && (operands.size() > 1 || isDirectory);
        if (operand.equals("-")) {
          search(in.stdin(), "<stdin>", true);
        } else if (isDirectory) {
          directory(operand, operand.endsWith("/") ? operand : operand + "/");
        } else {
          if (in.files().lstatOrNull(operand) == null) {
            failed = true;
            if (messages) {
              in.error(
                  operand
                      + ": IO error for operation on "
                      + operand
                      + ": No such file or directory (os error 2)");
            }
            continue;
          }
          file(operand, true);
        }
      }
    }

    private void directory(String path, String prefix) {
      try {
        String real = in.files().realpath(path);
        walk(path, prefix, real, filter.rulesAbove(real), 1, new ArrayList<>());
      } catch (VfsException e) {
        complain(path, e);
      }
    }

    private void walk(
        String path,
        String prefix,
        String real,
        WalkFilter.Level above,
        int depth,
        List<String> ancestors) {
      if (depth > maxDepth) {
        return;
      }
      List<dev.qanat.vfs.DirEntry> entries;
      try {
        entries = new ArrayList<>(in.files().list(path));
      } catch (VfsException e) {
        complain(path, e);
        return;
      }
      WalkFilter.Level level = filter.enter(above, real);
      entries.sort((a, b) -> a.name().compareTo(b.name()));
      for (dev.qanat.vfs.DirEntry entry : entries) {
        Sched.checkpoint();
        if (quiet && any) {
          return;
        }
        String entryPath = prefix + entry.name();
        String entryReal = (real.equals("/") ? "" : real) + "/" + entry.name();
        FileType type = entry.type();
        if (type == FileType.SYMLINK) {
          if (!followLinks) {
            continue;
          }
          try {
            type = in.files().stat(entryPath).type();
            entryReal = in.files().realpath(entryPath);
          } catch (VfsException e) {
            complain(entryPath, e);
            continue;
          }
        }
        boolean isDirectory = type == FileType.DIRECTORY;
        if (filter.excludes(level, entryPath, entryReal, entry.name(), isDirectory)) {
          continue;
        }
        if (isDirectory) {
          if (ancestors.contains(entryReal)) {
            continue;
          }
          ancestors.add(entryReal);
          walk(entryPath, entryPath + "/", entryReal, level, depth + 1, ancestors);
          ancestors.remove(ancestors.size() - 1);
        } else if (type == FileType.FILE) {
          file(entryPath, false);
        }
      }
    }

    private void file(String path, boolean explicit) {
      Input input;
      try {
        if (maxFileSize < Long.MAX_VALUE && in.files().stat(path).size() > maxFileSize) {
          return;
        }
        if (listFiles) {
          in.files().stat(path);
          any = true;
          if (!quiet) {
            printer.writePathLine(path);
          }
          return;
        }
        input = new Input(in.files().open(path), true);
      } catch (VfsException e) {
        complain(path, e);
        return;
      }
      try {
        search(input, path, explicit);
      } finally {
        input.close();
      }
    }

    private void search(Input input, String path, boolean explicit) {
      selector.binary =
          asText
              ? LineSelector.Binary.TEXT
              : explicit || searchBinary
                  ? LineSelector.Binary.BINARY
                  : LineSelector.Binary.WITHOUT_MATCH;
      printer.beginFile(path, namesNow);
      boolean found;
      try {
        found = selector.search(input, path);
      } catch (VfsException e) {
        complain(path, e);
        return;
      } catch (RegexException e) {
        failed = true;
        in.error(path + ": " + e.getMessage());
        return;
      }
      report(path, found);
    }

    private void report(String path, boolean found) {
      if (selector.isSkippedBinary()) {
        return;
      }
      if (withoutMatch) {
        any |= !found;
        if (!found && !quiet) {
          printer.writePathLine(path);
        }
        return;
      }
      any |= found;
      if (quiet) {
        return;
      }
      if (withMatch) {
        if (found) {
          printer.writePathLine(path);
        }
      } else if (countLines || countMatches) {
        long count = countMatches ? printer.matches() : selector.selected();
        if (count > 0 || includeZero) {
          printer.writeCount(path, namesNow, count);
        }
      } else if (selector.isBinaryMatch()) {
        String message =
            "binary file matches (found \"\\0\" byte around offset " + selector.nulOffset() + ")";
        in.stdout().line(namesNow ? path + ": " + message : message);
      }
    }

    private void complain(String path, VfsException e) {
      failed = true;
      if (messages) {
        in.error(path + ": " + osError(e));
      }
    }
  }
}
