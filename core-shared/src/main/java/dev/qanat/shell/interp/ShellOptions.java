package dev.qanat.shell.interp;

import dev.qanat.shell.expand.ExpandOptions;

/**
 * The options of {@code set} and {@code shopt}, one bit each. Copied for every subshell, so it is
 * two words.
 */
public final class ShellOptions {
  /** The options of {@code set}; the letter is a blank when there is only a name. */
  public enum Opt {
    ALLEXPORT('a', "allexport"),
    BRACEEXPAND('B', "braceexpand"),
    EMACS(' ', "emacs"),
    ERREXIT('e', "errexit"),
    ERRTRACE('E', "errtrace"),
    FUNCTRACE('T', "functrace"),
    HASHALL('h', "hashall"),
    HISTEXPAND('H', "histexpand"),
    HISTORY(' ', "history"),
    IGNOREEOF(' ', "ignoreeof"),
    INTERACTIVE_COMMENTS(' ', "interactive-comments"),
    KEYWORD('k', "keyword"),
    MONITOR('m', "monitor"),
    NOCLOBBER('C', "noclobber"),
    NOEXEC('n', "noexec"),
    NOGLOB('f', "noglob"),
    NOLOG(' ', "nolog"),
    NOTIFY('b', "notify"),
    NOUNSET('u', "nounset"),
    ONECMD('t', "onecmd"),
    PHYSICAL('P', "physical"),
    PIPEFAIL(' ', "pipefail"),
    POSIX(' ', "posix"),
    PRIVILEGED('p', "privileged"),
    VERBOSE('v', "verbose"),
    VI(' ', "vi"),
    XTRACE('x', "xtrace");

    private final char letter;
    private final String text;

    Opt(char letter, String text) {
      this.letter = letter;
      this.text = text;
    }

    public char letter() {
      return letter;
    }

    public String text() {
      return text;
    }
  }

  /** The options of {@code shopt}; a constant's name is the option's. */
  public enum Shopt {
    autocd,
    assoc_expand_once,
    cdable_vars,
    cdspell,
    checkhash,
    checkjobs,
    checkwinsize,
    cmdhist,
    compat31,
    compat32,
    compat40,
    compat41,
    compat42,
    compat43,
    compat44,
    complete_fullquote,
    direxpand,
    dirspell,
    dotglob,
    execfail,
    expand_aliases,
    extdebug,
    extglob,
    extquote,
    failglob,
    force_fignore,
    globasciiranges,
    globskipdots,
    globstar,
    gnu_errfmt,
    histappend,
    histreedit,
    histverify,
    hostcomplete,
    huponexit,
    inherit_errexit,
    interactive_comments,
    lastpipe,
    lithist,
    localvar_inherit,
    localvar_unset,
    login_shell,
    mailwarn,
    no_empty_cmd_completion,
    nocaseglob,
    nocasematch,
    noexpand_translation,
    nullglob,
    patsub_replacement,
    progcomp,
    progcomp_alias,
    promptvars,
    restricted_shell,
    shift_verbose,
    sourcepath,
    varredir_close,
    xpg_echo
  }

  private static final Opt[] OPTS = Opt.values();
  private static final Shopt[] SHOPTS = Shopt.values();

  private long set;
  private long shopt;

  /** What a non-interactive bash starts with. */
  public ShellOptions() {
    set(Opt.BRACEEXPAND, true);
    set(Opt.HASHALL, true);
    set(Opt.INTERACTIVE_COMMENTS, true);
    set(Shopt.checkwinsize, true);
    set(Shopt.cmdhist, true);
    set(Shopt.complete_fullquote, true);
    set(Shopt.extquote, true);
    set(Shopt.force_fignore, true);
    set(Shopt.globasciiranges, true);
    set(Shopt.globskipdots, true);
    set(Shopt.hostcomplete, true);
    set(Shopt.patsub_replacement, true);
    set(Shopt.progcomp, true);
    set(Shopt.promptvars, true);
    set(Shopt.sourcepath, true);
  }

  private ShellOptions(ShellOptions other) {
    set = other.set;
    shopt = other.shopt;
  }

  public ShellOptions copy() {
    return new ShellOptions(this);
  }

  public boolean get(Opt o) {
    return (set >> o.ordinal() & 1) != 0;
  }

  public boolean get(Shopt o) {
    return (shopt >> o.ordinal() & 1) != 0;
  }

  public void set(Opt o, boolean on) {
    long bit = 1L << o.ordinal();
    set = on ? set | bit : set & ~bit;
    if (o == Opt.INTERACTIVE_COMMENTS) {
      put(Shopt.interactive_comments, on);
    } else if (o == Opt.EMACS && on) {
      set &= ~(1L << Opt.VI.ordinal());
    } else if (o == Opt.VI && on) {
      set &= ~(1L << Opt.EMACS.ordinal());
    } else if (o == Opt.POSIX) {
      put(Shopt.inherit_errexit, on || get(Shopt.inherit_errexit));
    }
  }

  public void set(Shopt o, boolean on) {
    if (o == Shopt.interactive_comments) {
      set(Opt.INTERACTIVE_COMMENTS, on);
    } else if (on && o.name().startsWith("compat")) {
      for (Shopt s : SHOPTS) {
        if (s.name().startsWith("compat")) {
          put(s, false);
        }
      }
    }
    put(o, on);
  }

  private void put(Shopt o, boolean on) {
    long bit = 1L << o.ordinal();
    shopt = on ? shopt | bit : shopt & ~bit;
  }

  /** All bits of {@code set}, for {@code local -}. */
  public long setBits() {
    return set;
  }

  public void restoreSetBits(long bits) {
    set = bits;
  }

  /** The option of a letter, or null. */
  public static Opt ofLetter(char c) {
    for (Opt o : OPTS) {
      if (o.letter == c && c != ' ') {
        return o;
      }
    }
    return null;
  }

  /** The option of a name, or null. */
  public static Opt ofName(String name) {
    for (Opt o : OPTS) {
      if (o.text.equals(name)) {
        return o;
      }
    }
    return null;
  }

  /** The option of a name, or null. */
  public static Shopt shoptOfName(String name) {
    for (Shopt o : SHOPTS) {
      if (o.name().equals(name)) {
        return o;
      }
    }
    return null;
  }

  /** The letters of {@code $-} that come from options, {@code i} and {@code r}, in bash's order. */
  public String letters(boolean interactive, boolean restricted) {
    StringBuilder out = new StringBuilder();
    String order = "abefhikmnprtuvxBCEHPT";
    for (int i = 0; i < order.length(); i++) {
      char c = order.charAt(i);
      Opt o = ofLetter(c);
      if (o != null ? get(o) : c == 'r' ? restricted : interactive) {
        out.append(c);
      }
    }
    return out.toString();
  }

  /** The value of {@code SHELLOPTS}. */
  public String shellopts() {
    StringBuilder out = new StringBuilder();
    for (Opt o : OPTS) {
      if (get(o)) {
        out.append(out.length() == 0 ? "" : ":").append(o.text);
      }
    }
    return out.toString();
  }

  /** The value of {@code BASHOPTS}. */
  public String bashopts() {
    StringBuilder out = new StringBuilder();
    for (Shopt o : SHOPTS) {
      if (get(o)) {
        out.append(out.length() == 0 ? "" : ":").append(o.name());
      }
    }
    return out.toString();
  }

  /** Tells expansion what the options are now. */
  void tell(ExpandOptions e) {
    e.noglob = get(Opt.NOGLOB);
    e.nounset = get(Opt.NOUNSET);
    e.braceexpand = get(Opt.BRACEEXPAND);
    e.allexport = get(Opt.ALLEXPORT);
    e.posix = get(Opt.POSIX);
    e.extglob = get(Shopt.extglob);
    e.nullglob = get(Shopt.nullglob);
    e.failglob = get(Shopt.failglob);
    e.dotglob = get(Shopt.dotglob);
    e.nocaseglob = get(Shopt.nocaseglob);
    e.nocasematch = get(Shopt.nocasematch);
    e.globstar = get(Shopt.globstar);
    e.globskipdots = get(Shopt.globskipdots);
    e.patsubReplacement = get(Shopt.patsub_replacement);
    e.localvarInherit = get(Shopt.localvar_inherit);
    e.localvarUnset = get(Shopt.localvar_unset);
    e.assocExpandOnce = get(Shopt.assoc_expand_once);
  }
}
