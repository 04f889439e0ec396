package dev.qanat.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.qanat.json.JsonObject;
import dev.qanat.json.JsonParser;
import dev.qanat.json.JsonString;
import dev.qanat.shell.syntax.Command;
import dev.qanat.shell.syntax.CommandList;
import dev.qanat.shell.syntax.Dialect;
import dev.qanat.shell.syntax.LineSource;
import dev.qanat.shell.syntax.Parser;
import dev.qanat.shell.syntax.Printer;
import dev.qanat.shell.syntax.SyntaxException;
import dev.qanat.text.Utf8;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What the printer makes of a script reads back as the same tree, and is printed the same again; of
 * a function it makes what {@code declare -f} of the machine's bash makes.
 */
class PrintedScriptsTest {
  private static final List<String> DIRECTORIES =
      List.of("/usr/bin", "/usr/sbin", "/usr/lib", "/usr/share", "/etc", "/lib/init");

  private static final Dialect EXTGLOB =
      new Dialect() {
        @Override
        public boolean extglob() {
          return true;
        }
      };

  /** A complete command of a script and the lines it was read from. */
  private record Read(CommandList commands, String source, Dialect dialect) {}

  @TestFactory
  Stream<DynamicTest> installedScriptsReadBackAsTheSame() {
    return DIRECTORIES.stream()
        .map(
            dir ->
                DynamicTest.dynamicTest(
                    dir,
                    () -> {
                      StringBuilder differing = new StringBuilder();
                      for (Path script : InstalledScriptsTest.scripts(Path.of(dir))) {
                        readBack(script.toString(), text(script), differing);
                      }
                      assertEquals("", differing.toString());
                    }));
  }

  @Test
  void conformanceCasesReadBackAsTheSame() throws IOException {
    Path cases = conformanceCases();
    assumeTrue(cases != null, "the conformance cases are not here");
    StringBuilder differing = new StringBuilder();
    for (String line : Files.readAllLines(cases)) {
      JsonObject item = (JsonObject) JsonParser.parse(line);
      if (item.get("code") instanceof JsonString code) {
        readBack(((JsonString) item.get("id")).asString(), code.asString(), differing);
      }
    }
    assertEquals("", differing.toString());
  }

  @TestFactory
  Stream<DynamicTest> functionsOfInstalledScriptsArePrintedAsByBash() {
    assumeTrue(BothShells.haveBash(), "no bash 5.2 here");
    return DIRECTORIES.stream()
        .map(dir -> DynamicTest.dynamicTest(dir, () -> functions(Path.of(dir))));
  }

  private static void functions(Path dir) throws IOException, InterruptedException {
    StringBuilder script = new StringBuilder("shopt -s extglob\n");
    StringBuilder ours = new StringBuilder();
    for (Path file : InstalledScriptsTest.scripts(dir)) {
      for (Read read : commands(text(file))) {
        if (read.commands().items().size() == 1
            && read.commands().items().get(0).andOr().rest().isEmpty()
            && read.commands().items().get(0).andOr().first().commands().get(0)
                instanceof Command.Function f) {
          script.append(read.source()).append("\ndeclare -f -- ").append(f.name()).append('\n');
          ours.append(Printer.function(f));
        }
      }
    }
    Path file = Files.createTempFile("functions", ".sh");
    try {
      Files.write(file, Utf8.encode(script.toString()));
      Process bash = new ProcessBuilder("env", "LC_ALL=C.UTF-8", "bash", file.toString()).start();
      bash.getOutputStream().close();
      String theirs = Utf8.decode(bash.getInputStream().readAllBytes());
      bash.waitFor();
      assertEquals(theirs, ours.toString());
    } finally {
      Files.delete(file);
    }
  }

  private static Path conformanceCases() {
    for (Path p = Path.of("").toAbsolutePath(); p != null; p = p.getParent()) {
      Path cases = p.resolve("shared/conformance/bash-language.jsonl");
      if (Files.exists(cases)) {
        return cases;
      }
    }
    return null;
  }

  private static String text(Path file) throws IOException {
    return Utf8.decode(Files.readAllBytes(file));
  }

  /** The commands in front of the first error. */
  private static List<Read> commands(String text) {
    List<Read> plain = commands(text, Dialect.BASH);
    List<Read> extended = text.contains("extglob") ? commands(text, EXTGLOB) : plain;
    return extended.size() > plain.size() ? extended : plain;
  }

  private static List<Read> commands(String text, Dialect dialect) {
    StringBuilder source = new StringBuilder();
    LineSource lines =
        new LineSource() {
          private int at;

          @Override
          public String next(boolean continuation) {
            if (at == text.length()) {
              return null;
            }
            int end = text.indexOf('\n', at);
            String line = text.substring(at, end < 0 ? text.length() : end + 1);
            at += line.length();
            source.append(line);
            return line;
          }
        };
    Parser parser = new Parser(lines, dialect, 1);
    List<Read> commands = new ArrayList<>();
    try {
      while (true) {
        CommandList list = parser.nextCommand();
        if (list == null) {
          return commands;
        }
        if (!list.items().isEmpty()) {
          commands.add(new Read(list, source.toString(), dialect));
        }
        source.setLength(0);
      }
    } catch (SyntaxException e) {
      return commands;
    }
  }

  private static void readBack(String name, String text, StringBuilder differing) {
    for (Read read : commands(text)) {
      String printed = Printer.line(read.commands());
      CommandList again;
      try {
        again = list(printed, read.dialect());
      } catch (SyntaxException e) {
        report(differing, name, "does not read back: " + e.messages(), read, printed);
        continue;
      }
      if (!Printer.line(again).equals(printed)) {
        report(differing, name, "is printed otherwise:\n" + Printer.line(again), read, printed);
      } else if (!again.equals(read.commands())) {
        report(differing, name, "is another tree", read, printed);
      }
    }
  }

  private static CommandList list(String text, Dialect dialect) {
    Parser parser = Parser.of(text, dialect, 1);
    List<CommandList.Item> items = new ArrayList<>();
    for (CommandList l = parser.nextCommand(); l != null; l = parser.nextCommand()) {
      items.addAll(l.items());
    }
    return new CommandList(items);
  }

  private static void report(
      StringBuilder out, String name, String problem, Read read, String printed) {
    if (out.length() < 20_000) {
      out.append("==== ").append(name).append(' ').append(problem).append("\n---- source\n");
      out.append(read.source()).append("---- printed\n").append(printed).append('\n');
    }
  }
}
