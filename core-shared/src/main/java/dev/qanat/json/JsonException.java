package dev.qanat.json;

/** Text that is not JSON. The message says what and where, in jq's words. */
public final class JsonException extends RuntimeException {
  public JsonException(String message) {
    super(message, null, false, false);
  }
}
