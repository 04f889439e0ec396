package dev.qanat.checks;

import dev.qanat.sched.Gate;
import dev.qanat.sched.Pipe;
import dev.qanat.sched.Sched;
import dev.qanat.sched.Signal;
import dev.qanat.sched.Task;
import dev.qanat.web.Bytes;
import dev.qanat.web.Host;
import dev.qanat.web.JsFailure;
import dev.qanat.web.Promises;
import dev.qanat.web.WebSched;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSExport;
import org.teavm.jso.JSObject;
import org.teavm.jso.core.JSPromise;
import org.teavm.jso.core.JSString;
import org.teavm.jso.typedarrays.Uint8Array;

/**
 * Exercises the scheduler and the crossing of bytes in a browser. Each check runs as a task and
 * gives what it found as a line of text, the same on both builds.
 */
public final class Checks {
  private static int zero; // not a constant: the compiler would fold the division

  private Checks() {}

  public static void main(String[] args) {}

  @JSExport
  public static void start(Host host) {
    WebSched.install(host);
  }

  interface Body {
    String run();
  }

  static JSPromise<JSString> task(Body body) {
    return new JSPromise<>(
        (resolve, reject) ->
            Sched.get()
                .spawn(
                    "check",
                    () -> {
                      String found;
                      try {
                        found = body.run();
                      } catch (RuntimeException e) {
                        found = "thrown: " + e.getMessage();
                      }
                      resolve.accept(JSString.valueOf(found));
                    }));
  }

  /** How a child ends, and that its clean-up ran, and that the engine goes on. */
  @JSExport
  public static JSPromise<JSString> death(String how) {
    return task(
        () -> {
          StringBuilder log = new StringBuilder();
          Task child =
              Sched.get()
                  .spawn(
                      "doomed",
                      () -> {
                        Sched.get().current().onExit(() -> log.append("closed "));
                        Sched.get()
                            .current()
                            .onExit(
                                () -> {
                                  Sched.get().sleep(1);
                                  log.append("flushed ");
                                });
                        Sched.get().sleep(1);
                        die(how);
                      });
          child.exited().await();
          Pipe pipe = new Pipe();
          Sched.get().spawn("echo", () -> pipe.write(new byte[] {'o', 'k'}, 0, 2));
          byte[] alive = new byte[2];
          int n = pipe.read(alive, 0, 2);
          return log + "status " + child.status() + " alive " + n + " because " + child.failure();
        });
  }

  private static void die(String how) {
    switch (how) {
      case "index" -> zero += new int[] {1, 2}[zero + 7];
      case "divide" -> zero += 1 / zero;
      case "size" -> zero += new byte[zero - 1].length;
      case "null" -> zero += nothing().length();
      case "cast" -> zero += ((String) something()).length();
      case "overflow" -> zero += deep(1) > 0 ? 0 : 1;
      case "cleanup" -> {
        Sched.get().current().onExit(() -> zero += deep(1) > 0 ? 0 : 1);
        zero += deep(1) > 0 ? 0 : 1;
      }
      default -> throw new IllegalStateException("as asked");
    }
  }

  private static int deep(int n) {
    return n + deep(n + 1) * 2;
  }

  private static String nothing() {
    return zero > 5 ? "x" : null;
  }

  private static Object something() {
    return zero > 5 ? "x" : (Object) Integer.valueOf(zero);
  }

  /** A pipe between two tasks: bytes and their sum. */
  @JSExport
  public static JSPromise<JSString> pipe(int chunks) {
    return task(
        () -> {
          Pipe pipe = new Pipe();
          Sched.get()
              .spawn(
                  "writer",
                  () -> {
                    byte[] b = new byte[1000];
                    java.util.Arrays.fill(b, (byte) 3);
                    for (int i = 0; i < chunks; i++) {
                      pipe.write(b, 0, b.length);
                    }
                    pipe.closeWriter();
                  });
          byte[] b = new byte[4096];
          long sum = 0;
          for (int n; (n = pipe.read(b, 0, b.length)) >= 0; ) {
            for (int i = 0; i < n; i++) {
              sum += b[i];
            }
          }
          return "sum " + sum;
        });
  }

  private static Task endless;

  /** Starts a loop that only passes checkpoints. */
  @JSExport
  public static void loop() {
    endless =
        Sched.get()
            .spawn(
                "loop",
                () -> {
                  while (true) {
                    Sched.checkpoint();
                  }
                });
  }

  /** Starts two tasks that wake each other for ever and never pass a checkpoint. */
  @JSExport
  public static void pingPong() {
    endless =
        Sched.get()
            .spawn(
                "ping",
                () -> {
                  Pipe there = new Pipe();
                  Pipe back = new Pipe();
                  Sched.get().current().onExit(there::closeWriter);
                  Sched.get()
                      .spawn(
                          "pong",
                          () -> {
                            byte[] b = new byte[1];
                            while (there.read(b, 0, 1) > 0 && back.write(b, 0, 1)) {}
                          });
                  byte[] b = new byte[1];
                  while (there.write(b, 0, 1) && back.read(b, 0, 1) > 0) {}
                });
  }

  /** Interrupts the loop and waits for its end. */
  @JSExport
  public static JSPromise<JSString> interrupt() {
    endless.signal(Signal.INT);
    return task(
        () -> {
          endless.exited().await();
          return "status " + endless.status();
        });
  }

  /** Many tasks that all wait. */
  @JSExport
  public static JSPromise<JSString> crowd(int size) {
    return task(
        () -> {
          Gate go = new Gate();
          Task[] all = new Task[size];
          int[] awake = new int[1];
          for (int i = 0; i < size; i++) {
            all[i] =
                Sched.get()
                    .spawn(
                        "one",
                        () -> {
                          Sched.get().sleep(1);
                          awake[0]++;
                        });
          }
          for (Task t : all) {
            t.exited().await();
          }
          go.open();
          return "awake " + awake[0];
        });
  }

  /** Waits for a promise of JavaScript. */
  @JSExport
  public static JSPromise<JSString> await(JSObject promise) {
    return task(
        () -> {
          try {
            JSString value = Promises.await(promise);
            return "value " + value.stringValue();
          } catch (JsFailure e) {
            return "failed " + e.name() + ": " + e.getMessage();
          }
        });
  }

  /** That neither side sees the other's later writes. */
  @JSExport
  public static String ownership(Uint8Array given) {
    byte[] mine = Bytes.toJava(given);
    byte[] before = mine.clone();
    scribble(given);
    boolean in = java.util.Arrays.equals(mine, before);
    Uint8Array theirs = Bytes.toJs(mine, 1, 3);
    mine[1] = 99;
    boolean out = theirs.get(0) == (before[1] & 0xff) && theirs.getLength() == 3;
    return "in " + in + " out " + out + " whole " + (bufferLength(theirs) == 3);
  }

  @JSBody(params = "u", script = "u.fill(77);")
  private static native void scribble(Uint8Array u);

  @JSBody(params = "u", script = "return u.buffer.byteLength;")
  private static native int bufferLength(Uint8Array u);

  @JSExport
  public static String clocks() {
    long t = Sched.get().nanoTime();
    long wall = Sched.get().realTimeNanos() / 1_000_000_000L;
    return (t > 0) + " " + (wall > 1_700_000_000L);
  }

  /** Milliseconds for suspensions and for spawns, for the curious. */
  @JSExport
  public static JSPromise<JSString> costs() {
    return task(
        () -> {
          Sched s = Sched.get();
          double best = 1e9;
          for (int r = 0; r < 5; r++) {
            long t = s.nanoTime();
            Pipe there = new Pipe();
            Pipe back = new Pipe();
            s.spawn(
                "pong",
                () -> {
                  byte[] b = new byte[1];
                  for (int i = 0; i < 5000; i++) {
                    there.read(b, 0, 1);
                    back.write(b, 0, 1);
                  }
                });
            byte[] b = new byte[1];
            for (int i = 0; i < 5000; i++) {
              there.write(b, 0, 1);
              back.read(b, 0, 1);
            }
            best = Math.min(best, (s.nanoTime() - t) / 1e3 / 10000);
          }
          double spawn = 1e9;
          for (int r = 0; r < 5; r++) {
            long t = s.nanoTime();
            for (int i = 0; i < 1000; i++) {
              s.spawn("none", () -> {}).exited().await();
            }
            spawn = Math.min(spawn, (s.nanoTime() - t) / 1e3 / 1000);
          }
          double turn = 1e9;
          for (int r = 0; r < 5; r++) {
            long t = s.nanoTime();
            for (int i = 0; i < 1000; i++) {
              s.yieldNow();
            }
            turn = Math.min(turn, (s.nanoTime() - t) / 1e3 / 1000);
          }
          long t = s.nanoTime();
          for (int i = 0; i < 10_000_000; i++) {
            Sched.checkpoint();
          }
          return "switch "
              + (float) best
              + " us, spawn+wait "
              + (float) spawn
              + " us, turn "
              + (float) turn
              + " us, checkpoint "
              + (float) ((s.nanoTime() - t) / 1e7)
              + " ns";
        });
  }

  /** What a mount over the browser's storage does. */
  @JSExport
  public static JSPromise<JSString> storage(String directory) {
    return task(() -> StorageCheck.run(directory));
  }

  /** What the storage kept since {@link #storage}, in another page. */
  @JSExport
  public static JSPromise<JSString> kept(String directory) {
    return task(() -> StorageCheck.kept(directory));
  }

  /** What reading an address gives: its size, or the failure. */
  @JSExport
  public static JSPromise<JSString> web(String url, String path) {
    return task(() -> StorageCheck.web(url, path));
  }
}
