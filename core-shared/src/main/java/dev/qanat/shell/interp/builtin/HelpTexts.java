package dev.qanat.shell.interp.builtin;

import dev.qanat.command.Output;
import dev.qanat.shell.interp.Builtins;
import dev.qanat.shell.interp.Shell;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The synopsis of each builtin and reserved word, as {@code help} lists it. */
final class HelpTexts {
  static final Map<String, String> SYNOPSES = new LinkedHashMap<>();

  static {
    String[] lines = {
      "%|job_spec [&]",
      "(( ... ))|(( expression ))",
      ".|. filename [arguments]",
      ":|:",
      "[|[ arg... ]",
      "[[ ... ]]|[[ expression ]]",
      "alias|alias [-p] [name[=value] ... ]",
      "bg|bg [job_spec ...]",
      "bind|bind [-lpsvPSVX] [-m keymap] [-f filename] [-q name] [-u name] [-r keyseq] [-x"
          + " keyseq:shell-command] [keyseq:readline-function or readline-command]",
      "break|break [n]",
      "builtin|builtin [shell-builtin [arg ...]]",
      "caller|caller [expr]",
      "case|case WORD in [PATTERN [| PATTERN]...) COMMANDS ;;]... esac",
      "cd|cd [-L|[-P [-e]] [-@]] [dir]",
      "command|command [-pVv] command [arg ...]",
      "compgen|compgen [-abcdefgjksuv] [-o option] [-A action] [-G globpat] [-W wordlist] [-F"
          + " function] [-C command] [-X filterpat] [-P prefix] [-S suffix] [word]",
      "complete|complete [-abcdefgjksuv] [-pr] [-DEI] [-o option] [-A action] [-G globpat] [-W"
          + " wordlist] [-F function] [-C command] [-X filterpat] [-P prefix] [-S suffix] [name"
          + " ...]",
      "compopt|compopt [-o|+o option] [-DEI] [name ...]",
      "continue|continue [n]",
      "coproc|coproc [NAME] command [redirections]",
      "declare|declare [-aAfFgiIlnrtux] [name[=value] ...] or declare -p [-aAfFilnrtux] [name ...]",
      "dirs|dirs [-clpv] [+N] [-N]",
      "disown|disown [-h] [-ar] [jobspec ... | pid ...]",
      "echo|echo [-neE] [arg ...]",
      "enable|enable [-a] [-dnps] [-f filename] [name ...]",
      "eval|eval [arg ...]",
      "exec|exec [-cl] [-a name] [command [argument ...]] [redirection ...]",
      "exit|exit [n]",
      "export|export [-fn] [name[=value] ...] or export -p",
      "false|false",
      "fc|fc [-e ename] [-lnr] [first] [last] or fc -s [pat=rep] [command]",
      "fg|fg [job_spec]",
      "for|for NAME [in WORDS ... ] ; do COMMANDS; done",
      "for ((|for (( exp1; exp2; exp3 )); do COMMANDS; done",
      "function|function name { COMMANDS ; } or name () { COMMANDS ; }",
      "getopts|getopts optstring name [arg ...]",
      "hash|hash [-lr] [-p pathname] [-dt] [name ...]",
      "help|help [-dms] [pattern ...]",
      "history|history [-c] [-d offset] [n] or history -anrw [filename] or history -ps arg"
          + " [arg...]",
      "if|if COMMANDS; then COMMANDS; [ elif COMMANDS; then COMMANDS; ]... [ else COMMANDS; ] fi",
      "jobs|jobs [-lnprs] [jobspec ...] or jobs -x command [args]",
      "kill|kill [-s sigspec | -n signum | -sigspec] pid | jobspec ... or kill -l [sigspec]",
      "let|let arg [arg ...]",
      "local|local [option] name[=value] ...",
      "logout|logout [n]",
      "mapfile|mapfile [-d delim] [-n count] [-O origin] [-s count] [-t] [-u fd] [-C callback] [-c"
          + " quantum] [array]",
      "popd|popd [-n] [+N | -N]",
      "printf|printf [-v var] format [arguments]",
      "pushd|pushd [-n] [+N | -N | dir]",
      "pwd|pwd [-LP]",
      "read|read [-ers] [-a array] [-d delim] [-i text] [-n nchars] [-N nchars] [-p prompt] [-t"
          + " timeout] [-u fd] [name ...]",
      "readarray|readarray [-d delim] [-n count] [-O origin] [-s count] [-t] [-u fd] [-C callback]"
          + " [-c quantum] [array]",
      "readonly|readonly [-aAf] [name[=value] ...] or readonly -p",
      "return|return [n]",
      "select|select NAME [in WORDS ... ;] do COMMANDS; done",
      "set|set [-abefhkmnptuvxBCEHPT] [-o option-name] [--] [-] [arg ...]",
      "shift|shift [n]",
      "shopt|shopt [-pqsu] [-o] [optname ...]",
      "source|source filename [arguments]",
      "suspend|suspend [-f]",
      "test|test [expr]",
      "time|time [-p] pipeline",
      "times|times",
      "trap|trap [-lp] [[arg] signal_spec ...]",
      "true|true",
      "type|type [-afptP] name [name ...]",
      "typeset|typeset [-aAfFgiIlnrtux] name[=value] ... or typeset -p [-aAfFilnrtux] [name ...]",
      "ulimit|ulimit [-SHabcdefiklmnpqrstuvxPRT] [limit]",
      "umask|umask [-p] [-S] [mode]",
      "unalias|unalias [-a] name [name ...]",
      "unset|unset [-f] [-v] [-n] [name ...]",
      "until|until COMMANDS; do COMMANDS-2; done",
      "variables|variables - Names and meanings of some shell variables",
      "wait|wait [-fn] [-p var] [id ...]",
      "while|while COMMANDS; do COMMANDS-2; done",
      "{ ... }|{ COMMANDS ; }"
    };
    for (String line : lines) {
      int bar = line.indexOf('|');
      SYNOPSES.put(line.substring(0, bar), line.substring(bar + 1));
    }
  }

  private static Map<String, List<String>> pages;

  private HelpTexts() {}

  /** The lines of a topic's page; the first says what it is for. */
  static List<String> page(String name) {
    if (pages == null) {
      pages = new HashMap<>();
      read(HelpPages.COMMANDS);
      read(HelpSyntax.WORDS);
    }
    return pages.get(name);
  }

  private static void read(String text) {
    List<String> page = null;
    for (String line : text.split("\n")) {
      if (!line.startsWith("@")) {
        page.add(line);
        continue;
      }
      page = new ArrayList<>();
      String names = line.substring(1);
      if (SYNOPSES.containsKey(names)) {
        pages.put(names, page);
      } else {
        for (String name : names.split(" ")) {
          pages.put(name, page);
        }
      }
    }
  }

  /** {@code name --help}: its page; the status is that of a usage error. */
  static int show(Shell sh, String name) {
    full(sh, name);
    return 2;
  }

  /** Synopsis and page. */
  static void full(Shell sh, String name) {
    sh.out().line(name + ": " + SYNOPSES.get(name));
    for (String line : page(name)) {
      sh.out().line("    " + line);
    }
  }

  /** The page in the form of a manual's. */
  static void manual(Shell sh, String name) {
    Output out = sh.out();
    out.line("NAME\n    " + name + " - " + page(name).get(0) + "\n");
    out.line("SYNOPSIS\n    " + SYNOPSES.get(name) + "\n");
    out.line("DESCRIPTION");
    for (String line : page(name)) {
      out.line("    " + line);
    }
    out.line("\nSEE ALSO\n    bash(1)\n");
    out.line("IMPLEMENTATION\n    " + VERSION + "\n");
  }

  static final String VERSION = "GNU bash, version 5.2.15(1)-release (x86_64-pc-linux-gnu)";

  static String usage(String name) {
    return SYNOPSES.get(name);
  }

  /** All synopses in two columns, those of builtins that are switched off with a star. */
  static void list(Shell sh) {
    int width = 80;
    try {
      String columns = sh.variables().get("COLUMNS");
      width = columns == null ? 80 : Math.max(0, Math.min(100_000, Integer.parseInt(columns)));
    } catch (NumberFormatException e) {
      // not a number: as if it were not set
    }
    width /= 2;
    if (width <= 3) {
      width = 40;
    }
    List<String> names = new ArrayList<>(SYNOPSES.keySet());
    int rows = (names.size() + 1) / 2;
    for (int i = 0; i < rows; i++) {
      String left = cell(sh, names.get(i), width - 2);
      if (i + rows >= names.size()) {
        sh.out().line(left);
        continue;
      }
      String gap = " ".repeat(Math.max(0, width - left.length()));
      sh.out().line(left + gap + cell(sh, names.get(i + rows), width - 3));
    }
  }

  private static String cell(Shell sh, String name, int room) {
    String text = SYNOPSES.get(name);
    boolean off = Builtins.get(name) != null && !sh.builtinEnabled(name);
    return (off ? "*" : " ")
        + (text.length() >= room ? text.substring(0, Math.max(0, room - 1)) + ">" : text);
  }
}
