package dev.qanat.command.data.awk;

import dev.qanat.text.Utf8;
import dev.qanat.text.regex.Matcher;
import dev.qanat.text.regex.Regex;
import dev.qanat.text.regex.RegexException;
import dev.qanat.text.regex.Syntax;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** A regular expression of a program: a constant, or an expression whose text is one. */
final class Pattern {
  private static final int CACHED = 500;
  private static final Map<String, Regex> CACHE = new HashMap<>();

  private final byte[] source; // of a constant
  private final Expr dynamic;
  private byte[] compiledSource;
  private Characters compiledFor = Characters.UTF8;
  private Matcher matcher;

  private Pattern(byte[] source, Expr dynamic) {
    this.source = source;
    this.dynamic = dynamic;
  }

  /** A constant. Throws a RegexException when it is malformed. */
  static Pattern constant(byte[] source) {
    Pattern p = new Pattern(source, null);
    p.matcher = compile(source, Characters.UTF8);
    p.compiledSource = source;
    return p;
  }

  static Pattern of(Expr e) {
    return new Pattern(null, e);
  }

  /** The constant's text, or null. */
  byte[] source() {
    return source;
  }

  Expr dynamic() {
    return dynamic;
  }

  Matcher matcher(Interpreter r) {
    if (source != null) {
      if (r.characters != compiledFor) {
        matcher = compile(source, r.characters);
        compiledFor = r.characters;
      }
      return matcher;
    }
    Value v = dynamic.value(r).text(r.convfmt);
    if (matcher == null
        || r.characters != compiledFor
        || !Arrays.equals(
            compiledSource,
            0,
            compiledSource.length,
            v.bytes(),
            v.offset(),
            v.offset() + v.length())) {
      compiledSource = v.toBytes(r.convfmt);
      compiledFor = r.characters;
      try {
        matcher = compile(compiledSource, r.characters);
      } catch (RegexException e) {
        throw r.fatal(
            "invalid regexp: " + e.getMessage() + ": /" + Utf8.decode(compiledSource) + "/");
      }
    }
    return matcher;
  }

  static Matcher compile(byte[] source, Characters characters) {
    String text = Utf8.decode(source);
    String key = (char) characters.regexFlags() + text;
    Regex regex = CACHE.get(key);
    if (regex == null) {
      regex = Regex.compile(text, Syntax.AWK, characters.regexFlags());
      if (CACHE.size() >= CACHED) {
        CACHE.clear();
      }
      CACHE.put(key, regex);
    }
    return regex.matcher();
  }
}
