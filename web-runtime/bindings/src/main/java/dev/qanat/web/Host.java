package dev.qanat.web;

import org.teavm.jso.JSFunctor;
import org.teavm.jso.JSObject;

/**
 * What the JavaScript around the engine does for it: turns of the event loop, timers, clocks and
 * random bytes. One object, handed over at start, so that the same Java runs in a page, in a worker
 * and in a test.
 */
public interface Host extends JSObject {
  /** Calls the action soon: in this turn of the event loop unless the turn is already long. */
  void soon(Action action);

  /** Calls the action in a later turn, after the messages and timers that are due. */
  void later(Action action);

  /** Calls the action once after some milliseconds. */
  void after(double millis, Action action);

  /** Milliseconds of a clock that never goes back, with a fraction. */
  double monotonicMillis();

  /** Milliseconds since 1970-01-01T00:00Z, with a fraction. */
  double wallMillis();

  /** A JavaScript function that calls a Java method. It must not suspend: spawn a task instead. */
  @JSFunctor
  interface Action extends JSObject {
    void run();
  }
}
