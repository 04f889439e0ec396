package dev.qanat.shell.syntax;

/**
 * One redirection.
 *
 * @param fd the descriptor in front, or -1 for the operator's default
 * @param fdVariable the name in {@code {name}>file}, or null
 * @param target the word behind; for a here-document its delimiter as written
 * @param hereDoc the body for {@code <<} and {@code <<-}, else null
 */
public record Redirect(int fd, String fdVariable, Operator operator, Word target, HereDoc hereDoc) {

  /** The operators, with the descriptor each takes by default. */
  public enum Operator {
    READ("<", 0),
    WRITE(">", 1),
    APPEND(">>", 1),
    CLOBBER(">|", 1),
    READ_WRITE("<>", 0),
    /** {@code <&}: duplicate, move ({@code <&3-}) or close ({@code <&-}). */
    DUP_IN("<&", 0),
    /** {@code >&}: duplicate, move or close; with another word and no descriptor, {@code &>}. */
    DUP_OUT(">&", 1),
    WRITE_BOTH("&>", 1),
    APPEND_BOTH("&>>", 1),
    HERE_DOC("<<", 0),
    /** {@code <<-}: leading tabs of the body and the delimiter are dropped. */
    HERE_DOC_TABS("<<-", 0),
    HERE_STRING("<<<", 0);

    private final String text;
    private final int defaultFd;

    Operator(String text, int defaultFd) {
      this.text = text;
      this.defaultFd = defaultFd;
    }

    /** As written in a script. */
    public String text() {
      return text;
    }

    public int defaultFd() {
      return defaultFd;
    }
  }

  /** The descriptor redirected when there is no {@link #fdVariable}. */
  public int effectiveFd() {
    return fd >= 0 ? fd : operator.defaultFd();
  }

  /**
   * The body of a here-document.
   *
   * @param delimiter the ending line, quotes removed
   * @param quoted part of the delimiter was quoted: the body is not expanded
   * @param text the raw body, newlines included; leading tabs are gone for {@code <<-}
   * @param body the body to expand, quoted as in double quotes except that {@code "} is literal;
   *     {@link Word#literalOrNull()} is the whole text when there is nothing to expand
   */
  public record HereDoc(String delimiter, boolean quoted, String text, Word body) {}
}
