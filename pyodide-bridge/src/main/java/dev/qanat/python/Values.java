package dev.qanat.python;

import dev.qanat.vfs.FileStat;
import java.util.List;
import java.util.Map;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;
import org.teavm.jso.core.JSArray;
import org.teavm.jso.core.JSArrayReader;
import org.teavm.jso.core.JSBoolean;
import org.teavm.jso.core.JSNumber;
import org.teavm.jso.core.JSString;
import org.teavm.jso.typedarrays.Uint8Array;

/**
 * JavaScript values of the requests, made and read. Their shapes are those of {@code services.ts}.
 */
final class Values {
  private Values() {}

  static String string(JSArrayReader<JSObject> args, int i) {
    return ((JSString) args.get(i)).stringValue();
  }

  static int integer(JSArrayReader<JSObject> args, int i) {
    return ((JSNumber) args.get(i)).intValue();
  }

  static long whole(JSArrayReader<JSObject> args, int i) {
    return (long) ((JSNumber) args.get(i)).doubleValue();
  }

  static boolean truth(JSArrayReader<JSObject> args, int i) {
    return ((JSBoolean) args.get(i)).booleanValue();
  }

  @JSBody(
      params = {"o", "name"},
      script = "return o[name] !== undefined;")
  static native boolean has(JSObject o, String name);

  @JSBody(
      params = {"o", "name"},
      script = "return o[name];")
  static native JSObject get(JSObject o, String name);

  @JSBody(
      params = {"o", "name"},
      script = "return typeof o[name] === 'number';")
  static native boolean hasNumber(JSObject o, String name);

  @JSBody(
      params = {"o", "name"},
      script = "return o[name];")
  static native double number(JSObject o, String name);

  @JSBody(
      params = {"o", "name"},
      script = "return o[name];")
  static native String text(JSObject o, String name);

  @JSBody(
      params = {"o", "name"},
      script = "return o[name] || [];")
  static native JSArrayReader<JSString> texts(JSObject o, String name);

  @JSBody(params = "o", script = "return Object.entries(o).flat();")
  static native JSArrayReader<JSString> entries(JSObject o);

  @JSBody(params = "extent", script = "return extent.bytes;")
  static native Uint8Array bytes(JSObject extent);

  @JSBody(script = "return null;")
  static native JSObject nothing();

  static JSObject of(double value) {
    return JSNumber.valueOf(value);
  }

  static JSObject of(boolean value) {
    return JSBoolean.valueOf(value);
  }

  @JSBody(script = "return {};")
  static native JSObject object();

  @JSBody(
      params = {"o", "name", "value"},
      script = "o[name] = value;")
  static native void set(JSObject o, String name, JSObject value);

  @JSBody(
      params = {"o", "name", "value"},
      script = "o[name] = value;")
  static native void set(JSObject o, String name, String value);

  @JSBody(
      params = {"o", "name", "value"},
      script = "o[name] = value;")
  static native void set(JSObject o, String name, double value);

  @JSBody(
      params = {"o", "name", "value"},
      script = "o[name] = value;")
  static native void set(JSObject o, String name, boolean value);

  static JSArray<JSObject> strings(List<String> list) {
    JSArray<JSObject> array = new JSArray<>();
    for (String s : list) {
      array.push(JSString.valueOf(s));
    }
    return array;
  }

  static JSObject object(Map<String, String> map) {
    JSObject o = object();
    map.forEach((name, value) -> set(o, name, value));
    return o;
  }

  @JSBody(
      params = {"name", "mode"},
      script = "return { name: name, mode: mode };")
  static native JSObject entry(String name, int mode);

  /** What stat says; the size is known. */
  static JSObject meta(FileStat s, String target) {
    JSObject o =
        meta(
            s.stMode(),
            s.size(),
            s.mtime() / 1e6,
            s.atime() / 1e6,
            s.ctime() / 1e6,
            s.ino(),
            s.dev(),
            s.nlink(),
            s.uid(),
            s.gid(),
            s.rdev(),
            s.version());
    if (target != null) {
      set(o, "target", target);
    }
    return o;
  }

  @JSBody(
      params = {
        "mode", "size", "mtime", "atime", "ctime", "ino", "dev", "nlink", "uid", "gid", "rdev",
        "version"
      },
      script =
          "return { mode: mode, size: size, mtime: mtime, atime: atime, ctime: ctime, ino: ino,"
              + " dev: dev, nlink: nlink, uid: uid, gid: gid, rdev: rdev, version: version };")
  private static native JSObject meta(
      int mode,
      double size,
      double mtime,
      double atime,
      double ctime,
      double ino,
      int dev,
      int nlink,
      int uid,
      int gid,
      int rdev,
      String version);
}
