package dev.qanat.command.data.jq;

import dev.qanat.json.JsonString;
import dev.qanat.json.JsonValue;

/** An error of a jq program, which {@code try} can catch. */
final class JqError extends RuntimeException {
  final JsonValue value;

  JqError(JsonValue value) {
    super(null, null, false, false);
    this.value = value;
  }

  JqError(String message) {
    this(JsonString.of(message));
  }
}
