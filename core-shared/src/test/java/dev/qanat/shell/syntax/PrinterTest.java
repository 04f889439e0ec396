package dev.qanat.shell.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PrinterTest {
  /** Functions and what bash 5.2's {@code declare -f} makes of them. */
  static Stream<Arguments> functions() throws IOException {
    try (InputStream in = PrinterTest.class.getResourceAsStream("printed-functions.txt")) {
      String table = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return Stream.of(table.split("====\n"))
          .map(row -> row.split("----\n"))
          .map(row -> Arguments.arguments(row[0], row[1]));
    }
  }

  @ParameterizedTest
  @MethodSource("functions")
  void functionsAreLaidOutAsByBash(String source, String printed) {
    assertEquals(printed, Printer.function((Command.Function) Scripts.command(source)));
  }

  @ParameterizedTest
  @MethodSource("functions")
  void whatIsPrintedReadsBackAsTheSame(String source, String printed) {
    Command.Function again = (Command.Function) Scripts.command(printed);
    assertEquals(printed, Printer.function(again));
  }

  @ParameterizedTest
  @MethodSource("functions")
  void linesReadBackAsTheSame(String source, String printed) {
    CommandList body =
        ((Command.BraceGroup) ((Command.Function) Scripts.command(source)).body()).body();
    String line = Printer.line(body);
    assertEquals(line, Printer.line(Scripts.read(line)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '§',
      quoteCharacter = '~',
      value = {
        "sleep  1 >/dev/null & § sleep 1 > /dev/null &",
        "a | b && c § a | b && c",
        "(a) | tee  x § ( a ) | tee x",
        "x=$(a  b) c § x=$(a b) c",
        "((x=1)) § ((x=1))",
      })
  void jobsAreOneLine(String source, String line) {
    assertEquals(line, Printer.line(Scripts.read(source)));
  }

  @Test
  void groupsOutsideOfFunctionsStayOnTheLine() {
    assertEquals("{ a; b; }", Printer.line(Scripts.read("{ a\nb; }")));
    assertEquals("( a; b & )", Printer.line(Scripts.read("( a\nb & )")));
    assertEquals(
        "for x in 1 2;\ndo\n    a; b;\ndone &",
        Printer.line(Scripts.read("for x in 1 2; do a; b; done &")));
  }

  @Test
  void exportedFunctionsAreHardlyIndented() {
    Command.Function function =
        (Command.Function) Scripts.command("f() { a; if b; then c; fi; { d; } >x; } >y");
    assertEquals(
        "() {  a;\n if b; then\n c;\n fi;\n { \n d\n } > x\n} > y", Printer.exported(function));
  }

  @Test
  void headsOfCompoundCommands() {
    assertEquals("for x in a b", Printer.head(Scripts.command("for x in a b; do c; done")));
    assertEquals("for x in \"$@\"", Printer.head(Scripts.command("for x; do c; done")));
    assertEquals("case $x in ", Printer.head(Scripts.command("case $x in a) b;; esac")));
  }

  @Test
  void namesThatAreReservedNeedTheKeyword() {
    assertEquals(
        "function if () \n{ \n    a\n}\n",
        Printer.function((Command.Function) Scripts.command("function if { a; }")));
  }
}
