package dev.qanat.shell.edit;

import java.util.LinkedHashMap;
import java.util.Map;

/** The variables that {@code set} lines of an inputrc change (Readline manual, "Init File"). */
public final class Settings {
  /** The switches, then the variables with a text, each sorted, with what bash begins with. */
  private static final String[] DEFAULTS = {
    "bind-tty-special-chars on",
    "blink-matching-paren off",
    "byte-oriented off",
    "colored-completion-prefix off",
    "colored-stats off",
    "completion-ignore-case off",
    "completion-map-case off",
    "convert-meta off",
    "disable-completion off",
    "echo-control-characters on",
    "enable-active-region on",
    "enable-bracketed-paste on",
    "enable-keypad off",
    "enable-meta-key on",
    "expand-tilde off",
    "history-preserve-point off",
    "horizontal-scroll-mode off",
    "input-meta on",
    "mark-directories on",
    "mark-modified-lines off",
    "mark-symlinked-directories off",
    "match-hidden-files on",
    "menu-complete-display-prefix off",
    "meta-flag on",
    "output-meta on",
    "page-completions on",
    "prefer-visible-bell on",
    "print-completions-horizontally off",
    "revert-all-at-newline off",
    "show-all-if-ambiguous off",
    "show-all-if-unmodified off",
    "show-mode-in-prompt off",
    "skip-completed-text off",
    "visible-stats off",
    "bell-style audible",
    "comment-begin #",
    "completion-display-width -1",
    "completion-prefix-display-length 0",
    "completion-query-items 100",
    "editing-mode emacs",
    "emacs-mode-string @",
    "history-size 0",
    "keymap emacs",
    "keyseq-timeout 500",
    "vi-cmd-mode-string (cmd)",
    "vi-ins-mode-string (ins)"
  };

  private static final int SWITCHES = 34;

  private final Map<String, String> values = new LinkedHashMap<>();

  /** Texts that have no value, and are not listed, before they are set. */
  private final Map<String, String> unlisted = new LinkedHashMap<>();

  Settings() {
    for (String d : DEFAULTS) {
      int blank = d.indexOf(' ');
      values.put(d.substring(0, blank), d.substring(blank + 1));
    }
    unlisted.put("isearch-terminators", "\033\n");
    unlisted.put("active-region-start-color", "");
    unlisted.put("active-region-end-color", "");
  }

  /** All variables and their values, in the order of {@code bind -v}. */
  public Map<String, String> all() {
    return values;
  }

  boolean known(String name) {
    return values.containsKey(name) || unlisted.containsKey(name);
  }

  static boolean isSwitch(String name) {
    for (int i = 0; i < SWITCHES; i++) {
      if (DEFAULTS[i].startsWith(name + " ")) {
        return true;
      }
    }
    return false;
  }

  public boolean on(String name) {
    return "on".equals(values.get(name));
  }

  public String text(String name) {
    String value = values.get(name);
    return value != null ? value : unlisted.get(name);
  }

  /** The number at the start of a value; 0 for none, as atoi(3). */
  public int number(String name) {
    String s = text(name).trim();
    int i = s.startsWith("-") || s.startsWith("+") ? 1 : 0;
    int n = 0;
    while (i < s.length() && Character.isDigit(s.charAt(i)) && n < 100_000_000) {
      n = n * 10 + s.charAt(i++) - '0';
    }
    return s.startsWith("-") ? -n : n;
  }

  /** False when the variable cannot have this value. */
  boolean set(String name, String value) {
    if (isSwitch(name)) {
      boolean on = value.isEmpty() || value.equalsIgnoreCase("on") || value.equals("1");
      values.put(name, on ? "on" : "off");
      return true;
    }
    String v = value;
    if (name.equals("bell-style")) {
      switch (v.toLowerCase()) {
        case "none", "off" -> v = "none";
        case "audible", "on" -> v = "audible";
        case "visible" -> v = "visible";
        case "" -> v = "audible";
        default -> {
          return false;
        }
      }
    } else if (name.equals("isearch-terminators")) {
      v = KeySequence.parse(value.startsWith("\"") ? value.replace("\"", "") : value);
    } else if (name.equals("completion-query-items")
        || name.equals("keyseq-timeout")
        || name.equals("completion-display-width")
        || name.equals("completion-prefix-display-length")) {
      values.put(name, value);
      v = String.valueOf(number(name));
    }
    (unlisted.containsKey(name) ? unlisted : values).put(name, v);
    return true;
  }
}
