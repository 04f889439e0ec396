package dev.qanat.web;

import org.teavm.jso.JSBody;
import org.teavm.jso.JSExceptions;
import org.teavm.jso.JSObject;

/** What a JavaScript promise was rejected with, or what a call threw. */
public final class JsFailure extends RuntimeException {
  private final transient JSObject reason;

  public JsFailure(JSObject reason) {
    super(message(reason), null, false, false);
    this.reason = reason;
  }

  /** What a call to JavaScript threw, as Java caught it. Other exceptions come back as they are. */
  public static RuntimeException of(RuntimeException caught) {
    if (caught instanceof JsFailure) {
      return caught;
    }
    JSObject reason = JSExceptions.getJSException(caught);
    return reason == null || !isError(reason) ? caught : new JsFailure(reason);
  }

  /** The value itself, usually an {@code Error}. */
  public JSObject reason() {
    return reason;
  }

  /** The error's name, such as {@code QuotaExceededError}; empty when it has none. */
  public String name() {
    return name(reason);
  }

  // A Java exception seen from JavaScript is an Error too, but not one of the browser's own.
  @JSBody(
      params = "r",
      script =
          "return (typeof DOMException !== 'undefined' && r instanceof DOMException)"
              + " || r instanceof TypeError || r instanceof RangeError;")
  private static native boolean isError(JSObject r);

  @JSBody(
      params = "r",
      script = "return r && r.message !== undefined ? String(r.message) : String(r);")
  private static native String message(JSObject r);

  @JSBody(params = "r", script = "return r && r.name ? String(r.name) : '';")
  private static native String name(JSObject r);
}
