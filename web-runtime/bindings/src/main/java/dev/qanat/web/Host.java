package dev.qanat.web;

import org.teavm.jso.JSFunctor;
import org.teavm.jso.JSObject;
import org.teavm.jso.JSProperty;
import org.teavm.jso.typedarrays.Uint8Array;

/**
 * What the JavaScript around the engine does for it: turns of the event loop, timers, clocks and
 * random bytes. One object, handed over at start, so that the same Java runs in a page, in a worker
 * and in a test.
 */
public interface Host extends JSObject {
  /**
   * Calls the action soon: in this turn of the event loop unless the turn is already long.
   *
   * @param group the process group it works for; in later turns the groups take turns
   */
  void soon(int group, Action action);

  /** Calls the action in a later turn, after the messages and timers that are due. */
  void later(int group, Action action);

  /** Calls the action once after some milliseconds. */
  void after(double millis, Action action);

  /** Milliseconds of a clock that never goes back, with a fraction. */
  double monotonicMillis();

  /** Milliseconds since 1970-01-01T00:00Z, with a fraction. */
  double wallMillis();

  /**
   * Prepares a request; nothing is sent yet.
   *
   * @param headers names and values in turn
   * @param body null for none
   * @param timeout milliseconds to wait for the head and for each piece; 0 for no limit
   * @param fresh asks the browser's cache to check with the server
   */
  Exchange exchange(
      String method, String url, String[] headers, Uint8Array body, double timeout, boolean fresh);

  /** A request and its answer. */
  interface Exchange extends JSObject {
    /** A promise: sends, and settles when the head is there. */
    JSObject send();

    /** A promise of the next piece of the body, a {@code Uint8Array}; null at its end. */
    JSObject read();

    /** Ends the exchange. */
    void close();

    @JSProperty
    int getStatus();

    @JSProperty
    String getUrl();

    /** Null when there is none or the browser hides it. */
    String header(String name);
  }

  /** A JavaScript function that calls a Java method. It must not suspend: spawn a task instead. */
  @JSFunctor
  interface Action extends JSObject {
    void run();
  }
}
