package dev.qanat.engine;

import dev.qanat.sched.Sched;
import dev.qanat.sched.Task;
import dev.qanat.vfs.VfsException;
import dev.qanat.web.JsFailure;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;
import org.teavm.jso.core.JSPromise;

/** Calls from JavaScript: each runs as a task and settles a promise, whatever its end is. */
final class Answers {
  private Answers() {}

  /** What a call comes to. */
  interface Body {
    JSObject answer();
  }

  /** Runs the body in a task of its own; a failure rejects with {@code {code, message, path}}. */
  static JSPromise<JSObject> task(String title, Body body) {
    Promised answer = new Promised();
    boolean[] settled = new boolean[1];
    try {
      Sched.get()
          .spawn(
              title,
              () -> {
                JSObject value;
                try {
                  value = body.answer();
                } catch (VfsException e) {
                  settled[0] = true;
                  answer.reject(failure(e.errno().name(), message(e), e.path()));
                  return;
                } catch (JsFailure e) {
                  settled[0] = true;
                  answer.reject(e.reason());
                  return;
                }
                settled[0] = true;
                answer.resolve(value);
              },
              task ->
                  task.onExit(
                      () -> {
                        if (!settled[0]) {
                          answer.reject(failure("", died(task), null));
                        }
                      }));
    } catch (Sched.TooManyTasks e) {
      answer.reject(failure("EAGAIN", e.getMessage(), null));
    }
    return answer.promise();
  }

  private static String message(VfsException e) {
    return e.path() == null ? e.reason() : e.path() + ": " + e.reason();
  }

  private static String died(Task task) {
    return task.failure() == null ? "the call was ended" : "the engine failed: " + task.failure();
  }

  @JSBody(
      params = {"code", "message", "path"},
      script = "return { code: code, message: message, path: path };")
  static native JSObject failure(String code, String message, String path);
}
