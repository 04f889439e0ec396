package dev.qanat.command;

import dev.qanat.text.Quoting;

/** An option's argument out of a fixed list, abbreviated or not, with GNU's messages. */
public final class Choice {
  private Choice() {}

  private static String fail() {
    throw new Command.Exit(1);
  }

  /**
   * The one of {@code words} that {@code value} means; a usage error when there is none. Synonyms
   * stand in one word with {@code |} between them, and mean the first.
   */
  public static String of(
      Invocation in, Options options, String option, String value, String... words) {
    String found = null;
    boolean ambiguous = false;
    for (String group : words) {
      for (String w : group.split("\\|")) {
        String first = group.indexOf('|') < 0 ? group : group.substring(0, group.indexOf('|'));
        if (w.equals(value)) {
          return first;
        }
        if (w.startsWith(value)) {
          ambiguous |= found != null && !found.equals(first);
          found = first;
        }
      }
    }
    if (found != null && !ambiguous) {
      return found;
    }
    in.error(
        (ambiguous ? "ambiguous" : "invalid")
            + " argument "
            + Quoting.locale(value)
            + " for "
            + Quoting.locale(option));
    Output err = in.stderr();
    err.write("Valid arguments are:\n");
    for (String w : words) {
      err.write("  - ‘" + w.replace("|", "’, ‘") + "’\n");
    }
    in.stderr().line("Try '" + in.name() + " --help' for more information.");
    in.stderr().flush();
    // GNU's argmatch ends with 1 even where usage errors have another status
    return fail();
  }
}
