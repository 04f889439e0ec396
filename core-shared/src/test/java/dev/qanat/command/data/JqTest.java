package dev.qanat.command.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.qanat.command.Tool;
import dev.qanat.command.data.jq.Jq;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** jq programs; the rows without an expected output are compared with the machine's jq 1.6. */
class JqTest {
  /** Input, program, outputs on one line. */
  private static final String TABLE =
      """
      {"a":[1,2]} | .a[] | 1 2
      null | [range(0,1;3,4)] | [0,1,2,0,1,2,3,1,2,1,2,3]
      null | [limit(3; repeat(1))] | [1,1,1]
      null | reduce range(5) as $i ([]; . + [$i]) | [0,1,2,3,4]
      null | [label $f | 1, break $f, 2] | [1]
      [1,[2,[3]]] | [..|numbers] | [1,2,3]
      {"a":1} | .b.c = 5 | {"a":1,"b":{"c":5}}
      [0,1,2,3,4,5,6,7,8,9] | del(.[1], .[-6], .[2], .[-3:9]) | [0,3,5,6,9]
      "aXbxc" | [match("x"; "gi").offset] | [1,3]
      "abc" | gsub("(?<x>[ac])"; "<\\(.x)>") | "<a>b<c>"
      [[3]] | .[] as [$a] ?// [$b] | if $a != null then error("e") else {$a,$b} end | {"a":null,"b":3}
      null | try error("x") catch . | "x"
      null | [.[]?] | []
      1425599621 | todate | "2015-03-05T23:53:41Z"
      "a,b" | split(",") | ["a","b"]
      [1,"a b"] | @sh | "1 'a b'"
      null | [paths] | []
      {"a":{"b":1}} | [paths] | [["a"],["a","b"]]
      null | def f: if . > 20000 then . else (. + 1 | f) end; 0 | f | 20001
      null | [1,2] | combinations? // "none" | "none"
      """;

  private static final String[] COMPARED = {
    "1, error(\"x\"), 2",
    ".a.b",
    "[.[] | tostring]",
    "{a: (1,2), b: (3,4)}",
    "\"\\(1,2)-\\(3,4)\"",
    "1e1000, 1e17, 123456789012345678, 0.1 + 0.2, 1e-5, 3.0",
    "@base64 \"x\\(\"hello\")\", ([1,\"a\\\"b\"] | @csv, @tsv)",
    "path(..), path(first(.a, .b))",
    "try (null | implode) catch .",
    "[splits(\"a\")]",
    "$__loc__, input_filename",
    "foo(1)",
    "{\"a\":[1,{\"b\":2}]} | tostream",
    "[3,1,2] | sort_by(-.), min, max, add / length",
    "\"2015-03-05T23:51:47Z\" | strptime(\"%Y-%m-%dT%H:%M:%SZ\"), fromdate",
  };

  @TestFactory
  List<DynamicTest> table() {
    List<DynamicTest> tests = new ArrayList<>();
    for (String row : TABLE.split("\n")) {
      int first = row.indexOf(" | ");
      int last = row.lastIndexOf(" | ");
      String program = row.substring(first + 3, last);
      tests.add(
          DynamicTest.dynamicTest(
              program,
              () -> {
                Tool.Result r =
                    new Tool()
                        .with("jq", new Jq())
                        .run(row.substring(0, first) + "\n", List.of("jq", "-c", program));
                assertEquals(
                    row.substring(last + 3), r.stdout().trim().replace('\n', ' '), r.stderr());
              }));
    }
    return tests;
  }

  @TestFactory
  List<DynamicTest> asTheRealOne() {
    List<DynamicTest> tests = new ArrayList<>();
    for (String program : COMPARED) {
      tests.add(
          DynamicTest.dynamicTest(
              program,
              () -> {
                assumeTrue(Tool.isNative("jq", "1.6"));
                Tool tool = new Tool().with("jq", new Jq());
                List<String> argv = List.of("jq", "-c", program);
                Tool.Result ours = tool.run("null\n", argv);
                Tool.Result theirs = tool.runNative("null\n", argv);
                assertEquals(theirs.stdout(), ours.stdout());
                assertEquals(theirs.stderr(), ours.stderr());
                assertEquals(theirs.status(), ours.status());
              }));
    }
    return tests;
  }

  @Test
  void errorsSayWhereTheInputStood() {
    Tool.Result r = new Tool().with("jq", new Jq()).run("1\n[1,2\n", List.of("jq", "-c", "."));
    assertEquals("1\n", r.stdout());
    assertEquals("parse error: Unfinished JSON term at EOF at line 3, column 0\n", r.stderr());
  }
}
