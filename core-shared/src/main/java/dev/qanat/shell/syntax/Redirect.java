package dev.qanat.shell.syntax;

/**
 * One redirection.
 *
 * @param fd the descriptor in front, or -1 for the operator's default; {@code >&} and {@code <&}
 *     always have one
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
   * A descriptor written out that is the operator's own, and how quotes stand, make no difference.
   */
  @Override
  public boolean equals(Object other) {
    return other instanceof Redirect r
        && r.effectiveFd() == effectiveFd()
        && java.util.Objects.equals(r.fdVariable, fdVariable)
        && (r.operator == operator || r.closes() && closes())
        && (hereDoc == null ? r.target.equals(target) : hereDoc.equals(r.hereDoc));
  }

  @Override
  public int hashCode() {
    return hereDoc == null ? target.hashCode() : hereDoc.hashCode();
  }

  /** {@code >&-} or {@code <&-}. */
  private boolean closes() {
    return (operator == Operator.DUP_IN || operator == Operator.DUP_OUT)
        && target.text().equals("-");
  }

  /** A here-document. Its body is read behind the command's line, then it does not change. */
  public static final class HereDoc {
    private final String delimiter;
    private final boolean quoted;
    private String text = "";
    private Word body = Word.plain("");

    HereDoc(String delimiter, boolean quoted) {
      this.delimiter = delimiter;
      this.quoted = quoted;
    }

    void fill(String newText, Dialect dialect, int line) {
      text = newText;
      body = quoted ? Word.plain(newText) : Word.hereDocument(newText, dialect).at(line);
    }

    /** The ending line, quotes removed. */
    public String delimiter() {
      return delimiter;
    }

    /** Whether part of the delimiter was quoted: then the body is not expanded. */
    public boolean quoted() {
      return quoted;
    }

    /** The raw body, newlines included; leading tabs are gone for {@code <<-}. */
    public String text() {
      return text;
    }

    /**
     * The body to expand, quoted as in double quotes except that {@code "} is literal; its {@link
     * Word#literalOrNull()} is the whole text when there is nothing to expand.
     */
    public Word body() {
      return body;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof HereDoc h
          && h.delimiter.equals(delimiter)
          && h.quoted == quoted
          && h.text.equals(text);
    }

    @Override
    public int hashCode() {
      return delimiter.hashCode();
    }

    @Override
    public String toString() {
      return "<<" + delimiter + (quoted ? " quoted:" : ":") + text;
    }
  }
}
