package dev.qanat.engine;

import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;
import org.teavm.jso.core.JSPromise;

/**
 * A promise that Java settles. It is made by JavaScript with the ways to settle it, for a Java
 * function that crosses, as {@code JSPromise}'s constructor wants one, costs a wrapper and a weak
 * reference each time.
 */
final class Promised {
  private final JSObject ends = create();

  JSPromise<JSObject> promise() {
    return promise(ends);
  }

  void resolve(JSObject value) {
    resolve(ends, value);
  }

  void reject(JSObject reason) {
    reject(ends, reason);
  }

  @JSBody(
      script =
          "var ends = {}; ends.promise = new Promise(function(resolve, reject) {"
              + " ends.resolve = resolve; ends.reject = reject; }); return ends;")
  private static native JSObject create();

  @JSBody(params = "ends", script = "return ends.promise;")
  private static native JSPromise<JSObject> promise(JSObject ends);

  @JSBody(
      params = {"ends", "value"},
      script = "ends.resolve(value);")
  private static native void resolve(JSObject ends, JSObject value);

  @JSBody(
      params = {"ends", "reason"},
      script = "ends.reject(reason);")
  private static native void reject(JSObject ends, JSObject reason);
}
