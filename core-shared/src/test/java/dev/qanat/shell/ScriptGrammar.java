package dev.qanat.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Random bash scripts that end, and always the same way. Left out because it differs from run to
 * run: the order of associative arrays' keys, process numbers, clocks, two tasks writing one
 * stream. Left out because bash's own answer is a slip of its: {@code $'\\''} in the array of a
 * nested {@code $( )}, which bash prints without its quotes and reads again. Left out because it
 * differs on purpose (the README of {@code shell}): deep recursion, {@code times}, {@code enable
 * -f}, {@code ulimit}, {@code read} with a letter and a blank in {@code IFS}, and files outside the
 * working directory.
 */
final class ScriptGrammar {
  /** What a part of a script is, and with it what may stand in its place. */
  enum Kind {
    STATEMENTS,
    STATEMENT,
    WORD,
    PART
  }

  /** A part of a script: text and smaller parts ({@code String} and {@code Node}), in order. */
  static final class Node {
    final Kind kind;
    final List<Object> parts;

    Node(Kind kind, List<Object> parts) {
      this.kind = kind;
      this.parts = parts;
    }

    @Override
    public String toString() {
      StringBuilder text = new StringBuilder();
      for (Object part : parts) {
        text.append(part);
        if (kind == Kind.STATEMENTS) {
          text.append('\n');
        }
      }
      return kind == Kind.STATEMENTS && parts.isEmpty() ? ":\n" : text.toString();
    }
  }

  private static final String[] NAMES = {"v", "w", "n", "k", "IFS", "u"};
  private static final String[] LITERALS = {
    "a",
    "b",
    "foo",
    "x.y",
    "'x y'",
    "\"p  q\"",
    "''",
    "\"\"",
    "\\$",
    "\\*",
    "*",
    "f?",
    "[ab]*",
    "{a,b}",
    "{1..3}",
    "a{,z}",
    "$'t\\tq'",
    "$'\\x41q'",
    "-n",
    "=",
    "a:b",
    "0",
    "7",
    "12",
    "-3",
    "\"a'b\"",
    "'\"'",
    "\\\\",
    "~",
    "é",
    "\"x$ \"",
    "a$",
    "x\\ y",
    "\\\n",
    "\\#",
    "a#b",
    "!",
    "%s",
    "]",
  };
  private static final String[] PATTERNS = {
    "a",
    "*",
    "?",
    "a*",
    "*o",
    "[a-m]",
    "[!a]",
    "'*'",
    "\\?",
    "[[:digit:]]",
    "*.*",
    "o",
    " ",
    "\"$v\"",
    "$w",
    "??",
    "[]x]",
    "[a",
    "é",
  };
  private static final String[] OPTIONS = {
    "set -e",
    "set -u",
    "set -o pipefail",
    "set -f",
    "set +e",
    "set +u",
    "set -x",
    "set +x",
    "shopt -s nullglob",
    "shopt -s extglob",
    "shopt -s nocasematch",
    "shopt -s lastpipe",
    "set -a",
    "shopt -s inherit_errexit",
    "set -E",
    "set -o noclobber",
  };
  private static final String[] FILTERS = {
    "cat",
    "sort",
    "tr a-f A-F",
    "sed 's/a/<&>/'",
    "wc -l",
    "tail -n 2",
    "sort -r",
    "cat -A",
    "while IFS= read -r line; do printf '%s;' \"$line\"; done",
    "{ read -r k w; printf '%s|' \"$k\" \"$w\"; cat; }",
  };

  private final Random random;
  private int loops;
  private int functions;

  private ScriptGrammar(long seed) {
    random = new Random(seed);
  }

  /** The script of a seed. */
  static Node script(long seed) {
    ScriptGrammar grammar = new ScriptGrammar(seed * 0x9E3779B97F4A7C15L);
    return grammar.statements(3 + grammar.random.nextInt(8), 3);
  }

  private static Node node(Kind kind, Object... parts) {
    return new Node(kind, new ArrayList<>(List.of(parts)));
  }

  private static Node statement(Object... parts) {
    return node(Kind.STATEMENT, parts);
  }

  private static Node part(Object... parts) {
    return node(Kind.PART, parts);
  }

  private String pick(String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  private Node statements(int count, int depth) {
    Node list = node(Kind.STATEMENTS);
    for (int i = 0; i < count; i++) {
      list.parts.add(statement(depth));
    }
    return list;
  }

  private Node body(int depth) {
    return statements(1 + random.nextInt(3), depth - 1);
  }

  private Node statement(int depth) {
    if (depth <= 0 || chance(50)) {
      return simple(depth);
    }
    switch (random.nextInt(17)) {
      case 0:
        return statement(
            "if ", condition(depth), "; then\n", body(depth), "else\n", body(depth), "fi");
      case 1:
        return statement(
            "for ", pick("v", "w", "i"), " in ", words(depth), "; do\n", body(depth), "done");
      case 2:
        {
          String n = "l" + loops++;
          return statement(
              n,
              "=0; ",
              pick("while ", "until ! "),
              "((",
              n,
              "++ < 3)); do\n",
              body(depth),
              "done");
        }
      case 3:
        return statement(
            "case ",
            word(depth),
            " in\n",
            pattern(),
            pick(")", "|b)"),
            "\n",
            body(depth),
            pick(";;", ";&", ";;&"),
            "\n*)\n",
            body(depth),
            "esac");
      case 4:
        return statement("( ", simple(depth), "\n", body(depth), ")", redirect(depth));
      case 5:
        return statement("{\n", body(depth), "}", redirect(depth));
      case 6:
        return statement("{\n", body(depth), "} 2>/dev/null | ", pick(FILTERS));
      case 7:
        {
          // A function calls only those numbered below it, so that none calls itself.
          String name = "f" + functions;
          Node body = body(depth);
          functions++;
          return statement(name, "() {\n", body, "}\n", name, " ", words(depth));
        }
      case 8:
        return statement(condition(depth), pick(" && ", " || "), simple(depth));
      case 9:
        return statement(
            "cat ",
            pick("", "<<< y "),
            "<<",
            pick("E", "'E'", "-E"),
            "\n",
            part(hereText(depth)),
            "\nE");
      case 10:
        return statement("! ", simple(depth));
      case 11:
        {
          String n = "l" + loops++;
          return statement(
              "for ((",
              n,
              "=0; ",
              n,
              "<",
              pick("1", "2", "3"),
              "; ",
              n,
              "++)); do\n",
              body(depth),
              "done");
        }
      case 12:
        return statement(
            "trap '",
            pick("echo bye $? $LINENO", "echo \"$v\"", "exit 3", "false"),
            "' ",
            pick("EXIT", "EXIT", "ERR", "RETURN"));
      case 13:
        return statement("eval ", word(depth), " ", word(depth), " :"); // not to end in a backslash
      case 14:
        return statement("{\n", body(depth), "} 2>&1 >/dev/null");
      case 15:
        // the trace of wait would hold a process number and race with that of the group
        return statement("{\n", body(depth), "} & { wait $!; } 2>/dev/null");
      default:
        return statement(
            "while read -r ",
            pick("v", "v w", "-a a"),
            "; do\n",
            body(depth),
            "done <<< ",
            word(depth));
    }
  }

  private Node condition(int depth) {
    switch (random.nextInt(8)) {
      case 0:
        return statement("[[ ", word(depth), " ", pick("==", "!=", "="), " ", pattern(), " ]]");
      case 1:
        return statement(
            "[[ ",
            pick("-n ", "-z ", "! -n ", "-e ", "-v ", "-d "),
            word(depth),
            pick("", " && a < b", " || x == [a-z]"),
            " ]]");
      case 2:
        return statement(
            "[ ", word(depth), " ", pick("=", "!=", "-eq", "-lt"), " ", word(depth), " ]");
      case 3:
        return statement("((", arithmetic(depth), "))");
      case 4:
        return statement(
            "[[ ", word(depth), " =~ ", pick("^a", "(.)o+", "[0-9]+", "$v", "\"*\""), " ]]");
      case 5:
        return statement(pick("true", "false", "test -n \"$v\"", "[[ ${a[0]} ]]", "[ -f f1 ]"));
      case 6:
        return statement("test ", pick("-n ", "-z ", "-e ", "! "), word(depth));
      default:
        return simple(depth);
    }
  }

  private Node simple(int depth) {
    switch (random.nextInt(38)) {
      case 30:
        return statement(
            "declare -A m=([k]=",
            word(depth),
            " ['x y']=",
            word(depth),
            "); echo ",
            pick("\"${m[k]}\"", "${m['x y']}", "${#m[@]}", "${m[$v]-none}", "${m[k]@A}"));
      case 31:
        return statement(
            "declare -n r=",
            pick("v", "n", "a[1]", "a"),
            "; r=",
            word(depth),
            "; echo $r ${!r} ${r@a}; unset -n r");
      case 32:
        return statement(
            "shopt -s extglob\necho ${",
            pick("v", "w", "n", "a[@]"),
            pick("#", "##", "%", "%%", "/", "//"),
            pick("+(a)", "@(a|o)", "?(f)o", "!(a)", "*([a-m])"),
            "}");
      case 33:
        return statement(
            "[[ ",
            word(depth),
            " =~ ",
            pick("(a|b)+", "^(.)(.*)$", "[[:digit:]]+$", "(o)\\1?"),
            " ]]; echo \"${BASH_REMATCH[@]}\" ${#BASH_REMATCH[@]}");
      case 34:
        return statement(
            "printf '",
            pick("%5.2f|%x\\n", "%-6s|%.1s|\\n", "%+d %#x\\n", "%e\\n", "%b|%q\\n", "%*d\\n"),
            "' ",
            words(depth));
      case 35:
        return statement(
            pick("IFS=: ", "IFS=, ", "IFS= "),
            "read ",
            pick("-r v w", "-a a", "v", "-n 3 v w"),
            " <<< ",
            word(depth),
            "\ndeclare -p ",
            pick("v", "w", "a"));
      case 36:
        return statement(
            "mapfile ",
            pick("-n 1 ", "-s 1 ", "-O 2 ", "-d a ", "-d '' ", ""),
            "a <<< ",
            word(depth),
            "\ndeclare -p a");
      case 37:
        return statement(
            "echo ",
            pick("{1..7..3}", "{a..e..2}", "{03..1}", "{5..1..2}x", "a{b,{c,d}e}", "{,x}y{1..2}"),
            word(depth),
            redirect(depth));
      case 0, 1, 2, 3:
        return statement("echo ", pick("", "", "-n ", "-e "), words(depth), redirect(depth));
      case 4, 5, 6:
        return statement(
            "printf '",
            pick("%s\\n", "[%s]\\n", "%q\\n", "%5s|%-4s|\\n", "%b\\n", "<%.2s>\\n"),
            "' ",
            words(depth),
            redirect(depth));
      case 7:
        return statement("printf '", pick("%d\\n", "%x %o\\n", "%03d|%+d\\n"), "' ", words(depth));
      case 8, 9, 10:
        return statement(name(), pick("=", "=", "+="), word(depth));
      case 11:
        return statement("a", pick("=", "+="), "(", words(depth), ")");
      case 12:
        return statement(
            "a[", pick("0", "1", "n", "-1", "3", "i+1"), "]", pick("=", "+="), word(depth));
      case 13:
        return statement("set -- ", words(depth));
      case 14:
        return statement("shift ", pick("", "1", "2"));
      case 15:
        return statement("unset ", pick("v", "w", "a", "'a[0]'", "-v n", "-f f0"));
      case 16:
        return statement(
            pick(
                "declare ",
                "local ",
                "export ",
                "declare -i ",
                "declare -u ",
                "declare -l ",
                "readonly r",
                "declare -a ",
                "declare -g "),
            name(),
            "=",
            word(depth));
      case 17:
        return statement(pick("declare -p v", "declare -p a", "declare -p n w", "declare -p u"));
      case 18:
        return statement("((", arithmetic(depth), "))");
      case 19:
        return statement(
            "let ", pick("n", "k"), pick("=", "+=", "-="), pick("1", "'n + 2'", "k*2"));
      case 20:
        return statement(
            "read ", pick("v", "-r w", "v w", "-a a", "-n 2 v", "-d o v"), " <<< ", word(depth));
      case 21:
        return statement(pick(OPTIONS));
      case 22:
        return statement(pick("return", "exit", "break", "continue"), pick("", " 1", " 2", " 0"));
      case 23:
        return statement(
            pick("f0", "f1", "true", "false", "nosuch", "cat f1", ":", "cd .")
                .replaceFirst(
                    "^f[01]$", functions > 0 ? "f" + random.nextInt(functions) : "echo z"),
            redirect(depth));
      case 24:
        return statement(
            "echo ",
            pick(
                "$?",
                "$#",
                "$-",
                "${PIPESTATUS[@]}",
                "${FUNCNAME[@]}",
                "\"${BASH_REMATCH[@]}\"",
                "${!a[@]}",
                "$LINENO",
                "$LINENO ${BASH_LINENO[@]}",
                "$0",
                "${BASH_SOURCE[0]}"));
      case 25:
        return statement(
            name(), "=", word(depth), " ", pick("eval 'echo \"$v\"'", "printenv v", "true"));
      case 26:
        return statement("mapfile -t a <<< ", word(depth));
      case 27:
        return statement("exec 3", pick(">", ">>"), "f3; echo ", word(depth), " >&3");
      case 28:
        return statement("command ", pick("echo ", "-v ", "printf '%s\\n' "), words(depth));
      default:
        // the traces of both sides would race
        return statement("{ echo ", word(depth), "\n} 2>/dev/null | ", pick(FILTERS));
    }
  }

  private Node redirect(int depth) {
    if (chance(75)) {
      return part("");
    }
    return part(" ", pick(Redirections.USUAL));
  }

  private String name() {
    return NAMES[random.nextInt(chance(8) ? NAMES.length : 4)];
  }

  private Node words(int depth) {
    Node words = part();
    for (int i = random.nextInt(4); i >= 0; i--) {
      words.parts.add(word(depth));
      words.parts.add(" ");
    }
    return words;
  }

  private Node pattern() {
    return node(Kind.WORD, pick(PATTERNS));
  }

  private Node word(int depth) {
    Node word = node(Kind.WORD);
    for (int i = chance(65) ? 1 : 1 + random.nextInt(3); i > 0; i--) {
      if (word.toString().endsWith("$")) {
        word.parts.add("."); // no $$
      }
      word.parts.add(piece(depth));
    }
    return word;
  }

  private Node piece(int depth) {
    int choice = random.nextInt(depth > 0 ? 12 : 9);
    switch (choice) {
      case 0, 1, 2, 3:
        return part(pick(LITERALS));
      case 4, 5:
        return part(parameter(depth));
      case 6, 7:
        return part(
            "\"", pick("", "a ", "\\\"", "\\a"), parameter(depth), pick("", " b", "'", "*"), "\"");
      case 8:
        return part("$((", arithmetic(depth), "))");
      case 9:
        return part("$(", simple(depth - 1), ")");
      case 10:
        return part("\"$(", simple(depth - 1), "\n", simple(depth - 1), "\n)\"");
      default:
        return part("$(\n", body(depth - 1), ")");
    }
  }

  private Node parameter(int depth) {
    String name =
        pick("v", "w", "a", "n", "1", "@", "*", "a[@]", "a[*]", "a[1]", "a[-1]", "u", "k");
    switch (random.nextInt(16)) {
      case 0, 1, 2, 3:
        return part("${", name, "}");
      case 4:
        return part(pick("$v", "$w", "$n", "$1", "$@", "$*", "$#", "$?", "$a"));
      case 5:
        return part("${", pick("#", "!"), pick("v", "a[@]", "a[0]", "n"), "}");
      case 6, 7:
        return part("${", name, pick(":-", "-", ":+", "+"), depth > 0 ? word(depth - 1) : "d", "}");
      case 8:
        return part(
            "${", pick("v", "w", "u"), pick(":=", "="), depth > 0 ? word(depth - 1) : "d", "}");
      case 9:
        return part("${", name, pick("#", "##", "%", "%%"), pattern(), "}");
      case 10, 11:
        return part(
            "${",
            name,
            pick("/", "//", "/#", "/%"),
            pattern(),
            pick("", "/", "/X", "/<&>", "/\"$n\""),
            "}");
      case 12:
        return part(
            "${", name, ":", pick("0", "1", " -1", "n", "2"), pick("", ":1", ":2", ": -1"), "}");
      case 13:
        return part("${", name, pick("^", "^^", ",", ",,", "^^[a-c]", ",,[!F]"), "}");
      case 14:
        return part("${", name, "@", pick("Q", "U", "u", "L", "A", "E", "a", "K", "k"), "}");
      default:
        return part("${", pick("v", "u", "1"), pick(":?", "?"), pick("", "msg", "no $n"), "}");
    }
  }

  private Node arithmetic(int depth) {
    switch (random.nextInt(depth > -2 ? 14 : 4)) {
      case 0, 1:
        return part(pick("1", "2", "0", "7", "0x1f", "010", "2#101", "-3", "36#z", "9"));
      case 2, 3:
        return part(pick("n", "k", "v", "a[0]", "a[1]", "$n", "${#v}", "${k:-4}"));
      case 4, 5, 6:
        return part(
            arithmetic(depth - 2),
            " ",
            pick("+", "-", "*", "/", "%", "<", ">=", "==", "&", "|", "^", "&&", "||", ",", "!="),
            " ",
            arithmetic(depth - 2));
      case 7:
        return part("(", arithmetic(depth - 2), ")");
      case 8:
        return part(pick("n", "k"), pick("=", "+=", "-=", "*=", "/=", "|="), arithmetic(depth - 2));
      case 9:
        return part(pick("n++", "--k", "k--", "++n", "~n", "!k", "- n"));
      case 10:
        return part(
            arithmetic(depth - 2), " ? ", arithmetic(depth - 2), " : ", arithmetic(depth - 2));
      case 11:
        return part(arithmetic(depth - 2), pick(" << 2", " >> 1", " ** 2"));
      default:
        return part(pick("3", "n"));
    }
  }

  private Node hereText(int depth) {
    return part(
        pick("x $v y", "\ttab", "\\$v \\a", "'q' \"r\"", "$((n+1))"),
        "\n",
        parameter(depth),
        pick("", "\\\nmore", "`echo z`", "$(echo \"$w\")"));
  }
}
