package dev.qanat.shell.expand;

import dev.qanat.shell.syntax.Word;
import dev.qanat.shell.syntax.WordPart;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Brace expansion: {@code a{b,c}d}, {@code {1..10..2}}, {@code {a..z}}. Works on a word's unquoted
 * characters; its other parts pass through. A word is held as ints: a character, or below zero a
 * part.
 */
final class Braces {
  private static final int MAX_DEPTH = 200;
  private static final long MAX_SCANNED = 100_000_000;

  private final List<WordPart> opaque = new ArrayList<>();
  private int[] unclosed = {}; // of each opaque part: braces it opens, less those it closes
  private final int maxWords;
  private int depth;
  private long scanned; // characters, while looking for closing braces

  private Braces(int maxWords) {
    this.maxWords = maxWords;
  }

  /** Whether there may be something to expand. */
  static boolean present(List<WordPart> parts) {
    for (int i = 0; i < parts.size(); i++) {
      if (parts.get(i) instanceof WordPart.Literal literal && literal.text().indexOf('{') >= 0) {
        return true;
      }
    }
    return false;
  }

  /**
   * The words a word stands for.
   *
   * @throws ExpansionError when they would be more than {@code maxWords}
   */
  static List<List<WordPart>> expand(List<WordPart> parts, int maxWords) {
    Braces braces = new Braces(maxWords);
    List<int[]> words = braces.expand(braces.flatten(parts));
    List<List<WordPart>> result = new ArrayList<>(words.size());
    for (int[] word : words) {
      result.add(braces.parts(word));
    }
    return result;
  }

  private int[] flatten(List<WordPart> parts) {
    int length = 0;
    for (WordPart part : parts) {
      length += part instanceof WordPart.Literal literal ? literal.text().length() : 1;
    }
    int[] flat = new int[length];
    int n = 0;
    for (WordPart part : parts) {
      if (part instanceof WordPart.Literal literal) {
        for (int i = 0; i < literal.text().length(); i++) {
          flat[n++] = literal.text().charAt(i);
        }
      } else {
        opaque.add(part);
        flat[n++] = -opaque.size();
        if (part instanceof WordPart.Param param
            && param.expansion().source().indexOf('{', 2) >= 0) {
          unclosed = Arrays.copyOf(unclosed, opaque.size());
          unclosed[opaque.size() - 1] = unclosed(param.expansion().source());
        }
      }
    }
    return flat;
  }

  /**
   * The unquoted braces an expansion opens, less those it closes: <code>${x:-{a}</code> ends where
   * its word has a brace that is still open, to which the next closing brace belongs.
   */
  private static int unclosed(String source) {
    int level = 0;
    char quote = 0;
    for (int i = 0; i < source.length(); i++) {
      char c = source.charAt(i);
      if (c == '\\' && quote != '\'') {
        i++;
      } else if (c == '$' && quote != '\'' && source.startsWith("{", i + 1)) {
        level += quote == 0 ? 1 : 0;
        i++;
      } else if ("$<>".indexOf(c) >= 0
          && (quote == 0 || quote == '"' && c == '$')
          && source.startsWith("(", i + 1)) {
        int close = ArrayAssigner.closing(source, i + 1, '(', ')');
        i = close < 0 ? source.length() : close;
      } else if (quote != 0) {
        quote = c == quote ? 0 : quote;
      } else if (c == '"' || c == '\'' || c == '`') {
        quote = c;
      } else if (c == '{') {
        level++;
      } else if (c == '}' && level > 0) {
        level--;
      }
    }
    return level;
  }

  /** How many braces deeper what follows an item of a word is. */
  private int opened(int c) {
    return c < 0 && -c <= unclosed.length ? unclosed[-c - 1] : 0;
  }

  private List<WordPart> parts(int[] word) {
    List<WordPart> parts = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < word.length; i++) {
      if (word[i] >= 0) {
        text.append((char) word[i]);
        continue;
      }
      if (text.length() > 0) {
        parts.add(new WordPart.Literal(text.toString()));
        text.setLength(0);
      }
      WordPart part = opaque.get(-word[i] - 1);
      if (part instanceof WordPart.Param param && i + 1 < word.length && isNameChar(word[i + 1])) {
        // braces come first: $x{a,b} means $xa $xb
        String source = param.expansion().source();
        if (source.length() > 1 && isNameChar(source.charAt(1)) && !isDigit(source.charAt(1))) {
          StringBuilder longer = new StringBuilder(source);
          while (i + 1 < word.length && isNameChar(word[i + 1])) {
            longer.append((char) word[++i]);
          }
          parts.addAll(Word.of(longer.toString()).parts());
          continue;
        }
      }
      parts.add(part);
    }
    if (text.length() > 0) {
      parts.add(new WordPart.Literal(text.toString()));
    }
    return parts;
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isNameChar(int c) {
    return c == '_' || isDigit(c) || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
  }

  private List<int[]> expand(int[] text) {
    int open = -1;
    int close = -1;
    for (int i = nextOpen(text, 0); i < text.length; i = nextOpen(text, i + 1)) {
      close = closing(text, i + 1);
      scanned += close - i;
      if (scanned > MAX_SCANNED) {
        throw new ExpansionError("brace expansion: too many braces without an end");
      }
      if (close < text.length) {
        open = i;
        break;
      }
    }
    if (open < 0 || depth > MAX_DEPTH) {
      return single(text);
    }
    depth++;
    int[] amble = Arrays.copyOfRange(text, open + 1, close);
    List<int[]> middle;
    if (hasComma(amble)) {
      middle = alternatives(amble);
    } else {
      middle = sequence(amble);
      if (middle == null) {
        if (close + 1 >= text.length) {
          depth--;
          return single(text);
        }
        middle = single(Arrays.copyOfRange(text, open, close + 1));
      }
    }
    if (open > 0) {
      middle = product(single(Arrays.copyOf(text, open)), middle);
    }
    if (close + 1 < text.length) {
      middle = product(middle, expand(Arrays.copyOfRange(text, close + 1, text.length)));
    }
    depth--;
    return middle;
  }

  private static List<int[]> single(int[] text) {
    List<int[]> list = new ArrayList<>(1);
    list.add(text);
    return list;
  }

  /** The next brace that may open an expansion; a lone {@code {}} at the start does not. */
  private int nextOpen(int[] text, int from) {
    int level = 0;
    for (int i = from; i < text.length; i++) {
      level += opened(text[i]);
      if (level > 0) {
        level += text[i] == '{' ? 1 : text[i] == '}' ? -1 : 0;
      } else if (text[i] == '{' && !(i == 0 && (text.length == 1 || text[1] == '}'))) {
        return i;
      }
    }
    return text.length;
  }

  /** The brace that closes one, if there is a comma or a range between; else the text's length. */
  private int closing(int[] text, int from) {
    int level = 0;
    boolean separated = false;
    for (int i = from; i < text.length; i++) {
      int c = text[i];
      level += opened(c);
      if (c == '}' && level == 0 && separated) {
        return i;
      }
      if (c == '{') {
        level++;
      } else if (c == '}' && level > 0) {
        level--;
      } else if (level == 0) {
        separated |=
            c == ','
                || c == '.'
                    && i + 1 < text.length
                    && text[i + 1] == '.'
                    && !(i + 2 < text.length && text[i + 2] == '}');
      }
    }
    return text.length;
  }

  private static boolean hasComma(int[] amble) {
    for (int c : amble) {
      if (c == ',') {
        return true;
      }
    }
    return false;
  }

  private List<int[]> alternatives(int[] amble) {
    List<int[]> all = new ArrayList<>();
    int level = 0;
    int start = 0;
    for (int i = 0; i <= amble.length; i++) {
      int c = i < amble.length ? amble[i] : ',';
      level += opened(c);
      if (c == '{') {
        level++;
      } else if (c == '}' && level > 0) {
        level--;
      } else if (c == ',' && (level == 0 || i == amble.length)) {
        all.addAll(expand(Arrays.copyOfRange(amble, start, i)));
        limit(all.size());
        start = i + 1;
      }
    }
    return all;
  }

  private List<int[]> product(List<int[]> left, List<int[]> right) {
    limit((long) left.size() * right.size());
    List<int[]> all = new ArrayList<>(left.size() * right.size());
    for (int[] a : left) {
      for (int[] b : right) {
        int[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        all.add(both);
      }
    }
    return all;
  }

  private void limit(long words) {
    if (words > maxWords) {
      throw new ExpansionError(
          "brace expansion: more than " + maxWords + " words (the limit of words is reached)");
    }
  }

  /** {@code first..last} or {@code first..last..step}; null when the text is neither. */
  private List<int[]> sequence(int[] amble) {
    StringBuilder text = new StringBuilder(amble.length);
    for (int c : amble) {
      if (c < 0) {
        return null;
      }
      text.append((char) c);
    }
    String all = text.toString();
    int dots = all.indexOf("..");
    String first = all.substring(0, dots);
    String last = all.substring(dots + 2);
    Long step = 1L;
    int more = last.indexOf("..");
    if (more >= 0) {
      step = number(last.substring(more + 2));
      last = last.substring(0, more);
      if (step == null) {
        return null;
      }
    }
    Long from = number(first);
    Long to = number(last);
    if (from != null && to != null) {
      int width = isPadded(first) || isPadded(last) ? Math.max(first.length(), last.length()) : 0;
      return numbers(from, to, step, width);
    }
    if (isLetter(first) && isLetter(last)) {
      return letters(first.charAt(0), last.charAt(0), step);
    }
    return null;
  }

  private static boolean isLetter(String s) {
    return s.length() == 1 && (s.charAt(0) | 32) >= 'a' && (s.charAt(0) | 32) <= 'z';
  }

  private static boolean isPadded(String s) {
    int i = s.startsWith("-") ? 1 : 0;
    return s.length() > i + 1 && s.charAt(i) == '0';
  }

  private static Long number(String s) {
    int start = s.startsWith("-") || s.startsWith("+") ? 1 : 0;
    if (start == s.length() || s.length() > 20) {
      return null;
    }
    for (int i = start; i < s.length(); i++) {
      if (!isDigit(s.charAt(i))) {
        return null;
      }
    }
    try {
      return Long.parseLong(s);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private List<int[]> numbers(long from, long to, long step, int width) {
    long by = step == 0 ? 1 : Math.abs(step);
    if (by < 0) {
      return null;
    }
    long distance = from <= to ? to - from : from - to;
    if (distance < 0 || distance / by >= Integer.MAX_VALUE - 1) {
      limit(Long.MAX_VALUE);
      return null;
    }
    int count = (int) (distance / by) + 1;
    limit(count);
    List<int[]> all = new ArrayList<>(count);
    long value = from;
    for (int i = 0; i < count; i++) {
      all.add(characters(padded(value, width)));
      value = from <= to ? value + by : value - by;
    }
    return all;
  }

  private static String padded(long value, int width) {
    String digits = Long.toString(value);
    if (digits.length() >= width) {
      return digits;
    }
    StringBuilder out = new StringBuilder(width);
    if (value < 0) {
      out.append('-');
      digits = digits.substring(1);
    }
    for (int i = out.length() + digits.length(); i < width; i++) {
      out.append('0');
    }
    return out.append(digits).toString();
  }

  private List<int[]> letters(char from, char to, long step) {
    int by = (int) Math.min(128, Math.max(1, Math.abs(step)));
    List<int[]> all = new ArrayList<>();
    if (from <= to) {
      for (int c = from; c <= to; c += by) {
        all.add(letter(c));
      }
    } else {
      for (int c = from; c >= to; c -= by) {
        all.add(letter(c));
      }
    }
    return all;
  }

  /** A character of a range; bash takes the backslash in {@code {A..z}} for a quote. */
  private int[] letter(int c) {
    if (c == '\\') {
      opaque.add(new WordPart.SingleQuoted(""));
      return new int[] {-opaque.size()};
    }
    return new int[] {c};
  }

  private static int[] characters(String s) {
    int[] all = new int[s.length()];
    for (int i = 0; i < all.length; i++) {
      all[i] = s.charAt(i);
    }
    return all;
  }
}
