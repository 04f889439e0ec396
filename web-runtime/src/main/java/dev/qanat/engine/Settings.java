package dev.qanat.engine;

import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;
import org.teavm.jso.core.JSNumber;
import org.teavm.jso.core.JSString;

/** Reads a plain JavaScript object, whose fields may be missing. */
final class Settings {
  private final JSObject object;

  /** {@code object} may be null or undefined: then nothing is set. */
  Settings(JSObject object) {
    this.object = object;
  }

  /** A text, or null. */
  String text(String name) {
    JSObject v = object(name);
    return v != null && isString(v) ? ((JSString) v).stringValue() : null;
  }

  String text(String name, String otherwise) {
    String s = text(name);
    return s == null ? otherwise : s;
  }

  /** A number, or the given one. */
  double number(String name, double otherwise) {
    JSObject v = object(name);
    return v != null && isNumber(v) ? ((JSNumber) v).doubleValue() : otherwise;
  }

  boolean flag(String name) {
    JSObject v = object(name);
    return v != null && isTrue(v);
  }

  /** The value itself; null when it is missing. */
  JSObject object(String name) {
    return object == null ? null : get(object, name); // each crossing costs
  }

  /** The object's own names and, after each, its value as text. */
  String[] pairs(String name) {
    return pairs(object(name));
  }

  /** An array's elements as text. */
  String[] list(String name) {
    return list(object(name));
  }

  @JSBody(
      params = {"o", "name"},
      script = "var v = o == null ? null : o[name]; return v === undefined ? null : v;")
  private static native JSObject get(JSObject o, String name);

  @JSBody(params = "v", script = "return typeof v === 'string';")
  private static native boolean isString(JSObject v);

  @JSBody(params = "v", script = "return typeof v === 'number';")
  private static native boolean isNumber(JSObject v);

  @JSBody(params = "v", script = "return v === true;")
  private static native boolean isTrue(JSObject v);

  @JSBody(
      params = "o",
      script =
          "var out = []; if (o != null) { Object.keys(o).forEach(function(k) {"
              + " if (o[k] != null) { out.push(k, String(o[k])); } }); } return out;")
  private static native String[] pairs(JSObject o);

  @JSBody(params = "o", script = "return o == null ? [] : Array.from(o, String);")
  private static native String[] list(JSObject o);
}
