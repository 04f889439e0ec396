package dev.qanat.command.data.awk;

import dev.qanat.command.Invocation;
import dev.qanat.command.Output;
import dev.qanat.sched.Task;
import dev.qanat.vfs.FileContext;
import dev.qanat.vfs.OpenFile;
import dev.qanat.vfs.OpenFlags;
import dev.qanat.vfs.Pipes;
import dev.qanat.vfs.VfsException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The files and commands a program has opened, by the names it opened them with. */
final class Streams {
  /** An open file or command. */
  private static final class Stream {
    OpenFile file;
    Output out;
    RecordReader in;
    Task task;
    boolean owned = true;
  }

  private final Interpreter r;
  private final Invocation in;
  private final Map<String, Stream> outputs = new LinkedHashMap<>();
  private final Map<String, Stream> inputs = new LinkedHashMap<>();

  Streams(Interpreter r, Invocation in) {
    this.r = r;
    this.in = in;
  }

  /** The file or command behind {@code print > name}, opened when first used. May suspend. */
  Output output(String redirection, String name) {
    String key = redirection.charAt(0) == '|' ? "|" + name : ">" + name;
    if (redirection.equals("|&")) {
      key = "&" + name;
    }
    Stream s = outputs.get(key);
    if (s != null) {
      return s.out;
    }
    redirect();
    s = new Stream();
    switch (redirection) {
      case "|" -> {
        flush();
        OpenFile[] ends = Pipes.create();
        FileContext files = in.files().fork();
        files.descriptors().set(0, ends[0]);
        s.task = start(name, files);
        s.file = ends[1];
      }
      case "|&" -> {
        coprocess(name);
        return outputs.get(key).out;
      }
      default -> {
        if (name.isEmpty()) {
          throw r.fatal("expression for `" + redirection + "' redirection has null string value");
        }
        try {
          s.file = special(name, s);
          if (s.file == null) {
            s.file =
                in.files()
                    .open(name, redirection.equals(">") ? OpenFlags.REPLACE : OpenFlags.ADD, 0666);
          }
        } catch (VfsException e) {
          throw r.fatal("cannot redirect to `" + name + "': " + e.reason());
        }
      }
    }
    s.out = s.file == in.stdout().file() ? in.stdout() : new Output(s.file);
    outputs.put(key, s);
    return s.out;
  }

  private void redirect() {
    if (r.sandbox) {
      throw r.fatal("redirection not allowed in sandbox mode");
    }
  }

  private OpenFile special(String name, Stream s) {
    int fd =
        switch (name) {
          case "/dev/stdin", "-" -> 0;
          case "/dev/stdout" -> 1;
          case "/dev/stderr" -> 2;
          default -> name.startsWith("/dev/fd/") && name.length() == 9 ? name.charAt(8) - '0' : -1;
        };
    if (fd < 0 || fd > 9) {
      return null;
    }
    s.owned = false;
    return in.files().descriptors().need(fd);
  }

  private Task start(String command, FileContext files) {
    return in.start(in.programs().shell(command), in.child(List.of("sh"), files, in.env()));
  }

  private void coprocess(String name) {
    flush();
    OpenFile[] to = Pipes.create();
    OpenFile[] from = Pipes.create();
    FileContext files = in.files().fork();
    files.descriptors().set(0, to[0]);
    files.descriptors().set(1, from[1]);
    Stream s = new Stream();
    s.task = start(name, files);
    s.file = to[1];
    s.out = new Output(to[1]);
    outputs.put("&" + name, s);
    Stream back = new Stream();
    back.in = new RecordReader(from[0], true);
    inputs.put("&" + name, back);
  }

  /** The reader behind {@code getline < name} or {@code name | getline}; null when it cannot be. */
  RecordReader input(int kind, String name) {
    String key =
        (kind == Expr.Getline.COMMAND ? "|" : kind == Expr.Getline.FILE ? "<" : "&") + name;
    Stream s = inputs.get(key);
    if (s != null) {
      if (kind == Expr.Getline.COPROCESS) {
        flush();
      }
      return s.in;
    }
    redirect();
    s = new Stream();
    if (kind == Expr.Getline.COMMAND) {
      flush();
      OpenFile[] ends = Pipes.create();
      FileContext files = in.files().fork();
      files.descriptors().set(1, ends[1]);
      s.task = start(name, files);
      s.in = new RecordReader(ends[0], true);
    } else if (kind == Expr.Getline.COPROCESS) {
      coprocess(name);
      return inputs.get(key).in;
    } else {
      try {
        OpenFile f = special(name, s);
        s.in = new RecordReader(f == null ? in.files().open(name) : f, f == null);
      } catch (VfsException e) {
        r.setError(e.reason());
        return null;
      }
    }
    inputs.put(key, s);
    return s.in;
  }

  /** Hands over what is buffered, everywhere. May suspend. */
  void flush() {
    in.stdout().flush();
    for (Stream s : outputs.values()) {
      s.out.flush();
    }
  }

  /** {@code fflush(name)}: -1 when nothing of that name is open. */
  int flush(String name) {
    int result = -1;
    for (String key : new String[] {">" + name, "|" + name, "&" + name}) {
      Stream s = outputs.get(key);
      if (s != null) {
        s.out.flush();
        result = 0;
      }
    }
    return result;
  }

  /**
   * {@code close(name, how)}: a command's exit status, 0 for files, -1 when not open. May suspend.
   */
  int close(String name, String how) {
    int result = -1;
    for (String key : new String[] {">" + name, "|" + name, "&" + name}) {
      Stream s = outputs.get(key);
      if (s != null && !how.equals("from")) {
        outputs.remove(key);
        result = close(s);
        if (key.charAt(0) == '&' && how.equals("to")) {
          return 0;
        }
      }
    }
    for (String key : new String[] {"<" + name, "|" + name, "&" + name}) {
      Stream s = inputs.get(key);
      if (s != null && !how.equals("to")) {
        inputs.remove(key);
        result = close(s);
      }
    }
    return result;
  }

  private int close(Stream s) {
    if (s.out != null) {
      try {
        s.out.flush();
      } catch (Output.WriteError e) {
        // the reader has gone; its status tells
      }
      if (s.owned) {
        s.file.release();
      }
    }
    if (s.in != null) {
      s.in.close();
    }
    if (s.task == null) {
      return 0;
    }
    s.task.exited().await();
    int status = s.task.status();
    return status > 128 ? 256 + status - 128 : status;
  }

  /** Ends everything: pipes are closed and waited for. May suspend. */
  void closeAll() {
    for (Stream s : new ArrayList<>(outputs.values())) {
      close(s);
    }
    for (Stream s : new ArrayList<>(inputs.values())) {
      close(s);
    }
    outputs.clear();
    inputs.clear();
  }
}
