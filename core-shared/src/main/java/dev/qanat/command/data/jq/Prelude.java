package dev.qanat.command.data.jq;

import dev.qanat.text.Utf8;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The functions written in jq itself, parsed when a program first uses them, and those that are
 * short for an expression.
 */
final class Prelude {
  private static final Ast DOT = new Ast.Identity();
  private static final Ast EACH = new Ast.Iterate(DOT, false);

  private static final Map<String, String> SOURCES = new HashMap<>();
  private static final Map<String, Ast.Function> PARSED = new HashMap<>();

  private Prelude() {}

  static {
    String[] all = {
      "_assign/2",
      "def _assign(p; $v): reduce path(p) as $p (.; setpath($p; $v));",
      "_modify/2",
      "def _modify(p; f): reduce path(p) as $p (.; label $done"
          + " | (setpath($p; getpath($p) | f) | ., break $done), delpaths([$p]));",
      "recurse/0",
      "def recurse: def r: ., (.[]? | r); r;",
      "recurse/1",
      "def recurse(f): def r: ., (f | r); r;",
      "recurse/2",
      "def recurse(f; c): def r: ., (f | select(c) | r); r;",
      "while/2",
      "def while(c; f): def w: if c then ., (f | w) else empty end; w;",
      "until/2",
      "def until(c; f): def u: if c then . else (f | u) end; u;",
      "repeat/1",
      "def repeat(f): def r: f, r; r;",
      "range/3",
      "def range($from; $to; $by): if $by > 0 then $from | while(. < $to; . + $by)"
          + " elif $by < 0 then $from | while(. > $to; . + $by) else empty end;",
      "limit/2",
      "def limit($n; f): if $n < 0 then f else label $done"
          + " | foreach f as $x ($n; . - 1; $x, if . <= 0 then break $done else empty end) end;",
      "first/1",
      "def first(f): label $done | f | ., break $done;",
      "isempty/1",
      "def isempty(f): label $done | (f | false, break $done), true | ., break $done;",
      "last/1",
      "def last(f): reduce f as $x (null; $x);",
      "nth/2",
      "def nth($n; f): if $n < 0 then error(\"nth doesn't support negative indices\")"
          + " else last(limit($n + 1; f)) end;",
      "any/2",
      "def any(f; c): label $done | (f | c | select(.) | true, break $done), false"
          + " | ., break $done;",
      "all/2",
      "def all(f; c): label $done | (f | c | select(. | not) | false, break $done), true"
          + " | ., break $done;",
      "in/1",
      "def in(xs): . as $x | xs | has($x);",
      "inside/1",
      "def inside(xs): . as $x | xs | contains($x);",
      "combinations/0",
      "def combinations: if length == 0 then [] else .[0][] as $x"
          + " | (.[1:] | combinations) as $rest | [$x] + $rest end;",
      "combinations/1",
      "def combinations(n): . as $all | [range(n) | $all] | combinations;",
      "walk/1",
      "def walk(f): def w: if type == \"object\" then . as $in"
          + " | reduce keys_unsorted[] as $k ({}; . + {($k): ($in[$k] | w)}) | f"
          + " elif type == \"array\" then map(w) | f else f end; w;",
      "paths/0",
      "def paths: path(..) | select(length > 0);",
      "paths/1",
      "def paths(f): . as $in | paths | select(. as $p | $in | getpath($p) | f);",
      "leaf_paths/0",
      "def leaf_paths: paths(scalars);",
      "tostream/0",
      "def tostream: path(def r: (.[]? | r), .; r) as $p | getpath($p)"
          + " | reduce path(.[]?) as $q ([$p, .]; [$p + $q]);",
      "fromstream/1",
      "def fromstream(f): {x: null, e: false} as $new"
          + " | foreach f as $i ($new; if .e then $new else . end"
          + " | if $i | length == 2 then setpath([\"e\"]; $i[0] | length == 0)"
          + " | setpath([\"x\"] + $i[0]; $i[1])"
          + " else setpath([\"e\"]; $i[0] | length == 1) end; if .e then .x else empty end);",
      "truncate_stream/1",
      "def truncate_stream(f): . as $n | null | f | . as $i"
          + " | if (.[0] | length) > $n then setpath([0]; $i[0][$n:]) else empty end;",
      "env/0",
      "def env: $ENV;",
      "match/1",
      "def match($v): _match_args($v) as $a | _match($a[0]; $a[1]; false)[];",
      "match/2",
      "def match(re; flags): _match(re; flags; false) | .[];",
      "test/1",
      "def test($v): _match_args($v) as $a | _match($a[0]; $a[1]; true);",
      "test/2",
      "def test(re; flags): _match(re; flags; true);",
      "capture/1",
      "def capture($v): match($v) | _captured;",
      "capture/2",
      "def capture(re; flags): match(re; flags) | _captured;",
      "scan/1",
      "def scan(re): match(re; \"g\")"
          + " | if .captures | length > 0 then [.captures[].string] else .string end;",
      "scan/2",
      "def scan(re; $flags): match(re; \"g\" + $flags)"
          + " | if .captures | length > 0 then [.captures[].string] else .string end;",
      "splits/1",
      "def splits($re): splits($re; null);",
      "splits/2",
      "def splits($re; flags): split($re; flags) | .[];",
      "split/2",
      "def split($re; flags): . as $s | [match($re; \"g\" + flags) | (.offset, .offset + .length)]"
          + " | [0] + . + [$s | length] | [range(0; length; 2) as $i | $s[.[$i]:.[$i + 1]]];",
      "sub/2",
      "def sub($re; f): sub($re; f; \"\");",
      "sub/3",
      "def sub($re; f; $flags): . as $in | def go($all; $at): if $at == ($all | length) then $in[("
          + "$all[-1] | if . == null then 0 else .offset + .length end):] else"
          + " $in[(if $at == 0 then 0 else $all[$at - 1] | .offset + .length end):$all[$at].offset]"
          + " + ($all[$at] | _captured | f) + go($all; $at + 1) end;"
          + " [match($re; $flags)] as $all | go($all; 0);",
      "gsub/2",
      "def gsub($re; f): sub($re; f; \"g\");",
      "gsub/3",
      "def gsub($re; f; $flags): sub($re; f; $flags + \"g\");",
      "INDEX/2",
      "def INDEX(f; key): reduce f as $row ({};"
          + " .[$row | key | if type != \"string\" then tojson else . end] |= $row);",
      "INDEX/1",
      "def INDEX(key): INDEX(.[]; key);",
      "JOIN/2",
      "def JOIN($idx; key): [.[] | [., $idx[key]]];",
      "JOIN/3",
      "def JOIN($idx; f; key): f | [., $idx[key]];",
      "JOIN/4",
      "def JOIN($idx; f; key; join): f | [., $idx[key]] | join;",
      "IN/1",
      "def IN(f): any(f == .; .);",
      "IN/2",
      "def IN(src; f): any(src == f; .);",
      "ascii/0",
      "def ascii: [.] | implode;",
      "todateiso8601/0",
      "def todateiso8601: strftime(\"%Y-%m-%dT%H:%M:%SZ\");",
      "fromdateiso8601/0",
      "def fromdateiso8601: strptime(\"%Y-%m-%dT%H:%M:%SZ\") | mktime;",
      "recurse_down/0",
      "def recurse_down: recurse;",
      "todate/0",
      "def todate: strftime(\"%Y-%m-%dT%H:%M:%SZ\");",
      "fromdate/0",
      "def fromdate: strptime(\"%Y-%m-%dT%H:%M:%SZ\") | mktime;",
      "date/0",
      "def date: todate;",
      "dateadd/2",
      "def dateadd(u; n): . + n;",
      "datesub/2",
      "def datesub(u; n): . - n;",
      "halt_error/0",
      "def halt_error: halt_error(5);",
      "bsearch/1",
      "def bsearch($x): _bsearch($x);",
      "finites/0",
      "def finites: select(isfinite);",
      "normals/0",
      "def normals: select(isnormal);",
      "pick/1",
      "def pick(f): . as $in | reduce path(f) as $p (null; setpath($p; $in | getpath($p)));",
      "debug/1",
      "def debug(f): (f | debug | empty), .;",
      "add/1",
      "def add(f): reduce f as $x (null; . + $x);",
      "skip/2",
      "def skip($n; f): foreach f as $x ($n; . - 1; if . < 0 then $x else empty end);",
      "abs/0",
      "def abs: if type == \"number\" and . < 0 then -. else . end;",
      "toarray/0",
      "def toarray: if type == \"array\" then . else [.] end;",
      "have_literal_numbers/0",
      "def have_literal_numbers: true;",
      "have_decnum/0",
      "def have_decnum: false;",
    };
    for (int i = 0; i < all.length; i += 2) {
      SOURCES.put(all[i], all[i + 1]);
    }
  }

  /** The names, for {@code builtins}. */
  static Iterable<String> names() {
    return SOURCES.keySet();
  }

  /** The function's tree, or null. */
  static Ast.Function find(String key) {
    Ast.Function f = PARSED.get(key);
    if (f == null) {
      String source = SOURCES.get(key);
      if (source == null) {
        return null;
      }
      f = new Parser(Utf8.encode(source), "<builtin>").module().functions().get(0);
      PARSED.put(key, f);
    }
    return f;
  }

  /** What a call is short for, or null. */
  static Ast expand(String name, List<Ast> args) {
    if (args.isEmpty()) {
      return switch (name) {
        case "values" -> select(new Ast.Binary("!=", DOT, literal()));
        case "nulls" -> select(new Ast.Binary("==", DOT, literal()));
        case "arrays", "objects", "strings", "numbers", "booleans", "iterables", "scalars" ->
            select(new Ast.Call("_is_" + name, List.of(), -1));
        case "first" -> at(0);
        case "last" -> at(-1);
        default -> null;
      };
    }
    if (args.size() == 1) {
      Ast f = args.get(0);
      return switch (name) {
        case "select" -> select(f);
        case "map" -> map(f);
        case "map_values" -> new Ast.Assign("|=", EACH, f);
        case "with_entries" ->
            new Ast.Pipe(native0("to_entries"), new Ast.Pipe(map(f), native0("from_entries")));
        case "sort_by", "group_by", "min_by", "max_by", "unique_by" ->
            new Ast.Call("_" + name, List.of(map(new Ast.ArrayOf(f))), -1);
        case "del" ->
            new Ast.Call(
                "_delpaths", List.of(new Ast.ArrayOf(new Ast.Call("path", List.of(f), -1))), -1);
        case "any", "all" -> new Ast.Call(name, List.of(EACH, f), -1);
        case "nth" -> new Ast.Index(DOT, f, false);
        default -> null;
      };
    }
    return null;
  }

  private static Ast native0(String name) {
    return new Ast.Call("_" + name, List.of(), -1);
  }

  private static Ast select(Ast condition) {
    return new Ast.If(condition, DOT, new Ast.Call("_empty", List.of(), -1));
  }

  private static Ast map(Ast f) {
    return new Ast.ArrayOf(new Ast.Pipe(EACH, f));
  }

  private static Ast literal() {
    return new Ast.Literal(dev.qanat.json.JsonValue.NULL);
  }

  private static Ast at(int index) {
    return new Ast.Index(DOT, new Ast.Literal(dev.qanat.json.JsonNumber.of(index)), false);
  }
}
