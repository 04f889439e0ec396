package dev.qanat.text.regex;

import dev.qanat.text.Utf8;
import java.util.Arrays;

/**
 * Runs a {@link Program} by trying its ways in order. Where nothing but instruction and position
 * decides, failures are remembered and the time is linear; elsewhere steps are counted, and a
 * search that takes too many ends in a {@link RegexException}. Recursion occurs only into
 * look-around and atomic groups.
 */
final class Backtracker {
  private static final long MAXIMUM_STEPS = 30_000_000;
  private static final long MAXIMUM_MEMO_BITS = 1L << 28;
  private static final int MAXIMUM_STACK = 48_000_000;

  // Kinds of stack entries, in the low bits of the first of three ints.
  private static final int BRANCH = 0;
  private static final int RESTORE = 1;
  private static final int GIVE_BACK = 2;

  private final Program program;
  private final boolean bytes;
  private final boolean asciiWords;
  private final int eol;
  private byte[] text;
  private int begin;
  private int to;
  private int limit; // no character is consumed beyond
  private int memoFrom;
  private int[] memo; // null: count steps instead
  private int[] spareMemo = new int[16];
  private int memoStride;
  private int[] stack = new int[96];
  private int depth;
  private long steps;
  private int nested;

  /** The captures of the match: start and end of each, -1 where there is none. */
  int[] registers;

  Backtracker(Program program, boolean bytes, boolean asciiWords, int eol) {
    this.program = program;
    this.bytes = bytes;
    this.asciiWords = asciiWords;
    this.eol = eol;
    this.registers = new int[program.registers];
  }

  /**
   * Looks for a match that begins in {@code [from, lastStart]} of {@code text[begin, to)}.
   *
   * @param requiredEnd where the match must end, or -1
   * @param longest whether the longest match at the first possible start is wanted, rather than the
   *     first found
   * @return whether there is one; then {@link #registers} tells where
   */
  boolean search(
      byte[] text, int begin, int from, int lastStart, int to, int requiredEnd, boolean longest) {
    this.text = text;
    this.begin = begin;
    this.to = to;
    limit = requiredEnd >= 0 ? requiredEnd : to;
    depth = 0;
    nested = 0;
    steps = 0;
    prepareMemo(from);
    int start = from;
    while (true) {
      Arrays.fill(registers, -1);
      int end =
          longest && requiredEnd < 0
              ? runLongest(start)
              : run(program.start, start, requiredEnd, null);
      if (end >= 0) {
        if (registers[0] < 0) {
          registers[0] = start;
        }
        registers[1] = end;
        return true;
      }
      if (start >= lastStart) {
        return false;
      }
      start += width(start);
    }
  }

  private void prepareMemo(int from) {
    memo = null;
    memoFrom = from;
    memoStride = limit - from + 1;
    long bits = (long) program.choices * memoStride;
    if (!program.memoizable || bits > MAXIMUM_MEMO_BITS) {
      return;
    }
    int words = (int) (bits >> 5) + 1;
    if (words > spareMemo.length) {
      spareMemo = new int[words];
    } else {
      Arrays.fill(spareMemo, 0, words, 0);
    }
    memo = spareMemo;
    if (words > 1 << 16) {
      spareMemo = new int[16];
    }
  }

  private int runLongest(int start) {
    int[] best = new int[] {-1};
    int[] captures = registers;
    run(program.start, start, -1, best);
    if (best[0] >= 0) {
      registers = longestRegisters;
      longestRegisters = captures;
    }
    return best[0];
  }

  private int[] longestRegisters;

  private int width(int at) {
    if (bytes || at >= to || text[at] >= 0) {
      return 1;
    }
    int size = Utf8.sequenceLength(text, at, to);
    return size == 0 ? 1 : size;
  }

  private int charAt(int at) {
    int b = text[at];
    return b >= 0 ? b : bytes ? b & 0xFF : Utf8.codePointAt(text, at, to);
  }

  private int before(int at) {
    if (bytes) {
      return at > begin ? text[at - 1] & 0xFF : -1;
    }
    return Utf8.codePointBefore(text, begin, at);
  }

  private void push(int kind, int pc, int a, int b) {
    if (depth + 3 > stack.length) {
      if (stack.length >= MAXIMUM_STACK) {
        throw new RegexException("regular expression search exceeded its memory limit");
      }
      stack = Arrays.copyOf(stack, 2 * stack.length);
    }
    stack[depth++] = pc << 2 | kind;
    stack[depth++] = a;
    stack[depth++] = b;
  }

  private boolean seen(int choice, int at) {
    if (memo == null) {
      if (++steps > MAXIMUM_STEPS) {
        throw new RegexException("regular expression search exceeded the step limit");
      }
      return false;
    }
    long bit = (long) choice * memoStride + (at - memoFrom);
    int word = (int) (bit >> 5);
    int mask = 1 << (int) (bit & 31);
    if ((memo[word] & mask) != 0) {
      return true;
    }
    memo[word] |= mask;
    return false;
  }

  /**
   * Runs from {@code pc} at position {@code at}: returns where the program ended, or -1. With
   * {@code longest} all ways are tried, and the longest end is left in it.
   */
  private int run(int startPc, int startAt, int requiredEnd, int[] longest) {
    int base = depth;
    int pc = startPc;
    int at = startAt;
    Program p = program;
    while (true) {
      boolean ok;
      switch (p.op[pc]) {
        case Program.CHAR:
          {
            ok = at < limit && charAt(at) == p.y[pc];
            if (ok) {
              at += width(at);
              pc = p.x[pc];
            }
            break;
          }
        case Program.CHARS:
          {
            ok = at < limit && p.set[pc].contains(charAt(at));
            if (ok) {
              at += width(at);
              pc = p.x[pc];
            }
            break;
          }
        case Program.SPLIT:
          {
            ok = !seen(p.z[pc], at);
            if (ok) {
              push(BRANCH, p.y[pc], at, 0);
              pc = p.x[pc];
            }
            break;
          }
        case Program.RUN:
          {
            ok = !seen(p.y[pc], at);
            if (ok) {
              int end = consume(p.set[pc], at, p.z[pc]);
              ok = end >= 0;
              if (ok) {
                if (end > runLeast) {
                  push(GIVE_BACK, pc, end, runLeast);
                }
                at = end;
                pc = p.x[pc];
              }
            }
            break;
          }
        case Program.SAVE:
          {
            int register = p.y[pc];
            push(RESTORE, register, registers[register], 0);
            registers[register] = at;
            pc = p.x[pc];
            ok = true;
            break;
          }
        case Program.PROGRESS:
          {
            if (registers[p.y[pc]] != at) {
              pc = p.x[pc];
              ok = true;
            } else {
              ok = p.z[pc] >= 0;
              pc = ok ? p.z[pc] : pc;
            }
            break;
          }
        case Program.ASSERT:
          {
            ok = holds(p.y[pc], at);
            pc = p.x[pc];
            break;
          }
        case Program.REFERENCE:
        case Program.REFERENCE_FOLDED:
          {
            int end = reference(p.y[pc], at, p.op[pc] == Program.REFERENCE_FOLDED);
            ok = end >= 0;
            at = end;
            pc = p.x[pc];
            break;
          }
        case Program.AHEAD:
        case Program.NOT_AHEAD:
        case Program.ATOMIC:
        case Program.BEHIND:
        case Program.NOT_BEHIND:
          {
            int end = nested(pc, at);
            boolean negated = p.op[pc] == Program.NOT_AHEAD || p.op[pc] == Program.NOT_BEHIND;
            ok = negated == end < 0;
            if (p.op[pc] == Program.ATOMIC) {
              at = end;
            }
            pc = p.x[pc];
            break;
          }
        case Program.SUCCESS:
          {
            if (requiredEnd >= 0 && at != requiredEnd) {
              ok = false;
              break;
            }
            // The captures made stay; what was pushed here is dropped, but restoring must remain
            // possible outside.
            keepRestores(base);
            return at;
          }
        default:
          {
            ok = requiredEnd < 0 || at == requiredEnd;
            if (ok && longest != null) {
              if (at > longest[0]) {
                longest[0] = at;
                longestRegisters = registers.clone();
              }
              ok = at == to;
            }
            if (ok) {
              depth = base;
              return at;
            }
            break;
          }
      }
      if (ok) {
        continue;
      }
      // Back to the last choice.
      boolean resumed = false;
      while (depth > base && !resumed) {
        int b = stack[--depth];
        int a = stack[--depth];
        int head = stack[--depth];
        switch (head & 3) {
          case BRANCH:
            pc = head >> 2;
            at = a;
            resumed = true;
            break;
          case RESTORE:
            registers[head >> 2] = a;
            break;
          default:
            pc = head >> 2;
            if (memo == null && ++steps > MAXIMUM_STEPS) {
              throw new RegexException("regular expression search exceeded the step limit");
            }
            at = stepBack(a);
            if (at > b) {
              push(GIVE_BACK, pc, at, b);
            }
            pc = p.x[pc];
            resumed = true;
            break;
        }
      }
      if (!resumed) {
        return -1;
      }
    }
  }

  private int runLeast;

  /**
   * Where a run of members of {@code set} from {@code at} ends, or -1 if there are fewer than
   * {@code least}.
   */
  private int consume(CharSet set, int at, int least) {
    int p = at;
    int n = 0;
    runLeast = least == 0 ? at : Integer.MAX_VALUE;
    while (p < limit && set.contains(charAt(p))) {
      p += width(p);
      if (++n == least) {
        runLeast = p;
      }
    }
    if (memo == null) {
      steps += n >> 3;
    }
    return n < least ? -1 : p;
  }

  private int stepBack(int at) {
    if (bytes || text[at - 1] >= 0) {
      return at - 1;
    }
    int p = at - 1;
    while (p > begin && p > at - 4 && text[p] < -64) {
      p--;
    }
    return Utf8.sequenceLength(text, p, to) == at - p ? p : at - 1;
  }

  private int reference(int group, int at, boolean folded) {
    int from = registers[2 * group];
    int end = registers[2 * group + 1];
    if (from < 0 || end < from) {
      return -1;
    }
    if (folded) {
      int p = from;
      int q = at;
      while (p < end) {
        if (q >= limit || !CaseFolding.equal(charAt(p), charAt(q))) {
          return -1;
        }
        p += width(p);
        q += width(q);
      }
      return q;
    }
    int length = end - from;
    if (at + length > limit) {
      return -1;
    }
    for (int i = 0; i < length; i++) {
      if (text[from + i] != text[at + i]) {
        return -1;
      }
    }
    return at + length;
  }

  /** Runs the program of a look-around or atomic group; returns its end or -1. */
  private int nested(int pc, int at) {
    if (++nested > 200) {
      throw new RegexException("regular expression is nested too deeply");
    }
    int operation = program.op[pc];
    int result = -1;
    if (operation == Program.BEHIND || operation == Program.NOT_BEHIND) {
      int fixed = program.z[pc];
      int start = at;
      int n = 0;
      while (start >= begin && result < 0) {
        if (fixed < 0 || n == fixed) {
          int savedLimit = limit;
          limit = at;
          int end = run(program.y[pc], start, at, null);
          limit = savedLimit;
          if (end == at) {
            result = end;
          }
        }
        if (start == begin || n == fixed) {
          break;
        }
        start = stepBack(start);
        n++;
      }
    } else {
      result = run(program.y[pc], at, -1, null);
    }
    nested--;
    return result;
  }

  private void keepRestores(int base) {
    int kept = base;
    for (int i = base; i < depth; i += 3) {
      if ((stack[i] & 3) == RESTORE) {
        stack[kept] = stack[i];
        stack[kept + 1] = stack[i + 1];
        stack[kept + 2] = stack[i + 2];
        kept += 3;
      }
    }
    depth = kept;
  }

  private boolean holds(int kind, int at) {
    switch (kind) {
      case Assertion.TEXT_START:
        return at == begin;
      case Assertion.TEXT_END:
        return at == to;
      case Assertion.LINE_START:
        return at == begin || text[at - 1] == eol;
      case Assertion.LINE_END:
        return at == to || text[at] == eol;
      case Assertion.LAST_LINE_END:
        return at == to || at == to - 1 && text[at] == eol;
      case Assertion.NOT_AFTER_WORD:
        return !CharClasses.isWord(before(at), asciiWords);
      case Assertion.NOT_BEFORE_WORD:
        return at == to || !CharClasses.isWord(charAt(at), asciiWords);
      default:
        boolean wordBefore = CharClasses.isWord(before(at), asciiWords);
        boolean wordAfter = at < to && CharClasses.isWord(charAt(at), asciiWords);
        return (Assertion.words(wordBefore, wordAfter) & kind) != 0;
    }
  }
}
