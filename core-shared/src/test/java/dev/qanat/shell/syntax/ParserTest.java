package dev.qanat.shell.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParserTest {
  /** Scripts bash 5.2 accepts. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n\n# only a comment",
        "!",
        "! !",
        "time",
        "time -p -- a",
        "for x do a; done",
        "for x\nin a b\ndo c; done",
        "for x in; do a; done",
        "for if in do done; do a; done",
        "for ((i=0;i<2;i++)); { a; }",
        "case x in esac",
        "case in in in) a;; esac",
        "case esac in (esac) a;; esac",
        "case a in if) b ;& fi) c ;;& *) esac",
        "echo $(case x in x) a;; esac)",
        "if (a) then b; fi",
        "if { a; } then b; fi",
        "{ a; } | { b; } && (c) || ((d))",
        "{ a;}",
        "((a) )",
        "( (a); (b))",
        "((a); (b))",
        "echo }",
        "echo if then { } [[ ]]",
        "f ( ) { a; }",
        "f()\n\n(a)",
        "function f { a; } 2>&1",
        "function f ( a )",
        "function f ((1))",
        "function f() [[ a ]]",
        "coproc a b",
        "coproc X { a; }",
        "coproc X (a)",
        "coproc if a; then b; fi",
        "a=1 fi",
        "<x a >y b 2>&1 {fd}>z 3<&- <<<w &>>v",
        "[[ -f a && ! ( b == c || d -nt e ) ]]",
        "[[ a =~ (a b)|c ]]",
        "[[ a == @(a|b c)* ]]",
        "[[\n-n a\n&& # comment\n-n b\n]]",
        "[[ -f == ]]",
        "x=(\n a # comment\n [k]=b\n)",
        "x+=(1) y[1 + 1]=2 z=",
        "declare -A m=([a b]=c)",
        "echo ${x:-'}'} \"${x:-\"}\"}\" ${x:-$(echo })}",
        "echo \"$(echo \")\")\" `echo \"a\"`",
        "echo a#b $#",
        "echo a \\\n b",
        "if a; \\\nthen b; fi",
        "a &\\\n& b",
        "cat <<A; cat <<B\na\nA\nb\nB",
        "cat <<E | b && {\nx\nE\nc; }",
        "x=$(cat <<E\n)'\"\nE\n)",
        "a() { b; }; c",
      })
  void whatBashAccepts(String script) {
    assertEquals("", Scripts.diagnose(script));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '§',
      quoteCharacter = '~',
      value = {
        "a 12>x § 12",
        "a b12>x § -1",
        "a 12 >x § -1",
        "a >x § -1",
        "a 2>&1 § 2",
        "a >&2 § 1",
      })
  void digitsBelongToTheRedirectionTheyTouch(String script, int fd) {
    assertEquals(fd, Scripts.command(script).redirects().get(0).fd());
  }

  @Test
  void pipesOfStandardErrorAreRedirections() {
    Pipeline pipeline = Scripts.read("a >x |& b").items().get(0).andOr().first();
    assertEquals("a > x 2>&1", Printer.line(pipeline.commands().get(0)));
  }

  @Test
  void linesOfCommands() {
    CommandList list = Scripts.read("a\n\nb; c \\\n d\nif e\nthen f; fi\ng $(\nh)\n");
    List<Integer> lines = new ArrayList<>();
    for (CommandList.Item item : list.items()) {
      lines.add(item.andOr().first().commands().get(0).position().line());
    }
    // bash knows a command's line when it has seen the token behind its first word
    assertEquals(List.of(1, 3, 4, 5, 8), lines);
  }

  @Test
  void hereDocuments() {
    List<Redirect> redirects =
        Scripts.command("cat <<A <<-'B' <<\"C D\"\n$x\\\ny\nA\n\t\t$x\n\tB\n\\\nC D\n").redirects();
    assertEquals("$xy\n", redirects.get(0).hereDoc().text());
    assertFalse(redirects.get(0).hereDoc().quoted());
    assertEquals("$x\n", redirects.get(1).hereDoc().body().literalOrNull());
    assertTrue(redirects.get(1).hereDoc().quoted());
    assertEquals("\\\n", redirects.get(2).hereDoc().text());
    assertEquals("C D", redirects.get(2).hereDoc().delimiter());
  }

  @Test
  void commandsAreReadLineByLine() {
    ArrayDeque<String> lines = new ArrayDeque<>(List.of("a; b\n", "c |\n", "d\n", "e\n"));
    List<Boolean> continuations = new ArrayList<>();
    LineSource source =
        continuation -> {
          continuations.add(continuation);
          return lines.poll();
        };
    Parser parser = new Parser(source, Dialect.BASH, 1);
    assertEquals("a; b", Printer.line(parser.nextCommand()));
    assertEquals(3, lines.size());
    assertEquals("c | d", Printer.line(parser.nextCommand()));
    assertEquals(1, lines.size());
    assertEquals("e", Printer.line(parser.nextCommand()));
    assertNull(parser.nextCommand());
    assertEquals(List.of(false, false, true, false, false), continuations);
  }

  @Test
  void optionsChangeHowTheNextLineReads() {
    boolean[] extglob = {false};
    Dialect dialect =
        new Dialect() {
          @Override
          public boolean extglob() {
            return extglob[0];
          }
        };
    Parser parser = Parser.of("a\necho @(b|c)\n", dialect, 1);
    parser.nextCommand();
    extglob[0] = true;
    assertEquals("echo @(b|c)", Printer.line(parser.nextCommand()));
    assertThrows(SyntaxException.class, () -> Scripts.read("echo @(b|c)"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '§',
      quoteCharacter = '~',
      value = {
        "ll a § echo x a",
        "sp b b § echo d b",
        "loop 1 2; do a; done § ~for x in 1 2;\ndo\n    a;\ndone~",
        "open } § { echo a; }",
        "quote b\" § echo \"a b\"",
        "remark b § echo a",
        "two c § echo x; echo y c",
        "ls § ls -F",
        "a1 § a1",
        ">f ll a § echo x a > f",
        "v=1 ll a § v=1 echo x a",
        "x ll § x ll",
        "'ll' \\ll § 'll' \\ll",
        "$(ll) § $(ll)",
        "if true; kthen ll; fi § ~if true; then\n    echo x;\nfi~",
      })
  void aliasesAreExpandedWhereACommandMayStart(String script, String expanded) {
    Map<String, String> aliases =
        Map.ofEntries(
            Map.entry("ll", "echo x"),
            Map.entry("sp", "echo "),
            Map.entry("b", "c"),
            Map.entry("c", "d"),
            Map.entry("loop", "for x in"),
            Map.entry("open", "{ echo a;"),
            Map.entry("quote", "echo \"a"),
            Map.entry("remark", "echo a #"),
            Map.entry("two", "echo x; echo y"),
            Map.entry("ls", "ls -F"),
            Map.entry("a1", "a2"),
            Map.entry("a2", "a1"),
            Map.entry("kthen", "then"));
    Dialect dialect =
        new Dialect() {
          @Override
          public AliasTable aliases() {
            return aliases::get;
          }
        };
    assertEquals(expanded, Printer.line(Scripts.read(script, dialect)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"(", "{ ", "if ", "$(", "a=$(", "${x:-", "[[ ( ", "f() { ", "\"$(", "! "})
  void depthIsLimited(String opening) {
    assertThrows(SyntaxException.class, () -> Scripts.read(opening.repeat(20_000) + "\n)"));
  }

  /** Whatever comes in, the parser ends, with a tree or a syntax error. */
  @Test
  void randomInputNeitherCrashesNorHangs() {
    String alphabet = "abx01 \n\t;&|<>(){}[]$\"'`\\#=!*?@+-/:,^~%";
    String[] pieces = {
      "if ",
      "then ",
      "fi\n",
      "do ",
      "done ",
      "for x in ",
      "case x in ",
      "esac ",
      "<<E\n",
      "\nE\n",
      "$((",
      "))",
      "${x",
      "[[ ",
      " ]]",
      "$(",
      ";;",
      "&&",
      "x=(",
      "a[",
      "\\\n",
      "\u00e9",
      "\0"
    };
    Random random = new Random(20_240_229);
    for (int run = 0; run < 5000; run++) {
      StringBuilder script = new StringBuilder();
      for (int n = random.nextInt(60); n > 0; n--) {
        if (random.nextInt(3) == 0) {
          script.append(pieces[random.nextInt(pieces.length)]);
        } else {
          script.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
      }
      try {
        String once = Printer.line(Scripts.read(script.toString()));
        once.length();
      } catch (SyntaxException e) {
        e.messages();
      }
    }
  }
}
