package dev.qanat.command.text.sed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.qanat.command.Tool;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Compares sed with GNU sed 4.9, where this machine has it: output, messages, status and the files
 * left behind.
 */
class SedNativeTest {
  /**
   * Command lines; arguments are separated by single spaces; ␣ and ⏎ are a space and a newline in
   * an argument.
   */
  private static final String CASES =
      """
      sed s.a\\.b.X.g
      sed s|a/b\\|c|X|
      sed s+c\\+d+X+
      sed -E s+c\\+d+X+
      sed -E s|b\\|c|X|
      sed s/[/]/X/
      sed s/[/X/
      sed s/[\\/]/X/
      sed s/[[:alpha:]/]/X/g
      sed s/[]/]/X/
      sed s/[\\n]/X/;s/[\\t]/Y/
      sed s/\\[/X/
      sed /[/]/d
      sed s/a/b
      sed s/a
      sed s
      sed y/ab/c/
      sed y/a/
      sed k
      sed 1,2=;p␣p
      sed a
      sed a\\
      sed a␣foo
      sed 1a\\␣␣foo
      sed 1a\\⏎␣␣foo\\⏎bar
      sed 1a␣␣␣foo\\tx\\qy\\\\z
      sed 1a\\tfoo
      sed $!d;a␣foo
      sed 1{p
      sed p}
      sed 1,2}
      sed {p;1}
      sed :
      sed 1:a
      sed b␣x
      sed :a;s/a/Z/;ta
      sed -n /3/{ba};:a;p
      sed -n :a␣b⏎p
      sed -n :a␣;p
      sed -n :a}⏎p
      sed -n 1{:a;p}
      sed -n ba␣p;:a
      sed -n ba;p;:a;=
      sed -n 1{ba⏎};:a;=
      sed -n b␣;p
      sed -n t;p
      sed -n 1{b};p
      sed 1,
      sed 1!!p
      sed 1␣!␣p
      sed 0p
      sed 0,3p
      sed 0,/a/p
      sed 0~3p
      sed +1p
      sed 1~
      sed /a
      sed /a\\(/p
      sed /a/,/b\\{1/p
      sed \\xaxp
      sed s/a/b/pp
      sed s/a/b/gg
      sed s/a/b/2␣3
      sed s/a/b/23
      sed s/a/b/2g3
      sed s/a/b/0
      sed s/a/b/q
      sed s/a/\\1/
      sed s/\\(a\\)/\\2/
      sed //p
      sed s//X/
      sed /a/s//X/g
      sed s//X/I
      sed r
      sed w
      sed 1,2q
      sed 1q5
      sed q5x
      sed 2=
      sed -n $=
      sed -n l
      sed -n l␣5
      sed -n l␣1
      sed -l 5 -n l
      sed p nofile
      sed p nofile one
      sed p d
      sed -i p d
      sed -i p nofile
      sed -s -n $= one two
      sed -n $= one two
      sed -n $p one nofile
      sed #n⏎p
      sed -e #n⏎p
      sed -f nofile
      sed -f badscript
      sed -f script one
      sed -nf script one
      sed -e p -e s/a/b
      sed p;;p
      sed };p
      sed {};p
      sed 1{;p;};
      sed p␣#␣c
      sed 1{p}p
      sed --posix p
      sed --sandbox w␣x
      sed --sandbox s/a/b/w␣x
      sed 2c\\foo
      sed 1,2c␣foo
      sed $!N;c␣foo
      sed 2!c␣foo
      sed 2,3!c␣foo
      sed 1,2{c␣foo⏎}
      sed v␣4.2
      sed v␣9.0
      sed v
      sed F
      sed 1~2d
      sed 2,~2d
      sed 1,+1d
      sed 2q;d
      sed y/abc/\\n\\t\\\\/
      sed y/a\\/b/123/
      sed s/\\x2e/X/g
      sed s/a/\\x26/g
      sed s/a/x\\ny/
      sed s/a/x\\⏎y/
      sed s/a/x⏎y/
      sed s/./\\U&/g;s/X/\\lXY/
      sed -E s/(a)(.)/\\u\\2\\U\\1x\\Ey/
      sed -E s/(.*)␣(.*)/\\u\\1_\\U\\2\\E_\\L\\1\\u\\2/
      sed N;P;D
      sed $!N;s/\\n/,/
      sed N;N;s/\\n/,/g
      sed G;h
      sed x;p;x
      sed -z s/\\n/,/g
      sed -z s/^./X/mg
      sed W␣out
      sed 1,3{/a/!d}
      sed n;d
      sed -n n;p
      sed s/a*/-/g
      sed s/b*/x/2
      sed s/x*/-/3
      sed s/$/!/;s/^/>/
      sed s/a/b/w
      sed s/a/b/w␣out
      sed -n /a/w␣out
      sed a\\ -e p
      sed -e a\\ -e foo
      sed -e i\\ -e ␣␣foo
      sed -e a\\⏎l1\\⏎l2 -e p
      sed $s/$/\\⏎end/
      sed s/x/a&b\\&c/
      sed 1d;n;s/./Q/
      sed -n 2{p;q}
      sed -n 2{p;Q3}
      sed /a/I,/B/Id
      sed /A/Id
      sed R␣one
      sed 1r␣one
      sed 2r␣nofile
      sed 1r␣nonl
      sed R␣nonl
      sed $r␣nonl
      sed s/a.b/[&]/3
      sed 1,/a/d
      sed 2,1p
      sed /3/,1p
      sed 2,/nomatch/d
      sed /a/,/a/d
      sed z;s/^$/e/
      sed 1!G;h;$!d
      sed s/\\xc3\\xa9/x/
      sed s/é/x/
      sed y/é/x/
      sed y/aé/éa/ utf
      sed s/./X/g utf
      sed s/.*/X/ bad
      sed s/./X/g bad
      sed s/\\w/X/g utf
      sed s/é/E/gI utf
      sed s/É/E/gI utf
      sed s/.*/\\U&/ utf
      sed -n l utf
      sed :a␣b;p
      sed ba;:a
      sed ta␣b
      sed D;p
      sed p nonl
      sed a␣x nonl
      sed i␣x nonl
      sed = nonl
      sed P nonl
      sed $!N nonl
      sed G nonl
      sed w␣out nonl
      sed s/x*/-/g nonl one
      sed -n p nonl one
      sed s/b/B/ nonl one
      sed -i s/a/A/;$!N;w␣wout one two nonl
      sed -i.bak 1d one
      sed -i*.orig 1d one
      sed -ibak/* 1d one
      sed -i -n p one
      sed -i 1q one two
      sed -i 1i␣head one two
      sed -i $a␣tail one nonl
      sed -i = nonl
      sed -i -e w␣/dev/stdout one
      sed -n -i /x/d one
      sed -s 1d one two
      sed -s F one two
      sed -s $d one two
      sed 1d one two
      sed -s 0,/b/d one two
      sed -s N one two nonl
      sed N one two nonl
      sed -s n;d one two nonl
      sed -n /b/{=;p} one
      sed --expression=p --quiet one
      sed -n -- p one
      sed -n $!{h;d};H;x;s/\\n/-/p one
      sed w␣/dev/stdout one
      sed s/a/b/w␣/dev/stdout
      sed s/b/X/2;s/c/Y/g2 rep
      sed s/b/X/3g rep
      sed c\\
      sed $!c\\
      sed i\\␣␣␣lead
      sed a␣␣␣lead␣␣
      sed {a␣foo⏎}
      sed 1{a␣foo}
      sed s/\\`a/X/M;s/c\\'/Y/
      sed N;s/^/>/mg;s/$/</Mg
      sed s/\\b/|/g
      sed s/\\</|/g;s/\\>/!/g
      sed s/a/\\cA\\o101\\d066\\x43/
      sed s/\\x5e/X/;s/a\\x2eb/Y/
      sed -E s/a|b|/X/g
      sed -E s/(a)|b/[\\1]/g
      sed -E s/()/x/g
      sed -E s/a{2}/X/ rep
      sed -E s/(ab|abc)(cabc|abc)?/[\\1,\\2]/ rep
      sed s/\\(.\\)\\1/<&>/g rep
      sed -E s/(.)(.)\\2\\1/<&>/ pal
      sed s/a\\{1/X/
      sed -E s/a{1/X/
      sed s/*a/X/
      sed -E s/*a/X/
      sed -E s/)/X/
      sed -E s/(/X/
      sed s/\\(/X/
      sed s/[b-a]/X/
      sed s/[[:foo:]]/X/
      sed s/[:alpha:]/X/
      sed s/a**/X/
      sed s/\\n/X/
      sed s/a\\|3/X/
      sed s/a\\+\\.\\?/X/
      sed /a/!s/^/N/
      sed /a/{s/a/1/;s/b/2/}
      sed -e /a/{ -e s/a/1/ -e }
      sed $!{$!N};P;D
      sed -n $!{N;D};p
      sed -n 2,4!p
      sed 2,3s/^/x/
      sed -n /a/=
      sed y/abc/ABC/;s/A/&&/
      sed s/a/b/;T;s/b/c/
      sed s/a/b/;Tx;s/b/c/;:x;s/$/./
      sed :x;s/^.\\{1,9\\}$/␣&/;tx
      sed -u p one
      sed -b p one
      sed -n --follow-symlinks p one
      sed --line-length=5 -n l
      sed -E -n s/([a-z])\\.([a-z])/\\2\\1/gp
      sed s,a/b,X,
      sed s/a\\/b/X/
      sed sxa\\xbxYx
      sed -e 1{ -e p -e }
      sed $d
      sed 1d;$d
      sed -n 1p;2p;3q
      sed 1,3d;p
      sed /^$/d rep
      sed s/^[␣\\t]*//;s/[␣\\t]*$//
      sed -r s/(^|[^a])b/\\1B/g
      sed n;n;s/./x/
      sed $!s/$/,/
      sed 's/a/b/
      sed 5,2d
      sed 1,1d
      sed 2,2p
      sed ~3p
      sed 2,+p
      sed 1,3
      sed l;d
      sed l␣3;d
      sed lx
      sed y/a/b/g
      sed }
      sed {p
      sed {{p}
      sed rone
      sed 1rone
      sed rone;p
      sed w␣out;p
      sed s/(/x/g;s/\\./)/
      sed x nonl
      sed x;G nonl
      sed h;x nonl
      sed H;x nonl
      sed H;g nonl
      sed $!d;g nonl
      sed $!{h;d};x nonl
      sed -n $!{h;d};x;p;x;p nonl
      sed s/\\x5b/X/
      sed y/\\n/x/;N;y/\\n/x/
      sed a\\⏎\\tx\\ty
      sed a\\⏎␣␣x
      sed 2!{s/a/A/}
      sed /a/,+1s/^/-/
      sed /x/,~2s/^/-/
      sed 1~3,3d
      sed $,1p
      sed 2,$d
      sed -s $,1p one two
      sed 4,/a/p;/3/,2p
      sed -n /a/,/3/{//!p}
      sed s/a/b/;s//c/
      sed /a/bx;s/^/no/;:x;s/$/!/
      sed -n 2{N;N;N;l}
      sed c\\⏎a\\⏎b
      sed 1c\\
      sed w
      sed s/a/\\
      sed s/./&\\⏎/2
      sed s/\\(a\\)\\|b/[\\1]/g
      sed s/[^,]*,//2 rep
      sed s/\\(b*\\)*/<\\1>/g rep
      sed -E s/(a|(b))*/<\\1\\2>/ rep
      """;

  private static Tool tool() {
    return new Tool()
        .with("sed", new Sed())
        .file("one", "a\nb\nc\n")
        .file("two", "x\nb\n")
        .file("nonl", "n1\nb2")
        .file("script", "# comment\ns/a/A/\n/b/{\n  p\n}\n$!d\n")
        .file("badscript", "p\ns/a/b\n")
        .file("rep", "abcabcabc\n\naabb\n")
        .file("pal", "xabbay\n")
        .file("utf", "\u00C3\u00A9a \u00C3\u0089\n")
        .file("bad", "h\u00E9llo\n")
        .file("d/x", "");
  }

  @Test
  void doesWhatGnuSedDoes() throws Exception {
    assumeTrue(Tool.isNative("sed", "GNU sed) 4.9"));
    List<String> differences = new ArrayList<>();
    String stdin = "a.b axb\na/b|c+d\n3\nx\\y\n";
    for (String line : CASES.split("\n")) {
      List<String> argv = new ArrayList<>();
      for (String word : line.split(" ")) {
        argv.add(word.replace('␣', ' ').replace('⏎', '\n'));
      }
      Tool.Result ours = tool().run(stdin, argv);
      Tool.Result theirs = tool().runNative(stdin, argv);
      if (!show(ours).equals(show(theirs))) {
        differences.add(line + "\n  real " + show(theirs) + "\n  ours " + show(ours));
      }
    }
    assertEquals("", String.join("\n", differences));
  }

  /** The outcome on one line; only files that were changed or made. */
  private static String show(Tool.Result result) {
    Map<String, String> changed = new TreeMap<>(result.files());
    changed.entrySet().removeAll(tool().files().entrySet());
    String usage = result.stderr().replaceAll("(?s)(Usage: sed [^\n]*).*", "$1");
    return (result.stdout() + "|" + usage + "|" + result.status() + "|" + changed)
        .replace("\n", "⏎");
  }
}
