package dev.qanat.shell.interp;

import java.util.LinkedHashMap;
import java.util.Map;

/** What {@code complete} declared, by command. */
public final class Completions {
  /** One declaration. */
  public static final class Spec {
    /** The actions of {@code -A}, in bash's order of printing. */
    public java.util.Set<String> actions = new java.util.TreeSet<>();

    /** The options of {@code -o}. */
    public java.util.Set<String> options = new java.util.TreeSet<>();

    public String glob;
    public String words;
    public String function;
    public String command;
    public String filter;
    public String prefix;
    public String suffix;

    /** A copy whose options can be changed on their own. */
    public Spec copy() {
      Spec s = new Spec();
      s.actions = actions;
      s.options = new java.util.TreeSet<>(options);
      s.glob = glob;
      s.words = words;
      s.function = function;
      s.command = command;
      s.filter = filter;
      s.prefix = prefix;
      s.suffix = suffix;
      return s;
    }
  }

  /** Declared for commands, in the order they were declared. */
  public final Map<String, Spec> commands = new LinkedHashMap<>();

  /** {@code -D}, {@code -E}, {@code -I}; or null. */
  public Spec byDefault;

  public Spec forEmpty;
  public Spec forInitial;

  /** What was declared with {@code -D}, {@code -E} or {@code -I}; or null. */
  public Spec special(char which) {
    return which == 'D' ? byDefault : which == 'E' ? forEmpty : forInitial;
  }

  /** The declaration the running completion function may change with {@code compopt}. */
  public Spec running;
}
