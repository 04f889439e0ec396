package dev.qanat.shell.expand;

import dev.qanat.shell.syntax.ArithExpr;
import dev.qanat.shell.syntax.Arithmetic;
import dev.qanat.shell.syntax.Assignment;
import dev.qanat.shell.syntax.Word;
import dev.qanat.text.glob.Pattern;
import java.util.List;

/**
 * Expands words as bash 5.2 does. One for each shell and subshell. Every method may suspend, and throws
 * {@link ExpansionError} (also for arithmetic errors within a word).
 */
public final class Expander {
  public Expander(ShellContext shell) {
    throw new UnsupportedOperationException();
  }

  // --- words

  /** The fields of a command's words, in order. */
  public List<String> fields(List<Word> words) {
    throw new UnsupportedOperationException();
  }

  /** Adds the fields of one word. */
  public void fields(Word word, List<String> out) {
    throw new UnsupportedOperationException();
  }

  /** One string, neither split nor globbed: a {@code case} word, an operand of {@code [[}, {@code <<<}. */
  public String string(Word word) {
    throw new UnsupportedOperationException();
  }

  /** As {@link #string}, with tildes also after each {@code :}, as on the right of an assignment. */
  public String assigned(Word word) {
    throw new UnsupportedOperationException();
  }

  /** The body of a here-document. */
  public String hereDocument(Word body) {
    throw new UnsupportedOperationException();
  }

  /**
   * The target of a redirection.
   *
   * @throws ExpansionError {@code word: ambiguous redirect} when it is not exactly one field
   */
  public String redirectTarget(Word word) {
    throw new UnsupportedOperationException();
  }

  /** A pattern of {@code case} or {@code [[ == ]]}: quoted parts stand for themselves. */
  public Pattern pattern(Word word) {
    throw new UnsupportedOperationException();
  }

  /** The regular expression of {@code =~}: special characters in quoted parts are escaped. */
  public String regex(Word word) {
    throw new UnsupportedOperationException();
  }

  // --- assignments

  /** Does an assignment of any form, in front of a command or as one: {@code a[i]+=x}, {@code a=(…)}. */
  public void assign(Assignment assignment) {
    assign(assignment, Scope.VISIBLE, 0);
  }

  /**
   * The same for {@code declare}, {@code local} and the like; the attributes are set first and count
   * for the value ({@code -i}, {@code -A}), but {@link Variable#READONLY} comes after it.
   */
  public void assign(Assignment assignment, Scope scope, int attributes) {
    throw new UnsupportedOperationException();
  }

  /**
   * Reads an assignment out of an expanded argument, {@code name=value} or {@code name[subscript]+=…};
   * null when it is none. The value is taken literally, but {@code (…)} is read as an array when {@code
   * arrays} is set.
   */
  public Assignment parseAssignment(String argument, boolean arrays) {
    throw new UnsupportedOperationException();
  }

  /** The value an assignment gives a scalar, for the environment of a command: {@code X=1 command}. */
  public String assignedValue(Assignment assignment) {
    throw new UnsupportedOperationException();
  }

  // --- references: text that is a name or name[subscript], as builtins and ${!x} take it

  /** Assigns to {@code name} or {@code name[subscript]}, as {@code read} and {@code printf -v} do. */
  public void assignReference(String reference, String value) {
    throw new UnsupportedOperationException();
  }

  /** The value of {@code name} or {@code name[subscript]}; null when unset. */
  public String referenceValue(String reference) {
    throw new UnsupportedOperationException();
  }

  /** Whether {@code name}, {@code name[subscript]} or a positional parameter is set, as {@code -v}. */
  public boolean isSet(String reference) {
    throw new UnsupportedOperationException();
  }

  /**
   * {@code unset -v} of {@code name} or {@code name[subscript]}; {@code a[@]} and {@code a[*]} too.
   *
   * @throws ExpansionError what {@code unset} prints after its own name
   */
  public void unset(String reference) {
    throw new UnsupportedOperationException();
  }

  /** Whether text is a valid variable name. */
  public static boolean isName(String text) {
    throw new UnsupportedOperationException();
  }

  // --- arithmetic

  /**
   * Evaluates {@code ((…))} and the like.
   *
   * @throws dev.qanat.shell.syntax.ArithException bash's message without prefix, for what is wrong with
   *     the expression itself
   */
  public long arithmetic(Arithmetic expression) {
    throw new UnsupportedOperationException();
  }

  /** Evaluates text that was expanded already, as {@code let} does. Throws as {@link #arithmetic}. */
  public long evaluate(String expression) {
    throw new UnsupportedOperationException();
  }

  /** Evaluates a tree. Throws as {@link #arithmetic}. */
  public long evaluate(ArithExpr expression) {
    throw new UnsupportedOperationException();
  }
}
