package dev.qanat.python;

import org.teavm.jso.JSFunctor;
import org.teavm.jso.JSObject;
import org.teavm.jso.core.JSArrayReader;

/** The host of {@code host.ts}: interpreters in workers. */
public interface PythonHost extends JSObject {
  /** Starts a program; {@code exited} is called once. */
  Running run(JSObject program, Services services, Exited exited);

  /** A program that runs. */
  interface Running extends JSObject {
    void signal(int signal);
  }

  /** Serves one request, later: answers, or fails with an errno's name and a reason. */
  @JSFunctor
  interface Services extends JSObject {
    void serve(String name, JSArrayReader<JSObject> args, Answer answer, Fail fail);
  }

  /** Takes the answer to a request. */
  @JSFunctor
  interface Answer extends JSObject {
    void give(JSObject value);
  }

  /** Takes the failure of a request. */
  @JSFunctor
  interface Fail extends JSObject {
    void give(String code, String reason);
  }

  /** Told how a program has ended; the message is empty unless the interpreter itself failed. */
  @JSFunctor
  interface Exited extends JSObject {
    void with(int status, String message);
  }

  /** Loads the host when the first program runs. Gives a promise of it. */
  @JSFunctor
  interface Loader extends JSObject {
    JSObject load();
  }
}
