package dev.qanat.web;

import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;

/** What a JavaScript promise was rejected with, or what a call threw. */
public final class JsFailure extends RuntimeException {
  private final transient JSObject reason;

  public JsFailure(JSObject reason) {
    super(message(reason), null, false, false);
    this.reason = reason;
  }

  /** The value itself, usually an {@code Error}. */
  public JSObject reason() {
    return reason;
  }

  /** The error's name, such as {@code QuotaExceededError}; empty when it has none. */
  public String name() {
    return name(reason);
  }

  @JSBody(
      params = "r",
      script = "return r && r.message !== undefined ? String(r.message) : String(r);")
  private static native String message(JSObject r);

  @JSBody(params = "r", script = "return r && r.name ? String(r.name) : '';")
  private static native String name(JSObject r);
}
