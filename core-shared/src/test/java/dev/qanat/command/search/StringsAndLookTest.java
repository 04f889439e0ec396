package dev.qanat.command.search;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.qanat.command.Tool;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The expectations were taken from binutils 2.40 and util-linux 2.38. */
class StringsAndLookTest {
  private static Tool tool() {
    return new Tool()
        .with("strings", new Strings())
        .with("look", new Look())
        .file("b", "ab\0hello\tw\n\1longer string\0xy\377caf\303\251 zzzz\0w\0i\0d\0e\0r\0\0")
        .file("w", "Apple\napple pie\nbanana\nband\ncan do\n");
  }

  private static void prints(String expected, String... argv) {
    assertEquals(expected, tool().run("", List.of(argv)).stdout(), String.join(" ", argv));
  }

  @Test
  void runsOfPrintableCharactersAreStrings() {
    prints("hello\tw\nlonger string\n zzzz\n", "strings", "b");
    prints("      3 hello\tw\n     12 longer string\n     34  zzzz\n", "strings", "-td", "b");
    prints("      3 hello\tw\n     14 longer string\n     42  zzzz\n", "strings", "-o", "b");
    prints("b: hello\tw\nb: longer string\nb:  zzzz\n", "strings", "-f", "b");
    prints("longer string\n", "strings", "-8", "b");
    prints("zwider\n", "strings", "-el", "b");
    prints("wider\n", "strings", "-eb", "b");
    prints("hello\tw\n\nlonger string\n zzzz\n", "strings", "-w", "b");
    prints("hello\tw|longer string| zzzz|", "strings", "-s", "|", "b");
    assertEquals("strings: 'x': No such file\n", tool().run("", List.of("strings", "x")).stderr());
  }

  @Test
  void lookPrintsTheLinesThatBeginWithAString() {
    prints("banana\nband\n", "look", "ban", "w");
    prints("Apple\napple pie\n", "look", "-f", "APP", "w");
    prints("banana\nband\n", "look", "-t", "n", "banx", "w");
    prints("", "look", "-d", "cand", "w");
    assertEquals(1, tool().run("", List.of("look", "zz", "w")).status());
  }
}
