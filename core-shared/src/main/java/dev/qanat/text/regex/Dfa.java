package dev.qanat.text.regex;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * A deterministic automaton built as it is run, from an {@link Nfa}. Transitions live in one int
 * array, indexed by state and byte class; a match is reported one byte late, so that conditions on
 * what follows a position are known. When the states take too much room they are all forgotten and
 * built again.
 *
 * <p>The methods that scan are leaves: they cannot suspend and allocate nothing once the states
 * exist.
 */
final class Dfa {
  /** What the automaton is asked for. */
  enum Kind {
    /** Whether any match ends somewhere; the first end found. */
    EXISTS,
    /** The end of the leftmost-longest match. */
    LONGEST,
    /** The end of the leftmost match that priorities choose. */
    FIRST,
    /**
     * The farthest end of a match that begins exactly where the scan does; used backwards to find a
     * match's start.
     */
    ANCHORED_LONGEST
  }

  /** Result of a scan: there is no match. */
  static final int NONE = -1;

  /**
   * Result of a scan: the automaton cannot decide (a word boundary next to a character beyond
   * ASCII).
   */
  static final int UNDECIDED = -2;

  // Entries of the transition table; others are the next state, times the number of symbols.
  private static final int UNKNOWN = -1;
  private static final int DEAD = -2;
  private static final int QUIT = -3;
  private static final int MATCHED = -4; // MATCHED - n: state n, and a match ended before this byte

  private static final int MARK = -1; // separates threads of different starts in a state

  // What came before the current position.
  static final int BEFORE_TEXT = 0;
  static final int BEFORE_LINE = 1;
  static final int AFTER_WORD = 2;
  static final int AFTER_OTHER = 3;
  static final int AFTER_NON_ASCII = 4;

  private static final int MAXIMUM_INTS = 3_000_000;

  private final Nfa nfa;
  private final Kind kind;
  private final boolean backwards;
  private final boolean lines;
  private final int eol;
  private final boolean wordsAreAscii;
  private final byte[] classes = new byte[256];
  private final int[] representatives; // a byte of each class
  private final int symbols; // classes and, as the last symbol, the end of the text
  private int[] next;
  private State[] states;
  private int count;
  private int ints;
  private Map<State, Integer> known = new HashMap<>();
  private final int[] starts = new int[10];
  private final boolean tracksBefore;

  /** Where the last scan became {@link #UNDECIDED}. */
  int undecidedAt;

  // Scratch for building states.
  private final int[] marks; // generation in which an instruction was seen
  private int generation;
  private final IntList closure = new IntList();
  private final IntList kernel = new IntList();
  private final IntList stack = new IntList();

  /** Threads waiting to consume a byte, in order, and what they know of the byte before. */
  private static final class State {
    final int[] threads;
    final int before;
    final boolean searching; // a new thread begins at every position
    private final int hash;

    State(int[] threads, int before, boolean searching) {
      this.threads = threads;
      this.before = before;
      this.searching = searching;
      this.hash = (Arrays.hashCode(threads) * 31 + before) * 2 + (searching ? 1 : 0);
    }

    @Override
    public int hashCode() {
      return hash;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof State state
          && state.hash == hash
          && state.before == before
          && state.searching == searching
          && Arrays.equals(state.threads, threads);
    }
  }

  /**
   * An automaton for {@code nfa}.
   *
   * @param lines whether the text scanned holds many lines ending in {@code eol} that no match
   *     crosses
   * @param wordsAreAscii whether only ASCII characters make words
   */
  Dfa(Nfa nfa, Kind kind, boolean backwards, boolean lines, int eol, boolean wordsAreAscii) {
    this.nfa = nfa;
    this.kind = kind;
    this.backwards = backwards;
    this.lines = lines;
    this.eol = eol;
    this.wordsAreAscii = wordsAreAscii;
    this.tracksBefore = nfa.assertions != 0;
    this.marks = new int[nfa.size];
    this.representatives = classify();
    this.symbols = representatives.length + 1;
    clear();
  }

  private void clear() {
    next = new int[symbols * 16];
    states = new State[16];
    count = 0;
    ints = 0;
    known = new HashMap<>();
    Arrays.fill(starts, UNKNOWN);
  }

  /** Bytes that no instruction tells apart share a class. */
  private int[] classify() {
    boolean[] begins = new boolean[257];
    begins[0] = true;
    for (int i = 0; i < nfa.size; i++) {
      if (nfa.op[i] == Nfa.RANGES) {
        int[] edges = nfa.data[i];
        for (int k = 0; k < edges.length; k += 3) {
          begins[edges[k]] = true;
          begins[edges[k + 1] + 1] = true;
        }
      }
    }
    if (lines || nfa.assertions != 0) {
      begins[eol] = true;
      begins[eol + 1] = true;
    }
    if ((nfa.assertions & Assertion.WORD) != 0) {
      for (int c = 1; c <= 128; c++) {
        if (c == 128 || CharClasses.isWord(c, true) != CharClasses.isWord(c - 1, true)) {
          begins[c] = true;
        }
      }
    }
    int[] found = new int[256];
    int n = 0;
    for (int b = 0; b < 256; b++) {
      if (begins[b]) {
        found[n++] = b;
      }
      classes[b] = (byte) (n - 1);
    }
    return Arrays.copyOf(found, n);
  }

  /** The context behind the byte {@code b}, or at a text's edge if it is -1. */
  private int context(int b) {
    if (!tracksBefore) {
      return BEFORE_TEXT;
    }
    if (b < 0) {
      return BEFORE_TEXT;
    }
    if (b == eol) {
      return BEFORE_LINE;
    }
    if ((nfa.assertions & Assertion.WORD) == 0) {
      return AFTER_OTHER;
    }
    if (b >= 0x80) {
      return wordsAreAscii ? AFTER_OTHER : AFTER_NON_ASCII;
    }
    return CharClasses.isWord(b, true) ? AFTER_WORD : AFTER_OTHER;
  }

  /**
   * The state in which a scan begins behind the byte {@code before} (-1: at the edge of the text).
   */
  private int startState(int before, boolean searching) {
    int context = context(before);
    int slot = 2 * context + (searching ? 1 : 0);
    if (starts[slot] == UNKNOWN) {
      int state = intern(new State(new int[] {nfa.start}, context, searching));
      starts[slot] = state;
    }
    return starts[slot];
  }

  private int intern(State state) {
    Integer id = known.get(state);
    if (id != null) {
      return id;
    }
    if (ints > MAXIMUM_INTS) {
      clear();
    }
    if (count == states.length) {
      states = Arrays.copyOf(states, 2 * count);
      next = Arrays.copyOf(next, 2 * next.length);
    }
    Arrays.fill(next, count * symbols, (count + 1) * symbols, UNKNOWN);
    states[count] = state;
    ints += symbols + state.threads.length + 16;
    id = count * symbols;
    count++;
    known.put(state, id);
    return id;
  }

  /**
   * Scans {@code text[from, to)} forwards and returns where the match the automaton is for ends, or
   * {@link #NONE} or {@link #UNDECIDED}.
   *
   * @param before the byte before {@code from}, or -1 at the start of the text
   * @param searching whether the match may begin behind {@code from}
   */
  int scan(byte[] text, int from, int to, int before, boolean searching) {
    int state = startState(before, searching);
    int end = NONE;
    int p = from;
    int[] table = next;
    while (p < to) {
      int entry = table[state + (classes[text[p] & 0xFF] & 0xFF)];
      if (entry >= 0) {
        state = entry;
        p++;
        continue;
      }
      if (entry == UNKNOWN) {
        entry = transition(state, classes[text[p] & 0xFF] & 0xFF);
        table = next;
        if (entry >= 0) {
          state = entry;
          p++;
          continue;
        }
      }
      if (entry <= MATCHED) {
        end = p;
        if (kind == Kind.EXISTS) {
          return end;
        }
        state = MATCHED - entry;
        p++;
      } else if (entry == DEAD) {
        return end;
      } else {
        undecidedAt = p;
        return UNDECIDED;
      }
    }
    int entry = table[state + symbols - 1];
    if (entry == UNKNOWN) {
      entry = transition(state, symbols - 1);
    }
    if (entry <= MATCHED) {
      return to;
    }
    if (entry == QUIT) {
      undecidedAt = to;
      return UNDECIDED;
    }
    return end;
  }

  /**
   * Scans backwards from {@code end} down to {@code from} and returns where the longest match that
   * ends at {@code end} begins.
   *
   * @param before the byte before {@code from}, or -1 at the start of the text
   * @param after the byte at {@code end}, or -1 at the end of the text
   */
  int scanBack(byte[] text, int from, int end, int before, int after) {
    int state = startState(after, false);
    int start = NONE;
    int[] table = next;
    int p = end;
    while (true) {
      int symbol;
      if (p > from) {
        symbol = classes[text[p - 1] & 0xFF] & 0xFF;
      } else {
        symbol = before < 0 ? symbols - 1 : classes[before] & 0xFF;
      }
      int entry = table[state + symbol];
      if (entry == UNKNOWN) {
        entry = transition(state, symbol);
        table = next;
      }
      if (entry == QUIT) {
        return UNDECIDED;
      }
      if (entry <= MATCHED) {
        start = p;
        state = MATCHED - entry;
      } else if (entry == DEAD) {
        return start;
      } else {
        state = entry;
      }
      if (p == from) {
        return start;
      }
      p--;
    }
  }

  /** Computes the entry of {@code state} for {@code symbol}. The table may be replaced. */
  private int transition(int stateId, int symbol) {
    State state = states[stateId / symbols];
    boolean atEnd = symbol == symbols - 1;
    int b = atEnd ? -1 : representatives[symbol];
    int holds = 0;
    if (tracksBefore) {
      holds = conditions(state.before, b);
      if (holds < 0) {
        return remember(stateId, symbol, QUIT);
      }
    }
    boolean crossing = lines && b == eol;
    kernel.clear();
    boolean matched = false;
    boolean group = false; // whether the current group of threads has put anything in the kernel
    if (++generation == Integer.MAX_VALUE) {
      Arrays.fill(marks, 0);
      generation = 1;
    }
    int expanded = generation;
    closure.clear();
    for (int thread : state.threads) {
      if (thread == MARK) {
        closure.add(MARK);
      } else {
        close(thread, holds, expanded);
      }
    }
    generation++;
    for (int i = 0; i < closure.size(); i++) {
      int pc = closure.get(i);
      if (pc == MARK) {
        if (matched) {
          break;
        }
        if (group) {
          kernel.add(MARK);
          group = false;
        }
        continue;
      }
      if (nfa.op[pc] == Nfa.MATCH) {
        matched = true;
        if (kind == Kind.FIRST || kind == Kind.EXISTS) {
          break;
        }
        continue;
      }
      if (b < 0 || crossing) {
        continue;
      }
      int[] edges = nfa.data[pc];
      for (int k = 0; k < edges.length; k += 3) {
        if (edges[k] > b) {
          if (!backwards) {
            break;
          }
          continue;
        }
        if (b <= edges[k + 1] && marks[edges[k + 2]] != generation) {
          marks[edges[k + 2]] = generation;
          kernel.add(edges[k + 2]);
          group = true;
        }
      }
    }
    boolean searching = state.searching && !(matched && kind != Kind.EXISTS);
    if (searching && b >= 0 && marks[nfa.start] != generation) {
      if (kind == Kind.LONGEST && kernel.size() > 0 && group) {
        kernel.add(MARK);
      }
      kernel.add(nfa.start);
    }
    int size = kernel.size();
    while (size > 0 && kernel.get(size - 1) == MARK) {
      size--;
    }
    kernel.setSize(size);
    if (size == 0 && !(searching && b >= 0)) {
      if (!matched) {
        return remember(stateId, symbol, DEAD);
      }
    }
    int[] threads = kernel.toArray();
    if (kind == Kind.EXISTS || kind == Kind.ANCHORED_LONGEST) {
      Arrays.sort(threads);
    } else if (kind == Kind.LONGEST) {
      sortGroups(threads);
    }
    int before = b < 0 ? BEFORE_TEXT : context(b);
    State[] old = states;
    int target = intern(new State(threads, before, searching));
    int entry = matched ? MATCHED - target : target;
    if (states != old && states[0] != old[0]) {
      return entry; // all states were forgotten; this transition's source no longer exists
    }
    return remember(stateId, symbol, entry);
  }

  private int remember(int stateId, int symbol, int entry) {
    next[stateId + symbol] = entry;
    return entry;
  }

  private static void sortGroups(int[] threads) {
    int from = 0;
    for (int i = 0; i <= threads.length; i++) {
      if (i == threads.length || threads[i] == MARK) {
        Arrays.sort(threads, from, i);
        from = i + 1;
      }
    }
  }

  /**
   * Adds to the closure the instructions reachable from {@code first} without consuming, in order
   * of priority.
   */
  private void close(int first, int holds, int expanded) {
    stack.clear();
    stack.add(first);
    while (stack.size() > 0) {
      int pc = stack.get(stack.size() - 1);
      stack.setSize(stack.size() - 1);
      if (marks[pc] == expanded) {
        continue;
      }
      marks[pc] = expanded;
      int[] operands = nfa.data[pc];
      switch (nfa.op[pc]) {
        case Nfa.SPLIT:
          for (int i = operands.length - 1; i >= 0; i--) {
            stack.add(operands[i]);
          }
          break;
        case Nfa.ASSERT:
          if ((holds & operands[0]) == operands[0]) {
            stack.add(operands[1]);
          }
          break;
        default:
          closure.add(pc);
          break;
      }
    }
  }

  /**
   * The assertions that hold between the context {@code before} and the byte {@code b}; -1 if that
   * is not known.
   */
  private int conditions(int before, int b) {
    int holds = 0;
    if (before == BEFORE_TEXT) {
      holds |=
          backwards
              ? Assertion.TEXT_END | Assertion.LINE_END
              : Assertion.TEXT_START | Assertion.LINE_START;
    } else if (before == BEFORE_LINE) {
      holds |= backwards ? Assertion.LINE_END : Assertion.LINE_START;
    }
    if (b < 0) {
      holds |=
          backwards
              ? Assertion.TEXT_START | Assertion.LINE_START
              : Assertion.TEXT_END | Assertion.LINE_END;
    } else if (b == eol) {
      holds |= backwards ? Assertion.LINE_START : Assertion.LINE_END;
      if (lines) {
        holds |= Assertion.TEXT_END;
      }
    }
    if (lines && before == BEFORE_LINE) {
      holds |= Assertion.TEXT_START;
    }
    if ((nfa.assertions & Assertion.LAST_LINE_END) != 0) {
      // Only at the very end is it known without looking further.
      boolean atEnd = (holds & Assertion.TEXT_END) != 0;
      if (!atEnd && (backwards ? before == BEFORE_LINE : b == eol)) {
        return -1;
      }
      if (atEnd) {
        holds |= Assertion.LAST_LINE_END;
      }
    }
    if ((nfa.assertions & Assertion.WORD) != 0) {
      if (before == AFTER_NON_ASCII || b >= 0x80 && !wordsAreAscii) {
        return -1;
      }
      boolean wordBefore = before == AFTER_WORD;
      boolean wordAfter = b >= 0 && b < 0x80 && CharClasses.isWord(b, true);
      holds |=
          backwards
              ? Assertion.words(wordAfter, wordBefore)
              : Assertion.words(wordBefore, wordAfter);
    }
    return holds;
  }
}
