package dev.qanat.shell.syntax;

import java.util.List;

/**
 * Pipelines joined by {@code &&} and {@code ||}, which have equal precedence: {@code a && b || c}.
 */
public record AndOr(Pipeline first, List<Link> rest) {

  /** {@code && pipeline} when {@code and}, else {@code || pipeline}. */
  public record Link(boolean and, Pipeline pipeline) {}
}
