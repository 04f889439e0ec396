package dev.qanat.command.data.jq;

import dev.qanat.command.Input;
import dev.qanat.command.Invocation;
import dev.qanat.json.JsonArray;
import dev.qanat.json.JsonParser;
import dev.qanat.json.JsonString;
import dev.qanat.json.JsonValue;
import dev.qanat.text.ByteBuilder;
import dev.qanat.vfs.VfsException;
import java.util.Arrays;
import java.util.List;

/** The values of the input files, one after the other. */
final class Inputs {
  private final Invocation in;
  private final List<String> files;
  private final boolean lines;
  private final boolean slurp;
  private final boolean sequence;
  private final JsonParser parser;
  private final ByteBuilder partial = new ByteBuilder();
  private Input file;
  private String name;
  private int nextFile;
  private boolean slurped;
  private boolean ended;
  private boolean failed;
  private boolean inChunk;
  private long linesBefore;
  private byte[] data = new byte[0];
  private int from; // of the chunk
  private int to;
  private int at; // lines: the next byte

  Inputs(
      Invocation in,
      List<String> files,
      boolean lines,
      boolean slurp,
      boolean streaming,
      boolean sequence) {
    this.in = in;
    this.files = files;
    this.lines = lines;
    this.slurp = slurp;
    this.sequence = sequence;
    this.parser = new JsonParser(false, streaming);
  }

  boolean failed() {
    return failed;
  }

  String fileName() {
    return name;
  }

  /** Where errors are said to be: the file and the number of lines read. */
  String position() {
    return name == null && file == null && nextFile == 0
        ? "<unknown>"
        : (name == null ? "<stdin>" : name) + ":" + line();
  }

  long line() {
    int stop = lines ? at : inChunk ? parser.position() : to;
    long n = linesBefore;
    for (int i = from; i < stop; i++) {
      n += data[i] == '\n' ? 1 : 0;
    }
    if (stop > from && data[stop - 1] != '\n') {
      for (int i = stop; i < to; i++) {
        if (data[i] == '\n') {
          return n + 1;
        }
      }
    }
    return n;
  }

  /** The next value; null at the end. */
  JsonValue next() {
    if (!slurp) {
      return one();
    }
    if (slurped) {
      return null;
    }
    slurped = true;
    if (lines) {
      while (chunk()) {
        partial.append(data, from, to - from);
      }
      return JsonString.of(partial.array(), 0, partial.length());
    }
    JsonArray all = JsonArray.EMPTY;
    for (JsonValue v = one(); v != null; v = one()) {
      all = all.append(v);
    }
    return all;
  }

  private JsonValue one() {
    if (lines) {
      return nextLine();
    }
    while (true) {
      if (inChunk) {
        JsonValue v = parser.next();
        if (v != null) {
          return v;
        }
        inChunk = false;
      }
      if (ended) {
        return parser.finish();
      }
      if (chunk()) {
        if (sequence) {
          data = Arrays.copyOfRange(data, from, to);
          to -= from;
          from = 0;
          for (int i = 0; i < to; i++) {
            data[i] = data[i] == 0x1E ? (byte) ' ' : data[i];
          }
        }
        parser.feed(data, from, to - from);
        inChunk = true;
      } else {
        ended = true;
      }
    }
  }

  private JsonValue nextLine() {
    while (true) {
      for (int i = at; i < to; i++) {
        if (data[i] == '\n') {
          partial.append(data, at, i - at);
          at = i + 1;
          return takeLine();
        }
      }
      partial.append(data, at, to - at);
      at = to;
      if (!chunk()) {
        return partial.isEmpty() ? null : takeLine();
      }
      at = from;
    }
  }

  private JsonValue takeLine() {
    JsonValue v = JsonString.of(partial.array(), 0, partial.length());
    partial.clear();
    return v;
  }

  /** Reads on: the rest of this file, or the next one. */
  private boolean chunk() {
    for (int i = from; i < to; i++) {
      linesBefore += data[i] == '\n' ? 1 : 0;
    }
    from = to = at = 0;
    while (true) {
      if (file == null) {
        if (files.isEmpty() ? nextFile > 0 : nextFile >= files.size()) {
          return false;
        }
        open();
        continue;
      }
      try {
        if (file.nextChunk()) {
          data = file.data;
          from = file.start;
          to = file.end;
          at = from;
          return true;
        }
      } catch (VfsException e) {
        in.stdout().flush();
        in.stderr().line("jq: error: Input error: " + e.reason());
        in.stderr().flush();
        failed = true;
      }
      file.close();
      file = null;
    }
  }

  private void open() {
    linesBefore = 0;
    if (files.isEmpty()) {
      nextFile++;
      name = "<stdin>";
      file = in.stdin();
      return;
    }
    String path = files.get(nextFile++);
    if (path.equals("-")) {
      name = "<stdin>";
      file = in.stdin();
      return;
    }
    try {
      file = new Input(in.files().open(path), true);
      name = path;
    } catch (VfsException e) {
      in.stdout().flush();
      in.stderr().line("jq: error: Could not open file " + path + ": " + e.reason());
      in.stderr().flush();
      failed = true;
    }
  }

  void close() {
    if (file != null) {
      file.close();
    }
  }
}
