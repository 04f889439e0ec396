package dev.qanat.shell;

import dev.qanat.shell.ScriptGrammar.Kind;
import dev.qanat.shell.ScriptGrammar.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Random scripts about how commands run: failures in every context, traps, redirections of every
 * command, functions and what is local to them, subshells and jobs, {@code eval} and {@code
 * source}. Words are plain: {@link ScriptGrammar} is for those. Left out because it differs from
 * run to run: process numbers, two tasks that write one stream, {@code jobs}, and traces of
 * pipelines.
 */
final class ExecutionGrammar {
  private final Random random;
  private int loops;
  private int functions;
  private int marks;
  private int inside; // functions being written: their texts call none
  private int apart; // texts being written that other processes may run

  private ExecutionGrammar(long seed) {
    random = new Random(seed);
  }

  /** The script of a seed. */
  static Node script(long seed) {
    ExecutionGrammar grammar = new ExecutionGrammar(seed * 0x9E3779B97F4A7C15L + 1);
    return grammar.statements(3 + grammar.random.nextInt(7), 3);
  }

  private static Node statement(Object... parts) {
    return new Node(Kind.STATEMENT, new ArrayList<>(List.of(parts)));
  }

  private static Node part(Object... parts) {
    return new Node(Kind.PART, new ArrayList<>(List.of(parts)));
  }

  private String pick(String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  private Node statements(int count, int depth) {
    Node list = new Node(Kind.STATEMENTS, new ArrayList<>());
    for (int i = 0; i < count; i++) {
      list.parts.add(statement(depth));
    }
    return list;
  }

  private Node body(int depth) {
    return statements(1 + random.nextInt(3), depth - 1);
  }

  /**
   * What runs, or may run, in a process of its own. It does not kill the script: what it still
   * writes then comes in time or not.
   */
  private Node apart(Supplier<Node> text) {
    apart++;
    Node node = text.get();
    apart--;
    return node;
  }

  private Node statement(int depth) {
    if (depth <= 0 || chance(45)) {
      return simple(depth);
    }
    switch (random.nextInt(22)) {
      case 0:
        return statement("if ", condition(depth), "; then\n", body(depth), "fi", redirect());
      case 1:
        return statement(
            "if ",
            condition(depth),
            "; then\n",
            body(depth),
            "elif ",
            condition(depth),
            "; then\n",
            body(depth),
            "else\n",
            body(depth),
            "fi",
            redirect());
      case 2:
        return statement(
            "for ",
            pick("i", "j", "v"),
            " in ",
            pick("1 2", "a", "$v x", "\"$@\"", "$(false)", "$nope"),
            "; do\n",
            body(depth),
            "done",
            redirect());
      case 3:
        {
          String n = "l" + loops++;
          boolean until = chance(30);
          return statement(
              n,
              "=0; ",
              until ? "until ((" : "while ((",
              n,
              until ? "++ > 2))" : "++ < 3))",
              chance(60) ? "" : (until ? " || " : " && ") + pick("true", "false", "echo c", call()),
              "; do\n",
              body(depth),
              "done",
              redirect());
        }
      case 4:
        return statement(
            "case ",
            pick("$v", "a", "$?", "$1"),
            " in\n",
            pick("a", "0", "1", "[a-z]*"),
            ")\n",
            body(depth),
            pick(";;", ";&", ";;&"),
            "\n*)\n",
            body(depth),
            "esac",
            redirect());
      case 5, 6:
        return statement("(\n", apart(() -> body(depth)), ")", redirect());
      case 7, 8:
        return statement("{\n", body(depth), "}", redirect());
      case 9:
        return statement(
            "{\n", apart(() -> body(depth)), "} 2>&1 | ", pick("cat", "sort", "wc -l"));
      case 10:
        return statement(apart(() -> condition(depth)), " | { cat; echo p$?; }");
      case 11, 12:
        {
          // A function calls only those that were complete before it, so that none calls itself.
          inside++;
          Node body = apart(() -> body(depth));
          inside--;
          String name = "f" + functions++;
          return statement(
              name,
              "() {\n",
              body,
              "}",
              redirect(),
              "\n",
              name,
              " ",
              pick("", "a b", "$v"),
              redirect());
        }
      case 13:
        return statement(condition(depth), pick(" && ", " || "), simple(depth));
      case 14:
        return statement(
            condition(depth),
            pick(" && ", " || "),
            "{\n",
            body(depth),
            "}",
            pick("", " || echo or$?", " && echo and$?"));
      case 15:
        return statement("! ", pick("", "! "), condition(depth));
      case 16:
        return statement(
            "trap '", trapText(), "' ", pick("EXIT", "ERR", "ERR", "RETURN", "DEBUG", "USR1"));
      case 17:
        return statement("eval '", text(), "'", redirect());
      case 18:
        return depth < 3
            ? statement(". /dev/stdin", pick("", " x y"), " <<< '", text(), "'")
            : statement(". /dev/stdin", pick("", " x y"), " <<'E'\n", text(), "\nE");
      case 19:
        return depth < 3 || chance(50)
            ? statement("{\n", apart(() -> body(depth)), "} & wait $!")
            : statement(
                "cat <<E",
                redirect(),
                "\nh $v $(",
                pick("false", "echo s", "exit 3"),
                ") ${w:-d}\nE");
      case 20:
        return statement("x", pick("=", "+="), "$(\n", apart(() -> body(depth)), ")");
      default:
        return statement("echo \"<$(\n", apart(() -> body(depth)), ")>\"", redirect());
    }
  }

  private String trapText() {
    return pick(
        "echo T$?",
        "echo T$? $BASH_COMMAND",
        "echo T ${FUNCNAME[0]} $BASH_SUBSHELL",
        "false",
        "exit 3",
        "return 4",
        "v=t",
        "echo T >&2",
        "trap - ERR",
        "set +e; echo T",
        "break",
        "(exit 5); echo T$?");
  }

  /** Commands in a line, for eval and the like: without quotes. */
  private String text() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(3); i >= 0; i--) {
      text.append(plain());
      if (i > 0) {
        text.append(pick("; ", "\n", " && ", " || "));
      }
    }
    return text.toString();
  }

  private String plain() {
    return pick(
        "true",
        "false",
        "echo m" + marks++,
        "(exit 3)",
        "nosuch",
        "break",
        "continue",
        "return 2",
        "exit 4",
        "v=e",
        "readonly r=1",
        "r=2",
        "echo ${nope?}",
        "echo $((1/0))",
        "set -e",
        "set +e",
        "shift",
        "kill -USR1 $BASHPID",
        "[[ $v == a ]]",
        "((0))",
        "local w=1",
        "echo $1 $# $?",
        "trap \"echo tt\" ERR",
        "set -u",
        "echo $nope",
        inside == 0 && functions > 0 ? "f0" : ":");
  }

  private Node condition(int depth) {
    switch (random.nextInt(7)) {
      case 0:
        return statement(pick("true", "false", "((0))", "((1))", "[[ $v == a ]]", "test -z $v"));
      case 1:
        return statement(call());
      case 2:
        return statement(
            "( ",
            apart(() -> simple(depth)),
            pick("; ", "\n"),
            apart(() -> simple(depth)),
            ")",
            redirect());
      case 3:
        return statement("{ ", simple(depth), "\n", simple(depth), "\n}", redirect());
      case 4:
        return statement("! ", simple(depth));
      case 5:
        return statement("eval '", text(), "'");
      default:
        return simple(depth);
    }
  }

  private String call() {
    return functions > 0 ? "f" + random.nextInt(functions) + pick("", " a", " $v") : "echo z";
  }

  private Node simple(int depth) {
    switch (random.nextInt(40)) {
      case 0, 1, 2, 3:
        return statement(
            "echo m" + marks++, pick("", " $?", " $v", " $*", " ${PIPESTATUS[@]}"), redirect());
      case 4, 5:
        return statement(pick("true", "false", "false", ":"), redirect());
      case 6:
        return statement("(exit ", pick("0", "1", "3", "200"), ")", redirect());
      case 7, 8, 9:
        return statement(call(), redirect());
      case 10:
        return statement(
            pick("set -e", "set +e", "set -u", "set +u", "set -E", "set -T", "set -o pipefail"));
      case 11:
        return statement(
            pick("set -C", "shopt -s inherit_errexit", "shopt -s lastpipe", "set -a", "set +C"));
      case 12:
        return statement(pick("break", "continue", "break 2", "continue 2", "break 0", "break"));
      case 13:
        return statement(pick("return", "return 3", "return 0", "exit", "exit 5", "return x"));
      case 14, 15:
        return statement(
            "v",
            pick("=", "=", "+="),
            pick("a", "b", "$v", "$(false)", "$(echo c; exit 3)", "$((1/0))", "${nope?}", "$nope"));
      case 16:
        return statement(
            pick(
                "local ",
                "declare ",
                "declare -g ",
                "export ",
                "local -r ",
                "declare -i ",
                "local -n ",
                "local -I ",
                "readonly "),
            pick("v", "w", "r"),
            "=",
            pick("a", "5", "$v", "$(false)", "v", "w"));
      case 17:
        return statement("unset ", pick("v", "w", "r", "-f f0", "-v v"));
      case 18:
        return statement(
            pick(
                "declare -p v",
                "declare -p w",
                "echo ${v-unset} ${w-unset}",
                "printenv v",
                "declare -p r"),
            redirect());
      case 19:
        return statement("v=", pick("t", "$w", "$(false)"), " ", call());
      case 20:
        return statement(
            "exec ", pick("3>f3", "3>>f3", "4>&1", "3>&-", "5<f1", "3>&1", "{fd}>f4", "4>&-"));
      case 21:
        return statement("echo m" + marks++, " >&", pick("3", "4", "$fd", "2", "1", "-"));
      case 22:
        return statement("cat ", pick("f1", "f3", "f2 - < f1", "<&5", "nosuch"), redirect());
      case 23:
        return statement(
            "read ", pick("v", "v w", "-r x"), pick(" < f1", " <<< 'a b'", " < nosuch", " <&5"));
      case 24:
        return statement(
            "kill -USR1 ",
            pick(apart > 0 ? "$BASHPID" : "$$", "$BASHPID"),
            pick("", "; echo m" + marks++));
      case 25:
        return statement(
            "trap ",
            pick("- ERR", "- EXIT", "- DEBUG", "'' USR1", "- USR1", "- RETURN", "", "-p ERR EXIT"));
      case 26:
        return statement("set -- ", pick("a b c", "", "x", "$v"));
      case 27:
        return statement(pick("shift", "shift 2", "shift 9"));
      case 28:
        return statement(
            "command ",
            pick("false", "echo m" + marks++, "exit 4", "nosuch", "eval false", "return 2"),
            redirect());
      case 29:
        return statement(
            "builtin ", pick("false", "echo m" + marks++, "nosuch", "eval true"), redirect());
      case 30:
        return statement(pick("nosuch", "./nosuch", "cd /nosuch", "cd ."), redirect());
      case 31:
        return statement(
            pick(
                "r=1",
                "readonly r=2",
                "declare -r r",
                "r=3 true",
                "r=4 nosuch",
                "export r=5",
                "unset r"));
      case 32:
        return statement(
            "echo ",
            pick(
                "${FUNCNAME[*]}", "$BASH_SUBSHELL", "${#BASH_SOURCE[@]}", "$-", "${BASH_COMMAND}"));
      case 33:
        return statement(
            pick("caller", "caller 0", "type f0", "declare -F", "hash -r", "umask"), redirect());
      case 34:
        return statement(plain());
      case 35:
        return statement(
            pick("true", "false", "(exit 3)"),
            " | ",
            pick("true", "false", "(exit 4)", "cat"),
            pick("", "; echo ${PIPESTATUS[@]}"));
      case 36:
        return statement("cat <<< ", pick("$v", "a$(false)", "${w:=d}"), redirect());
      case 37:
        return statement("cat < <(", apart(() -> simple(depth - 1)), "\n)");
      case 38:
        return statement(
            "while getopts ab: o -a -b x -c; do echo $o $OPTARG $OPTIND; done",
            pick("", "; OPTIND=1"));
      default:
        return statement("let ", pick("n++", "n=0", "n=5", "1/0"));
    }
  }

  private Node redirect() {
    if (chance(72)) {
      return part("");
    }
    return part(" ", pick(Redirections.ALL));
  }
}
