package dev.qanat.command.data.awk;

import dev.qanat.text.ByteBuilder;
import java.util.Arrays;

/**
 * The current record, {@code $0}, and its fields. Fields are found when asked for, no more of them
 * than needed; the text is put together again when asked for after a field was changed.
 */
final class Record implements FieldSplitter.Sink {
  private final Interpreter r;
  private byte[] bytes = new byte[0];
  private int start;
  private int end;
  private FieldSplitter splitter;
  private int[] from = new int[32];
  private int[] to = new int[32];
  private Value[] values = new Value[32];
  private int count; // fields found
  private int scan; // where the search for fields goes on
  private boolean complete; // all fields are found
  private boolean changed; // the text is older than the fields
  private Value whole;

  Record(Interpreter r) {
    this.r = r;
  }

  /** A new record; the bytes are kept and must not change. */
  void set(byte[] b, int from, int to) {
    bytes = b;
    start = from;
    end = to;
    reset();
  }

  private void reset() {
    Arrays.fill(values, 0, Math.min(count + 1, values.length), null);
    splitter = r.splitter;
    count = 0;
    scan = start;
    complete = false;
    changed = false;
    whole = null;
  }

  byte[] bytes() {
    return bytes;
  }

  int start() {
    return start;
  }

  int end() {
    return end;
  }

  @Override
  public void field(int f, int t) {
    if (++count >= from.length) {
      from = Arrays.copyOf(from, count * 2);
      to = Arrays.copyOf(to, count * 2);
      values = Arrays.copyOf(values, count * 2);
    }
    from[count] = f;
    to[count] = t;
  }

  private void find(int index) {
    if (splitter.isIncremental()) {
      while (count < index) {
        long f = start == end ? -1 : splitter.next(bytes, scan, end);
        if (f < 0) {
          complete = true;
          return;
        }
        field((int) (f >> 32), (int) f);
        scan = (int) f + 1;
      }
    } else {
      splitter.split(bytes, start, end, this);
      complete = true;
    }
  }

  /** Finds all fields, by the separator that holds now. */
  void complete() {
    if (!complete) {
      find(Integer.MAX_VALUE);
    }
  }

  int count() {
    complete();
    return count;
  }

  private boolean has(int index) {
    if (index > count && !complete) {
      find(index);
    }
    return index <= count;
  }

  Value field(int index) {
    if (index == 0) {
      rebuild();
      if (whole == null) {
        whole = Value.input(bytes, start, end - start);
      }
      return whole;
    }
    if (!has(index)) {
      return Value.UNINITIALIZED;
    }
    Value v = values[index];
    if (v == null) {
      v = values[index] = Value.input(bytes, from[index], to[index] - from[index]);
    }
    return v;
  }

  double number(int index) {
    if (index == 0) {
      return field(0).number();
    }
    if (!has(index)) {
      return 0;
    }
    Value v = values[index];
    return v != null ? v.number() : Value.parse(bytes, from[index], to[index]);
  }

  void appendField(int index, ByteBuilder out, String format) {
    if (index == 0) {
      rebuild();
      out.append(bytes, start, end - start);
    } else if (has(index)) {
      Value v = values[index];
      if (v != null) {
        v.appendTo(out, format);
      } else {
        out.append(bytes, from[index], to[index] - from[index]);
      }
    }
  }

  void setField(int index, Value v) {
    if (index == 0) {
      byte[] b = v.toBytes(r.convfmt);
      set(b, 0, b.length);
      return;
    }
    complete();
    extend(index);
    values[index] = v;
    changed = true;
  }

  private void extend(int n) {
    if (n >= values.length) {
      from = Arrays.copyOf(from, n * 2);
      to = Arrays.copyOf(to, n * 2);
      values = Arrays.copyOf(values, n * 2);
    }
    while (count < n) {
      values[++count] = Value.EMPTY;
    }
  }

  void setCount(double n) {
    complete();
    if (n < 0 || n > 50_000_000) {
      throw r.fatal("NF set to negative value");
    }
    int k = (int) n;
    if (k > count) {
      extend(k);
    } else {
      Arrays.fill(values, k + 1, count + 1, null);
      count = k;
    }
    changed = true;
  }

  /** Puts the text together from changed fields, with OFS between them. */
  void rebuild() {
    if (!changed) {
      return;
    }
    ByteBuilder out = new ByteBuilder(64);
    for (int i = 1; i <= count; i++) {
      if (i > 1) {
        out.append(r.ofs);
      }
      field(i).appendTo(out, r.convfmt);
    }
    bytes = out.toByteArray();
    start = 0;
    end = bytes.length;
    changed = false;
    whole = null;
  }
}
