package dev.qanat.shell.edit;

import dev.qanat.shell.edit.Keymap.Binding;
import java.util.List;

/**
 * What a shell's line editor keeps from line to line: which keys do what, its variables, what was
 * killed, the last macro and the last search. {@link LineEditor} reads one line with it.
 */
public final class Readline {
  private final Keymap emacs = DefaultBindings.emacs();
  private final Keymap viInsert = DefaultBindings.viInsert();
  private final Keymap viCommand = DefaultBindings.viCommand();
  private final Settings settings = new Settings();
  private final Inputrc inputrc = new Inputrc(this);
  private final String terminalName;
  private Target target = new Target(emacs, "");
  private boolean vi;
  private boolean initialized;
  private String listingColors;

  final KillRing kills = new KillRing();

  /** The keyboard macro that was recorded last; null before there is one. */
  String macro;

  /** What was last searched for incrementally. */
  String search = "";

  /** What was last searched for with a prompt of its own, in vi's mode {@code /} and {@code ?}. */
  String promptedSearch = "";

  /** What {@code .} does again in vi's mode. */
  final ViRepeat viRepeat = new ViRepeat();

  /** The character that {@code ;} and {@code ,} look for, and by which of {@code f F t T}. */
  String viSought = "";

  char viSoughtBy;

  /** {@code terminalName}: the value of TERM, for {@code $if term=}. */
  public Readline(String terminalName) {
    this.terminalName = terminalName == null ? "dumb" : terminalName;
  }

  /** A keymap, or the part of one behind a prefix such as Escape. */
  public record Target(Keymap map, String prefix) {}

  /** The keymap of a name that {@code bind -m} takes; null for none. */
  public Target target(String name) {
    return switch (name) {
      case "emacs", "emacs-standard" -> new Target(emacs, "");
      case "emacs-meta" -> new Target(emacs, "\033");
      case "emacs-ctlx" -> new Target(emacs, "\030");
      case "vi", "vi-move", "vi-command" -> new Target(viCommand, "");
      case "vi-insert" -> new Target(viInsert, "");
      default -> null;
    };
  }

  /** The keymap that bindings go to. */
  public Target target() {
    return target;
  }

  public void setTarget(Target to) {
    target = to;
  }

  /** What {@code LS_COLORS} said when the inputrc was read; null for nothing. */
  public String listingColors() {
    return listingColors;
  }

  public void setListingColors(String lsColors) {
    listingColors = lsColors;
  }

  /** True for the first to ask, who is to read the inputrc. */
  public boolean initializes() {
    boolean first = !initialized;
    initialized = true;
    return first;
  }

  Keymap emacs() {
    return emacs;
  }

  Keymap viInsert() {
    return viInsert;
  }

  Keymap viCommand() {
    return viCommand;
  }

  public Settings settings() {
    return settings;
  }

  public Inputrc inputrc() {
    return inputrc;
  }

  String terminalName() {
    return terminalName;
  }

  public boolean viMode() {
    return vi;
  }

  /** Switches between the modes of {@code set -o vi} and {@code set -o emacs}. */
  public void setViMode(boolean on) {
    vi = on;
    target = new Target(on ? viInsert : emacs, "");
    settings.set("editing-mode", on ? "vi" : "emacs");
    settings.set("keymap", on ? "vi-insert" : "emacs");
  }

  /** Sets a variable; false when it cannot have this value. */
  boolean set(String name, String value) {
    if (name.equals("editing-mode")) {
      boolean known = value.equalsIgnoreCase("vi") || value.equalsIgnoreCase("emacs");
      if (known) {
        setViMode(value.equalsIgnoreCase("vi"));
      }
      return known;
    }
    if (name.equals("keymap")) {
      Target to = target(value);
      if (to == null) {
        return false;
      }
      target = to;
      return settings.set(name, value.equals("emacs-standard") ? "emacs" : value);
    }
    return settings.set(name, value);
  }

  /** Binds keys in the keymap that bindings go to; null takes the binding away. */
  public void bind(String keys, Binding binding) {
    if (binding == null) {
      target.map().unbind(target.prefix() + keys);
    } else {
      target.map().bind(target.prefix() + keys, binding);
    }
  }

  /** The names of all commands, sorted. */
  public static List<String> functions() {
    return DefaultBindings.functions();
  }

  /** The command of a name, two of which have a second one; null for none. */
  public static String function(String name) {
    if (name.equals("insert-last-argument")) {
      return "yank-last-arg";
    }
    return functions().contains(name) ? name : null;
  }

  /** Keys in the notation of an inputrc, without its quotes. */
  public static String parseKeys(String written) {
    return KeySequence.parse(written);
  }

  /** The notation of keys, without quotes. */
  public static String printKeys(String keys) {
    return KeySequence.print(keys);
  }
}
