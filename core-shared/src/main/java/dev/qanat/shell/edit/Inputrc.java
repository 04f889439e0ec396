package dev.qanat.shell.edit;

import dev.qanat.shell.edit.Keymap.Binding;
import dev.qanat.shell.edit.Keymap.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Reads the lines of an inputrc: {@code set}, key bindings, {@code $if} and {@code $include}
 * (Readline manual, "Init File Syntax"). What a line's conditions say holds for the lines after it,
 * also when they come one by one from {@code bind}.
 */
public final class Inputrc {
  private final Readline readline;

  /** For each open {@code $if}, whether its lines are skipped. */
  private final List<Boolean> conditions = new ArrayList<>();

  private boolean skipping;
  private boolean included; // behind an include Readline no longer says which line it reads

  Inputrc(Readline readline) {
    this.readline = readline;
  }

  /**
   * Reads a file's text.
   *
   * @param name of the file, before messages
   * @param open gives the text of an included file, or null
   */
  public void readAll(
      String text, String name, Function<String, String> open, Consumer<String> errors) {
    int at = 0;
    int number = 0;
    included = false;
    while (at < text.length()) {
      int end = text.indexOf('\n', at);
      end = end < 0 ? text.length() : end;
      String line = text.substring(at, end);
      String place = name + ": line " + ++number + ": ";
      read(line, open, m -> errors.accept("readline: " + (included ? "" : place) + m));
      at = end + 1;
    }
  }

  /** Reads one line, as {@code bind} is given it. */
  public void readLine(String line, Function<String, String> open, Consumer<String> errors) {
    read(line, open, m -> errors.accept("readline: " + m));
  }

  private void read(String whole, Function<String, String> open, Consumer<String> errors) {
    String line = whole.strip();
    if (line.startsWith("$")) {
      directive(line.substring(1).strip(), open, errors);
    } else if (!skipping && !line.isEmpty() && !line.startsWith("#")) {
      if (line.length() > 4 && line.startsWith("set") && line.charAt(3) <= ' ') {
        assign(line.substring(4).strip(), errors);
      } else {
        binding(line, errors);
      }
    }
  }

  private void directive(String text, Function<String, String> open, Consumer<String> errors) {
    int blank = blank(text);
    String word = text.substring(0, blank);
    String argument = text.substring(blank).strip();
    switch (word.toLowerCase()) {
      case "if" -> {
        conditions.add(skipping);
        skipping = skipping || !holds(argument);
      }
      case "else" -> {
        if (conditions.isEmpty()) {
          errors.accept("$else found without matching $if");
        } else if (!conditions.get(conditions.size() - 1)) {
          skipping = !skipping;
        }
      }
      case "endif" -> {
        if (conditions.isEmpty()) {
          errors.accept("$endif without matching $if");
        } else {
          skipping = conditions.remove(conditions.size() - 1);
        }
      }
      case "include" -> {
        String content = skipping ? null : open.apply(argument);
        if (content != null) {
          included = true;
          int at = 0;
          while (at < content.length()) {
            int end = content.indexOf('\n', at);
            end = end < 0 ? content.length() : end;
            read(content.substring(at, end), open, errors);
            at = end + 1;
          }
        }
      }
      default -> errors.accept(word + ": unknown parser directive");
    }
  }

  private boolean holds(String test) {
    if (test.startsWith("mode=")) {
      return test.substring(5).equals(readline.viMode() ? "vi" : "emacs");
    }
    if (test.startsWith("term=")) {
      String wanted = test.substring(5);
      String term = readline.terminalName();
      int dash = term.indexOf('-');
      return wanted.equals(term) || dash > 0 && wanted.equals(term.substring(0, dash));
    }
    if (test.startsWith("version")) {
      return version(test.substring(7).strip());
    }
    int sign = test.indexOf('=');
    if (sign > 0) {
      boolean equal = true;
      int end = sign;
      if (test.charAt(sign - 1) == '!') {
        equal = false;
        end--;
      }
      String name = test.substring(0, end).strip();
      String value = test.substring(test.startsWith("==", sign) ? sign + 2 : sign + 1).strip();
      return readline.settings().known(name)
          && equal == readline.settings().text(name).equals(value);
    }
    return test.equalsIgnoreCase("bash");
  }

  /** A comparison with 8.2, the Readline whose behaviour this is. */
  private static boolean version(String test) {
    int i = 0;
    while (i < test.length() && "=!<>".indexOf(test.charAt(i)) >= 0) {
      i++;
    }
    String operator = test.substring(0, i);
    String number = test.substring(i).strip();
    int dot = number.indexOf('.');
    int wanted;
    try {
      wanted =
          dot < 0
              ? Integer.parseInt(number) * 100
              : Integer.parseInt(number.substring(0, dot)) * 100
                  + Integer.parseInt(number.substring(dot + 1));
    } catch (NumberFormatException e) {
      return false;
    }
    return switch (operator) {
      case "=", "==" -> wanted == 802;
      case "!=" -> wanted != 802;
      case "<=" -> 802 <= wanted;
      case ">=" -> 802 >= wanted;
      case "<" -> 802 < wanted;
      case ">" -> 802 > wanted;
      default -> false;
    };
  }

  private void assign(String text, Consumer<String> errors) {
    int blank = blank(text);
    String name = text.substring(0, blank).toLowerCase();
    String value = text.substring(blank).strip();
    if (value.length() > 1 && value.startsWith("\"") && value.endsWith("\"")) {
      value = value.substring(1, value.length() - 1);
    }
    if (!readline.settings().known(name)) {
      errors.accept(text.substring(0, blank) + ": unknown variable name");
    } else if (!readline.set(name, value)) {
      errors.accept(name + ": could not set value to `" + value + "'");
    }
  }

  private static int blank(String s) {
    int i = 0;
    while (i < s.length() && s.charAt(i) > ' ') {
      i++;
    }
    return i;
  }

  private void binding(String line, Consumer<String> errors) {
    int colon;
    String keys;
    if (line.startsWith("\"")) {
      int close = closing(line, 0);
      if (close < 0) {
        errors.accept(line + ": no closing `\"' in key binding");
        return;
      }
      colon = close + 1;
      while (colon < line.length() && line.charAt(colon) <= ' ') {
        colon++;
      }
      if (colon >= line.length() || line.charAt(colon) != ':') {
        errors.accept(line + ": no key sequence terminator");
        return;
      }
      keys = KeySequence.parse(line.substring(1, close));
    } else {
      colon = line.indexOf(':');
      if (colon < 0) {
        errors.accept(line + ": no key sequence terminator");
        return;
      }
      keys =
          KeySequence.named(
              line.substring(0, colon).strip(), readline.settings().on("convert-meta"));
    }
    String value = line.substring(colon + 1).strip();
    if (value.startsWith("\"") || value.startsWith("'")) {
      int close = closing(value, 0);
      String text = value.substring(1, close < 0 ? value.length() : close);
      readline.bind(keys, new Binding(Kind.MACRO, KeySequence.parse(text)));
      return;
    }
    String function = Readline.function(value.substring(0, blank(value)).toLowerCase());
    readline.bind(keys, function == null ? null : new Binding(Kind.FUNCTION, function));
  }

  /** Where the quote at {@code from} is closed; -1 when it is not. */
  public static int closing(String s, int from) {
    char quote = s.charAt(from);
    for (int i = from + 1; i < s.length(); i++) {
      if (s.charAt(i) == '\\') {
        i++;
      } else if (s.charAt(i) == quote) {
        return i;
      }
    }
    return -1;
  }
}
