package dev.qanat.command.search;

import dev.qanat.command.Command;
import dev.qanat.command.Input;
import dev.qanat.command.Invocation;
import dev.qanat.command.Locale;
import dev.qanat.command.Options;
import dev.qanat.command.Options.Given;
import dev.qanat.command.Options.Parsed;
import dev.qanat.sched.Sched;
import dev.qanat.text.Utf8;
import dev.qanat.text.regex.Regex;
import dev.qanat.text.regex.RegexException;
import dev.qanat.text.regex.Syntax;
import dev.qanat.vfs.DirEntry;
import dev.qanat.vfs.FileStat;
import dev.qanat.vfs.FileType;
import dev.qanat.vfs.VfsException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * {@code grep}, {@code egrep} and {@code fgrep}: prints the lines that match patterns. This class
 * takes the command line apart, compiles the patterns and walks the files; {@link LineSelector}
 * reads them.
 */
public final class Grep implements Command {
  private static final Options OPTIONS =
      Options.of("grep")
          .version("GNU grep", "3.8")
          .usage("[OPTION]... PATTERNS [FILE]...")
          .usageStatus(2)
          .usageInErrors()
          .about(
              """
              Search for PATTERNS in each FILE.
              Example: grep -i 'hello world' menu.h main.c
              PATTERNS can contain multiple patterns separated by newlines.""")
          .flag('E', "extended-regexp", "PATTERNS are extended regular expressions")
          .flag('F', "fixed-strings", "PATTERNS are strings")
          .flag('G', "basic-regexp", "PATTERNS are basic regular expressions")
          .flag('P', "perl-regexp", "PATTERNS are Perl regular expressions")
          .value('e', "regexp", "PATTERNS", "use PATTERNS for matching")
          .value('f', "file", "FILE", "take PATTERNS from FILE")
          .flag('i', "ignore-case", "ignore case distinctions in patterns and data")
          .alias('y', "ignore-case")
          .flag((char) 0, "no-ignore-case", "do not ignore case distinctions (default)")
          .flag('w', "word-regexp", "match only whole words")
          .flag('x', "line-regexp", "match only whole lines")
          .flag('z', "null-data", "a data line ends in 0 byte, not newline")
          .flag('s', "no-messages", "suppress error messages")
          .flag('v', "invert-match", "select non-matching lines")
          .flag('V', "version", "display version information and exit")
          .value('m', "max-count", "NUM", "stop after NUM selected lines")
          .flag('b', "byte-offset", "print the byte offset with output lines")
          .flag('n', "line-number", "print line number with output lines")
          .flag((char) 0, "line-buffered", "flush output on every line")
          .flag('H', "with-filename", "print file name with output lines")
          .flag('h', "no-filename", "suppress the file name prefix on output")
          .value((char) 0, "label", "LABEL", "use LABEL as the standard input file name prefix")
          .flag('o', "only-matching", "show only nonempty parts of lines that match")
          .flag('q', "quiet", "suppress all normal output")
          .alias("silent", "quiet")
          .value(
              (char) 0,
              "binary-files",
              "TYPE",
              "assume that binary files are TYPE;\nTYPE is 'binary', 'text', or 'without-match'")
          .flag('a', "text", "equivalent to --binary-files=text")
          .flag('I', null, "equivalent to --binary-files=without-match")
          .value(
              'd',
              "directories",
              "ACTION",
              "how to handle directories;\nACTION is 'read', 'recurse', or 'skip'")
          .value(
              'D',
              "devices",
              "ACTION",
              "how to handle devices, FIFOs and sockets;\nACTION is 'read' or 'skip'")
          .flag('r', "recursive", "like --directories=recurse")
          .flag('R', "dereference-recursive", "likewise, but follow all symlinks")
          .value((char) 0, "include", "GLOB", "search only files that match GLOB (a file pattern)")
          .value((char) 0, "exclude", "GLOB", "skip files that match GLOB")
          .value(
              (char) 0, "exclude-from", "FILE", "skip files that match any file pattern from FILE")
          .value((char) 0, "exclude-dir", "GLOB", "skip directories that match GLOB")
          .flag('L', "files-without-match", "print only names of FILEs with no selected lines")
          .flag('l', "files-with-matches", "print only names of FILEs with selected lines")
          .flag('c', "count", "print only a count of selected lines per FILE")
          .flag('T', "initial-tab", "make tabs line up (if needed)")
          .flag('Z', "null", "print 0 byte after FILE name")
          .value('B', "before-context", "NUM", "print NUM lines of leading context")
          .value('A', "after-context", "NUM", "print NUM lines of trailing context")
          .value('C', "context", "NUM", "print NUM lines of output context; -NUM is the same")
          .value(
              (char) 0, "group-separator", "SEP", "print SEP on line between matches with context")
          .flag((char) 0, "no-group-separator", "do not print separator for matches with context")
          .optional(
              (char) 0,
              "color",
              "WHEN",
              "use markers to highlight the matching strings;\n"
                  + "WHEN is 'always', 'never', or 'auto'")
          .alias("colour", "color")
          .flag('U', "binary", "do not strip CR characters at EOL (MSDOS/Windows)")
          .flag('u', "unix-byte-offsets", "obsolete, has no effect")
          .epilogue(
              """
              When FILE is '-', read standard input.  With no FILE, read '.' if
              recursive, '-' otherwise.  With fewer than two FILEs, assume -h.
              Exit status is 0 if any line is selected, 1 otherwise;
              if any error occurs and -q is not given, the exit status is 2.""");

  private final String preset;

  /** The command grep. */
  public Grep() {
    this(null);
  }

  /** A grep that begins its command line with {@code preset}: -E makes egrep, -F fgrep. */
  public Grep(String preset) {
    this.preset = preset;
  }

  @Override
  public int run(Invocation in) {
    if (preset != null) {
      List<String> argv = new ArrayList<>(List.of("grep", preset));
      argv.addAll(in.args());
      return in.run(new Grep(), in.child(argv));
    }
    return new Run(in).run();
  }

  /** One run: the settings that walking needs, and what has been found so far. */
  private static final class Run {
    private final Invocation in;
    private final LineSelector selector;
    private final FileFilter files = new FileFilter();
    private final FileFilter directories = new FileFilter();
    private String directoryAction = "read";
    private String deviceAction;
    private boolean followLinks;
    private boolean quietErrors;
    private boolean quiet;
    private int nameOption; // 1 with names, -1 without, 0 by the number of files
    private boolean selectedAny;
    private boolean failed;

    Run(Invocation in) {
      this.in = in;
      this.selector = new LineSelector(in);
    }

    int run() {
      Parsed parsed = OPTIONS.parse(in, digitsToContext(in.args()));
      List<String> operands = new ArrayList<>(parsed.operands());
      Syntax syntax = null;
      boolean fixed = false;
      boolean chosen = false;
      int flags = Regex.LINES;
      Set<String> patterns = new LinkedHashSet<>();
      boolean patternsGiven = false;
      String colorWhen = "never";
      long context = -1;
      for (Given given : parsed.options()) {
        String value = given.value();
        switch (given.id()) {
          case "extended-regexp", "basic-regexp", "perl-regexp", "fixed-strings" -> {
            Syntax wanted =
                switch (given.id()) {
                  case "extended-regexp" -> Syntax.GREP_EXTENDED;
                  case "perl-regexp" -> Syntax.PERL;
                  default -> Syntax.GREP_BASIC;
                };
            boolean wantedFixed = given.is("fixed-strings");
            if (chosen && (wanted != syntax || wantedFixed != fixed)) {
              throw in.fail(2, "conflicting matchers specified");
            }
            chosen = true;
            syntax = wanted;
            fixed = wantedFixed;
          }
          case "regexp" -> {
            addLines(patterns, value);
            patternsGiven = true;
          }
          case "file" -> {
            addPatternFile(patterns, value);
            patternsGiven = true;
          }
          case "ignore-case" -> flags |= Regex.IGNORE_CASE;
          case "no-ignore-case" -> flags &= ~Regex.IGNORE_CASE;
          case "word-regexp" -> flags |= Regex.WHOLE_WORD;
          case "line-regexp" -> flags |= Regex.WHOLE_LINE;
          case "null-data" -> {
            flags |= Regex.NUL_LINES;
            selector.eol = 0;
          }
          case "no-messages" -> quietErrors = true;
          case "invert-match" -> selector.invert = true;
          case "version" -> {
            in.stdout().line("grep (Qanat) 0.1.0, compatible with GNU grep 3.8");
            return 0;
          }
          case "max-count" -> selector.maximum = maximum(value);
          case "byte-offset" -> selector.byteOffsets = true;
          case "line-number" -> selector.lineNumbers = true;
          case "line-buffered" -> selector.flushLines = true;
          case "with-filename" -> nameOption = 1;
          case "no-filename" -> nameOption = -1;
          case "label" -> selector.label = value;
          case "only-matching" -> selector.onlyMatching = true;
          case "quiet" -> quiet = true;
          case "text" -> selector.binary = LineSelector.Binary.TEXT;
          case "I" -> selector.binary = LineSelector.Binary.WITHOUT_MATCH;
          case "binary-files" -> selector.binary = binaryFiles(value);
          case "directories" -> {
            directoryAction = directoryAction(value);
            followLinks = false;
          }
          case "recursive" -> {
            directoryAction = "recurse";
            followLinks = false;
          }
          case "dereference-recursive" -> {
            directoryAction = "recurse";
            followLinks = true;
          }
          case "devices" -> {
            if (!value.equals("read") && !value.equals("skip")) {
              throw in.fail(2, "unknown devices method");
            }
            deviceAction = value;
          }
          case "include" -> files.add(value, true);
          case "exclude" -> files.add(value, false);
          case "exclude-from" -> excludeFrom(value);
          case "exclude-dir" -> directories.add(withoutTrailingSlashes(value), false);
          case "files-with-matches" -> selector.list = LineSelector.Listing.WITH_MATCH;
          case "files-without-match" -> selector.list = LineSelector.Listing.WITHOUT_MATCH;
          case "count" -> selector.count = true;
          case "initial-tab" -> selector.initialTab = true;
          case "null" -> selector.nulAfterName = true;
          case "after-context" -> selector.after = contextLength(value);
          case "before-context" -> selector.before = contextLength(value);
          case "context" -> context = contextLength(value);
          case "group-separator" -> selector.groupSeparator = value;
          case "no-group-separator" -> selector.groupSeparator = null;
          case "color" -> colorWhen = value == null ? "auto" : value;
          case "unix-byte-offsets" -> in.error("warning: --unix-byte-offsets (-u) is obsolete");
          default -> {} // -U changes nothing here
        }
      }
      if (context >= 0) {
        selector.after = selector.after < 0 ? context : selector.after;
        selector.before = selector.before < 0 ? context : selector.before;
      }
      if (!patternsGiven) {
        if (operands.isEmpty()) {
          throw OPTIONS.hint(in);
        }
        addLines(patterns, operands.remove(0));
      }
      color(colorWhen);
      selector.bytes = Locale.isBytes(in.env());
      if (selector.bytes) {
        flags |= Regex.BYTES;
      }
      boolean selectsNothing = selector.maximum == 0 || patterns.isEmpty() && !selector.invert;
      if (selectsNothing && selector.list != LineSelector.Listing.WITHOUT_MATCH) {
        return 1;
      }
      selector.setRegex(compile(new ArrayList<>(patterns), syntax, fixed, flags));
      selector.quiet = quiet;
      selector.prepare();
      searchAll(operands);
      return failed && !(quiet && selectedAny) ? 2 : selectedAny ? 0 : 1;
    }

    /** Rewrites {@code -5} and {@code -5n} so that the number is the value of an option. */
    private static List<String> digitsToContext(List<String> args) {
      List<String> rewritten = new ArrayList<>();
      for (int i = 0; i < args.size(); i++) {
        String arg = args.get(i);
        if (arg.equals("--")) {
          rewritten.addAll(args.subList(i, args.size()));
          break;
        }
        if (arg.length() < 2 || arg.charAt(0) != '-' || arg.charAt(1) == '-') {
          rewritten.add(arg);
          continue;
        }
        StringBuilder letters = new StringBuilder("-");
        StringBuilder digits = new StringBuilder();
        boolean takesNext = false;
        for (int k = 1; k < arg.length(); k++) {
          char c = arg.charAt(k);
          if (c >= '0' && c <= '9') {
            digits.append(c);
            continue;
          }
          letters.append(c);
          if ("efmdDABC".indexOf(c) >= 0) {
            letters.append(arg, k + 1, arg.length());
            takesNext = k + 1 == arg.length();
            break;
          }
        }
        if (digits.length() > 0) {
          rewritten.add("--context=" + digits);
        }
        if (letters.length() > 1) {
          rewritten.add(letters.toString());
        }
        if (takesNext && i + 1 < args.size()) {
          rewritten.add(args.get(++i));
        }
      }
      return rewritten;
    }

    private static void addLines(Set<String> patterns, String text) {
      int from = 0;
      for (int i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', from)) {
        patterns.add(text.substring(from, i));
        from = i + 1;
      }
      patterns.add(text.substring(from));
    }

    private void addPatternFile(Set<String> patterns, String path) {
      byte[] content;
      try {
        content = path.equals("-") ? in.stdin().readAll() : in.files().readFile(path);
      } catch (VfsException e) {
        in.error(path + ": " + e.reason());
        throw new Exit(2);
      }
      String text = Utf8.decode(content);
      if (text.endsWith("\n")) {
        text = text.substring(0, text.length() - 1);
      } else if (text.isEmpty()) {
        return;
      }
      addLines(patterns, text);
    }

    private void excludeFrom(String path) {
      byte[] content;
      try {
        content = path.equals("-") ? in.stdin().readAll() : in.files().readFile(path);
      } catch (VfsException e) {
        in.error(path + ": " + e.reason());
        throw new Exit(2);
      }
      Set<String> globs = new LinkedHashSet<>();
      addLines(globs, Utf8.decode(content));
      for (String glob : globs) {
        if (!glob.isEmpty() && !glob.startsWith("#")) {
          files.add(glob, false);
        }
      }
    }

    private long maximum(String value) {
      long number = integer(value);
      if (number == Long.MIN_VALUE) {
        throw in.fail(2, "invalid max count");
      }
      return number < 0 ? Long.MAX_VALUE : number;
    }

    private long contextLength(String value) {
      long number = integer(value);
      if (number < 0) {
        throw in.fail(2, value + ": invalid context length argument");
      }
      return number;
    }

    /** A decimal number, cut at the largest; the smallest long if it is none. */
    private static long integer(String value) {
      boolean negative = value.startsWith("-");
      int at = negative || value.startsWith("+") ? 1 : 0;
      if (at == value.length()) {
        return Long.MIN_VALUE;
      }
      long number = 0;
      for (; at < value.length(); at++) {
        int digit = value.charAt(at) - '0';
        if (digit < 0 || digit > 9) {
          return Long.MIN_VALUE;
        }
        number = number > Long.MAX_VALUE / 16 ? number : number * 10 + digit;
      }
      return negative ? -number : number;
    }

    private LineSelector.Binary binaryFiles(String value) {
      return switch (value) {
        case "binary" -> LineSelector.Binary.BINARY;
        case "text" -> LineSelector.Binary.TEXT;
        case "without-match" -> LineSelector.Binary.WITHOUT_MATCH;
        default -> throw in.fail(2, "unknown binary-files type");
      };
    }

    private String directoryAction(String value) {
      for (String action : new String[] {"read", "recurse", "skip"}) {
        if (!value.isEmpty()
                && action.startsWith(value)
                && (value.length() > 2 || !value.startsWith("r"))
            || value.equals("rea")) {
          return action;
        }
      }
      in.error("invalid argument ‘" + value + "’ for ‘--directories’");
      in.stderr().line("Valid arguments are:\n  - ‘read’\n  - ‘recurse’\n  - ‘skip’");
      OPTIONS.hint(in);
      throw new Exit(1);
    }

    private void color(String when) {
      GrepColors colors = selector.colors;
      switch (when) {
        case "always", "yes", "force" -> colors.on = true;
        case "never", "no", "none" -> colors.on = false;
        case "auto", "tty", "if-tty" -> {
          String term = in.env("TERM");
          colors.on = in.stdout().file().isTerminal() && term != null && !term.equals("dumb");
        }
        default -> {
          in.stdout().write(OPTIONS.helpText(in.name()));
          throw new Exit(0);
        }
      }
      if (colors.on) {
        String old = in.env("GREP_COLOR");
        if (old != null && !old.isEmpty()) {
          in.error(
              "warning: GREP_COLOR='" + old + "' is deprecated; use GREP_COLORS='mt=" + old + "'");
          colors.parse("mt=" + old);
        }
        String settings = in.env("GREP_COLORS");
        if (settings != null) {
          colors.parse(settings);
        }
        if (selector.invert) {
          colors.swapIfReversed();
        }
      }
    }

    private static String withoutTrailingSlashes(String path) {
      int end = path.length();
      while (end > 1 && path.charAt(end - 1) == '/') {
        end--;
      }
      return path.substring(0, end);
    }

    private Regex compile(List<String> patterns, Syntax syntax, boolean fixed, int flags) {
      try {
        if (fixed) {
          return Regex.literals(patterns, flags);
        }
        if (syntax == Syntax.PERL) {
          if (patterns.size() > 1) {
            throw in.fail(2, "the -P option only supports a single pattern");
          }
          return Regex.compileAny(patterns, syntax, flags);
        }
        Regex regex =
            Regex.compileAny(patterns, syntax == null ? Syntax.GREP_BASIC : syntax, flags);
        for (String warning : regex.warnings()) {
          in.error("warning: " + warning);
        }
        return regex;
      } catch (RegexException e) {
        throw in.fail(2, e.getMessage());
      }
    }

    private boolean recursive() {
      return directoryAction.equals("recurse");
    }

    private void searchAll(List<String> operands) {
      if (operands.isEmpty() && recursive()) {
        selector.withNames = nameOption >= 0;
        walk(".", "", new ArrayList<>());
        return;
      }
      boolean several = operands.size() > 1;
      for (String operand : operands.isEmpty() ? List.of("-") : operands) {
        if (finished()) {
          return;
        }
        selector.withNames = nameOption > 0 || nameOption == 0 && several;
        if (operand.equals("-")) {
          search(in.stdin(), selector.label == null ? "(standard input)" : selector.label, false);
        } else {
          operand(operand);
        }
      }
    }

    /** Whether the answer is known: with -q the first selected line is enough. */
    private boolean finished() {
      return quiet && selectedAny;
    }

    private void operand(String path) {
      FileStat stat;
      try {
        stat = in.files().stat(path);
      } catch (VfsException e) {
        complain(path, e);
        return;
      }
      if (stat.isDirectory()) {
        if (recursive()) {
          if (!directories.excludesOperand(withoutTrailingSlashes(path))) {
            selector.withNames = nameOption >= 0;
            walk(path, path.endsWith("/") ? path : path + "/", new ArrayList<>());
          }
        } else if (!directoryAction.equals("skip")) {
          message(path + ": Is a directory");
        }
        return;
      }
      if (files.excludesOperand(path)) {
        return;
      }
      if (!stat.isFile() && "skip".equals(deviceAction)) {
        return;
      }
      searchFile(path, path);
    }

    private void walk(String path, String prefix, List<String> ancestors) {
      List<DirEntry> entries;
      try {
        entries = new ArrayList<>(in.files().list(path));
        if (followLinks) {
          String real = in.files().realpath(path);
          if (ancestors.contains(real)) {
            in.error("warning: " + path + ": recursive directory loop");
            return;
          }
          ancestors.add(real);
        }
      } catch (VfsException e) {
        complain(path, e);
        return;
      }
      entries.sort((a, b) -> a.name().compareTo(b.name()));
      for (DirEntry entry : entries) {
        Sched.checkpoint();
        if (finished()) {
          return;
        }
        entry(prefix + entry.name(), entry, ancestors);
      }
      if (followLinks) {
        ancestors.remove(ancestors.size() - 1);
      }
    }

    private void entry(String path, DirEntry entry, List<String> ancestors) {
      FileType type = entry.type();
      if (type == FileType.SYMLINK) {
        if (!followLinks) {
          return;
        }
        try {
          type = in.files().stat(path).type();
        } catch (VfsException e) {
          complain(path, e);
          return;
        }
      }
      if (type == FileType.DIRECTORY) {
        if (!directories.excludes(entry.name())) {
          walk(path, path + "/", ancestors);
        }
      } else if (!files.excludes(entry.name())
          && (type == FileType.FILE || "read".equals(deviceAction))) {
        searchFile(path, path);
      }
    }

    private void searchFile(String path, String name) {
      Input input;
      try {
        input = new Input(in.files().open(path), true);
      } catch (VfsException e) {
        complain(path, e);
        return;
      }
      try {
        search(input, name, true);
      } finally {
        input.close();
      }
    }

    private void search(Input input, String name, boolean opened) {
      try {
        if (!opened && input.file().stat().isDirectory()) {
          message(name + ": Is a directory");
          return;
        }
        if (selector.writesTo(input)) {
          message(name + ": input file is also the output");
          return;
        }
        selectedAny |= selector.search(input, name);
      } catch (VfsException e) {
        complain(name, e);
      } catch (RegexException e) {
        message(name + ": " + e.getMessage());
      }
    }

    private void complain(String path, VfsException e) {
      failed = true;
      if (!quietErrors) {
        in.error(path + ": " + e.reason());
      }
    }

    private void message(String text) {
      failed = true;
      if (!quietErrors) {
        in.error(text);
      }
    }
  }
}
