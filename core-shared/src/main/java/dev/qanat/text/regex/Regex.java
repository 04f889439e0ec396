package dev.qanat.text.regex;

import dev.qanat.text.Utf8;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A compiled regular expression over bytes. It is immutable in what it matches; the automata it
 * builds on the way are shared by all its {@link Matcher}s, so compiling once and keeping the Regex
 * is worth it. Searching never suspends.
 *
 * <p>Text is UTF-8 unless {@link #BYTES} is given; bytes that are not valid UTF-8 match no {@code
 * .} and no negated set, as in the GNU tools.
 */
public final class Regex {
  /** Case is ignored, by Unicode's simple folding. */
  public static final int IGNORE_CASE = 1;

  /** {@code ^} and {@code $} match at newlines within the text, too. */
  public static final int MULTILINE = 2;

  /**
   * The text consists of lines, and no match crosses a line's end: what {@link Matcher#findLine}
   * needs.
   */
  public static final int LINES = 4;

  /** Each byte is a character, as in the C locale. */
  public static final int BYTES = 8;

  /** With {@link #LINES}: lines end in NUL instead of newline. */
  public static final int NUL_LINES = 16;

  /** Only whole lines match. */
  public static final int WHOLE_LINE = 32;

  /** Only whole words match, as {@code grep -w} has it. */
  public static final int WHOLE_WORD = 64;

  /**
   * {@code .} and negated sets do not match a newline (REG_NEWLINE has this and {@link
   * #MULTILINE}).
   */
  public static final int NO_DOT_NEWLINE = 128;

  /** For {@link Syntax#PERL}: {@code .} matches a newline. */
  public static final int DOT_ALL = 256;

  /** For {@link Syntax#PERL}: white space and comments in the pattern are ignored. */
  public static final int EXTENDED = 512;

  /** For {@link Syntax#PERL}: {@code \w \d \s \b} know the letters beyond ASCII. */
  public static final int UNICODE = 1024;

  /** Only the whole text matches, as {@code find -regex} has it. */
  public static final int WHOLE_TEXT = 2048;

  final Syntax syntax;
  final int flags;
  final boolean bytes;
  final int eol;
  final Literals literals;
  final LiteralSearch search;
  final boolean anchored;
  final boolean regular;
  private final Node tree;
  private final int groups;
  private final List<String> warnings;
  private final Map<String, Integer> names;
  private final boolean asciiWords;
  private final Nfa forward;
  private Dfa exists;
  private Dfa ends;
  private Dfa starts;
  private Program program;

  private Regex(
      Node tree,
      int groups,
      Syntax syntax,
      int flags,
      List<String> warnings,
      Map<String, Integer> names) {
    this.tree = tree;
    this.groups = groups;
    this.syntax = syntax;
    this.flags = flags;
    this.warnings = warnings;
    this.names = names;
    this.bytes = (flags & BYTES) != 0;
    this.asciiWords = bytes || syntax == Syntax.PERL && (flags & UNICODE) == 0;
    this.eol = (flags & NUL_LINES) != 0 ? 0 : '\n';
    this.literals = new Literals(tree, bytes);
    this.search =
        literals.required == null || (flags & LINES) != 0 && literals.contain((byte) eol)
            ? null
            : new LiteralSearch(literals.required, !syntax.leftmostFirst());
    this.anchored = beginsAtTextStart(tree);
    this.forward = new Nfa(tree, false, bytes);
    this.regular = forward.exact;
  }

  /** Compiles {@code pattern} with a sum of the flags above. */
  public static Regex compile(String pattern, Syntax syntax, int flags) {
    return compileAny(List.of(pattern), syntax, flags);
  }

  /**
   * Compiles patterns of which any may match; without any, nothing does. A pattern's error is
   * thrown as it would be for it alone.
   */
  public static Regex compileAny(List<String> patterns, Syntax syntax, int flags) {
    List<Node> branches = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    Map<String, Integer> names = new LinkedHashMap<>();
    boolean bytes = (flags & BYTES) != 0;
    boolean ignoreCase = (flags & IGNORE_CASE) != 0;
    boolean multiline = (flags & (MULTILINE | LINES)) != 0;
    int groups = 0;
    for (String pattern : patterns) {
      int[] characters = characters(pattern, bytes);
      if (syntax == Syntax.PERL) {
        PerlParser parser = new PerlParser(characters, flags, groups, names);
        branches.add(parser.parse());
        groups += parser.groupCount();
      } else {
        CharSet any = bytes ? CharSet.ALL_BYTES : CharSet.ALL;
        boolean notNewline = (flags & NO_DOT_NEWLINE) != 0;
        PosixParser parser =
            new PosixParser(
                characters,
                syntax,
                bytes,
                ignoreCase,
                multiline,
                notNewline ? any.without('\n') : any,
                notNewline ? '\n' : -1,
                groups);
        branches.add(parser.parse());
        groups += parser.groupCount();
        warnings.addAll(parser.warnings);
      }
    }
    Node tree =
        switch (branches.size()) {
          case 0 -> new Node.Chars(new CharSet.Builder().build());
          case 1 -> branches.get(0);
          default -> new Node.Alternate(branches);
        };
    return new Regex(wrap(tree, flags), groups, syntax, flags, warnings, names);
  }

  /** Compiles strings, any of which is looked for as it is; the longest at a position wins. */
  public static Regex literals(List<String> strings, int flags) {
    boolean bytes = (flags & BYTES) != 0;
    List<int[]> words = new ArrayList<>();
    for (String string : strings) {
      words.add(characters(string, bytes));
    }
    if (strings.isEmpty()) {
      return compileAny(strings, Syntax.GREP_BASIC, flags);
    }
    Node tree = LiteralTrie.of(words, (flags & IGNORE_CASE) != 0, bytes);
    return new Regex(wrap(tree, flags), 0, Syntax.GREP_BASIC, flags, List.of(), Map.of());
  }

  private static Node wrap(Node tree, int flags) {
    if ((flags & WHOLE_TEXT) != 0) {
      return new Node.Concat(
          List.of(
              new Node.Assert(Assertion.TEXT_START), tree, new Node.Assert(Assertion.TEXT_END)));
    }
    if ((flags & WHOLE_LINE) != 0) {
      return new Node.Concat(
          List.of(
              new Node.Assert(Assertion.LINE_START), tree, new Node.Assert(Assertion.LINE_END)));
    }
    if ((flags & WHOLE_WORD) != 0) {
      return new Node.Concat(
          List.of(
              new Node.Assert(Assertion.NOT_AFTER_WORD),
              tree,
              new Node.Assert(Assertion.NOT_BEFORE_WORD)));
    }
    return tree;
  }

  private static int[] characters(String pattern, boolean bytes) {
    if (bytes) {
      byte[] encoded = Utf8.encode(pattern);
      int[] characters = new int[encoded.length];
      for (int i = 0; i < encoded.length; i++) {
        characters[i] = encoded[i] & 0xFF;
      }
      return characters;
    }
    IntList characters = new IntList();
    for (int i = 0; i < pattern.length(); ) {
      int c = pattern.codePointAt(i);
      characters.add(c);
      i += Character.charCount(c);
    }
    return characters.toArray();
  }

  private static boolean beginsAtTextStart(Node node) {
    if (node instanceof Node.Assert assertion) {
      return assertion.kind() == Assertion.TEXT_START;
    } else if (node instanceof Node.Group group) {
      return beginsAtTextStart(group.body());
    } else if (node instanceof Node.Concat concat) {
      return beginsAtTextStart(concat.parts().get(0));
    } else if (node instanceof Node.Alternate alternate) {
      for (Node branch : alternate.branches()) {
        if (!beginsAtTextStart(branch)) {
          return false;
        }
      }
      return true;
    }
    return false;
  }

  /** The number of captures. */
  public int groupCount() {
    return groups;
  }

  /** Whether a finite automaton can do it: no back-references, look-around or atomic groups. */
  public boolean isRegular() {
    return regular;
  }

  /** The named captures and their numbers, in the order of the pattern. */
  public Map<String, Integer> groupNames() {
    return names;
  }

  /** What grep says about dubious constructs, without the word "warning". */
  public List<String> warnings() {
    return warnings;
  }

  /** A new search with this expression. */
  public Matcher matcher() {
    return new Matcher(this);
  }

  /** Whether the expression matches somewhere in {@code text}. */
  public boolean isFoundIn(String text) {
    byte[] encoded = Utf8.encode(text);
    return matcher().find(encoded, 0, 0, encoded.length);
  }

  /** The automaton that tells whether there is a match. */
  Dfa exists() {
    if (exists == null) {
      exists = new Dfa(forward, Dfa.Kind.EXISTS, false, (flags & LINES) != 0, eol, asciiWords);
    }
    return exists;
  }

  /** The automaton that finds where the leftmost match ends. */
  Dfa ends() {
    if (ends == null) {
      Dfa.Kind kind = syntax.leftmostFirst() ? Dfa.Kind.FIRST : Dfa.Kind.LONGEST;
      ends = new Dfa(forward, kind, false, false, eol, asciiWords);
    }
    return ends;
  }

  /** The automaton that runs back from a match's end to its start. */
  Dfa starts() {
    if (starts == null) {
      starts =
          new Dfa(
              new Nfa(tree, true, bytes), Dfa.Kind.ANCHORED_LONGEST, true, false, eol, asciiWords);
    }
    return starts;
  }

  Backtracker backtracker() {
    if (program == null) {
      program = new Program(tree, groups, syntax == Syntax.PERL);
    }
    return new Backtracker(program, bytes, asciiWords, eol);
  }
}
