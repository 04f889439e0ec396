package dev.qanat.shell.syntax;

import java.util.ArrayList;
import java.util.List;

/** Ways to read a script that the tests share. */
final class Scripts {
  private Scripts() {}

  /** All commands of a script in one list. */
  static CommandList read(String script) {
    return read(script, Dialect.BASH);
  }

  static CommandList read(String script, Dialect dialect) {
    Parser parser = Parser.of(script, dialect, 1);
    List<CommandList.Item> items = new ArrayList<>();
    for (CommandList next = parser.nextCommand(); next != null; next = parser.nextCommand()) {
      items.addAll(next.items());
    }
    return new CommandList(items);
  }

  /** The only command of a script. */
  static Command command(String script) {
    return read(script).items().get(0).andOr().first().commands().get(0);
  }

  /** A word of the only command, which is simple; the command's name is 0. */
  static Word word(String script, int index) {
    return ((Command.Simple) command(script)).words().get(index);
  }

  /** What {@code bash -n} prints for a script, without the script's name; empty when it is fine. */
  static String diagnose(String script) {
    StringBuilder out = new StringBuilder();
    Dialect dialect =
        new Dialect() {
          @Override
          public void warning(int line, String message) {
            out.append("line ").append(line).append(": warning: ").append(message).append('\n');
          }
        };
    Parser parser = Parser.of(script, dialect, 1);
    while (true) {
      try {
        if (parser.nextCommand() == null) {
          return out.toString();
        }
      } catch (SyntaxException e) {
        for (SyntaxException.Message message : e.messages()) {
          out.append("line ").append(message.line()).append(": ");
          out.append(message.text()).append('\n');
        }
        if (e.kind() != SyntaxException.Kind.ARRAY_LITERAL) {
          return out.toString();
        }
      }
    }
  }
}
