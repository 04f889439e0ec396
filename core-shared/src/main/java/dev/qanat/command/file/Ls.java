package dev.qanat.command.file;

import dev.qanat.command.Command;
import dev.qanat.command.Invocation;
import dev.qanat.command.Options;

/** ls, dir and vdir: list directories. */
public final class Ls implements Command {
  private final Options options;
  private final String kind;

  /** {@code kind}: ls, dir or vdir. */
  public Ls(String kind) {
    this.kind = kind;
    options =
        Options.of(kind)
            .usage("[OPTION]... [FILE]...")
            .about(
                "List information about the FILEs (the current directory by default).\n"
                    + "Sort entries alphabetically if none of -cftuvSUX nor --sort is specified.")
            .usageStatus(2)
            .flag('a', "all", "do not ignore entries starting with .")
            .flag('A', "almost-all", "do not list implied . and ..")
            .flag((char) 0, "author", "with -l, print the author of each file")
            .flag('b', "escape", "print C-style escapes for nongraphic characters")
            .value(
                (char) 0, "block-size", "SIZE", "with -l, scale sizes by SIZE when printing them")
            .flag('B', "ignore-backups", "do not list implied entries ending with ~")
            .flag(
                'c',
                null,
                "with -lt: sort by, and show, ctime;\n"
                    + "with -l: show ctime and sort by name;\n"
                    + "otherwise: sort by ctime, newest first")
            .flag('C', null, "list entries by columns")
            .optional((char) 0, "color", "WHEN", "color the output WHEN")
            .flag('d', "directory", "list directories themselves, not their contents")
            .flag('D', "dired", "generate output designed for Emacs' dired mode")
            .flag('f', null, "list all entries in directory order")
            .flag('F', null, "append indicator (one of */=>@|) to entries")
            .optional((char) 0, "classify", "WHEN", "likewise, WHEN")
            .flag((char) 0, "file-type", "likewise, except do not append '*'")
            .value(
                (char) 0,
                "format",
                "WORD",
                "across -x, commas -m, horizontal -x, long -l,\n"
                    + "single-column -1, verbose -l, vertical -C")
            .flag((char) 0, "full-time", "like -l --time-style=full-iso")
            .flag('g', null, "like -l, but do not list owner")
            .flag((char) 0, "group-directories-first", "group directories before files")
            .flag('G', "no-group", "in a long listing, don't print group names")
            .flag('h', "human-readable", "with -l and -s, print sizes like 1K 234M 2G etc.")
            .flag((char) 0, "si", "likewise, but use powers of 1000 not 1024")
            .flag(
                'H', "dereference-command-line", "follow symbolic links listed on the command line")
            .flag(
                (char) 0,
                "dereference-command-line-symlink-to-dir",
                "follow each command line symbolic link\nthat points to a directory")
            .value(
                (char) 0, "hide", "PATTERN", "do not list implied entries matching shell PATTERN")
            .optional((char) 0, "hyperlink", "WHEN", "hyperlink file names WHEN")
            .value(
                (char) 0,
                "indicator-style",
                "WORD",
                "append indicator with style WORD to entry names:\n"
                    + "none (default), slash (-p), file-type, classify (-F)")
            .flag('i', "inode", "print the index number of each file")
            .value('I', "ignore", "PATTERN", "do not list implied entries matching shell PATTERN")
            .flag('k', "kibibytes", "default to 1024-byte blocks for file system usage")
            .flag('l', null, "use a long listing format")
            .flag(
                'L',
                "dereference",
                "when showing file information for a symbolic\n"
                    + "link, show information for the file the link\n"
                    + "references rather than for the link itself")
            .flag('m', null, "fill width with a comma separated list of entries")
            .flag('n', "numeric-uid-gid", "like -l, but list numeric user and group IDs")
            .flag('N', "literal", "print entry names without quoting")
            .flag('o', null, "like -l, but do not list group information")
            .flag('p', null, "append / indicator to directories")
            .flag('q', "hide-control-chars", "print ? instead of nongraphic characters")
            .flag((char) 0, "show-control-chars", "show nongraphic characters as-is")
            .flag('Q', "quote-name", "enclose entry names in double quotes")
            .value(
                (char) 0,
                "quoting-style",
                "WORD",
                "literal, locale, shell, shell-always,\n"
                    + "shell-escape, shell-escape-always, c, escape")
            .flag('r', "reverse", "reverse order while sorting")
            .flag('R', "recursive", "list subdirectories recursively")
            .flag('s', "size", "print the allocated size of each file, in blocks")
            .flag('S', null, "sort by file size, largest first")
            .value(
                (char) 0,
                "sort",
                "WORD",
                "sort by WORD instead of name: none (-U), size (-S),\n"
                    + "time (-t), version (-v), extension (-X), width")
            .value(
                (char) 0,
                "time",
                "WORD",
                "change the default of using modification times:\naccess (-u), status (-c), birth")
            .value(
                (char) 0, "time-style", "TIME_STYLE", "full-iso, long-iso, iso, locale or +FORMAT")
            .flag('t', null, "sort by time, newest first")
            .value('T', "tabsize", "COLS", "assume tab stops at each COLS instead of 8")
            .flag('u', null, "with -lt: sort by, and show, access time")
            .flag('U', null, "do not sort; list entries in directory order")
            .flag('v', null, "natural sort of (version) numbers within text")
            .value('w', "width", "COLS", "set output width to COLS.  0 means no limit")
            .flag('x', null, "list entries by lines instead of by columns")
            .flag('X', null, "sort alphabetically by entry extension")
            .flag('Z', "context", "print any security context of each file")
            .flag((char) 0, "zero", "end each output line with NUL, not newline")
            .flag('1', null, "list one file per line");
  }

  @Override
  public int run(Invocation in) {
    return new Listing(in, new ListingOptions(in, options, options.parse(in), kind)).run();
  }
}
