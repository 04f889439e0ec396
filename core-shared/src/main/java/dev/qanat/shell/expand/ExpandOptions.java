package dev.qanat.shell.expand;

/**
 * The {@code set} and {@code shopt} options that expansion obeys. The interpreter sets the fields.
 */
public final class ExpandOptions {
  /** {@code set -f}. */
  public boolean noglob;

  /** {@code set -u}. */
  public boolean nounset;

  /** {@code set -B}. */
  public boolean braceexpand = true;

  /** {@code set -a}. */
  public boolean allexport;

  /** {@code set -o posix}. */
  public boolean posix;

  public boolean extglob;
  public boolean nullglob;
  public boolean failglob;
  public boolean dotglob;
  public boolean nocaseglob;
  public boolean nocasematch;
  public boolean globstar;
  public boolean globskipdots = true;
  public boolean patsubReplacement = true;
  public boolean localvarInherit;
  public boolean localvarUnset;
  public boolean assocExpandOnce;

  /** Interactive shells treat some errors more gently. */
  public boolean interactive;

  /** The most words one expansion may make: of braces, of names, of fields. */
  public int maxWords = 2_000_000;

  /** The same settings in an object of their own, for a subshell. */
  public ExpandOptions copy() {
    ExpandOptions o = new ExpandOptions();
    o.noglob = noglob;
    o.nounset = nounset;
    o.braceexpand = braceexpand;
    o.allexport = allexport;
    o.posix = posix;
    o.extglob = extglob;
    o.nullglob = nullglob;
    o.failglob = failglob;
    o.dotglob = dotglob;
    o.nocaseglob = nocaseglob;
    o.nocasematch = nocasematch;
    o.globstar = globstar;
    o.globskipdots = globskipdots;
    o.patsubReplacement = patsubReplacement;
    o.localvarInherit = localvarInherit;
    o.localvarUnset = localvarUnset;
    o.assocExpandOnce = assocExpandOnce;
    o.interactive = interactive;
    o.maxWords = maxWords;
    return o;
  }
}
