package dev.qanat.command.data.awk;

/** Sorts the keys of an array as gawk's {@code @ind_str_asc} and its like, or a function, say. */
final class ArrayOrder {
  private final Interpreter r;
  private final AwkArray array;

  ArrayOrder(Interpreter r, AwkArray array) {
    this.r = r;
    this.array = array;
  }

  byte[][] sorted(byte[][] keys, String how) {
    if (how.equals("@unsorted")) {
      return keys;
    }
    Program.Function f = null;
    boolean descending = how.endsWith("_desc");
    String kind = how;
    if (how.startsWith("@")) {
      if (!how.endsWith("_asc") && !descending) {
        throw r.fatal("sort comparison function `" + how + "' is not defined");
      }
      kind = how.substring(1, how.lastIndexOf('_'));
    } else {
      f = r.program.functions.get(how);
      if (f == null) {
        throw r.fatal("sort comparison function `" + how + "' is not defined");
      }
    }
    byte[][] in = keys.clone();
    byte[][] out = new byte[in.length][];
    for (int width = 1; width < in.length; width *= 2) {
      for (int from = 0; from < in.length; from += 2 * width) {
        int middle = Math.min(in.length, from + width);
        int to = Math.min(in.length, from + 2 * width);
        int i = from;
        int j = middle;
        for (int at = from; at < to; at++) {
          boolean left = i < middle && (j >= to || compare(in[i], in[j], kind, descending, f) <= 0);
          out[at] = left ? in[i++] : in[j++];
        }
      }
      byte[][] t = in;
      in = out;
      out = t;
    }
    return in;
  }

  private int compare(byte[] a, byte[] b, String kind, boolean descending, Program.Function f) {
    if (f != null) {
      Object[] args = new Object[f.parameters];
      Object[] given = {
        Value.input(a, 0, a.length), array.get(a), Value.input(b, 0, b.length), array.get(b)
      };
      System.arraycopy(given, 0, args, 0, Math.min(4, args.length));
      double d = r.call(f, args).number();
      return d < 0 ? -1 : d > 0 ? 1 : 0;
    }
    int c =
        switch (kind) {
          case "ind_str" -> compareText(Value.of(a), Value.of(b));
          case "ind_num" -> {
            double x = Value.parse(a, 0, a.length);
            double y = Value.parse(b, 0, b.length);
            yield x < y ? -1 : x > y ? 1 : compareText(Value.of(a), Value.of(b));
          }
          default -> compareValues(a, b, kind);
        };
    return descending ? -c : c;
  }

  private int compareText(Value a, Value b) {
    return r.compareText(a.text(r.convfmt), b.text(r.convfmt));
  }

  private int compareValues(byte[] a, byte[] b, String kind) {
    Object p = array.get(a);
    Object q = array.get(b);
    if (!(p instanceof Value x) || !(q instanceof Value y)) {
      return p instanceof Value ? -1 : q instanceof Value ? 1 : 0;
    }
    int c;
    if (kind.equals("val_str")) {
      c = compareText(x, y);
    } else if (kind.equals("val_num")) {
      c = Double.compare(x.number() + 0.0, y.number() + 0.0);
      c = c != 0 ? c : compareText(x, y);
    } else {
      boolean n = x.isNumeric();
      boolean m = y.isNumeric();
      if (n && m) {
        c = Double.compare(x.number() + 0.0, y.number() + 0.0);
      } else if (n != m) {
        return n ? -1 : 1;
      } else {
        c = compareText(x, y);
      }
    }
    if (c != 0) {
      return c;
    }
    double i = Value.parse(a, 0, a.length);
    double j = Value.parse(b, 0, b.length);
    return i != j ? Double.compare(i, j) : compareText(Value.of(a), Value.of(b));
  }
}
