package dev.qanat.command.text.sed;

import dev.qanat.text.Utf8;
import dev.qanat.text.regex.Regex;
import dev.qanat.text.regex.RegexException;
import dev.qanat.text.regex.Syntax;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a script to a flat list of commands, blocks and branches resolved to positions. Errors are
 * worded as GNU's.
 */
final class ScriptParser {
  private final ScriptText in;
  private final boolean extended;
  private final int baseFlags;
  private final boolean sandbox;
  private final OutputFiles files;
  private final List<SedCommand> commands = new ArrayList<>();
  private final List<int[]> blocks =
      new ArrayList<>(); // open blocks: index of the command, position in the script
  private final Map<String, Integer> labels = new HashMap<>();

  /** Gives the file that a {@code w} command names. */
  interface OutputFiles {
    OutputFile open(String name);
  }

  ScriptParser(ScriptText in, boolean extended, int baseFlags, boolean sandbox, OutputFiles files) {
    this.in = in;
    this.extended = extended;
    this.baseFlags = baseFlags;
    this.sandbox = sandbox;
    this.files = files;
  }

  List<SedCommand> parse() {
    while (true) {
      int c = in.readNonBlank();
      while (c == ';' || c == '\n') {
        c = in.readNonBlank();
      }
      if (c == ScriptText.END) {
        break;
      }
      command(c);
    }
    if (!blocks.isEmpty()) {
      throw in.errorAtZero(blocks.get(0)[1], "unmatched `{'");
    }
    for (SedCommand command : commands) {
      if (command.name == 'b' || command.name == 't' || command.name == 'T') {
        Integer target =
            command.argument.isEmpty()
                ? Integer.valueOf(commands.size())
                : labels.get(command.argument);
        if (target == null) {
          throw new ScriptException(4, "can't find label for jump to `" + command.argument + "'");
        }
        command.target = target;
      }
      command.resetRange();
    }
    return commands;
  }

  private void command(int first) {
    SedCommand command = new SedCommand();
    int c = first;
    command.from = address(c);
    if (command.from != null) {
      if (command.from.kind == Address.Kind.PLUS || command.from.kind == Address.Kind.MULTIPLE) {
        throw in.error("invalid usage of +N or ~N as first address");
      }
      c = in.readNonBlank();
      if (c == ',') {
        command.to = address(in.readNonBlank());
        if (command.to == null) {
          throw in.error("unexpected `,'");
        }
        c = in.readNonBlank();
      }
      if (command.from.kind == Address.Kind.LINE
          && command.from.first == 0
          && (command.to == null || command.to.kind != Address.Kind.REGEX)) {
        throw in.error("invalid usage of line address 0");
      }
    }
    if (c == '!') {
      command.negated = true;
      c = in.readNonBlank();
      if (c == '!') {
        throw in.error("multiple `!'s");
      }
    }
    if (c == ScriptText.END || c == '\n') {
      throw in.error("missing command");
    }
    command.name = (char) c;
    body(command);
  }

  private void body(SedCommand command) {
    boolean addressed = command.from != null;
    switch (command.name) {
      case '#' -> {
        if (addressed) {
          throw in.error("comments don't accept any addresses");
        }
        int c = in.read();
        while (c != ScriptText.END && c != '\n') {
          c = in.read();
        }
        return;
      }
      case 'v' -> {
        String version = label();
        if (newerThanOurs(version)) {
          throw in.error("expected newer version of sed");
        }
        return;
      }
      case '{' -> blocks.add(new int[] {commands.size(), in.at});
      case '}' -> {
        if (blocks.isEmpty()) {
          throw in.error("unexpected `}'");
        }
        if (addressed) {
          throw in.error("`}' doesn't want any addresses");
        }
        int open = blocks.remove(blocks.size() - 1)[0];
        commands.get(open).target = commands.size();
        endOfCommand();
        return;
      }
      case 'e' -> {
        if (sandbox) {
          throw in.error("e/r/w commands disabled in sandbox mode");
        }
        String line = restOfLine();
        command.argument = line;
      }
      case 'a', 'i', 'c' -> command.text = text();
      case ':' -> {
        if (addressed) {
          throw in.error(": doesn't want any addresses");
        }
        String label = label();
        if (label.isEmpty()) {
          throw in.error("\":\" lacks a label");
        }
        labels.put(label, commands.size());
        return;
      }
      case 'b', 't', 'T' -> command.argument = label();
      case 'q', 'Q' -> {
        if (command.to != null) {
          throw in.error("command only uses one address");
        }
        command.number = Math.max(0, number());
        endOfCommand();
      }
      case 'l' -> {
        command.number = number();
        endOfCommand();
      }
      case '=', 'd', 'D', 'F', 'g', 'G', 'h', 'H', 'n', 'N', 'p', 'P', 'z', 'x' -> endOfCommand();
      case 'r', 'R', 'w', 'W' -> {
        if (sandbox) {
          throw in.error("e/r/w commands disabled in sandbox mode");
        }
        command.argument = fileName();
        if (command.name == 'w' || command.name == 'W') {
          command.file = files.open(command.argument);
        }
      }
      case 's' -> command.substitution = substitution();
      case 'y' -> command.transliteration = transliteration();
      default -> throw in.error("unknown command: `" + command.name + "'");
    }
    commands.add(command);
  }

  private static boolean newerThanOurs(String version) {
    int[] ours = {4, 9, 0};
    int part = 0;
    int value = 0;
    for (int i = 0; i <= version.length() && part < 3; i++) {
      char c = i < version.length() ? version.charAt(i) : '.';
      if (c == '.') {
        if (value != ours[part]) {
          return value > ours[part];
        }
        part++;
        value = 0;
      } else if (c >= '0' && c <= '9') {
        value = Math.min(value * 10 + c - '0', 100_000);
      }
    }
    return false;
  }

  private Address address(int first) {
    int c = first;
    if (c == '/' || c == '\\') {
      if (c == '\\') {
        c = in.read();
      }
      String source = delimited(c, true);
      if (source == null) {
        throw in.error("unterminated address regex");
      }
      int flags = 0;
      while (true) {
        c = in.readNonBlank();
        if (c == 'I') {
          flags |= Regex.IGNORE_CASE;
        } else if (c == 'M') {
          flags |= Regex.MULTILINE;
        } else {
          in.unread(c);
          return Address.matching(pattern(source, flags));
        }
      }
    }
    if (c >= '0' && c <= '9') {
      long number = integer(c);
      c = in.readNonBlank();
      if (c != '~') {
        in.unread(c);
        return Address.number(Address.Kind.LINE, number, 0);
      }
      c = in.readNonBlank();
      long step = 0;
      if (c >= '0' && c <= '9') {
        step = integer(c);
      } else {
        in.unread(c);
      }
      return Address.number(step > 0 ? Address.Kind.STEP : Address.Kind.LINE, number, step);
    }
    if (c == '+' || c == '~') {
      int digit = in.readNonBlank();
      long number = 0;
      if (digit >= '0' && digit <= '9') {
        number = integer(digit);
      } else {
        in.unread(digit);
      }
      return Address.number(c == '+' ? Address.Kind.PLUS : Address.Kind.MULTIPLE, number, 0);
    }
    return c == '$' ? Address.last() : null;
  }

  private long integer(int first) {
    long value = 0;
    int c = first;
    while (c >= '0' && c <= '9') {
      value = value > Long.MAX_VALUE / 16 ? value : value * 10 + c - '0';
      c = in.read();
    }
    in.unread(c);
    return value;
  }

  /** A number that may be missing: then -1. */
  private int number() {
    int c = in.readNonBlank();
    if (c >= '0' && c <= '9') {
      return (int) Math.min(integer(c), Integer.MAX_VALUE);
    }
    in.unread(c);
    return -1;
  }

  private Address.Pattern pattern(String source, int flags) {
    Syntax syntax = extended ? Syntax.EXTENDED : Syntax.BASIC;
    if (source.isEmpty()) {
      if (flags != 0) {
        throw in.error("cannot specify modifiers on empty regexp");
      }
      return new Address.Pattern(null, source, syntax, 0);
    }
    int all = flags | baseFlags;
    String converted = RegexText.convert(source);
    if (isBareClass(converted)) {
      throw new ScriptException(4, "character class syntax is [[:space:]], not [:space:]");
    }
    try {
      return new Address.Pattern(Regex.compile(converted, syntax, all), converted, syntax, all);
    } catch (RegexException e) {
      throw in.error(e.getMessage());
    }
  }

  /** Whether the pattern holds a bracket such as [:space:], which is nearly always a mistake. */
  private static boolean isBareClass(String pattern) {
    for (int i = pattern.indexOf("[:"); i >= 0; i = pattern.indexOf("[:", i + 1)) {
      int end = pattern.indexOf(":]", i + 2);
      boolean inside =
          i > 0
              && (pattern.charAt(i - 1) == '['
                  || pattern.charAt(i - 1) == '\\'
                  || isInBracket(pattern, i));
      if (!inside
          && end > i + 2
          && pattern.substring(i + 2, end).chars().allMatch(c -> c >= 'a' && c <= 'z')) {
        return true;
      }
    }
    return false;
  }

  private static boolean isInBracket(String pattern, int at) {
    for (int p = 0; p < at; p++) {
      if (pattern.charAt(p) == '\\') {
        p++;
      } else if (pattern.charAt(p) == '[') {
        int end = RegexText.bracketEnd(pattern, p);
        if (end > at) {
          return true;
        }
        p = Math.max(p, end - 1);
      }
    }
    return false;
  }

  private void endOfCommand() {
    int c = in.readNonBlank();
    if (c == '}' || c == '#') {
      in.unread(c);
    } else if (c != ScriptText.END && c != '\n' && c != ';') {
      throw in.error("extra characters after command");
    }
  }

  private String label() {
    StringBuilder label = new StringBuilder();
    int c = in.readNonBlank();
    while (c != ScriptText.END
        && c != '\n'
        && c != ';'
        && c != '}'
        && c != ' '
        && c != '\t'
        && c != '\r') {
      label.append((char) c);
      c = in.read();
    }
    in.unread(c);
    return label.toString();
  }

  private String restOfLine() {
    StringBuilder line = new StringBuilder();
    int c = in.readNonBlank();
    while (c != ScriptText.END && c != '\n') {
      line.append((char) c);
      c = in.read();
    }
    return line.toString();
  }

  private String fileName() {
    String name = restOfLine();
    if (name.isEmpty()) {
      throw in.error("missing filename in r/R/w/W commands");
    }
    return name;
  }

  /** The text of a, i and c, in the form of POSIX or on one line. */
  private byte[] text() {
    int c = in.readNonBlank();
    if (c == ScriptText.END || c == '\n') {
      throw in.error("expected \\ after `a', `c' or `i'");
    }
    if (c == '\\') {
      c = in.readNonBlank();
      if (c == ScriptText.END) {
        return new byte[0];
      }
      if (c != '\n') {
        // a\text: what stands between the backslash and the text is kept.
        in.unread(c);
        while (in.at > 0 && isBlankBefore()) {
          in.at--;
        }
      }
      c = in.read();
    }
    StringBuilder text = new StringBuilder();
    while (c != ScriptText.END && c != '\n') {
      if (c == '\\') {
        int position = in.at - 1;
        c = in.read();
        if (c == ScriptText.END) {
          break;
        }
        Escapes escape = c == '\n' ? null : in.escapeAt(position);
        if (escape != null && escape.character >= 0 && c != 'n') {
          text.append((char) escape.character);
          in.at = escape.end;
        } else {
          text.append((char) c);
        }
      } else {
        text.append((char) c);
      }
      c = in.read();
    }
    return Utf8.encode(text.append('\n'));
  }

  private boolean isBlankBefore() {
    return in.isBlank(in.at - 1);
  }

  /**
   * Reads up to the delimiter, which has been read once; null if it does not come. A backslash
   * before the delimiter goes; inside a bracket expression the delimiter is an ordinary character.
   */
  private String delimited(int delimiter, boolean regex) {
    StringBuilder text = new StringBuilder();
    int c = in.read();
    while (c != ScriptText.END && c != '\n') {
      if (c == delimiter) {
        return text.toString();
      }
      if (c == '\\') {
        c = in.read();
        if (c == ScriptText.END) {
          return null;
        }
        if (c != delimiter || !regex && c == '&') {
          text.append('\\');
        } else if (c == 'n' && regex) {
          text.append('\\');
        }
        text.append((char) c);
      } else if (c == '[' && regex) {
        text.append('[');
        if (!bracket(text)) {
          return null;
        }
      } else {
        text.append((char) c);
      }
      c = in.read();
    }
    in.unread(c);
    return null;
  }

  /** Copies a bracket expression whose opening has been copied; false if it does not end. */
  private boolean bracket(StringBuilder text) {
    int c = in.read();
    if (c == '^') {
      text.append('^');
      c = in.read();
    }
    boolean first = true;
    while (c != ScriptText.END && c != '\n') {
      text.append((char) c);
      if (c == ']' && !first) {
        return true;
      }
      if (c == '[') {
        int kind = in.read();
        if (kind == ':' || kind == '.' || kind == '=') {
          text.append((char) kind);
          int before = 0;
          c = in.read();
          while (c != ScriptText.END && c != '\n' && !(before == kind && c == ']')) {
            text.append((char) c);
            before = c;
            c = in.read();
          }
          if (c != ']') {
            in.unread(c);
            return false;
          }
          text.append(']');
        } else {
          in.unread(kind);
        }
      }
      first = false;
      c = in.read();
    }
    in.unread(c);
    return false;
  }

  private Substitution substitution() {
    int delimiter = in.read();
    String source =
        delimiter == ScriptText.END || delimiter == '\n' || delimiter == '\\'
            ? null
            : delimited(delimiter, true);
    String replacement = source == null ? null : replacementText(delimiter);
    if (replacement == null) {
      throw in.error("unterminated `s' command");
    }
    Substitution s = new Substitution();
    replacement(replacement, s);
    int flags = 0;
    boolean numbered = false;
    while (true) {
      int c = in.read();
      switch (c) {
        case 'i', 'I' -> flags |= Regex.IGNORE_CASE;
        case 'm', 'M' -> flags |= Regex.MULTILINE;
        case 'e' -> {
          if (sandbox) {
            throw in.error("e/r/w commands disabled in sandbox mode");
          }
          s.evaluate = true;
        }
        case 'p' -> {
          if (s.print) {
            throw in.error("multiple `p' options to `s' command");
          }
          s.print = true;
        }
        case 'g' -> {
          if (s.global) {
            throw in.error("multiple `g' options to `s' command");
          }
          s.global = true;
        }
        case 'w' -> {
          if (sandbox) {
            throw in.error("e/r/w commands disabled in sandbox mode");
          }
          s.file = files.open(fileName());
          return finish(s, source, flags);
        }
        case '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> {
          if (numbered) {
            throw in.error("multiple number options to `s' command");
          }
          numbered = true;
          s.number = (int) Math.min(integer(c), Integer.MAX_VALUE);
          if (s.number == 0) {
            throw in.error("number option to `s' command may not be zero");
          }
        }
        case '}', '#' -> {
          in.unread(c);
          return finish(s, source, flags);
        }
        case '\n', ';', ScriptText.END -> {
          return finish(s, source, flags);
        }
        case ' ', '\t', '\r' -> {}
        default -> throw in.error("unknown option to `s'");
      }
    }
  }

  private Substitution finish(Substitution s, String source, int flags) {
    s.pattern = pattern(source, flags);
    if (!s.pattern.isEmpty() && s.highestGroup > s.pattern.regex().groupCount()) {
      throw in.error("invalid reference \\" + s.highestGroup + " on `s' command's RHS");
    }
    return s;
  }

  /** Reads the replacement, in which a newline may stand behind a backslash. */
  private String replacementText(int delimiter) {
    return delimited(delimiter, false);
  }

  private void replacement(String source, Substitution s) {
    StringBuilder text = new StringBuilder();
    int at = 0;
    while (at < source.length()) {
      char c = source.charAt(at);
      if (c == '&') {
        flush(text, s);
        s.addGroup(0);
        at++;
      } else if (c != '\\' || at + 1 == source.length()) {
        text.append(c);
        at++;
      } else {
        char escaped = source.charAt(at + 1);
        Escapes escape = Escapes.read(source, at);
        if (escaped >= '0' && escaped <= '9') {
          flush(text, s);
          s.addGroup(escaped - '0');
          at += 2;
        } else if ("LUElu".indexOf(escaped) >= 0) {
          flush(text, s);
          s.addConversion(escaped);
          at += 2;
        } else if (escape.character >= 0) {
          text.append((char) escape.character);
          at = escape.end;
        } else {
          text.append(escaped);
          at += 2;
        }
      }
    }
    flush(text, s);
  }

  private static void flush(StringBuilder text, Substitution s) {
    s.addText(Utf8.encode(text));
    text.setLength(0);
  }

  private Transliteration transliteration() {
    int delimiter = in.read();
    String from =
        delimiter == ScriptText.END || delimiter == '\n' || delimiter == '\\'
            ? null
            : delimited(delimiter, false);
    String to = from == null ? null : delimited(delimiter, false);
    if (to == null) {
      throw in.error("unterminated `y' command");
    }
    int[] sources = characters(from);
    int[] targets = characters(to);
    if (sources.length != targets.length) {
      throw in.error("strings for `y' command are different lengths");
    }
    Transliteration y = new Transliteration();
    for (int i = 0; i < sources.length; i++) {
      y.add(sources[i], targets[i]);
    }
    endOfCommand();
    return y;
  }

  private static int[] characters(String text) {
    int[] characters = new int[text.length()];
    int n = 0;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      if (c == '\\' && i < text.length()) {
        Escapes escape = Escapes.read(text, i - 1);
        if (escape.character >= 0) {
          c = escape.character;
          i = escape.end;
        } else if (text.charAt(i) == '\\' || text.charAt(i) == '\n' || text.charAt(i) == '&') {
          c = text.charAt(i++);
        }
      }
      characters[n++] = c;
    }
    return java.util.Arrays.copyOf(characters, n);
  }
}
