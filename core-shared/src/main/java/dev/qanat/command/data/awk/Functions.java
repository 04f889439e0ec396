package dev.qanat.command.data.awk;

import dev.qanat.command.Command;
import dev.qanat.sched.Sched;
import dev.qanat.text.ByteBuilder;
import dev.qanat.text.Utf8;
import dev.qanat.text.regex.Matcher;
import dev.qanat.text.time.TimeFormat;
import dev.qanat.text.time.Zone;
import java.util.Arrays;
import java.util.List;

/** awk's built-in functions. */
final class Functions {
  private final Interpreter r;
  private final Formatter formatter;
  private final RandomNumbers random = new RandomNumbers(1);
  private double seed;

  Functions(Interpreter r) {
    this.r = r;
    this.formatter = new Formatter(r);
  }

  Value call(Expr.Builtin b) {
    Expr[] a = b.args;
    switch (b.name) {
      case "length":
        return length(a);
      case "substr":
        return substr(a);
      case "index":
        return index(text(a[0]), text(a[1]));
      case "split":
        return Value.of(split(b));
      case "patsplit":
        return Value.of(patsplit(b));
      case "sub", "gsub":
        return Value.of(substitute(b));
      case "gensub":
        return gensub(b);
      case "match":
        return Value.of(match(b));
      case "sprintf":
        ByteBuilder out = new ByteBuilder();
        format(out, a);
        return Value.of(out.toByteArray());
      case "sin":
        return Value.of(Math.sin(a[0].number(r)));
      case "cos":
        return Value.of(Math.cos(a[0].number(r)));
      case "atan2":
        double y = a[0].number(r);
        return Value.of(Math.atan2(y, a[1].number(r)));
      case "exp":
        return Value.of(exp(a[0].number(r)));
      case "log":
        return Value.of(log(a[0].number(r)));
      case "sqrt":
        return Value.of(sqrt(a[0].number(r)));
      case "int":
        double d = a[0].number(r);
        return Value.of(d < 0 ? Math.ceil(d) + 0.0 : Math.floor(d));
      case "rand":
        return Value.of(random.next());
      case "srand":
        return srand(a);
      case "tolower":
        return changeCase(text(a[0]), false);
      case "toupper":
        return changeCase(text(a[0]), true);
      case "mkbool":
        return Value.of(a[0].test(r));
      default:
        return system(b);
    }
  }

  private Value system(Expr.Builtin b) {
    Expr[] a = b.args;
    switch (b.name) {
      case "system":
        return Value.of(run(text(a[0]).toString(r.convfmt)));
      case "close":
        String name = text(a[0]).toString(r.convfmt);
        return Value.of(r.streams.close(name, a.length > 1 ? text(a[1]).toString(r.convfmt) : ""));
      case "fflush":
        if (a.length == 0 || text(a[0]).length() == 0) {
          r.streams.flush();
          return Value.ZERO;
        }
        String opened = text(a[0]).toString(r.convfmt);
        int flushed = opened.isEmpty() ? flushAll() : r.streams.flush(opened);
        if (flushed < 0) {
          r.warn("fflush: `" + opened + "' is not an open file, pipe or co-process");
        }
        return Value.of(flushed);
      case "systime":
        return Value.of(Math.floorDiv(Sched.get().realTimeNanos(), 1_000_000_000L));
      case "strftime":
        return strftime(a);
      case "mktime":
        return mktime(a);
      case "and", "or", "xor":
        return bits(b.name, a);
      case "lshift", "rshift":
        return shift(b.name, a);
      case "compl":
        return Value.of(~whole("compl", a[0].number(r)) & (1L << 53) - 1);
      case "strtonum":
        return strtonum(a[0].value(r));
      case "asort":
        return Value.of(sort(a, false));
      case "asorti":
        return Value.of(sort(a, true));
      case "isarray":
        return Value.of(object(a[0]) instanceof AwkArray);
      case "typeof":
        return type(a[0]);
      default:
        throw r.fatal("function `" + b.name + "' is not supported");
    }
  }

  private Value text(Expr e) {
    return e.value(r).text(r.convfmt);
  }

  private double log(double x) {
    if (x < 0) {
      r.warn("log: received negative argument " + Value.of(x));
      return Double.longBitsToDouble(0xFFF8000000000000L);
    }
    return Math.log(x);
  }

  private double sqrt(double x) {
    if (x < 0) {
      r.warn("sqrt: received negative argument " + Value.of(x));
      return Double.longBitsToDouble(0xFFF8000000000000L);
    }
    return Math.sqrt(x);
  }

  private double exp(double x) {
    double v = Math.exp(x);
    if (Double.isInfinite(v) && !Double.isInfinite(x)) {
      r.warn("exp: argument " + Value.of(x) + " is out of range");
    }
    return v;
  }

  private Value srand(Expr[] a) {
    double old = seed;
    seed =
        a.length > 0 ? a[0].number(r) : Math.floorDiv(Sched.get().realTimeNanos(), 1_000_000_000L);
    random.seed((int) (long) seed);
    return Value.of(old);
  }

  private long whole(String name, double v) {
    if (v < 0) {
      throw r.fatal(name + ": negative values are not allowed");
    }
    return (long) v;
  }

  private Value bits(String name, Expr[] a) {
    long v = whole(name, a[0].number(r));
    for (int i = 1; i < a.length; i++) {
      long w = whole(name, a[i].number(r));
      v = name.equals("and") ? v & w : name.equals("or") ? v | w : v ^ w;
    }
    return Value.of((double) v);
  }

  private Value shift(String name, Expr[] a) {
    long v = whole(name, a[0].number(r));
    double by = a[1].number(r);
    if (by < 0) {
      throw r.fatal(
          name + "(" + Value.of(v) + ", " + Value.of(by) + "): negative values are not allowed");
    }
    int n = (int) by;
    if (n > 63) {
      return Value.ZERO;
    }
    return Value.of((double) (name.equals("lshift") ? v << n : v >>> n));
  }

  private Value strtonum(Value v) {
    if (v.isNumber()) {
      return v;
    }
    v.text(r.convfmt);
    byte[] b = v.bytes();
    int i = v.offset();
    int end = i + v.length();
    while (i < end && Value.isBlank(b[i])) {
      i++;
    }
    boolean minus = i < end && b[i] == '-';
    int at = i < end && (b[i] == '-' || b[i] == '+') ? i + 1 : i;
    if (at + 1 < end && b[at] == '0' && (b[at + 1] | 0x20) == 'x') {
      double x = 0;
      for (at += 2; at < end && Character.digit((char) (b[at] & 0x7F), 16) >= 0; at++) {
        x = x * 16 + Character.digit((char) b[at], 16);
      }
      return Value.of(minus ? -x : x);
    }
    if (at < end && b[at] == '0') {
      int j = at;
      double x = 0;
      while (j < end && b[j] >= '0' && b[j] <= '7') {
        x = x * 8 + b[j++] - '0';
      }
      boolean decimal =
          j < end && (b[j] == '8' || b[j] == '9' || b[j] == '.' || (b[j] | 0x20) == 'e');
      if (!decimal) {
        return Value.of(minus ? -x : x);
      }
    }
    return Value.of(Value.parse(b, i, end));
  }

  private Value length(Expr[] a) {
    if (a.length == 0) {
      Value v = r.record.field(0);
      return Value.of(r.characters.count(v.bytes(), v.offset(), v.offset() + v.length()));
    }
    Object o = object(a[0]);
    if (o instanceof AwkArray array) {
      return Value.of(array.size());
    }
    Value v = ((Value) o).text(r.convfmt);
    return Value.of(r.characters.count(v.bytes(), v.offset(), v.offset() + v.length()));
  }

  /** A value or an array, whichever the expression stands for. */
  private Object object(Expr e) {
    Object o = null;
    if (e instanceof Places.Name n) {
      o = n.argument(r);
    } else if (e instanceof Places.Element el) {
      o = el.argument(r);
    }
    return o instanceof AwkArray ? o : e.value(r);
  }

  private Value type(Expr e) {
    if (e instanceof Places.Name n) {
      Object o = n.argument(r);
      if (o instanceof AwkArray) {
        return Value.of("array");
      }
      if (o instanceof Places.Untyped) {
        return Value.of("untyped");
      }
    } else if (e instanceof Places.Element el) {
      Object o = el.argument(r);
      if (o instanceof AwkArray) {
        return Value.of("array");
      }
      return o == Value.UNINITIALIZED ? Value.of("untyped") : Value.of(((Value) o).type());
    } else if (!(e instanceof Expr.Constant) && e.getClass().getEnclosingClass() == Parser.class) {
      return Value.of("number");
    }
    return Value.of(e.value(r).type());
  }

  private static boolean isAscii(byte[] b, int from, int to) {
    for (int i = from; i < to; i++) {
      if (b[i] < 0) {
        return false;
      }
    }
    return true;
  }

  /** The place of the character so many characters after a place. */
  private int forward(byte[] b, int at, int end, long characters) {
    for (long n = 0; n < characters && at < end; n++) {
      at += r.characters.size(b, at, end);
    }
    return at;
  }

  private Value substr(Expr[] a) {
    Value v = text(a[0]);
    double from = a[1].number(r);
    double count = a.length > 2 ? a[2].number(r) : Double.POSITIVE_INFINITY;
    if (from != from || count != count) {
      return Value.EMPTY;
    }
    from = Math.max(1, from < 0 ? Math.ceil(from) : Math.floor(from));
    byte[] b = v.bytes();
    int start = v.offset();
    int end = start + v.length();
    if (count < 1 || from > v.length()) {
      return Value.EMPTY;
    }
    if (r.characters.single() || isAscii(b, start, end)) {
      int s = start + (int) from - 1;
      int e = count > end - s ? end : s + (int) count;
      return Value.of(b, s, e - s);
    }
    int s = forward(b, start, end, (long) from - 1);
    int e = count > end - s ? end : forward(b, s, end, (long) count);
    return Value.of(b, s, e - s);
  }

  private Value index(Value v, Value what) {
    byte[] b = v.bytes();
    byte[] w = what.bytes();
    int n = what.length();
    if (n == 0) {
      return Value.ONE;
    }
    int last = v.offset() + v.length() - n;
    byte first = w[what.offset()];
    for (int i = v.offset(); i <= last; i++) {
      if (b[i] != first) {
        continue;
      }
      int k = 1;
      while (k < n && b[i + k] == w[what.offset() + k]) {
        k++;
      }
      if (k == n) {
        return Value.of(r.characters.count(b, v.offset(), i) + 1);
      }
    }
    return Value.ZERO;
  }

  private Value changeCase(Value v, boolean upper) {
    byte[] b = v.toBytes(r.convfmt);
    if (!r.characters.single() && !isAscii(b, 0, b.length)) {
      StringBuilder s = new StringBuilder(Utf8.decode(b));
      for (int i = 0; i < s.length(); i++) {
        char c = s.charAt(i);
        s.setCharAt(i, upper ? Character.toUpperCase(c) : Character.toLowerCase(c));
      }
      return Value.of(s.toString());
    }
    for (int i = 0; i < b.length; i++) {
      int c = b[i];
      if (upper ? c >= 'a' && c <= 'z' : c >= 'A' && c <= 'Z') {
        b[i] = (byte) (c ^ 0x20);
      }
    }
    return Value.of(b);
  }

  void format(ByteBuilder out, Expr[] items) {
    formatter.format(out, items);
  }

  private static AwkArray array(Expr e, Interpreter r) {
    if (e instanceof Expr.ArraySource s) {
      return s.array(r);
    }
    throw r.fatal("argument is not an array");
  }

  private int split(Expr.Builtin b) {
    Value v = text(b.args[0]);
    byte[] s = v.toBytes(r.convfmt);
    FieldSplitter how;
    if (b.args.length < 3) {
      byte[] fs = r.globalValue(Interpreter.FS).toBytes(r.convfmt);
      how = FieldSplitter.of(fs, r.characters, false);
    } else if (b.pattern.source() != null) {
      how = FieldSplitter.regex(b.pattern.matcher(r));
    } else {
      byte[] fs = b.pattern.dynamic().value(r).toBytes(r.convfmt);
      how = FieldSplitter.of(fs, r.characters, false);
    }
    AwkArray seps = b.args.length > 3 ? array(b.args[3], r) : null;
    return fill(s, how, array(b.args[1], r), seps, how.isBlanks());
  }

  private int patsplit(Expr.Builtin b) {
    byte[] s = text(b.args[0]).toBytes(r.convfmt);
    Matcher m =
        b.pattern != null
            ? b.pattern.matcher(r)
            : Pattern.compile(r.globalValue(Interpreter.FPAT).toBytes(r.convfmt), r.characters);
    AwkArray seps = b.args.length > 3 ? array(b.args[3], r) : null;
    return fill(s, FieldSplitter.contents(m), array(b.args[1], r), seps, true);
  }

  private int fill(byte[] s, FieldSplitter how, AwkArray into, AwkArray seps, boolean outer) {
    into.clear();
    if (seps != null) {
      seps.clear();
    }
    int[] n = {0, 0};
    how.split(
        s,
        0,
        s.length,
        (from, to) -> {
          if (seps != null && (n[0] > 0 || outer)) {
            if (n[0] > 0 || from > 0) {
              seps.put(n[0], Value.of(Arrays.copyOfRange(s, n[1], from)));
            }
          }
          into.put(++n[0], Value.input(Arrays.copyOfRange(s, from, to), 0, to - from));
          n[1] = to;
        });
    if (seps != null && outer && n[0] > 0 && n[1] < s.length) {
      seps.put(n[0], Value.of(Arrays.copyOfRange(s, n[1], s.length)));
    }
    return n[0];
  }

  private double match(Expr.Builtin b) {
    Value v = text(b.args[0]);
    byte[] s = v.bytes();
    int start = v.offset();
    int end = start + v.length();
    Matcher m = b.pattern.matcher(r);
    AwkArray into = b.args.length > 2 ? array(b.args[2], r) : null;
    if (into != null) {
      into.clear();
    }
    if (!m.find(s, start, start, end)) {
      r.globals[Interpreter.RSTART] = Value.ZERO;
      r.globals[Interpreter.RLENGTH] = Value.of(-1);
      return 0;
    }
    int at = r.characters.count(s, start, m.start()) + 1;
    r.globals[Interpreter.RSTART] = Value.of(at);
    r.globals[Interpreter.RLENGTH] = Value.of(r.characters.count(s, m.start(), m.end()));
    if (into != null) {
      byte[] subsep = r.globalValue(Interpreter.SUBSEP).toBytes(r.convfmt);
      for (int g = 0; g <= m.regex().groupCount(); g++) {
        int from = m.start(g);
        if (from < 0) {
          continue;
        }
        int to = m.end(g);
        into.put(g, Value.input(Arrays.copyOfRange(s, from, to), 0, to - from));
        String prefix = g + Utf8.decode(subsep);
        into.put(prefix + "start", Value.of(r.characters.count(s, start, from) + 1));
        into.put(prefix + "length", Value.of(r.characters.count(s, from, to)));
      }
    }
    return at;
  }

  private int substitute(Expr.Builtin b) {
    boolean global = b.name.equals("gsub");
    Matcher m = b.pattern.matcher(r);
    Value replacement = text(b.args[1]);
    byte[] with = replacement.toBytes(r.convfmt);
    Expr target = b.args.length > 2 ? b.args[2] : null;
    Value v = target == null ? r.record.field(0) : text(target);
    byte[] s = v.bytes();
    int start = v.offset();
    int end = start + v.length();
    if (!m.find(s, start, start, end)) {
      return 0;
    }
    ByteBuilder out = new ByteBuilder(v.length() + with.length + 16);
    int count = 0;
    int copied = start;
    int at = start;
    while (true) {
      int from = m.start();
      int to = m.end();
      out.append(s, copied, from - copied);
      replace(out, with, s, m, false);
      count++;
      copied = to;
      at = to;
      if (!global) {
        break;
      }
      if (from == to) {
        if (at >= end) {
          break;
        }
        int size = r.characters.size(s, at, end);
        out.append(s, at, size);
        at += size;
        copied = at;
      }
      if (at > end || !m.find(s, start, at, end)) {
        break;
      }
      if (m.start() == m.end() && m.start() == to && from != to) {
        // no empty match right after a match
        if (at >= end) {
          break;
        }
        int size = r.characters.size(s, at, end);
        out.append(s, at, size);
        at += size;
        copied = at;
        if (!m.find(s, start, at, end)) {
          break;
        }
      }
    }
    out.append(s, copied, end - copied);
    byte[] result = out.toByteArray();
    if (target == null) {
      r.record.set(result, 0, result.length);
    } else if (target instanceof Expr.Place p) {
      p.assign(r, Value.of(result));
    }
    return count;
  }

  /** Appends the replacement: {@code &} is the match; in gensub {@code \1} a group, too. */
  private static void replace(ByteBuilder out, byte[] with, byte[] s, Matcher m, boolean groups) {
    for (int i = 0; i < with.length; i++) {
      int c = with[i];
      if (c == '&') {
        out.append(s, m.start(), m.end() - m.start());
      } else if (c == '\\' && i + 1 < with.length) {
        int d = with[i + 1];
        if (d == '&') {
          out.append('&');
          i++;
        } else if (d == '\\' && (groups || i + 2 < with.length && with[i + 2] == '&')) {
          out.append('\\');
          i++;
        } else if (groups && d >= '0' && d <= '9') {
          int g = d - '0';
          if (g <= m.regex().groupCount() && m.start(g) >= 0) {
            out.append(s, m.start(g), m.end(g) - m.start(g));
          }
          i++;
        } else {
          out.append('\\');
        }
      } else {
        out.append(c);
      }
    }
  }

  private Value gensub(Expr.Builtin b) {
    Matcher m = b.pattern.matcher(r);
    byte[] with = text(b.args[1]).toBytes(r.convfmt);
    Value how = text(b.args[2]);
    boolean global = how.length() > 0 && (how.bytes()[how.offset()] | 0x20) == 'g';
    double which = global ? 0 : Math.max(1, Math.floor(how.number()));
    Value v = b.args.length > 3 ? text(b.args[3]) : r.record.field(0);
    byte[] s = v.bytes();
    int start = v.offset();
    int end = start + v.length();
    ByteBuilder out = new ByteBuilder(v.length() + 16);
    int copied = start;
    int at = start;
    int lastEnd = -1;
    int n = 0;
    while (at <= end && m.find(s, start, at, end)) {
      int from = m.start();
      int to = m.end();
      if (from == to && from == lastEnd) {
        if (at >= end) {
          break;
        }
        at += r.characters.size(s, at, end);
        lastEnd = -1;
        continue;
      }
      n++;
      if (global || n == which) {
        out.append(s, copied, from - copied);
        replace(out, with, s, m, true);
        copied = to;
        if (!global) {
          break;
        }
      }
      lastEnd = to;
      at = to;
      if (from == to) {
        if (at >= end) {
          break;
        }
        at += r.characters.size(s, at, end);
      }
    }
    out.append(s, copied, end - copied);
    return Value.of(out.toByteArray());
  }

  private int flushAll() {
    r.streams.flush();
    return 0;
  }

  private double run(String command) {
    if (r.sandbox) {
      throw r.fatal("'system' function not allowed in sandbox mode");
    }
    r.streams.flush();
    Command shell = r.in.programs().shell(command);
    dev.qanat.vfs.FileContext files = r.in.files().fork();
    int status;
    try {
      status = r.in.run(shell, r.in.child(List.of("sh"), files, r.in.env()));
    } finally {
      files.descriptors().closeAll();
    }
    return status > 128 ? 256 + status - 128 : status;
  }

  private Zone zone(boolean utc) {
    Value tz = null;
    if (r.globals[Interpreter.ENVIRON] instanceof AwkArray env
        && env.get(Utf8.encode("TZ")) instanceof Value v) {
      tz = v;
    }
    return utc || tz == null ? Zone.UTC : Zone.of(tz.toString(r.convfmt));
  }

  private Value strftime(Expr[] a) {
    String format = "%a %b %e %H:%M:%S %Z %Y";
    if (a.length > 0) {
      format = text(a[0]).toString(r.convfmt);
    } else if (r.globals[Interpreter.PROCINFO] instanceof AwkArray info
        && info.get(Utf8.encode("strftime")) instanceof Value v) {
      format = v.toString(r.convfmt);
    }
    long when =
        a.length > 1
            ? (long) a[1].number(r)
            : Math.floorDiv(Sched.get().realTimeNanos(), 1_000_000_000L);
    return Value.of(TimeFormat.strftime(format, when, zone(a.length > 2 && a[2].test(r))));
  }

  private Value mktime(Expr[] a) {
    String[] parts = text(a[0]).toString(r.convfmt).trim().split("[ \t]+");
    if (parts.length < 6) {
      return Value.of(-1);
    }
    long[] f = new long[7];
    f[6] = -1;
    for (int i = 0; i < Math.min(7, parts.length); i++) {
      f[i] = (long) dev.qanat.text.DoubleReader.parse(parts[i]);
    }
    long months = f[0] * 12 + f[1] - 1;
    long days =
        dev.qanat.text.time.Civil.days(
                Math.floorDiv(months, 12L), Math.floorMod(months, 12L) + 1, 1)
            + f[2]
            - 1;
    long wall = days * 86400 + f[3] * 3600 + f[4] * 60 + f[5];
    Zone z = zone(a.length > 1 && a[1].test(r));
    return Value.of(z == Zone.UTC ? wall : z.epoch(wall, (int) f[6]));
  }

  private int sort(Expr[] a, boolean byIndex) {
    AwkArray source = array(a[0], r);
    AwkArray target = a.length > 1 ? array(a[1], r) : source;
    String how =
        a.length > 2 ? text(a[2]).toString(r.convfmt) : byIndex ? "@ind_str_asc" : "@val_type_asc";
    byte[][] keys = new ArrayOrder(r, source).sorted(source.keys(), how);
    Object[] values = new Object[keys.length];
    for (int i = 0; i < keys.length; i++) {
      values[i] = byIndex ? Value.of(keys[i]) : source.get(keys[i]);
    }
    target.clear();
    for (int i = 0; i < values.length; i++) {
      target.put(Utf8.encode(Integer.toString(i + 1)), values[i]);
    }
    return values.length;
  }

  /** The keys as a {@code for} walks them: {@code PROCINFO["sorted_in"]} may say how. */
  byte[][] sortedKeys(AwkArray a) {
    byte[][] keys = a.keys();
    if (r.globals[Interpreter.PROCINFO] instanceof AwkArray info
        && info.get(SORTED_IN) instanceof Value how
        && !how.isUnset()) {
      String name = how.toString(r.convfmt);
      return name.isEmpty() ? keys : new ArrayOrder(r, a).sorted(keys, name);
    }
    return keys;
  }

  private static final byte[] SORTED_IN = Utf8.encode("sorted_in");
}
