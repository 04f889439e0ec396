package dev.qanat.command;

import dev.qanat.text.Quoting;

/** An option's argument out of a fixed list, abbreviated or not, with GNU's messages. */
public final class Choice {
  private Choice() {}

  /** The one of {@code words} that {@code value} means; a usage error when there is none. */
  public static String of(Invocation in, Options options, String option, String value, String... words) {
    String found = match(value, words);
    if (found != null) {
      return found;
    }
    boolean ambiguous = false;
    for (String w : words) {
      ambiguous |= w.startsWith(value);
    }
    in.error((ambiguous ? "ambiguous" : "invalid") + " argument " + Quoting.locale(value) + " for " + Quoting.locale(option));
    Output err = in.stderr();
    err.write("Valid arguments are:\n");
    for (String w : words) {
      err.write("  - " + Quoting.locale(w) + "\n");
    }
    throw options.hint(in);
  }

  private static String match(String value, String[] words) {
    String found = null;
    int n = 0;
    for (String w : words) {
      if (w.equals(value)) {
        return w;
      }
      if (w.startsWith(value)) {
        found = w;
        n++;
      }
    }
    return n == 1 ? found : null;
  }
}
