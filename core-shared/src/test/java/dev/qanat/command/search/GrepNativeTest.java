package dev.qanat.command.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.qanat.command.Tool;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Compares grep with GNU grep 3.8, where this machine has it: output, messages, status. */
class GrepNativeTest {
  /**
   * Command lines; arguments are separated by single spaces, and ␣ stands for a space in an
   * argument.
   */
  private static final String CASES =
      """
      grep
      grep --foo
      grep -k a f
      grep a d
      grep -A x a f
      grep -m x a f
      grep --binary-files=foo a f
      grep -d foo a f
      grep -D foo a f
      grep -E -F a f
      grep -E -E a f
      grep -P -E a f
      grep -y A f
      grep -u a f
      grep a bin
      grep -c a bin
      grep -o a bin
      grep -c [bx] bin
      grep a enc
      grep -c a enc
      grep -a a enc
      grep -v zz enc
      grep -n a enc
      grep -o a enc
      grep -I a bin
      grep -I a bin f
      grep -nT a f
      grep -nbHT a f
      grep -HT a f
      grep -T a f
      grep -L a f
      grep -L zz f
      grep -l a f d/x.c
      grep -lv a f d/x.c
      grep -lc a f d/x.c
      grep -m1 -A9 a f
      grep -m2 -A9 [ad] f
      grep -m1 -v -A3 a f
      grep -m1 -A1 -B1 c f
      grep -A1 b f
      grep -C0 -n [ad] f
      grep -m0 a f
      grep -m-1 a f
      grep -c a f nofile
      grep -s a nofile f
      grep -q a f nofile
      grep -q zz f nofile
      grep -q a nofile f
      grep -r a d
      grep -rh a d
      grep -rn a d
      grep -rl a d f
      grep -rL zz d
      grep -rc a d
      grep -r a d/
      grep -H a f
      grep -h a f g
      grep -n --color=always a f d/x.c
      grep --color=always -v a f
      grep --color=always -v -A1 a f
      grep --color=always -A1 b f
      grep --color=always -nbo o w
      grep --color=always -c a f d/x.c
      grep --color=always -l a f d/x.c
      grep --color=always -C1 -n a f
      grep -e
      grep -f nofile a f
      grep -e a -f empty f
      grep -f empty f
      grep -v -f empty f
      grep -c -f empty f
      grep -L -f empty f
      grep -f empty nofile
      grep -m0 -L a f
      grep -f pats f
      grep -F -f pats f
      grep -w -f pats w
      grep -w ␣ w
      grep -x b f
      grep -xF b f
      grep -xv b f
      grep -ob a f
      grep -ov a f
      grep -c -o a f
      grep -Z -l a f g
      grep -Z -c a f g
      grep -2 c f
      grep -n1 c f
      grep -1n c f
      grep --context c f
      grep --colour=always c f
      grep -nz b f
      grep -z a f
      grep -C 1 -e a --group-separator=XX f g
      grep -C 0 -e a --no-group-separator f
      grep -C 1 c f g
      grep -B1 a f g
      grep -A1 -B2 -n -b c f g
      grep -ho a f g
      grep -o -A1 a f
      grep -on -A1 a f
      grep --include=*.c -r a d
      grep --exclude=*.c -r a d
      grep --include=*.c --exclude=x* -r a d
      grep --include=x* a d/x.c d/y.h
      grep --exclude=x.c a d/x.c d/y.h
      grep -r --exclude-dir=sub a d
      grep -r --exclude-dir=sub/ a d
      grep -rn --exclude-dir=d a d f
      grep -L a f d/x.c nofile
      grep -r -e a nofile
      grep -i HELLO w
      grep -i --no-ignore-case HELLO w
      grep -w foo w
      grep -w -o foo w
      grep -wi FOO w
      grep -c ^ w
      grep -c ^$ w
      grep -n ^$ w
      grep -vn ^$ w
      grep -o . u
      grep -o -i É u
      grep -w -n é u
      grep -E -o [[:alpha:]]+ u
      grep -o \\w* u
      grep [ f
      grep [a f
      grep -E ( f
      grep -E ) f
      grep \\( f
      grep a\\{1 f
      grep -E a{2,1} f
      grep -E a{99999} f
      grep [:space:] f
      grep [[:foo:]] f
      grep -E *a f
      grep -E a|*b f
      grep -P (a f
      grep -P a) f
      grep -P [a f
      grep -P (?<=o)o w
      grep -P -o (?<=f)o+ w
      grep -oP \\Kb f
      grep -oP f\\Ko+ w
      grep -P \\d{2,} w
      grep -oP (?i)HEL+ w
      grep -P ^(a+)+$ w
      grep -oE (.)\\1 w
      grep \\(l\\)\\1 w
      grep -E (o)\\1|b w
      grep -n b - f
      grep --label=in -H b - f
      grep -c b -
      grep b
      grep -r b d
      grep -bn b f
      grep -b -o o w
      grep --line-buffered b f
      grep --regexp=b f
      grep --reg b f
      grep -e a -e b f
      grep a\\|b f
      grep -E a|b f
      grep -F a|b f
      grep -F . w
      grep -Fi HELLO w
      grep -Fw foo w
      grep -Fx foo w
      grep -- -dash w
      grep -e -dash w
      grep -m1 b f g
      grep -m 1 -c a f g
      grep -c a nonl
      grep a nonl
      grep -v a nonl
      grep -n . nonl
      grep -A1 b nonl
      grep -h a f nofile
      grep -s a d
      grep -ds a d
      grep -d skip a d f
      grep -d recurse a d
      grep -ra a d
      grep -az a bin
      grep -z ^b bin
      """;

  /** Options whose work crosses the chunks a long file is read in. */
  private static final String LONG_CASES =
      """
      grep -c 77 long
      grep -n -C3 77 long
      grep -nb -B5 777 long
      grep -A4 -v [1-9] long
      grep -b -o 9[0-9]*9 long
      grep -vc 7 long
      grep -v 7 long
      grep -B2 -A1 -v [0-8] long
      grep -m500 -n -B1 7 long
      grep -c -v ^$ long
      """;

  private static Tool tool() {
    return new Tool()
        .with("grep", new Grep())
        .file("empty", "")
        .file("f", "a\nb\nc\na\nd\n")
        .file("g", "x\na\ny\nc\n")
        .file("d/x.c", "a\n")
        .file("d/y.h", "a\nb\n")
        .file("d/sub/z.c", "za\n")
        .file("bin", "bin\0a\nxa\n")
        .file("enc", "ok a\nbad \u00FF a\nmore a\n")
        .file("pats", "a\nfoo\n")
        .file("w", "foo bar\nfoobar\nHello 123\n\n-dash o.o\naaaa\nfoo-foo foo\n  \n")
        .file(
            "u", "\u00C3\u00A9t\u00C3\u00A9 \u00C3\u0089cole\n\u00C3\u00A9\n\u00E2\u0082\u00AC 5\n")
        .file("nonl", "a\nb\nca");
  }

  @Test
  void printsWhatGnuGrepPrints() throws Exception {
    assumeTrue(Tool.isNative("grep", "GNU grep) 3.8"));
    List<String> differences = new ArrayList<>();
    for (String line : CASES.split("\n")) {
      List<String> argv = new ArrayList<>();
      for (String word : line.split(" ")) {
        argv.add(word.replace('␣', ' '));
      }
      Tool.Result ours = tool().run("ab\ncd\nb\n", argv);
      Tool.Result theirs = tool().runNative("ab\ncd\nb\n", argv);
      if (!sorted(line, ours).equals(sorted(line, theirs))) {
        differences.add(
            line + "\n  real " + sorted(line, theirs) + "\n  ours " + sorted(line, ours));
      }
    }
    assertEquals("", String.join("\n", differences));
  }

  @Test
  void chunksDoNotShow() throws Exception {
    assumeTrue(Tool.isNative("grep", "GNU grep) 3.8"));
    StringBuilder text = new StringBuilder();
    long seed = 12345;
    for (int i = 0; i < 20_000; i++) {
      seed = seed * 6364136223846793005L + 1442695040888963407L;
      text.append(Long.toString(seed >>> (seed >>> 59))).append(i % 97 == 0 ? "\n\n" : "\n");
    }
    for (String line : LONG_CASES.split("\n")) {
      Tool tool = new Tool().with("grep", new Grep()).file("long", text.toString());
      List<String> argv = List.of(line.split(" "));
      assertEquals(sorted(line, tool.runNative("", argv)), sorted(line, tool.run("", argv)), line);
    }
  }

  /**
   * The order in which directories are walked is the file system's: lines are compared as a set.
   */
  private static String sorted(String line, Tool.Result result) {
    String out = result.stdout();
    if (line.contains("-r") || line.contains("recurse")) {
      out = String.join("\n", out.lines().sorted().toList());
    }
    return out + "|" + result.stderr() + "|" + result.status();
  }
}
