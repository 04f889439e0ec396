package dev.qanat.shell.expand;

import dev.qanat.sched.Memory;
import dev.qanat.text.glob.Pattern;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Takes the pieces of a word as they are expanded and makes of them what the word's place asks for:
 * fields split and globbed, one string, a pattern, or a regular expression.
 */
final class FieldBuilder {
  enum Mode {
    /** Fields: unquoted expansions are split, patterns match names of files. */
    FIELDS,
    /** One string. */
    STRING,
    /** The source of a pattern: what was quoted is behind backslashes. */
    PATTERN,
    /** The same as {@code set -x} shows it: each quoted character behind a backslash. */
    SHOWN_PATTERN,
    /** An extended regular expression: what was quoted stands for itself. */
    REGEX,
    /**
     * The replacement of {@code ${x/pattern/replacement}}: a quoted {@code &} is behind a
     * backslash.
     */
    REPLACEMENT
  }

  /** What came last, for the rule that white space around another separator belongs to it. */
  private enum Delimiter {
    NONE,
    SPACE,
    HARD
  }

  private static final int SMALL = 4096;

  private final Expander expander;
  private Mode mode;
  private List<String> fields;
  private final StringBuilder text = new StringBuilder();
  private boolean open; // the field exists, even if it is empty
  private boolean magic; // the field has unquoted pattern characters
  private int[] quoted; // ranges of text that were quoted: start and end alternate
  private int quotedLength;
  private Delimiter delimiter = Delimiter.NONE;
  private boolean emptyList; // an empty "$@" came within the double quotes
  private boolean whole; // expansions are not split
  private boolean keepsEmpty;

  FieldBuilder(Expander expander) {
    this.expander = expander;
  }

  /**
   * Begins another word.
   *
   * @param fields where they go; null but for {@link Mode#FIELDS}
   */
  FieldBuilder begin(Mode newMode, List<String> newFields) {
    mode = newMode;
    fields = newFields;
    text.setLength(0);
    open = false;
    magic = false;
    quotedLength = 0;
    delimiter = Delimiter.NONE;
    emptyList = false;
    whole = false;
    keepsEmpty = false;
    return this;
  }

  /** Whether it is worth keeping: what a long text has made large is not. */
  boolean isSmall() {
    return text.capacity() <= SMALL;
  }

  /** The word's expansions are not split. */
  void keepWhole() {
    whole = true;
  }

  /** The word is assigned or a here-string. */
  void keepEmpty() {
    keepsEmpty = true;
  }

  /** Whether a list with one empty element counts as something in <code>${a[@]:-word}</code>. */
  boolean keepsEmpty() {
    return keepsEmpty;
  }

  boolean splits() {
    return mode == Mode.FIELDS;
  }

  /** Text that stands unquoted in the word. */
  void literal(String s) {
    if (s.isEmpty()) {
      return;
    }
    if (mode == Mode.FIELDS) {
      noteMagic(s);
      open = true;
      delimiter = Delimiter.NONE;
    }
    append(s);
  }

  private void append(String s) {
    text.append(s);
    if (text.length() > Memory.maxText()) {
      Memory.text("word", text.length());
    }
  }

  /** Text that was quoted; makes a field even if empty. */
  private void quoteEach(String s) {
    for (int i = 0; i < s.length(); i++) {
      if (!Character.isLowSurrogate(s.charAt(i)) || i == 0) {
        text.append('\\');
      }
      text.append(s.charAt(i));
    }
  }

  void quoted(String s) {
    switch (mode) {
      case FIELDS -> {
        open = true;
        delimiter = Delimiter.NONE;
        if (!s.isEmpty()) {
          int start = text.length();
          append(s);
          addQuoted(start, start + s.length());
        }
      }
      case STRING -> append(s);
      case PATTERN -> Pattern.quote(s, text);
      case SHOWN_PATTERN -> quoteEach(s);
      case REGEX -> {
        int start = text.length();
        append(s);
        addQuoted(start, start + s.length());
      }
      case REPLACEMENT -> {
        for (int i = 0; i < s.length(); i++) {
          char c = s.charAt(i);
          if (c == '&' || c == '\\') {
            text.append('\\');
          }
          text.append(c);
        }
      }
    }
  }

  /**
   * Double quotes begin that hold more than one part. Returns what {@link #endQuotes} needs:
   * whether the field was there before, and how long it was.
   */
  int beginQuotes() {
    emptyList = false;
    return open ? -1 : fieldCount();
  }

  /** Double quotes end. With an empty {@code "$@"} and nothing else in them they make no field. */
  void endQuotes(int before) {
    if (emptyList && before >= 0 && before == fieldCount() && text.length() == 0) {
      open = false;
    }
  }

  private int fieldCount() {
    return fields == null ? 0 : fields.size();
  }

  private void addQuoted(int start, int end) {
    if (quoted == null) {
      quoted = new int[8];
    }
    if (quotedLength > 0 && quoted[quotedLength - 1] == start) {
      quoted[quotedLength - 1] = end;
      return;
    }
    if (quotedLength == quoted.length) {
      quoted = Arrays.copyOf(quoted, quotedLength * 2);
    }
    quoted[quotedLength++] = start;
    quoted[quotedLength++] = end;
  }

  /** The result of an unquoted expansion: split by IFS, and its pattern characters are active. */
  void expanded(String s) {
    if (mode != Mode.FIELDS) {
      append(s);
      return;
    }
    if (whole) {
      if (!s.isEmpty()) {
        appendExpanded(s, 0, s.length());
      }
      return;
    }
    Ifs ifs = expander.ifs();
    int n = s.length();
    int start = 0;
    for (int i = 0; i < n; i++) {
      char c = s.charAt(i);
      if (!ifs.separates(c)) {
        continue;
      }
      if (i > start) {
        appendExpanded(s, start, i);
      }
      start = i + 1;
      if (ifs.isSpace(c)) {
        if (open) {
          endField();
          delimiter = Delimiter.SPACE;
        }
      } else if (open) {
        endField();
        delimiter = Delimiter.HARD;
      } else if (delimiter == Delimiter.SPACE) {
        delimiter = Delimiter.HARD;
      } else {
        open = true;
        endField();
        delimiter = Delimiter.HARD;
      }
    }
    if (n > start) {
      appendExpanded(s, start, n);
    }
  }

  private void appendExpanded(String s, int start, int end) {
    text.append(s, start, end);
    if (text.length() > Memory.maxText()) {
      Memory.text("word", text.length());
    }
    if (!magic) {
      noteMagic(s, start, end);
    }
    open = true;
    delimiter = Delimiter.NONE;
  }

  private void noteMagic(String s) {
    if (!magic) {
      noteMagic(s, 0, s.length());
    }
  }

  private void noteMagic(String s, int start, int end) {
    for (int i = start; i < end; i++) {
      switch (s.charAt(i)) {
        case '*', '?', '[', '(' -> {
          magic = true;
          return;
        }
        default -> {}
      }
    }
  }

  /** Ends the field, if there is one: what follows belongs to the next. */
  void breakField() {
    if (open) {
      endField();
    }
    delimiter = Delimiter.NONE;
  }

  private void endField() {
    String field = text.toString();
    int most = expander.maxWords();
    if (fields.size() >= most) {
      throw new ExpansionError("more than " + most + " words (the limit of words is reached)");
    }
    if (magic && expander.globs()) {
      expander.pathnames(patternOf(field), field, fields);
    } else {
      fields.add(field);
    }
    text.setLength(0);
    open = false;
    magic = false;
    quotedLength = 0;
  }

  /** The field as a pattern's source. */
  private String patternOf(String field) {
    if (quotedLength == 0) {
      return field;
    }
    StringBuilder source = new StringBuilder(field.length() + 8);
    int at = 0;
    for (int i = 0; i < quotedLength; i += 2) {
      source.append(field, at, quoted[i]);
      Pattern.quote(field.substring(quoted[i], quoted[i + 1]), source);
      at = quoted[i + 1];
    }
    return source.append(field, at, field.length()).toString();
  }

  /**
   * The elements of {@code "$@"}: a field each, the first and last joined to what stands around.
   */
  void quotedList(List<String> values) {
    emptyList |= values.isEmpty();
    for (int i = 0; i < values.size(); i++) {
      if (i > 0) {
        if (mode == Mode.FIELDS) {
          endField();
        } else {
          quoted(" ");
        }
      }
      quoted(values.get(i));
    }
  }

  /** The elements of an unquoted {@code $@} or {@code $*}. */
  void expandedList(List<String> values, boolean star) {
    if (mode != Mode.FIELDS) {
      String separator = star ? expander.ifs().joiner() : " ";
      for (int i = 0; i < values.size(); i++) {
        if (i > 0) {
          text.append(separator);
        }
        append(values.get(i));
      }
      return;
    }
    Ifs ifs = expander.ifs();
    boolean hard = !ifs.joiner().isEmpty() && !ifs.isSpace(ifs.joiner().charAt(0));
    for (int i = 0; i < values.size(); i++) {
      if (i > 0) {
        if (hard) {
          expanded(ifs.joiner());
        } else {
          breakField();
        }
      }
      expanded(values.get(i));
    }
  }

  /** Ends the word. */
  void finish() {
    if (open) {
      endField();
    }
    delimiter = Delimiter.NONE;
  }

  /** The text of all modes but {@link Mode#FIELDS}. */
  String text() {
    return mode == Mode.REGEX && quotedLength > 0 ? regex() : text.toString();
  }

  /**
   * The regular expression: what was quoted stands for itself. As bash does it, the first character
   * of a bracket expression never ends it, nor does the one behind {@code ^} or {@code ]} there, so
   * that {@code [^]]} goes on to the next unquoted bracket if there is one; within it quotes only
   * vanish.
   */
  private String regex() {
    StringBuilder out = new StringBuilder(text.length() + 16);
    int n = text.length();
    int i = 0;
    while (i < n) {
      char c = text.charAt(i);
      if (c == '[' && !isQuoted(i)) {
        int end = endOfBracket(i);
        if (end > 0) {
          out.append(text, i, end);
          i = end;
          continue;
        }
      } else if (".[\\()*+?{|^$".indexOf(c) >= 0 && isQuoted(i)) {
        out.append('\\');
      }
      out.append(c);
      i++;
    }
    return out.toString();
  }

  /** Behind the bracket that ends the bracket expression which begins there; 0 if none does. */
  private int endOfBracket(int start) {
    int i = start + 1;
    for (char first : new char[] {'^', ']'}) {
      if (i < text.length() && text.charAt(i) == first && !isQuoted(i)) {
        i++;
      }
    }
    boolean inClass = false;
    for (int from = i; i < text.length(); i++) {
      if (isQuoted(i)) {
        continue;
      }
      char c = text.charAt(i);
      char next = i + 1 < text.length() ? text.charAt(i + 1) : 0;
      if (c == ']' && i > from) {
        return i + 1;
      } else if (c == '[' && next == ':') {
        inClass = true;
        i++;
      } else if (inClass && c == ':' && next == ']') {
        inClass = false;
        i++;
      } else if (c == '[' && (next == '=' || next == '.')) {
        i += i + 2 < text.length() && text.charAt(i + 2) == ']' ? 2 : 1;
      }
    }
    return 0;
  }

  private boolean isQuoted(int at) {
    for (int i = 0; i < quotedLength; i += 2) {
      if (at < quoted[i + 1]) {
        return at >= quoted[i];
      }
    }
    return false;
  }

  static List<String> none() {
    return new ArrayList<>(0);
  }
}
