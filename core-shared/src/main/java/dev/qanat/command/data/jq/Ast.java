package dev.qanat.command.data.jq;

import dev.qanat.json.JsonValue;
import java.util.List;

/** A jq expression. */
sealed interface Ast {
  record Identity() implements Ast {}

  /** {@code ..} */
  record Descend() implements Ast {}

  record Literal(JsonValue value) implements Ast {}

  /** {@code term.[key]}; optional: {@code ?} after it. */
  record Index(Ast term, Ast key, boolean optional) implements Ast {}

  /** {@code term[from:to]}; either end may be null. */
  record Slice(Ast term, Ast from, Ast to, boolean optional) implements Ast {}

  /** {@code term[]} */
  record Iterate(Ast term, boolean optional) implements Ast {}

  /** A string with interpolations: texts and expressions by turns, the first a text. */
  record Interpolation(String format, List<JsonValue> texts, List<Ast> parts) implements Ast {}

  /** {@code @name} by itself. */
  record Format(String name) implements Ast {}

  /** {@code [items]}; null for {@code []}. */
  record ArrayOf(Ast items) implements Ast {}

  record ObjectOf(List<Member> members) implements Ast {}

  record Member(Ast key, Ast value, int position) {}

  record Negate(Ast operand) implements Ast {}

  record Pipe(Ast left, Ast right) implements Ast {}

  record Comma(Ast left, Ast right) implements Ast {}

  /** Arithmetic and comparisons. */
  record Binary(String op, Ast left, Ast right) implements Ast {}

  record And(Ast left, Ast right) implements Ast {}

  record Or(Ast left, Ast right) implements Ast {}

  /** {@code left // right} */
  record Alternative(Ast left, Ast right) implements Ast {}

  /** {@code = |= += -= *= /= %= //=} */
  record Assign(String op, Ast left, Ast right) implements Ast {}

  record If(Ast condition, Ast then, Ast otherwise) implements Ast {}

  /** {@code try body catch handler}; the handler is null when missing. */
  record Try(Ast body, Ast handler) implements Ast {}

  record Reduce(Ast source, List<Pattern> patterns, Ast init, Ast update) implements Ast {}

  record Foreach(Ast source, List<Pattern> patterns, Ast init, Ast update, Ast extract)
      implements Ast {}

  record Bind(Ast source, List<Pattern> patterns, Ast body) implements Ast {}

  record Label(String name, Ast body) implements Ast {}

  record Break(String name, int position) implements Ast {}

  record Call(String name, List<Ast> args, int position) implements Ast {}

  record Variable(String name, int position) implements Ast {}

  record Define(Function function, Ast body) implements Ast {}

  /** Parameters that begin with {@code $} are values. */
  record Function(String name, List<String> parameters, Ast body) {}

  /** A destructuring pattern. */
  sealed interface Pattern {
    record Name(String name) implements Pattern {}

    record Elements(List<Pattern> items) implements Pattern {}

    record Members(List<MemberPattern> items) implements Pattern {}
  }

  /**
   * {@code $variable}, {@code key: pattern} or {@code $variable: pattern}; either part may be null.
   */
  record MemberPattern(String variable, Ast key, Pattern value) {}

  /** {@code import} or {@code include}; the alias is null for include. */
  record Import(String path, String alias, boolean data, JsonValue metadata, int position) {}

  /** A program or a library: what stands before the main expression, and that, if any. */
  record Module(JsonValue metadata, List<Import> imports, List<Function> functions, Ast main) {}
}
