package dev.qanat.shell.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '§',
      quoteCharacter = '~',
      value = {
        "abc § abc",
        "a'b c'd § a '(b c) d",
        "\"a $x b\" § \"(a  $x  b)",
        "a\\*b § a \\(*) b",
        "\"\\$\\a\\\"\" § \"($\\a\")",
        "$x$1$10$@ § $x $1 $1 0 $@",
        "$x-y$%$ § $x -y$%$",
        "${x} § ${x}",
        "${#x} § ${#x}",
        "${#} § ${#}",
        "${##} § ${##}",
        "${#-x} § ${# DEFAULT x}",
        "${#%x} § ${# REMOVE_SHORT_SUFFIX x}",
        "${!x} § ${!x}",
        "${!} § ${!}",
        "${!-x} § ${! DEFAULT x}",
        "${!x*} § ${x NAMES_STAR}",
        "${!x@} § ${x NAMES_AT}",
        "${!x[@]} § ${x[@] KEYS}",
        "${!x[1]} § ${!x[1]}",
        "${x[$i]:-a b} § ${x[$i] :DEFAULT a b}",
        "${x:=$y} § ${x :ASSIGN $y}",
        "${x?} § ${x ERROR }",
        "${x##*/} § ${x REMOVE_LONG_PREFIX */}",
        "${x/a\\/b/c/d} § ${x REPLACE_FIRST a\\/b / c/d}",
        "${x//a} § ${x REPLACE_ALL a}",
        "${x/#a/b} § ${x REPLACE_PREFIX a / b}",
        "${x/%a/} § ${x REPLACE_SUFFIX a / }",
        "${x^^[a-c]} § ${x UPPER_ALL [a-c]}",
        "${x,} § ${x LOWER_FIRST }",
        "${x@Q} § ${x TRANSFORM Q}",
        "${x:1:2} § ${x SUBSTRING 1 : 2}",
        "${x: -1} § ${x SUBSTRING  -1}",
        "${x:1?2:3:4} § ${x SUBSTRING 1?2:3 : 4}",
        "${x:$((1)):1} § ${x SUBSTRING $((1)) : 1}",
        "\"${x:-\"a b\"'c'}\" § \"(${x :DEFAULT a b'c'})", // quoted it is as it stands
        "${(m)x} § bad ${(m)x}",
        "${x y} § bad ${x y}",
        "${} § bad ${}",
        "${x:} § bad ${x:}",
        "${#x:-y} § bad ${#x:-y}",
        "$(a b) § $(a b)",
        "\"$(a \"b\")\" § \"($(a \"b\"))",
        "`a \\`b\\``c § `a `b`` c",
        "$((1 + 2)) § $((1 + 2))",
        "$[1 + 2] § $((1 + 2))",
        "$((a); (b)) § $((a); (b))",
        "${x:-<(b)} § ${x :DEFAULT <(b)}",
        "a<(b) § a <(b)",
        "$'a\\tb' § ~'(a\tb)~",
        "$'it\\'s' § '(it) \\(') '(s)",
        "$'\\xc3\\xa9' § '(é)",
        "$\"a\" § \"(a)",
        "$$'a' § $$ '(a)",
        "{a,b}*[c]~ § {a,b}*[c]~",
      })
  void partsOfAWord(String text, String parts) {
    assertEquals(parts, show(Scripts.word("echo " + text + "\n", 1).parts()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '§',
      quoteCharacter = '~',
      nullValues = "NULL",
      value = {
        "abc § abc",
        "a=b+c@d § a=b+c@d",
        "'a b'\"c\"\\* § a bc*",
        "'*' § *",
        "\"\" § ~~",
        "* § NULL",
        "a? § NULL",
        "[a] § NULL",
        "{a,b} § NULL",
        "x:~a § NULL",
        "$x § NULL",
        "\"a$x\" § NULL",
        "$(a) § NULL",
        "<(a) § NULL",
      })
  void wordsThatAlwaysMeanTheSame(String text, String literal) {
    assertEquals(literal, Scripts.word("echo " + text + "\n", 1).literalOrNull());
  }

  @Test
  void extendedPatternsAreNoLiterals() {
    Dialect extglob =
        new Dialect() {
          @Override
          public boolean extglob() {
            return true;
          }
        };
    CommandList list = Scripts.read("echo @(a|b c)d\n", extglob);
    Command.Simple command = (Command.Simple) list.items().get(0).andOr().first().commands().get(0);
    Word pattern = command.words().get(1);
    assertEquals("@(a|b c)d", pattern.text());
    assertNull(pattern.literalOrNull());
  }

  @Test
  void processSubstitutionsInBraces() {
    WordPart.Param param = (WordPart.Param) Scripts.word("cat ${x:-<(b)}\n", 1).parts().get(0);
    assertTrue(param.expansion().operand().parts().get(0) instanceof WordPart.ProcessSubst);
  }

  @Test
  void textReadWhileExpandingNamesWhatDoesNotEnd() {
    Word body = Word.hereDocument("a ${x:-it's}", Dialect.BASH);
    SyntaxException error = assertThrows(SyntaxException.class, body::parts);
    assertEquals("bad substitution: no closing `}' in ${x:-it's}", error.messages().get(0).text());
  }

  @Test
  void hereDocumentsKeepDoubleQuotes() {
    assertEquals(
        "\"a\" 'b'  $x  \\q$",
        show(Word.hereDocument("\"a\" 'b' $x \\q\\$", Dialect.BASH).parts()));
  }

  @Test
  void arithmeticDropsDoubleQuotes() {
    Arithmetic sum = new Arithmetic("\"1\" + 2");
    assertEquals("1 + 2", sum.word().literalOrNull());
    assertNull(new Arithmetic("$x + 1").expressionOrNull());
  }

  @Test
  void assignmentsAmongArgumentsAreKnown() {
    Word word = Scripts.word("declare x[1]+=$y\n", 1);
    assertEquals("x", word.assignment().name());
    assertEquals("1", word.assignment().subscript().text());
    assertEquals("$y", word.assignment().value().text());
    assertEquals(
        List.of("1", "b c"),
        Scripts.word("declare -a x=(1 [2]='b c')\n", 2).assignment().array().stream()
            .map(element -> element.value().literalOrNull())
            .toList());
    assertNull(Scripts.word("echo '='x\n", 1).assignment());
    assertNull(Scripts.word("echo $x=1\n", 1).assignment());
  }

  @Test
  void filesReadBySubstitutionAreKnown() {
    WordPart.CommandSubst read =
        (WordPart.CommandSubst) Scripts.word("echo $(< a)\n", 1).parts().get(0);
    assertEquals("a", read.substitution().inputFileOrNull().text());
    WordPart.CommandSubst run =
        (WordPart.CommandSubst) Scripts.word("echo $(b < a)\n", 1).parts().get(0);
    assertNull(run.substitution().inputFileOrNull());
  }

  private static String show(List<WordPart> parts) {
    StringBuilder out = new StringBuilder();
    for (WordPart part : parts) {
      if (out.length() > 0) {
        out.append(' ');
      }
      if (part instanceof WordPart.Literal p) {
        out.append(p.text());
      } else if (part instanceof WordPart.SingleQuoted p) {
        out.append("'(").append(p.text()).append(')');
      } else if (part instanceof WordPart.Escaped p) {
        out.append("\\(").append(p.text()).append(')');
      } else if (part instanceof WordPart.DoubleQuoted p) {
        out.append("\"(").append(show(p.parts())).append(')');
      } else if (part instanceof WordPart.CommandSubst p) {
        String source = p.substitution().source();
        out.append(p.substitution().backquoted() ? "`" + source + "`" : "$(" + source + ")");
      } else if (part instanceof WordPart.ProcessSubst p) {
        out.append(p.output() ? ">(" : "<(").append(p.substitution().source()).append(')');
      } else if (part instanceof WordPart.ArithExpansion p) {
        out.append("$((").append(p.expression().text()).append("))");
      } else if (part instanceof WordPart.Param p) {
        out.append(show(p.expansion()));
      }
    }
    return out.toString();
  }

  private static String show(ParamExpansion p) {
    if (p.operation() == ParamExpansion.Operation.BAD) {
      return "bad " + p.source();
    }
    if (p.isPlain() && !p.source().startsWith("${")) {
      return "$" + p.name();
    }
    StringBuilder out = new StringBuilder("${");
    out.append(p.indirect() ? "!" : "").append(p.length() ? "#" : "").append(p.name());
    if (p.subscript() != null) {
      out.append(p.subscript());
    }
    if (p.operation() != ParamExpansion.Operation.NONE) {
      out.append(' ').append(p.colon() ? ":" : "").append(p.operation());
    }
    if (p.operand() != null) {
      out.append(' ').append(p.operand());
    }
    if (p.replacement() != null) {
      out.append(" / ").append(p.replacement());
    }
    if (p.offset() != null) {
      out.append(' ').append(p.offset().text());
    }
    if (p.count() != null) {
      out.append(" : ").append(p.count().text());
    }
    if (p.transform() != 0) {
      out.append(' ').append(p.transform());
    }
    return out.append('}').toString();
  }
}
