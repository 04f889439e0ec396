package dev.qanat.web;

import dev.qanat.sched.Gate;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSFunctor;
import org.teavm.jso.JSObject;

/** Waiting for JavaScript. */
public final class Promises {
  private Promises() {}

  /**
   * Waits until the promise settles and returns its value. May suspend. A signal that ends the task
   * ends the wait; what the promise stands for goes on unless it was given an abort signal.
   *
   * @throws JsFailure when the promise is rejected
   */
  @SuppressWarnings("unchecked")
  public static <T extends JSObject> T await(JSObject promise) {
    Gate gate = Gate.external();
    settle(promise, gate::open, reason -> gate.fail(new JsFailure(reason)));
    return (T) gate.await();
  }

  @JSFunctor
  private interface Sink extends JSObject {
    void accept(JSObject value);
  }

  @JSBody(
      params = {"promise", "open", "fail"},
      script = "Promise.resolve(promise).then(open, fail);")
  private static native void settle(JSObject promise, Sink open, Sink fail);
}
