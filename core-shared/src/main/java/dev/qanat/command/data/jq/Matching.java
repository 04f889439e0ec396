package dev.qanat.command.data.jq;

import dev.qanat.json.JsonArray;
import dev.qanat.json.JsonNumber;
import dev.qanat.json.JsonObject;
import dev.qanat.json.JsonString;
import dev.qanat.json.JsonValue;
import dev.qanat.text.Utf8;
import dev.qanat.text.regex.Matcher;
import dev.qanat.text.regex.Regex;
import dev.qanat.text.regex.RegexException;
import dev.qanat.text.regex.Syntax;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** jq's regular expressions: what {@code match} and {@code test} stand on. */
final class Matching {
  private static final int CACHED = 64;
  private static final Map<String, Matcher> CACHE = new HashMap<>();

  private static final JsonString OFFSET = JsonString.of("offset");
  private static final JsonString LENGTH = JsonString.of("length");
  private static final JsonString STRING = JsonString.of("string");
  private static final JsonString CAPTURES = JsonString.of("captures");
  private static final JsonString NAME = JsonString.of("name");

  private Matching() {}

  /** The matches of an expression, or whether there is one. */
  static JsonValue match(JsonValue in, JsonValue re, JsonValue modifiers, boolean test) {
    if (!(in instanceof JsonString text)) {
      throw Ops.single(in, "cannot be matched, as it is not a string");
    }
    if (!(re instanceof JsonString pattern)) {
      throw Ops.single(re, "cannot be matched, as it is not a string");
    }
    boolean global = false;
    boolean notEmpty = false;
    int flags = Regex.UNICODE;
    if (modifiers instanceof JsonString s) {
      for (byte b : s.utf8()) {
        switch (b) {
          case 'g' -> global = true;
          case 'i' -> flags |= Regex.IGNORE_CASE;
          case 'x' -> flags |= Regex.EXTENDED;
          case 'p' -> flags |= Regex.DOT_ALL;
          case 'n' -> notEmpty = true;
          case 's', 'l' -> {}
          default -> throw new JqError(s.asString() + " is not a valid modifier string");
        }
      }
    } else if (modifiers != JsonValue.NULL) {
      throw Ops.single(modifiers, "is not a string");
    }
    Matcher m = matcher(pattern.asString(), flags);
    byte[] t = text.utf8();
    if (test && !notEmpty) {
      return JsonValue.of(m.find(t));
    }
    JsonArray out = JsonArray.EMPTY;
    int from = 0;
    while (from <= t.length && m.find(t, 0, from, t.length)) {
      boolean empty = m.end() == m.start();
      if (!empty || !notEmpty) {
        out = out.append(describe(text, m));
        if (!global) {
          break;
        }
      }
      from = m.end();
      if (empty) {
        // jq looks for no empty match at the end of a text that is not empty
        if (from >= t.length - 1 && global && from + 1 >= t.length) {
          break;
        }
        from += Math.max(1, Utf8.sequenceLength(t, from, t.length));
      } else if (from == t.length) {
        break;
      }
    }
    return test ? JsonValue.of(out.size() > 0) : out;
  }

  private static Matcher matcher(String pattern, int flags) {
    String key = flags + "/" + pattern;
    Matcher m = CACHE.get(key);
    if (m == null) {
      try {
        m = Regex.compile(pattern, Syntax.PERL, flags).matcher();
      } catch (RegexException e) {
        throw new JqError("Regex failure: " + e.getMessage());
      }
      if (CACHE.size() >= CACHED) {
        CACHE.clear();
      }
      CACHE.put(key, m);
    }
    return m;
  }

  private static JsonValue describe(JsonString text, Matcher m) {
    int groups = m.regex().groupCount();
    JsonValue[] captures = new JsonValue[groups];
    for (int g = 1; g <= groups; g++) {
      JsonObject c = place(text, m.start(g), m.end(g));
      JsonValue name = JsonValue.NULL;
      for (Map.Entry<String, Integer> e : m.regex().groupNames().entrySet()) {
        if (e.getValue() == g) {
          name = JsonString.of(e.getKey());
        }
      }
      captures[g - 1] = c.with(NAME, name);
    }
    return place(text, m.start(), m.end()).with(CAPTURES, JsonArray.ofOwned(captures, groups));
  }

  private static JsonObject place(JsonString text, int start, int end) {
    if (start < 0) {
      return JsonObject.EMPTY
          .with(OFFSET, JsonNumber.of(-1))
          .with(STRING, JsonValue.NULL)
          .with(LENGTH, JsonNumber.of(0));
    }
    int offset = text.codePointIndex(start);
    JsonString s = JsonString.ofValid(Arrays.copyOfRange(text.utf8(), start, end));
    return JsonObject.EMPTY
        .with(OFFSET, JsonNumber.of(offset))
        .with(LENGTH, JsonNumber.of(s.length()))
        .with(STRING, s);
  }

  /** An object of a match's named captures. */
  static JsonValue captured(JsonValue match) {
    JsonObject out = JsonObject.EMPTY;
    JsonArray captures = (JsonArray) ((JsonObject) match).get(CAPTURES);
    for (int i = 0; i < captures.size(); i++) {
      JsonObject c = (JsonObject) captures.at(i);
      if (c.get(NAME) instanceof JsonString name) {
        out = out.with(name, c.get(STRING));
      }
    }
    return out;
  }
}
