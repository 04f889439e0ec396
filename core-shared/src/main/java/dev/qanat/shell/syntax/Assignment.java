package dev.qanat.shell.syntax;

import java.util.List;

/**
 * {@code name=value}, {@code name[subscript]+=value}, {@code name=(elements)}.
 *
 * @param subscript or null
 * @param append written with {@code +=}
 * @param value the word behind the sign (perhaps empty); null for an array literal
 * @param array the elements of {@code name=(…)}, else null
 */
public record Assignment(
    String name, Subscript subscript, boolean append, Word value, List<Element> array) {

  /**
   * An element of an array literal: {@code value}, {@code [subscript]=value}, {@code
   * [subscript]+=value}.
   *
   * @param subscript or null
   */
  public record Element(Subscript subscript, boolean append, Word value) {}
}
