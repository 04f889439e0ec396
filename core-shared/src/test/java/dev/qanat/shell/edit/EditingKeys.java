package dev.qanat.shell.edit;

import java.util.ArrayList;
import java.util.List;

/**
 * Keys and the line they make, for the tests of this package: first with emacs' bindings, then with
 * vi's. {@link #bytes} reads the notation: {@code ^A} for Ctrl-A, {@code M-} for Alt, names between
 * angle brackets for the rest. A pause keeps bash from reading ahead, which changes what it does.
 */
final class EditingKeys {
  private EditingKeys() {}

  /** The lines in history, oldest first. */
  static final List<String> PAST =
      List.of("echo one", "ls -l /tmp", "git commit -m fix", "cat 'a b'");

  static final String EMACS =
      """
      abc | abc
      abc<left><left>X | aXbc
      abc^AX | Xabc
      abc^A^EX | abcX
      abc<home>X<end>Y | XabcY
      abc<bs><bs> | a
      abc^A<del> | bc
      abc^A^D^D | c
      one two three^W^WX | one X
      one two^A^K^Yx^Y | one twoxone two
      one two^Utail^Y | tailone two
      one two three^W^W^Y | one two three
      a/b c.d efM-<bs>M-<bs>^Y | a/b c.d ef
      a b^WM-<bs>^Y | a b
      one two^AM-d^E^Y | _twoone
      one two three^AM-2M-d^E^Y | _threeone two
      first<pause>^U<pause>second<pause>^U<pause>^YM-y | first
      first<pause>^U<pause>second<pause>^U<pause>^YM-yM-y | second
      abcdefM-3^H^Y | abcdef
      ab^T | ba
      abc^A^F^T | bac
      one twoM-t | two one
      one two threeM-t | one three two
      one two^AM-u | ONE two
      one two^AM-c | One two
      ONE TWO^AM-l | one TWO
      one twoM--M-u | one TWO
      abc^_ | ""
      abc def^W^_ | abc def
      abc def^W^X^U | abc def
      abcM-rdef | def
      hello world^A^]oX | hellXo world
      hello world^AM-2^]oX | hello wXorld
      hello worldM-^]lX | hello worXld
      one two three<ctrl-left><ctrl-left>X<ctrl-right>Y | one XtwoY three
      abc   def<left><left><left>M-\\ | abcdef
      abc defM- <left><left>^X^XX | abc defX
      M-3x | xxx
      M-12y | yyyyyyyyyyyy
      abcdefM-3^BX | abcXdef
      aé漢^A<right><right>X | aéX漢
      ae\u0301b<left><left>X | aXe\u0301b
      x^V^Ay | x\u0001y
      abcd^A<ins>xy | xycd
      <up> | cat 'a b'
      <up><up> | git commit -m fix
      <up><up><down><down>x | x
      new<up><down> | new
      <up>X<up><down> | cat 'a b'X
      <up>XM-r | cat 'a b'
      M-\\< | echo one
      newM-\\<M-> | new
      ^Rcomm^E | git commit -m fix
      ^RcommX^E | git commit -m fix
      ^Recho^A# | #echo one
      ^Rl^R^E | ls -l /tmp
      x^Rcomm^G | x
      ^Rgit^W^W^E! | git commit -m fix!
      gi<page-up> | git commit -m fix
      M-pone<cr>^E! | echo one!
      wc M-. | wc 'a b'
      wc M-.M-. | wc fix
      wc M-.M-.M-. | wc /tmp
      <up>^UM-1M-. | commit
      wc M-^Y | wc 'a b'
      echo 'one two' "x"M-^BX | echo 'one two' X"x"
      echo 'one two' x^AM-^DM-^D | _x
      <paste>one<cr>two<paste-end>! | one<newline>two!
      """;

  static final String VI =
      """
      abc def<esc>bx | abc ef
      one two three<esc>0dw | two three
      one two three<esc>0d2w | three
      one two three<esc>02dw | three
      one two three<esc>0cwX<esc> | X two three
      one two three<esc>0wcwX<esc>w. | one X X
      one two three<esc>dbx | one two_
      one two three<esc>bD | one two_
      one two three<esc>bCX | one two X
      one two three<esc>ddP | one two three
      one two three<esc>0xp | noe two three
      one two three<esc>03x | _two three
      one two three<esc>03rX | XXX two three
      one two three<esc>0RXYZ<esc> | XYZ two three
      one two three<esc>05~ | ONE Two three
      one two three<esc>0fex | on two three
      one two three<esc>0fe;x | one two thre
      one two three<esc>0dte | e two three
      one two three<esc>0dfe | _two three
      one two three<esc>Foix<esc> | one twxo three
      one two three<esc>0ywP | one one two three
      one two three<esc>IX<esc>AY<esc> | Xone two threeY
      one two three<esc>0aX<esc> | oXne two three
      one two three<esc>0xxu | ne two three
      one two three<esc>0x.. | _two three
      one two three<esc>0iAB<esc>. | AABBone two three
      one two three<esc>03sXY<esc> | XY two three
      one two three<esc>ccnew<esc> | new
      one two three<esc>Snew<esc> | new
      one two three<esc>05|x | one wo three
      one (two) three<esc>04ld% | one  three
      a.b c-d e<esc>0Wx | a.b -d e
      a.b c-d e<esc>BBx | .b c-d e
      a.b c-d e<esc>0Ex | a. c-d e
      one two<esc>mbw0`bx | one tw
      <esc>kk | git commit -m fix
      <esc>/echo<cr> | echo one
      one two-three^W | one two-
      """;

  /** A row: the keys, in the notation above, and the line. */
  record Row(String keys, String line) {
    @Override
    public String toString() {
      return keys + " makes " + line;
    }
  }

  static List<Row> rows(String table) {
    List<Row> rows = new ArrayList<>();
    for (String row : table.split("\n")) {
      int bar = row.lastIndexOf(" | ");
      String line = row.substring(bar + 3).replace("<newline>", "\n");
      line = line.equals("\"\"") ? "" : line.startsWith("_") ? " " + line.substring(1) : line;
      line = line.endsWith("_") ? line.substring(0, line.length() - 1) + " " : line;
      rows.add(new Row(row.substring(0, bar), line));
    }
    return rows;
  }

  /** What a terminal sends for keys. */
  static String bytes(String written) {
    String[][] names = {
      {"<up>", "\033[A"},
      {"<down>", "\033[B"},
      {"<right>", "\033[C"},
      {"<left>", "\033[D"},
      {"<home>", "\033[H"},
      {"<end>", "\033[F"},
      {"<del>", "\033[3~"},
      {"<ins>", "\033[2~"},
      {"<page-up>", "\033[5~"},
      {"<ctrl-left>", "\033[1;5D"},
      {"<ctrl-right>", "\033[1;5C"},
      {"<paste>", "\033[200~"},
      {"<paste-end>", "\033[201~"},
      {"<bs>", "\177"},
      {"<cr>", "\r"},
      {"<esc>", "\033"},
      {"<pause>", ""},
      {"M-", "\033"}
    };
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < written.length(); i++) {
      char c = written.charAt(i);
      if (c == '^' && i + 1 < written.length()) {
        out.append((char) (written.charAt(++i) & 31));
        continue;
      }
      if (c == '\\' && i + 1 < written.length() && written.charAt(i + 1) == '<') {
        out.append(written.charAt(++i));
        continue;
      }
      String[] name = null;
      for (String[] n : names) {
        name = written.startsWith(n[0], i) ? n : name;
      }
      if (name == null) {
        out.append(c);
      } else {
        out.append(name[1]);
        i += name[0].length() - 1;
      }
    }
    return out.toString();
  }
}
