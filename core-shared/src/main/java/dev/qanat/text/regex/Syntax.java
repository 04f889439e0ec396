package dev.qanat.text.regex;

/**
 * The dialects a pattern can be written in. The differences among the POSIX ones are those of the
 * {@code RE_SYNTAX_*} values of the GNU library's manual.
 */
public enum Syntax {
  /** Basic regular expressions as grep reads them. */
  GREP_BASIC(Form.BASIC, false, false, true, true),
  /**
   * Extended regular expressions as {@code grep -E} reads them: a repetition of nothing is ignored
   * with a warning.
   */
  GREP_EXTENDED(Form.EXTENDED, false, false, true, true),
  /** Basic regular expressions of POSIX, as sed and expr read them. */
  BASIC(Form.BASIC, false, true, true, false),
  /** Extended regular expressions as {@code sed -E} reads them. */
  EXTENDED(Form.EXTENDED, true, true, false, false),
  /**
   * What {@code regcomp(REG_EXTENDED)} takes, hence {@code [[ =~ ]]}: a lone {@code )} is itself.
   */
  POSIX_EXTENDED(Form.EXTENDED, true, true, true, false),
  /**
   * Extended regular expressions as gawk reads them, escape sequences included; no back-references.
   */
  AWK(Form.EXTENDED, false, false, false, false),
  /** What {@code find -regex} takes by default. */
  EMACS(Form.EMACS, false, false, true, false),
  /** The part of PCRE that does not recurse. */
  PERL(Form.PERL, false, false, false, false);

  enum Form {
    BASIC,
    EXTENDED,
    EMACS,
    PERL
  }

  final Form form;

  /** Whether a repetition operator with nothing before it is an error (RE_CONTEXT_INVALID_OPS). */
  final boolean invalidRepetitionIsError;

  /**
   * Whether a second repetition, as in {@code a**}, is an error in basic syntax
   * (RE_CONTEXT_INVALID_DUP).
   */
  final boolean doubledRepetitionIsError;

  /** Whether an unmatched {@code )} stands for itself (RE_UNMATCHED_RIGHT_PAREN_ORD). */
  final boolean unmatchedParenIsLiteral;

  /**
   * Whether a malformed interval stands for itself (RE_INVALID_INTERVAL_ORD) and [:x:] is refused,
   * as in grep.
   */
  final boolean grep;

  Syntax(
      Form form,
      boolean invalidRepetitionIsError,
      boolean doubledRepetitionIsError,
      boolean unmatchedParenIsLiteral,
      boolean grep) {
    this.form = form;
    this.invalidRepetitionIsError = invalidRepetitionIsError;
    this.doubledRepetitionIsError = doubledRepetitionIsError;
    this.unmatchedParenIsLiteral = unmatchedParenIsLiteral;
    this.grep = grep;
  }

  /** Whether the first alternative that leads to a match wins, rather than the longest match. */
  boolean leftmostFirst() {
    return this == PERL;
  }
}
