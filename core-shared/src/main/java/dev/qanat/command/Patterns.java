package dev.qanat.command;

import dev.qanat.text.regex.Matcher;
import dev.qanat.text.regex.Regex;
import dev.qanat.text.regex.RegexException;
import dev.qanat.text.regex.Syntax;

/**
 * Regular expressions as arguments of commands: compiled, or an error as the command would say it.
 */
public final class Patterns {
  private Patterns() {}

  /** A basic regular expression as sed and expr read it. A wrong one ends the run with status 1. */
  public static Regex basic(Invocation in, String pattern) {
    try {
      return Regex.compile(pattern, Syntax.BASIC, 0);
    } catch (RegexException e) {
      throw in.fail(1, e.getMessage());
    }
  }

  /** The length of the match that begins exactly at {@code at}; -1 when there is none. */
  public static int lengthAt(Matcher m, byte[] b, int begin, int at, int end) {
    return m.find(b, begin, at, end) && m.start() == at ? m.end() - at : -1;
  }
}
