package dev.qanat.command.data.jq;

import dev.qanat.json.JsonArray;
import dev.qanat.json.JsonNumber;
import dev.qanat.json.JsonObject;
import dev.qanat.json.JsonString;
import dev.qanat.json.JsonValue;
import dev.qanat.sched.Memory;
import dev.qanat.sched.Sched;
import dev.qanat.text.ByteBuilder;
import dev.qanat.text.time.Zone;
import java.util.Arrays;

/**
 * Runs compiled jq: a stack machine that backtracks. Where a program has choices it leaves a fork;
 * taking the next choice restores stack, frame and path as they were. Stack cells and frames are
 * never changed after they were made (variables apart), so a fork just keeps references.
 */
final class Machine {
  private static final int MAX_FRAMES = 2_000_000;
  private static final int MAX_FORKS = 4_000_000;

  /** What the program may ask of the world. */
  interface Host {
    /**
     * The next input, or null at the end. May suspend; may throw a JqError for text that is no
     * JSON.
     */
    JsonValue nextInput();

    JsonValue inputFileName();

    double inputLine();

    void debug(JsonValue message);

    void stderr(JsonValue value);

    Zone zone();

    JsonValue searchList();
  }

  /** The data stack. */
  private static final class Cell {
    final Object value;
    final Cell below;

    Cell(Object value, Cell below) {
      this.value = value;
      this.below = below;
    }
  }

  /** The path being followed when another {@code path(…)} began. */
  private record PathState(Steps steps, JsonValue value, int nested) {}

  private static final int FORK = 0;
  private static final int EACH_ARRAY = 1;
  private static final int EACH_OBJECT = 2;
  private static final int RANGE = 3;
  private static final int ALTERNATIVE = 4;
  private static final int TRY = 5;
  private static final int LEFT = 6;
  private static final int LABEL = 7;
  private static final int PATTERN = 8;
  private static final int DESCEND = 9;
  private static final int INPUTS = 10;

  /** A choice to come back to. Reused. */
  private static final class Fork {
    int kind;
    int pc;
    Code code;
    Frame frame;
    Cell stack;
    Steps steps;
    JsonValue pathValue;
    int nested;
    Object extra;
    int index;
    double number;
    double limit;
  }

  private final Host host;
  private final Code main;
  private Fork[] forks = new Fork[64];
  private int forkCount;
  private Cell stack;
  private Frame frame;
  private Code code;
  private int pc;
  private Steps steps; // null: no path is being followed
  private JsonValue pathValue;
  private int nested; // subexpressions around us: they are no part of the path
  private int fuel;

  Machine(Code main, Host host) {
    this.main = main;
    this.host = host;
  }

  Host host() {
    return host;
  }

  Zone zone() {
    return host.zone();
  }

  JsonValue searchList() {
    return host.searchList();
  }

  /** Begins on an input; {@link #next} gives the outputs. */
  void start(JsonValue input) {
    forkCount = 0;
    stack = new Cell(input, null);
    frame = new Frame(null, null, null, 0, main.variables);
    code = main;
    pc = 0;
    steps = null;
    nested = 0;
    running = true;
  }

  private boolean running;

  /**
   * The next output, or null when there is no more. Throws a JqError nothing caught. May suspend.
   */
  JsonValue next() {
    boolean resume = !running;
    running = false;
    while (true) {
      try {
        if (resume && !backtrack()) {
          return null;
        }
        resume = false;
        return run();
      } catch (JqError e) {
        resume = false;
        if (!raise(e)) {
          throw e;
        }
      } catch (IllegalStateException e) {
        resume = false;
        JqError error = new JqError(e.getMessage());
        if (!raise(error)) {
          throw error;
        }
      }
    }
  }

  private void push(Object v) {
    stack = new Cell(v, stack);
  }

  private Object pop() {
    Object v = stack.value;
    stack = stack.below;
    return v;
  }

  private void replace(Object v) {
    stack = new Cell(v, stack.below);
  }

  private Fork fork(int kind, int target) {
    if (forkCount == forks.length) {
      if (forkCount >= MAX_FORKS) {
        throw new JqError("too many alternatives are left open");
      }
      if (forkCount > 1 << 16) {
        Memory.hold(200L * forkCount);
      }
      forks = Arrays.copyOf(forks, forkCount * 2);
    }
    Fork f = forks[forkCount];
    if (f == null) {
      f = forks[forkCount] = new Fork();
    }
    forkCount++;
    f.kind = kind;
    f.pc = target;
    f.code = code;
    f.frame = frame;
    f.stack = stack;
    f.steps = steps;
    f.pathValue = pathValue;
    f.nested = nested;
    f.extra = null;
    return f;
  }

  private void restore(Fork f) {
    pc = f.pc;
    code = f.code;
    frame = f.frame;
    stack = f.stack;
    steps = f.steps;
    pathValue = f.pathValue;
    nested = f.nested;
  }

  private void drop() {
    Fork f = forks[--forkCount];
    f.stack = null;
    f.frame = null;
    f.extra = null;
    f.steps = null;
    f.pathValue = null;
  }

  private boolean tracking() {
    return steps != null && nested == 0;
  }

  /** Goes back to the last choice that has something left; false when there is none. */
  private boolean backtrack() {
    while (forkCount > 0) {
      Fork f = forks[forkCount - 1];
      switch (f.kind) {
        case FORK -> {
          restore(f);
          drop();
          return true;
        }
        case EACH_ARRAY -> {
          JsonArray a = (JsonArray) f.extra;
          int i = f.index++;
          restore(f);
          if (f.index >= a.size()) {
            drop();
          }
          arrive(a.at(i), steps != null && nested == 0 ? JsonNumber.of(i) : null);
          return true;
        }
        case EACH_OBJECT -> {
          JsonObject o = (JsonObject) f.extra;
          int i = f.index;
          while (i < o.slots() && o.keyAt(i) == null) {
            i++;
          }
          if (i >= o.slots()) {
            drop();
            continue;
          }
          f.index = i + 1;
          restore(f);
          arrive(o.valueAt(i), steps != null && nested == 0 ? o.keyAt(i) : null);
          return true;
        }
        case RANGE -> {
          if (!(f.number < f.limit)) {
            drop();
            continue;
          }
          restore(f);
          push(JsonNumber.of(f.number++));
          return true;
        }
        case ALTERNATIVE -> {
          boolean found = f.frame.variables[f.index] == JsonValue.TRUE;
          restore(f);
          drop();
          if (!found) {
            return true;
          }
        }
        case DESCEND -> {
          Descent d = (Descent) f.extra;
          JsonValue v = d.next();
          restore(f);
          if (v == null) {
            drop();
            continue;
          }
          push(v);
          return true;
        }
        case INPUTS -> {
          JsonValue v = host.nextInput();
          f = forks[forkCount - 1];
          if (v == null) {
            drop();
            continue;
          }
          restore(f);
          push(v);
          return true;
        }
        default -> drop();
      }
    }
    return false;
  }

  /** A value reached by one step, or by none that counts. */
  private void arrive(JsonValue v, JsonValue key) {
    push(v);
    if (key != null) {
      steps = steps.then(key);
      pathValue = v;
    }
  }

  /** Hands an error to whoever catches it; false when nobody does. */
  private boolean raise(JqError e) {
    while (forkCount > 0) {
      Fork f = forks[forkCount - 1];
      switch (f.kind) {
        case TRY -> {
          restore(f);
          drop();
          replace(e.value);
          return true;
        }
        case PATTERN -> {
          restore(f);
          drop();
          return true;
        }
        case LEFT -> {
          // raised after the body of that try gave its output: not for its handler
          int begin = f.index;
          while (forkCount > begin) {
            drop();
          }
        }
        case ALTERNATIVE -> {
          boolean found = f.frame.variables[f.index] == JsonValue.TRUE;
          restore(f);
          drop();
          if (!found) {
            return true;
          }
          if (backtrack()) {
            return true;
          }
          // like jq, an error after a true value ends the generator quietly
          ended = true;
          return true;
        }
        default -> drop();
      }
    }
    return false;
  }

  private boolean ended;

  private Frame up(int level) {
    Frame f = frame;
    for (int i = 0; i < level; i++) {
      f = f.outer;
    }
    return f;
  }

  /** Runs up to the next output of the program. */
  private JsonValue run() {
    if (ended) {
      ended = false;
      return null;
    }
    while (true) {
      int[] ops = code.ops;
      switch (ops[pc]) {
        case Code.CONST -> {
          replace(code.constants.get(ops[pc + 1]));
          pc += 2;
        }
        case Code.DUP -> {
          push(stack.value);
          pc++;
        }
        case Code.SWAP -> {
          Object a = pop();
          Object b = pop();
          push(a);
          push(b);
          pc++;
        }
        case Code.POP -> {
          stack = stack.below;
          pc++;
        }
        case Code.LOAD -> {
          replace(up(ops[pc + 1]).variables[ops[pc + 2]]);
          pc += 3;
        }
        case Code.STORE -> {
          frame.variables[ops[pc + 1]] = pop();
          pc += 2;
        }
        case Code.CLEAR -> {
          frame.variables[ops[pc + 1]] = JsonValue.NULL;
          pc += 2;
        }
        case Code.PUSH_VAR -> {
          push(frame.variables[ops[pc + 1]]);
          frame.variables[ops[pc + 1]] = JsonValue.NULL;
          pc += 2;
        }
        case Code.STORE_UNDER -> {
          frame.variables[ops[pc + 1]] = stack.below.value;
          stack = new Cell(stack.value, stack.below.below);
          pc += 2;
        }
        case Code.SUB_BEGIN -> {
          push(stack.value);
          nested++;
          pc++;
        }
        case Code.SUB_END -> {
          Object result = pop();
          Object input = pop();
          push(result);
          push(input);
          nested--;
          pc++;
        }
        case Code.BINARY -> {
          stack = stack.below;
          JsonValue left = (JsonValue) pop();
          JsonValue right = (JsonValue) pop();
          push(Ops.binary(ops[pc + 1], left, right));
          pc += 2;
        }
        case Code.NEGATE -> {
          replace(Ops.negate((JsonValue) stack.value));
          pc++;
        }
        case Code.INDEX -> {
          JsonValue t = (JsonValue) pop();
          JsonValue k = (JsonValue) pop();
          if (!index(t, k, ops[pc + 1] != 0, pc + 2)) {
            return null;
          }
        }
        case Code.INDEX_CONST -> {
          JsonValue t = (JsonValue) pop();
          if (!index(t, (JsonValue) code.constants.get(ops[pc + 1]), ops[pc + 2] != 0, pc + 3)) {
            return null;
          }
        }
        case Code.SLICE -> {
          JsonValue t = (JsonValue) pop();
          JsonValue to = (JsonValue) pop();
          JsonValue from = (JsonValue) pop();
          if (!index(t, Ops.range(from, to), ops[pc + 1] != 0, pc + 2)) {
            return null;
          }
        }
        case Code.EACH -> {
          JsonValue v = (JsonValue) pop();
          boolean optional = ops[pc + 1] != 0;
          checkPath(v, null);
          pc += 2;
          if (v instanceof JsonArray a) {
            if (a.size() > 0) {
              Fork f = fork(EACH_ARRAY, pc);
              f.extra = a;
              f.index = 0;
            }
          } else if (v instanceof JsonObject o) {
            if (o.size() > 0) {
              Fork f = fork(EACH_OBJECT, pc);
              f.extra = o;
              f.index = 0;
            }
          } else if (!optional) {
            throw new JqError("Cannot iterate over " + v.kind() + " (" + Ops.shown(v, 15) + ")");
          }
          if (!backtrack()) {
            return null;
          }
          step();
        }
        case Code.FORK -> {
          fork(FORK, ops[pc + 1]);
          pc += 2;
        }
        case Code.JUMP -> pc = ops[pc + 1];
        case Code.BRANCH -> {
          boolean yes = ((JsonValue) stack.below.value).isTruthy();
          stack = new Cell(stack.value, stack.below.below);
          pc = yes ? pc + 2 : ops[pc + 1];
        }
        case Code.BOOLEAN -> {
          stack = stack.below;
          replace(JsonValue.of(((JsonValue) stack.value).isTruthy()));
          pc++;
        }
        case Code.BACKTRACK -> {
          if (!backtrack()) {
            return null;
          }
          step();
        }
        case Code.ALT_BEGIN -> {
          frame.variables[ops[pc + 1]] = JsonValue.FALSE;
          frame.variables[ops[pc + 1] + 1] = forkCount;
          Fork f = fork(ALTERNATIVE, ops[pc + 2]);
          f.index = ops[pc + 1];
          pc += 3;
        }
        case Code.ALT_TEST -> {
          if (((JsonValue) stack.value).isTruthy()) {
            frame.variables[ops[pc + 1]] = JsonValue.TRUE;
            leave((Integer) frame.variables[ops[pc + 1] + 1]);
            pc += 2;
          } else if (!backtrack()) {
            return null;
          }
        }
        case Code.TRY_BEGIN -> {
          frame.variables[ops[pc + 1]] = forkCount;
          fork(TRY, ops[pc + 2]);
          pc += 3;
        }
        case Code.TRY_END -> {
          leave((Integer) frame.variables[ops[pc + 1]]);
          pc += 2;
        }
        case Code.PATTERN_FORK -> {
          fork(PATTERN, ops[pc + 1]);
          pc += 2;
        }
        case Code.COLLECT -> {
          frame.variables[ops[pc + 1]] = new Gathering();
          pc += 2;
        }
        case Code.APPEND -> {
          ((Gathering) frame.variables[ops[pc + 1]]).add((JsonValue) pop());
          if (!backtrack()) {
            return null;
          }
          step();
        }
        case Code.FINISH -> {
          Gathering g = (Gathering) frame.variables[ops[pc + 1]];
          frame.variables[ops[pc + 1]] = null;
          replace(g.finish());
          pc += 2;
        }
        case Code.INSERT -> {
          Object input = pop();
          JsonValue v = (JsonValue) pop();
          JsonValue k = (JsonValue) pop();
          JsonObject o = (JsonObject) pop();
          push(insert(o, k, v));
          push(input);
          pc++;
        }
        case Code.CONCAT -> {
          concat((Object[]) code.constants.get(ops[pc + 1]), ops[pc + 2]);
          pc += 3;
        }
        case Code.FORMAT -> {
          String name = (String) code.constants.get(ops[pc + 1]);
          replace(Formats.apply(name, (JsonValue) stack.value));
          pc += 2;
        }
        case Code.CALL -> {
          call((Code.Call) code.constants.get(ops[pc + 1]));
          step();
        }
        case Code.CALL_PARAM -> {
          Frame.Closure c = up(ops[pc + 1]).params[ops[pc + 2]];
          enter(c.code(), c.frame(), ops[pc + 3] != 0, pc + 4);
          step();
        }
        case Code.NATIVE -> {
          JsonValue input = (JsonValue) pop();
          JsonValue[] args = new JsonValue[ops[pc + 2]];
          for (int i = 0; i < args.length; i++) {
            args[i] = (JsonValue) pop();
          }
          Builtins.Native f = (Builtins.Native) code.constants.get(ops[pc + 1]);
          JsonValue v = f.call(this, input, args);
          if (v == null) {
            if (!backtrack()) {
              return null;
            }
          } else {
            push(v);
            pc += 3;
          }
        }
        case Code.RET -> {
          Frame f = frame;
          if (f.callerCode == null) {
            return (JsonValue) pop();
          }
          code = f.callerCode;
          pc = f.callerPc;
          frame = f.caller;
        }
        case Code.LABEL -> {
          frame.variables[ops[pc + 1]] = forkCount;
          fork(LABEL, 0);
          pc += 2;
        }
        case Code.BREAK -> {
          int mark = (Integer) up(ops[pc + 1]).variables[ops[pc + 2]];
          while (forkCount > mark) {
            drop();
          }
          if (!backtrack()) {
            return null;
          }
        }
        case Code.PATH_BEGIN -> {
          JsonValue v = (JsonValue) pop();
          push(new PathState(steps, pathValue, nested));
          push(v);
          steps = Steps.NONE;
          pathValue = v;
          nested = 0;
          pc++;
        }
        case Code.PATH_END -> {
          JsonValue v = (JsonValue) pop();
          if (!same(v, pathValue)) {
            throw new JqError("Invalid path expression with result " + Ops.shown(v, 30));
          }
          JsonArray path = steps.toArray();
          PathState outer = (PathState) pop();
          steps = outer.steps;
          pathValue = outer.value;
          nested = outer.nested;
          push(path);
          pc++;
        }
        case Code.GET_PATH -> {
          JsonValue input = (JsonValue) pop();
          JsonArray path = Paths.need((JsonValue) pop());
          JsonValue v;
          if (tracking()) {
            checkPath(input, path);
            v = Paths.get(input, path);
            for (int i = 0; i < path.size(); i++) {
              steps = steps.then(path.at(i));
            }
            pathValue = v;
          } else {
            v = Paths.get(input, path);
          }
          push(v);
          pc++;
        }
        case Code.RANGE -> {
          stack = stack.below;
          JsonValue from = (JsonValue) pop();
          JsonValue to = (JsonValue) pop();
          if (!(from instanceof JsonNumber a) || !(to instanceof JsonNumber b)) {
            throw new JqError("Range bounds must be numeric");
          }
          pc++;
          Fork f = fork(RANGE, pc);
          f.number = a.value();
          f.limit = b.value();
          if (!backtrack()) {
            return null;
          }
          step();
        }
        case Code.DIRECT -> {
          if (tracking()) {
            pc += 3;
          } else {
            Direct d = (Direct) code.constants.get(ops[pc + 1]);
            replace(d.eval(this, frame, (JsonValue) stack.value));
            pc = ops[pc + 2];
          }
        }
        case Code.ERROR -> throw new JqError((JsonValue) stack.value);
        case Code.DESCEND -> {
          if (tracking()) {
            pc += 2;
          } else {
            JsonValue v = (JsonValue) pop();
            pc = ops[pc + 1];
            Fork f = fork(DESCEND, pc);
            f.extra = new Descent(v);
            push(v);
          }
        }
        case Code.INPUT -> {
          JsonValue v = host.nextInput();
          if (v == null) {
            throw new JqError("break");
          }
          replace(v);
          pc++;
        }
        case Code.ALL_INPUTS -> {
          stack = stack.below;
          pc++;
          fork(INPUTS, pc);
          if (!backtrack()) {
            return null;
          }
          step();
        }
        default -> throw new IllegalStateException("bad instruction");
      }
    }
  }

  /** Every so often gives way. */
  void step() {
    if (--fuel < 0) {
      fuel = 256;
      Sched.checkpoint();
    }
  }

  /**
   * The body of the construct whose fork is at {@code begin} gave an output: errors that come later
   * are not for it.
   */
  private void leave(int begin) {
    if (begin == forkCount - 1) {
      drop(); // the body has nothing more to give
    } else {
      fork(LEFT, 0).index = begin;
    }
  }

  /** False: there was nothing to go back to. */
  private boolean index(JsonValue t, JsonValue k, boolean optional, int nextPc) {
    boolean track = tracking();
    if (track) {
      checkPath(t, k);
    }
    JsonValue v = optional ? Ops.indexOrNull(t, k) : Ops.index(t, k);
    if (v == null) {
      return backtrack();
    }
    push(v);
    if (track) {
      steps = steps.then(k);
      pathValue = v;
    }
    pc = nextPc;
    return true;
  }

  /** While a path is followed, only what the path leads to may be looked into. */
  private void checkPath(JsonValue t, JsonValue key) {
    if (tracking() && !same(t, pathValue)) {
      throw new JqError(
          key == null
              ? "Invalid path expression near attempt to iterate through " + Ops.shown(t, 30)
              : "Invalid path expression near attempt to access element "
                  + Ops.shown(key, 30)
                  + " of "
                  + Ops.shown(t, 30));
    }
  }

  private static boolean same(JsonValue a, JsonValue b) {
    return a == b
        || a instanceof JsonNumber x && b instanceof JsonNumber y && x.value() == y.value()
        || a instanceof JsonArray p && p.size() == 0 && b instanceof JsonArray q && q.size() == 0;
  }

  static JsonObject insert(JsonObject o, JsonValue k, JsonValue v) {
    if (!(k instanceof JsonString s)) {
      throw new JqError("Cannot use " + k.kind() + " (" + Ops.shown(k, 15) + ") as object key");
    }
    return o.with(s, v);
  }

  private void concat(Object[] texts, int count) {
    stack = stack.below;
    ByteBuilder out = new ByteBuilder();
    for (int i = 0; i < count; i++) {
      out.append(((JsonString) texts[i]).utf8());
      out.append(((JsonString) pop()).utf8());
    }
    out.append(((JsonString) texts[count]).utf8());
    push(JsonString.ofValid(out.toByteArray()));
  }

  private void call(Code.Call site) {
    int n = site.closures.length;
    Frame.Closure[] params = n == 0 ? null : new Frame.Closure[n];
    for (int i = 0; i < n; i++) {
      params[i] =
          site.closures[i] != null
              ? new Frame.Closure(site.closures[i], frame)
              : up(site.paramLevels[i]).params[site.params[i]];
    }
    enter(site.function, up(site.level), site.tail, pc + 2);
    frame.params = params;
  }

  private void enter(Code target, Frame outer, boolean tail, int returnPc) {
    Frame f =
        tail
            ? new Frame(outer, frame.caller, frame.callerCode, frame.callerPc, target.variables)
            : new Frame(outer, frame, code, returnPc, target.variables);
    if (f.depth > MAX_FRAMES) {
      throw new JqError("recursion is too deep");
    }
    frame = f;
    code = target;
    pc = 0;
  }
}
