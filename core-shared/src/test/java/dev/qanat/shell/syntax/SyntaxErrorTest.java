package dev.qanat.shell.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Scripts that are not bash, or nearly not, and what {@code bash -n} 5.2 prints for them. */
class SyntaxErrorTest {
  static Stream<Arguments> scripts() {
    return Stream.of(
        arguments("fi", "line 1: syntax error near unexpected token `fi'\nline 1: `fi'\n"),
        arguments(
            "echo a\nfi; echo b",
            "line 2: syntax error near unexpected token `fi'\n" + "line 2: `fi; echo b'\n"),
        arguments("if true; then echo", "line 2: syntax error: unexpected end of file\n"),
        arguments("echo \"abc", "line 1: unexpected EOF while looking for matching `\"'\n"),
        arguments("echo 'abc", "line 1: unexpected EOF while looking for matching `''\n"),
        arguments("echo $(abc", "line 2: unexpected EOF while looking for matching `)'\n"),
        arguments("echo $(abc; if", "line 2: unexpected EOF while looking for matching `)'\n"),
        arguments("echo ${abc", "line 1: unexpected EOF while looking for matching `}'\n"),
        arguments("echo `abc", "line 1: unexpected EOF while looking for matching ``'\n"),
        arguments("echo $((1+", "line 1: unexpected EOF while looking for matching `)'\n"),
        arguments(
            "echo $(if)",
            "line 1: syntax error near unexpected token `)'\n" + "line 1: `echo $(if)'\n"),
        arguments(
            "echo $(a | )",
            "line 1: syntax error near unexpected token `)'\n" + "line 1: `echo $(a | )'\n"),
        arguments(
            "case x fi",
            "line 1: syntax error near unexpected token `fi'\n" + "line 1: `case x fi'\n"),
        arguments("case", "line 1: syntax error near unexpected token `newline'\nline 1: `case'\n"),
        arguments("for", "line 1: syntax error near unexpected token `newline'\nline 1: `for'\n"),
        arguments(
            "for x in a b; echo",
            "line 1: syntax error near unexpected token `echo'\n"
                + "line 1: `for x in a b; echo'\n"),
        arguments(
            "for ((i=0; i<3)); do echo; done",
            "line 1: syntax error: arithmetic expression required\n"
                + "line 1: syntax error: `((i=0; i<3))'\n"),
        arguments(
            "for ((1;2;3;4)); do echo; done",
            "line 1: syntax error: `;' unexpected\n" + "line 1: syntax error: `((1;2;3;4))'\n"),
        arguments(
            "for x in a; fi",
            "line 1: syntax error near unexpected token `fi'\n" + "line 1: `for x in a; fi'\n"),
        arguments(
            "while true; do; done",
            "line 1: syntax error near unexpected token `;'\n"
                + "line 1: `while true; do; done'\n"),
        arguments("while", "line 2: syntax error: unexpected end of file\n"),
        arguments("{ echo", "line 2: syntax error: unexpected end of file\n"),
        arguments(
            "(echo) a", "line 1: syntax error near unexpected token `a'\nline 1: `(echo) a'\n"),
        arguments(
            "{ echo; } a",
            "line 1: syntax error near unexpected token `a'\n" + "line 1: `{ echo; } a'\n"),
        arguments("a | | b", "line 1: syntax error near unexpected token `|'\nline 1: `a | | b'\n"),
        arguments(
            "a && && b",
            "line 1: syntax error near unexpected token `&&'\n" + "line 1: `a && && b'\n"),
        arguments("a ;; b", "line 1: syntax error near unexpected token `;;'\nline 1: `a ;; b'\n"),
        arguments(";", "line 1: syntax error near unexpected token `;'\nline 1: `;'\n"),
        arguments(";;", "line 1: syntax error near unexpected token `;;'\nline 1: `;;'\n"),
        arguments("&", "line 1: syntax error near unexpected token `&'\nline 1: `&'\n"),
        arguments("| a", "line 1: syntax error near unexpected token `|'\nline 1: `| a'\n"),
        arguments("a &&", "line 2: syntax error: unexpected end of file\n"),
        arguments("a |", "line 2: syntax error: unexpected end of file\n"),
        arguments(
            "a |& & b", "line 1: syntax error near unexpected token `&'\nline 1: `a |& & b'\n"),
        arguments("! | a", "line 1: syntax error near unexpected token `|'\nline 1: `! | a'\n"),
        arguments(
            "true | ! false",
            "line 1: syntax error near unexpected token `!'\n" + "line 1: `true | ! false'\n"),
        arguments(
            "[[ a", "line 1: unexpected token `newline', conditional binary operator expected\n"),
        arguments("[[ a b ]]", "line 1: conditional binary operator expected\n"),
        arguments(
            "[[ a == ]]", "line 1: unexpected argument `]]' to conditional binary operator\n"),
        arguments("[[ -f ]]", "line 1: unexpected argument `]]' to conditional unary operator\n"),
        arguments("[[ ]]", ""),
        arguments("[[ && ]]", "line 1: unexpected token `&&' in conditional command\n"),
        arguments("[[ ( a ]]", "line 1: unexpected token `]]', expected `)'\n"),
        arguments(
            "[[ a ) ]]", "line 1: syntax error in conditional expression: unexpected token `)'\n"),
        arguments("[[ a == b c ]]", "line 1: syntax error in conditional expression\n"),
        arguments(
            "[[ a == (b|c) ]]", "line 1: unexpected argument `(' to conditional binary operator\n"),
        arguments("[[ a =~ a b ]]", "line 1: syntax error in conditional expression\n"),
        arguments("[[ a == b", "line 1: unexpected EOF while looking for `]]'\n"),
        arguments("[[ a &&\nb c ]]", "line 2: conditional binary operator expected\n"),
        arguments(
            "[[ a =\nb ]]",
            "line 1: unexpected argument `newline' to conditional binary operator\n"),
        arguments(
            "[[ a;b ]]", "line 1: unexpected token `;', conditional binary operator expected\n"),
        arguments("[[ a ]]x", "line 1: conditional binary operator expected\n"),
        arguments(
            "[[ a ]] ]]",
            "line 1: syntax error near unexpected token `]]'\n" + "line 1: `[[ a ]] ]]'\n"),
        arguments(
            "f() echo hi",
            "line 1: syntax error near unexpected token `echo'\n" + "line 1: `f() echo hi'\n"),
        arguments(
            "f(a) { echo; }",
            "line 1: syntax error near unexpected token `a'\n" + "line 1: `f(a) { echo; }'\n"),
        arguments(
            "function",
            "line 1: syntax error near unexpected token `newline'\n" + "line 1: `function'\n"),
        arguments(
            "function f; f",
            "line 1: syntax error near unexpected token `;'\n" + "line 1: `function f; f'\n"),
        arguments(
            "if() { echo; }",
            "line 1: syntax error near unexpected token `)'\n" + "line 1: `if() { echo; }'\n"),
        arguments(
            "f=x() { echo; }",
            "line 1: syntax error near unexpected token `('\n" + "line 1: `f=x() { echo; }'\n"),
        arguments(
            "a b() { echo; }",
            "line 1: syntax error near unexpected token `('\n" + "line 1: `a b() { echo; }'\n"),
        arguments(
            "f() { echo z; } x",
            "line 1: syntax error near unexpected token `x'\n" + "line 1: `f() { echo z; } x'\n"),
        arguments(
            "coproc",
            "line 1: syntax error near unexpected token `newline'\n" + "line 1: `coproc'\n"),
        arguments(
            "if; then echo; fi",
            "line 1: syntax error near unexpected token `;'\n" + "line 1: `if; then echo; fi'\n"),
        arguments(
            "if true; then; fi",
            "line 1: syntax error near unexpected token `;'\n" + "line 1: `if true; then; fi'\n"),
        arguments(
            "if a; then b; else; fi",
            "line 1: syntax error near unexpected token `;'\n"
                + "line 1: `if a; then b; else; fi'\n"),
        arguments(
            "() { echo; }",
            "line 1: syntax error near unexpected token `)'\n" + "line 1: `() { echo; }'\n"),
        arguments("( )", "line 1: syntax error near unexpected token `)'\nline 1: `( )'\n"),
        arguments("{ }", "line 1: syntax error near unexpected token `}'\nline 1: `{ }'\n"),
        arguments(
            "{echo; }", "line 1: syntax error near unexpected token `}'\nline 1: `{echo; }'\n"),
        arguments("<", "line 1: syntax error near unexpected token `newline'\nline 1: `<'\n"),
        arguments(
            "cat <<",
            "line 1: syntax error near unexpected token `newline'\n" + "line 1: `cat <<'\n"),
        arguments(
            "cat <<EOF",
            "line 1: warning: here-document at line 1 delimited by end-of-file (wanted `EOF')\n"),
        arguments(
            "cat <<EOF\nabc",
            "line 2: warning: here-document at line 1 delimited by end-of-file (wanted `EOF')\n"),
        arguments(
            "echo $(cat <<E)\nx\nE",
            "line 1: warning: command substitution: 1 unterminated here-document\n"),
        arguments(
            "echo $(cat <<E\nx\nE)",
            "line 3: warning: here-document at line 1 delimited by end-of-file (wanted `E')\n"),
        arguments(
            "echo a >&",
            "line 1: syntax error near unexpected token `newline'\n" + "line 1: `echo a >&'\n"),
        arguments(">2>x", "line 1: syntax error near unexpected token `2'\nline 1: `>2>x'\n"),
        arguments("echo <(", "line 2: unexpected EOF while looking for matching `)'\n"),
        arguments("x=(1 2", "line 1: unexpected EOF while looking for matching `)'\n"),
        arguments(
            "x=(1 & 2)\necho",
            "line 1: syntax error near unexpected token `&'\n" + "line 1: `x=(1 & 2)'\n"),
        arguments(
            "x=(a (b))\nfi",
            "line 1: syntax error near unexpected token `('\n"
                + "line 1: `x=(a (b))'\n"
                + "line 2: syntax error near unexpected token `fi'\n"
                + "line 2: `fi'\n"),
        arguments(
            "echo x=(1)",
            "line 1: syntax error near unexpected token `('\n" + "line 1: `echo x=(1)'\n"),
        arguments(
            "builtin declare x=(1)",
            "line 1: syntax error near unexpected token `('\n"
                + "line 1: `builtin declare x=(1)'\n"),
        arguments(
            "echo a(b)",
            "line 1: syntax error near unexpected token `('\n" + "line 1: `echo a(b)'\n"),
        arguments(
            "echo (a)", "line 1: syntax error near unexpected token `a'\nline 1: `echo (a)'\n"),
        arguments("a=b (c)", "line 1: syntax error near unexpected token `('\nline 1: `a=b (c)'\n"),
        arguments("((1+", "line 1: unexpected EOF while looking for matching `)'\n"),
        arguments("((1))x", "line 1: syntax error near unexpected token `x'\nline 1: `((1))x'\n"),
        arguments("do", "line 1: syntax error near unexpected token `do'\nline 1: `do'\n"),
        arguments("}", "line 1: syntax error near unexpected token `}'\nline 1: `}'\n"),
        arguments("in", "line 1: syntax error near unexpected token `in'\nline 1: `in'\n"),
        arguments(")", "line 1: syntax error near unexpected token `)'\nline 1: `)'\n"),
        arguments("a)", "line 1: syntax error near unexpected token `)'\nline 1: `a)'\n"),
        arguments("]]", "line 1: syntax error near unexpected token `]]'\nline 1: `]]'\n"),
        arguments(
            "case esac in esac) echo;; esac",
            "line 1: syntax error near unexpected token `)'\n"
                + "line 1: `case esac in esac) echo;; esac'\n"),
        arguments(
            "case a in\na\n) echo; esac",
            "line 2: syntax error near unexpected token `newline'\n" + "line 2: `a'\n"),
        arguments(
            "case a in a) echo;; b",
            "line 1: syntax error near unexpected token `newline'\n"
                + "line 1: `case a in a) echo;; b'\n"),
        arguments(
            "echo @(a|b)",
            "line 1: syntax error near unexpected token `('\n" + "line 1: `echo @(a|b)'\n"),
        arguments(
            "shopt -s extglob; echo @(a|b)",
            "line 1: syntax error near unexpected token `('\n"
                + "line 1: `shopt -s extglob; echo @(a|b)'\n"),
        arguments("echo \"a $(b \"c", "line 1: unexpected EOF while looking for matching `\"'\n"),
        arguments("echo ${a:-\"b}", "line 1: unexpected EOF while looking for matching `\"'\n"),
        arguments("echo ${a:-`b}", "line 1: unexpected EOF while looking for matching ``'\n"),
        arguments("echo $'a", "line 1: unexpected EOF while looking for matching `''\n"));
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void messagesAreThoseOfBash(String script, String expected) {
    assertEquals(expected, Scripts.diagnose(script + "\n"));
  }

  @Test
  void commandsInFrontOfAnErrorAreReadFirst() {
    Parser parser = Parser.of("echo a\necho b\nfi\n", Dialect.BASH, 1);
    assertEquals("echo a", Printer.line(parser.nextCommand()));
    assertEquals("echo b", Printer.line(parser.nextCommand()));
    SyntaxException error = thrownBy(parser);
    assertEquals(3, error.line());
    assertEquals(SyntaxException.Kind.PLAIN, error.kind());
  }

  @Test
  void readingGoesOnBehindAnError() {
    Parser parser = Parser.of("echo a; fi; echo b\necho c\n", Dialect.BASH, 1);
    thrownBy(parser);
    assertEquals("echo c", Printer.line(parser.nextCommand()));
  }

  @Test
  void unfinishedInputIsToldFromWrongInput() {
    assertTrue(thrownBy(Parser.of("if a; then", Dialect.BASH, 1)).endOfInput());
    assertTrue(thrownBy(Parser.of("echo 'a", Dialect.BASH, 1)).endOfInput());
    assertEquals(
        SyntaxException.Kind.CONDITIONAL, thrownBy(Parser.of("[[ a b ]]", Dialect.BASH, 1)).kind());
    assertEquals(
        SyntaxException.Kind.ARRAY_LITERAL, thrownBy(Parser.of("a=(;)", Dialect.BASH, 1)).kind());
  }

  @Test
  void linesAreCountedFromTheFirstOne() {
    assertEquals(12, thrownBy(Parser.of("\n)", Dialect.BASH, 11)).line());
  }

  private static SyntaxException thrownBy(Parser parser) {
    try {
      while (parser.nextCommand() != null) {}
    } catch (SyntaxException e) {
      return e;
    }
    throw new AssertionError("no error");
  }
}
