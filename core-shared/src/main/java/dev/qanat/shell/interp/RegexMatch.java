package dev.qanat.shell.interp;

import dev.qanat.text.regex.Matcher;
import dev.qanat.text.regex.Regex;
import dev.qanat.text.regex.RegexException;
import dev.qanat.text.regex.Syntax;
import java.util.HashMap;
import java.util.Map;

/** A compiled regular expression of {@code =~}; the last few are kept. */
final class RegexMatch {
  private static final int KEPT = 64;
  private static final Map<String, RegexMatch> CACHE = new HashMap<>();

  private final Matcher matcher;
  private final int groups;

  private RegexMatch(Regex regex) {
    matcher = regex.matcher();
    groups = regex.groupCount();
  }

  /** Null when the text is no expression. */
  static RegexMatch of(String text, boolean ignoreCase) {
    String key = (ignoreCase ? "i" : " ") + text;
    RegexMatch m = CACHE.get(key);
    if (m == null) {
      try {
        m =
            new RegexMatch(
                Regex.compile(text, Syntax.POSIX_EXTENDED, ignoreCase ? Regex.IGNORE_CASE : 0));
      } catch (RegexException e) {
        return null;
      }
      if (CACHE.size() >= KEPT) {
        CACHE.clear();
      }
      CACHE.put(key, m);
    }
    return m;
  }

  /** Start and end of the match and of each group, -1 for a group that took no part; or null. */
  int[] match(byte[] text) {
    if (!matcher.find(text)) {
      return null;
    }
    int[] at = new int[2 * (groups + 1)];
    for (int g = 0; g <= groups; g++) {
      at[2 * g] = matcher.start(g);
      at[2 * g + 1] = matcher.end(g);
    }
    return at;
  }
}
