package dev.qanat.opfs;

import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;
import org.teavm.jso.JSProperty;
import org.teavm.jso.core.JSArrayReader;
import org.teavm.jso.core.JSString;
import org.teavm.jso.typedarrays.Uint8Array;

/** The File System Standard's interfaces (fs.spec.whatwg.org), as far as they are used here. */
final class Handles {
  private Handles() {}

  /** A promise of a T; the type is for the reader. */
  interface Promised<T> extends JSObject {}

  /** FileSystemDirectoryHandle. */
  interface Directory extends JSObject {
    Promised<Directory> getDirectoryHandle(String name, JSObject options);

    Promised<FileHandle> getFileHandle(String name, JSObject options);

    Promised<JSObject> removeEntry(String name);
  }

  /** FileSystemFileHandle. */
  interface FileHandle extends JSObject {
    Promised<Blob> getFile();

    Promised<SyncAccess> createSyncAccessHandle(JSObject options);

    Promised<Writable> createWritable(JSObject options);

    Promised<JSObject> move(Directory to, String name);
  }

  /** File and Blob. */
  interface Blob extends JSObject {
    @JSProperty
    double getSize();

    @JSProperty
    double getLastModified();

    Blob slice(double from, double to);
  }

  /** FileSystemSyncAccessHandle: only in workers, only in the origin's own file system. */
  interface SyncAccess extends JSObject {
    int read(Uint8Array target, JSObject options);

    int write(Uint8Array source, JSObject options);

    double getSize();

    void truncate(double size);

    void close();
  }

  /** FileSystemWritableFileStream. */
  interface Writable extends JSObject {
    Promised<JSObject> write(JSObject command);

    Promised<JSObject> close();

    Promised<JSObject> abort();
  }

  @JSBody(script = "return navigator.storage.getDirectory();")
  static native Promised<Directory> root();

  @JSBody(
      script =
          "return typeof FileSystemFileHandle !== 'undefined'"
              + " && 'createSyncAccessHandle' in FileSystemFileHandle.prototype;")
  static native boolean hasSyncAccess();

  @JSBody(script = "return { create: false };")
  static native JSObject existing();

  @JSBody(script = "return { create: true };")
  static native JSObject creating();

  /** Two tabs may have one file open, as two processes on a disk. Ignored where it is not known. */
  @JSBody(script = "return { mode: 'readwrite-unsafe' };")
  static native JSObject shared();

  @JSBody(params = "offset", script = "return { at: offset };")
  static native JSObject at(double offset);

  @JSBody(params = "keep", script = "return { keepExistingData: keep };")
  static native JSObject keeping(boolean keep);

  @JSBody(
      params = {"position", "data"},
      script = "return { type: 'write', position: position, data: data };")
  static native JSObject writeCommand(double position, Uint8Array data);

  @JSBody(params = "size", script = "return { type: 'truncate', size: size };")
  static native JSObject truncateCommand(double size);

  @JSBody(
      params = "blob",
      script = "return blob.arrayBuffer().then(function(b) { return new Uint8Array(b); });")
  static native Promised<Uint8Array> bytes(Blob blob);

  @JSBody(params = "handle", script = "return 'move' in handle;")
  static native boolean canMove(FileHandle handle);

  /** Names and kinds in turn. */
  @JSBody(
      params = "directory",
      script =
          "var out = [], it = directory.entries();"
              + "function step() { return it.next().then(function(r) {"
              + " if (r.done) { return out; }"
              + " out.push(r.value[0], r.value[1].kind); return step(); }); }"
              + "return step();")
  static native Promised<JSArrayReader<JSString>> entries(Directory directory);

  /** Bytes used and allowed. */
  @JSBody(
      script =
          "return navigator.storage.estimate().then(function(e) {"
              + " return new Float64Array([e.usage || 0, e.quota || 0]); });")
  static native Promised<org.teavm.jso.typedarrays.Float64Array> estimate();
}
