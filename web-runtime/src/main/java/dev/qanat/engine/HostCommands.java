package dev.qanat.engine;

import dev.qanat.command.Command;
import dev.qanat.command.Invocation;
import dev.qanat.sched.Gate;
import dev.qanat.vfs.Errno;
import dev.qanat.vfs.OpenFile;
import dev.qanat.vfs.VfsException;
import dev.qanat.web.Bytes;
import java.util.HashMap;
import java.util.Map;
import org.teavm.jso.typedarrays.Uint8Array;

/**
 * Commands that the host application wrote in JavaScript. A run is announced there as an event; the
 * application reads and writes the run's descriptors by further calls and at last says its status.
 */
final class HostCommands {
  private final Events events;
  private final Map<Integer, Call> calls = new HashMap<>();
  private int lastCall;

  private record Call(Invocation in, Gate done) {}

  HostCommands(Events events) {
    this.events = events;
  }

  /** The command of that name. */
  Command command(String name) {
    return in -> {
      int id = ++lastCall;
      Gate done = Gate.external();
      calls.put(id, new Call(in, done));
      try {
        events.command(id, name, in.args(), in.files().cwd(), in.env());
        return (Integer) done.await() & 0xff;
      } finally {
        calls.remove(id);
      }
    };
  }

  private OpenFile descriptor(int call, int number) {
    Call c = calls.get(call);
    if (c == null) {
      throw new VfsException(Errno.ESRCH, null, "the command has ended");
    }
    OpenFile f = c.in.files().descriptors().get(number);
    if (f == null) {
      throw new VfsException(Errno.EBADF, null);
    }
    return f;
  }

  void write(int call, int descriptor, Uint8Array bytes) {
    byte[] b = Bytes.toJava(bytes);
    OpenFile f = descriptor(call, descriptor).retain();
    try {
      f.write(b, 0, b.length);
    } finally {
      f.release();
    }
  }

  /** Up to that many bytes; null at the end of input. */
  Uint8Array read(int call, int descriptor, int length) {
    byte[] b = new byte[Math.max(1, Math.min(length, 1 << 20))];
    OpenFile f = descriptor(call, descriptor).retain();
    try {
      int n = f.read(b, 0, b.length);
      return n < 0 ? null : Bytes.toJs(b, 0, n);
    } finally {
      f.release();
    }
  }

  void done(int call, int status) {
    Call c = calls.get(call);
    if (c != null) {
      c.done.open(status);
    }
  }
}
