package dev.qanat.engine;

import dev.qanat.web.Bytes;
import java.util.List;
import java.util.Map;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSFunctor;
import org.teavm.jso.JSObject;
import org.teavm.jso.typedarrays.Uint8Array;

/** What the engine says unasked; the shapes are those of {@code EngineEvent} in protocol.ts. */
final class Events {
  /** The JavaScript that listens. */
  @JSFunctor
  interface Listener extends JSObject {
    void on(JSObject event);
  }

  private final Listener listener;

  Events(Listener listener) {
    this.listener = listener;
  }

  void output(int run, int descriptor, byte[] b, int off, int len) {
    listener.on(outputEvent(run, descriptor, Bytes.toJs(b, off, len)));
  }

  void changed(String path, boolean tree) {
    listener.on(changedEvent(path, tree));
  }

  void command(int call, String name, List<String> args, String cwd, Map<String, String> env) {
    String[] pairs = new String[env.size() * 2];
    int i = 0;
    for (Map.Entry<String, String> e : env.entrySet()) {
      pairs[i++] = e.getKey();
      pairs[i++] = e.getValue();
    }
    listener.on(commandEvent(call, name, args.toArray(new String[0]), cwd, pairs));
  }

  @JSBody(
      params = {"run", "descriptor", "bytes"},
      script = "return { event: 'output', run: run, descriptor: descriptor, bytes: bytes };")
  private static native JSObject outputEvent(int run, int descriptor, Uint8Array bytes);

  @JSBody(
      params = {"path", "tree"},
      script = "return { event: 'changed', path: path, tree: tree };")
  private static native JSObject changedEvent(String path, boolean tree);

  @JSBody(
      params = {"call", "name", "args", "cwd", "pairs"},
      script =
          "var env = {}; for (var i = 0; i < pairs.length; i += 2) { env[pairs[i]] = pairs[i + 1];"
              + " } return { event: 'command', call: call, name: name, args: Array.from(args), cwd:"
              + " cwd, env: env };")
  private static native JSObject commandEvent(
      int call, String name, String[] args, String cwd, String[] pairs);
}
