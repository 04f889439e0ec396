package dev.qanat.command.system;

import java.util.HashMap;
import java.util.Map;

/**
 * What the usual terminals can do and how they are told to: ncurses' entries for them, without the
 * sequences of most function keys. A capability is a flag, a number or a string with parameters.
 */
final class Terminfo {
  private static final String ENTRIES =
      """
dumb|80-column dumb tty,
  am, cols#80, bel=^G, cr=\\r, cud1=\\n, ind=\\n,
vt100|vt100-am|DEC VT100 (w/advanced video),
  OTbs, am, mc5i, msgr, xenl, xon, cols#80, it#8, lines#24, vt#3, bel=^G,
  blink=\\E[5m$<2>, bold=\\E[1m$<2>, clear=\\E[H\\E[J$<50>, cr=\\r,
  csr=\\E[%i%p1%d;%p2%dr, cub=\\E[%p1%dD, cub1=^H, cud=\\E[%p1%dB, cud1=\\n,
  cuf=\\E[%p1%dC, cuf1=\\E[C$<2>, cup=\\E[%i%p1%d;%p2%dH$<5>, cuu=\\E[%p1%dA,
  cuu1=\\E[A$<2>, ed=\\E[J$<50>, el=\\E[K$<3>, el1=\\E[1K$<3>, enacs=\\E(B\\E)0,
  home=\\E[H, ht=^I, hts=\\EH, ind=\\n, ka1=\\EOq, ka3=\\EOs, kb2=\\EOr, kbs=^H,
  kc1=\\EOp, kc3=\\EOn, kcub1=\\EOD, kcud1=\\EOB, kcuf1=\\EOC, kcuu1=\\EOA, kent=\\EOM,
  kf0=\\EOy, kf1=\\EOP, kf10=\\EOx, kf2=\\EOQ, kf3=\\EOR, kf4=\\EOS, kf5=\\EOt,
  kf6=\\EOu, kf7=\\EOv, kf8=\\EOl, kf9=\\EOw, lf1=pf1, lf2=pf2, lf3=pf3, lf4=pf4,
  mc0=\\E[0i, mc4=\\E[4i, mc5=\\E[5i, rc=\\E8, rev=\\E[7m$<2>, ri=\\EM$<5>, rmacs=^O,
  rmam=\\E[?7l, rmkx=\\E[?1l\\E>, rmso=\\E[m$<2>, rmul=\\E[m$<2>,
  rs2=\\E<\\E>\\E[?3;4;5l\\E[?7;8h\\E[r, sc=\\E7,
  sgr=\\E[0%?%p1%p6%|%t;1%;%?%p2%t;4%;%?%p1%p3%|%t;7%;%?%p4%t;5%;m%?%p9%t\\016%e\\017%;$<2>,
  sgr0=\\E[m\\017$<2>, smacs=^N, smam=\\E[?7h, smkx=\\E[?1h\\E=, smso=\\E[7m$<2>,
  smul=\\E[4m$<2>, tbc=\\E[3g,
ansi|ansi/pc-term compatible with color,
  OTbs, am, mc5i, mir, msgr, colors#8, cols#80, it#8, lines#24, ncv#3, pairs#64,
  bel=^G, blink=\\E[5m, bold=\\E[1m, cbt=\\E[Z, clear=\\E[H\\E[J, cr=\\r,
  cub=\\E[%p1%dD, cub1=\\E[D, cud=\\E[%p1%dB, cud1=\\E[B, cuf=\\E[%p1%dC, cuf1=\\E[C,
  cup=\\E[%i%p1%d;%p2%dH, cuu=\\E[%p1%dA, cuu1=\\E[A, dch=\\E[%p1%dP, dch1=\\E[P,
  dl=\\E[%p1%dM, dl1=\\E[M, ech=\\E[%p1%dX, ed=\\E[J, el=\\E[K, el1=\\E[1K, home=\\E[H,
  hpa=\\E[%i%p1%dG, ht=\\E[I, hts=\\EH, ich=\\E[%p1%d@, il=\\E[%p1%dL, il1=\\E[L,
  ind=\\n, indn=\\E[%p1%dS, invis=\\E[8m, kbs=^H, kcbt=\\E[Z, kcub1=\\E[D,
  kcud1=\\E[B, kcuf1=\\E[C, kcuu1=\\E[A, khome=\\E[H, kich1=\\E[L, mc4=\\E[4i,
  mc5=\\E[5i, nel=\\r\\E[S, op=\\E[39;49m, rep=%p1%c\\E[%p2%{1}%-%db, rev=\\E[7m,
  rin=\\E[%p1%dT, rmacs=\\E[10m, rmpch=\\E[10m, rmso=\\E[m, rmul=\\E[m, s0ds=\\E(B,
  s1ds=\\E)B, s2ds=\\E*B, s3ds=\\E+B, setab=\\E[4%p1%dm, setaf=\\E[3%p1%dm,
  sgr=\\E[0;10%?%p1%t;7%;%?%p2%t;4%;%?%p3%t;7%;%?%p4%t;5%;%?%p6%t;1%;%?%p7%t;8%;%?%p9%t;11%;m,
  sgr0=\\E[0;10m, smacs=\\E[11m, smpch=\\E[11m, smso=\\E[7m, smul=\\E[4m, tbc=\\E[3g,
  vpa=\\E[%i%p1%dd,
linux|Linux console,
  am, bce, ccc, eo, mir, msgr, xenl, xon, colors#8, it#8, ncv#18, pairs#64,
  bel=^G, blink=\\E[5m, bold=\\E[1m, civis=\\E[?25l\\E[?1c, clear=\\E[H\\E[J,
  cnorm=\\E[?25h\\E[?0c, cr=\\r, csr=\\E[%i%p1%d;%p2%dr, cub=\\E[%p1%dD, cub1=^H,
  cud=\\E[%p1%dB, cud1=\\n, cuf=\\E[%p1%dC, cuf1=\\E[C, cup=\\E[%i%p1%d;%p2%dH,
  cuu=\\E[%p1%dA, cuu1=\\E[A, cvvis=\\E[?25h\\E[?8c, dch=\\E[%p1%dP, dch1=\\E[P,
  dim=\\E[2m, dl=\\E[%p1%dM, dl1=\\E[M, ech=\\E[%p1%dX, ed=\\E[J, el=\\E[K, el1=\\E[1K,
  enacs=\\E)0, flash=\\E[?5h$<200/>\\E[?5l, home=\\E[H, hpa=\\E[%i%p1%dG, ht=^I,
  hts=\\EH, ich=\\E[%p1%d@, ich1=\\E[@, il=\\E[%p1%dL, il1=\\E[L, ind=\\n,
  initc=\\E]P%p1%x%p2%{255}%*%{1000}%/%02x%p3%{255}%*%{1000}%/%02x%p4%{255}%*%{1000}%/%02x,
  kb2=\\E[G, kbs=^?, kcbt=\\E^I, kcub1=\\E[D, kcud1=\\E[B, kcuf1=\\E[C, kcuu1=\\E[A,
  kdch1=\\E[3~, kend=\\E[4~, kf1=\\E[[A, kf10=\\E[21~, kf11=\\E[23~, kf12=\\E[24~,
  kf2=\\E[[B, kf3=\\E[[C, kf4=\\E[[D, kf5=\\E[[E, kf6=\\E[17~, kf7=\\E[18~,
  kf8=\\E[19~, kf9=\\E[20~, khome=\\E[1~, kich1=\\E[2~, kmous=\\E[M, knp=\\E[6~,
  kspd=^Z, nel=\\r\\n, oc=\\E]R, op=\\E[39;49m, rc=\\E8, rev=\\E[7m, ri=\\EM, rmacs=^O,
  rmam=\\E[?7l, rmir=\\E[4l, rmpch=\\E[10m, rmso=\\E[27m, rmul=\\E[24m, rs1=\\Ec\\E]R,
  sc=\\E7, setab=\\E[4%p1%dm, setaf=\\E[3%p1%dm,
  sgr=\\E[0;10%?%p1%t;7%;%?%p2%t;4%;%?%p3%t;7%;%?%p4%t;5%;%?%p5%t;2%;%?%p6%t;1%;m%?%p9%t\\016%e\\017%;,
  sgr0=\\E[m\\017, smacs=^N, smam=\\E[?7h, smir=\\E[4h, smpch=\\E[11m, smso=\\E[7m,
  smul=\\E[4m, tbc=\\E[3g, vpa=\\E[%i%p1%dd, E3=\\E[3J, kcbt2=\\E[Z,
xterm|xterm-debian|xterm terminal emulator (X Window System),
  OTbs, am, bce, km, mc5i, mir, msgr, npc, xenl, colors#8, cols#80, it#8,
  lines#24, pairs#64, bel=^G, blink=\\E[5m, bold=\\E[1m, cbt=\\E[Z, civis=\\E[?25l,
  clear=\\E[H\\E[2J, cnorm=\\E[?12l\\E[?25h, cr=\\r, csr=\\E[%i%p1%d;%p2%dr,
  cub=\\E[%p1%dD, cub1=^H, cud=\\E[%p1%dB, cud1=\\n, cuf=\\E[%p1%dC, cuf1=\\E[C,
  cup=\\E[%i%p1%d;%p2%dH, cuu=\\E[%p1%dA, cuu1=\\E[A, cvvis=\\E[?12;25h,
  dch=\\E[%p1%dP, dch1=\\E[P, dim=\\E[2m, dl=\\E[%p1%dM, dl1=\\E[M, ech=\\E[%p1%dX,
  ed=\\E[J, el=\\E[K, el1=\\E[1K, flash=\\E[?5h$<100/>\\E[?5l, home=\\E[H,
  hpa=\\E[%i%p1%dG, ht=^I, hts=\\EH, ich=\\E[%p1%d@, il=\\E[%p1%dL, il1=\\E[L,
  ind=\\n, indn=\\E[%p1%dS, invis=\\E[8m, is2=\\E[!p\\E[?3;4l\\E[4l\\E>, ka1=\\EOw,
  ka3=\\EOy, kb2=\\EOu, kbeg=\\EOE, kbs=^?, kc1=\\EOq, kc3=\\EOs, kcbt=\\E[Z,
  kcub1=\\EOD, kcud1=\\EOB, kcuf1=\\EOC, kcuu1=\\EOA, kdch1=\\E[3~, kend=\\EOF,
  kent=\\EOM, kf1=\\EOP, kf10=\\E[21~, kf11=\\E[23~, kf12=\\E[24~, kf2=\\EOQ,
  kf3=\\EOR, kf4=\\EOS, kf5=\\E[15~, kf6=\\E[17~, kf7=\\E[18~, kf8=\\E[19~,
  kf9=\\E[20~, khome=\\EOH, kich1=\\E[2~, kind=\\E[1;2B, kmous=\\E[<, knp=\\E[6~,
  kri=\\E[1;2A, mc0=\\E[i, mc4=\\E[4i, mc5=\\E[5i, nel=\\EE, op=\\E[39;49m, rc=\\E8,
  rep=%p1%c\\E[%p2%{1}%-%db, rev=\\E[7m, ri=\\EM, rin=\\E[%p1%dT, ritm=\\E[23m,
  rmacs=\\E(B, rmam=\\E[?7l, rmcup=\\E[?1049l\\E[23;0;0t, rmir=\\E[4l,
  rmkx=\\E[?1l\\E>, rmm=\\E[?1034l, rmso=\\E[27m, rmul=\\E[24m, rs1=\\Ec,
  rs2=\\E[!p\\E[?3;4l\\E[4l\\E>, sc=\\E7, setab=\\E[4%p1%dm, setaf=\\E[3%p1%dm,
  setb=\\E[4%?%p1%{1}%=%t4%e%p1%{3}%=%t6%e%p1%{4}%=%t1%e%p1%{6}%=%t3%e%p1%d%;m,
  setf=\\E[3%?%p1%{1}%=%t4%e%p1%{3}%=%t6%e%p1%{4}%=%t1%e%p1%{6}%=%t3%e%p1%d%;m,
  sgr=%?%p9%t\\E(0%e\\E(B%;\\E[0%?%p6%t;1%;%?%p5%t;2%;%?%p2%t;4%;%?%p1%p3%|%t;7%;%?%p4%t;5%;%?%p7%t;8%;m,
  sgr0=\\E(B\\E[m, sitm=\\E[3m, smacs=\\E(0, smam=\\E[?7h, smcup=\\E[?1049h\\E[22;0;0t,
  smir=\\E[4h, smkx=\\E[?1h\\E=, smm=\\E[?1034h, smso=\\E[7m, smul=\\E[4m, tbc=\\E[3g,
  vpa=\\E[%i%p1%dd, E3=\\E[3J,
xterm-color|nxterm|generic color xterm,
  use=xterm, ncv@, enacs=\\E)0, is2=\\E[m\\E[?7h\\E[4l\\E>\\E7\\E[r\\E[?1;3;4;6l\\E8,
  kf1=\\E[11~, kf2=\\E[12~, kf3=\\E[13~, kf4=\\E[14~, kfnd=\\E[1~, kmous=\\E[M,
  kslt=\\E[4~, op=\\E[m, rmacs=^O, rmcup=\\E[2J\\E[?47l\\E8, rmso=\\E[m, rmul=\\E[m,
  rs2=\\E[m\\E[?7h\\E[4l\\E>\\E7\\E[r\\E[?1;3;4;6l\\E8, sgr0=\\E[m, smacs=^N,
  smcup=\\E7\\E[?47h, bce@, mc5i@, npc@, blink@, cbt@, civis@, cnorm@, cvvis@,
  dim@, ech@, el1@, flash@, hpa@, ich@, indn@, invis@, ka1@, ka3@, kb2@, kbeg@,
  kc1@, kc3@, kcbt@, kend@, kent@, khome@, kind@, kri@, mc0@, mc4@, mc5@, nel@,
  rep@, rin@, ritm@, rmam@, rmm@, rs1@, setb@, setf@, sgr@, sitm@, smam@, smm@,
  vpa@, E3@,
xterm-256color|xterm with 256 colors,
  use=xterm, ccc, colors#0x100, pairs#0x10000,
  initc=\\E]4;%p1%d;rgb:%p2%{255}%*%{1000}%/%2.2X/%p3%{255}%*%{1000}%/%2.2X/%p4%{255}%*%{1000}%/%2.2X\\E\\\\,
  oc=\\E]104\\007, rs1=\\Ec\\E]104\\007,
  setab=\\E[%?%p1%{8}%<%t4%p1%d%e%p1%{16}%<%t10%p1%{8}%-%d%e48;5;%p1%d%;m,
  setaf=\\E[%?%p1%{8}%<%t3%p1%d%e%p1%{16}%<%t9%p1%{8}%-%d%e38;5;%p1%d%;m, setb@,
  setf@,
screen|VT 100/ANSI X3.64 virtual terminal,
  OTbs, OTpt, am, km, mir, msgr, xenl, colors#8, cols#80, it#8, lines#24,
  pairs#64, bel=^G, blink=\\E[5m, bold=\\E[1m, cbt=\\E[Z, civis=\\E[?25l,
  clear=\\E[H\\E[J, cnorm=\\E[34h\\E[?25h, cr=\\r, csr=\\E[%i%p1%d;%p2%dr,
  cub=\\E[%p1%dD, cub1=^H, cud=\\E[%p1%dB, cud1=\\n, cuf=\\E[%p1%dC, cuf1=\\E[C,
  cup=\\E[%i%p1%d;%p2%dH, cuu=\\E[%p1%dA, cuu1=\\EM, cvvis=\\E[34l, dch=\\E[%p1%dP,
  dch1=\\E[P, dim=\\E[2m, dl=\\E[%p1%dM, dl1=\\E[M, ed=\\E[J, el=\\E[K, el1=\\E[1K,
  enacs=\\E(B\\E)0, flash=\\Eg, home=\\E[H, hpa=\\E[%i%p1%dG, ht=^I, hts=\\EH,
  ich=\\E[%p1%d@, il=\\E[%p1%dL, il1=\\E[L, ind=\\n, indn=\\E[%p1%dS, is2=\\E)0,
  kbs=^?, kcbt=\\E[Z, kcub1=\\EOD, kcud1=\\EOB, kcuf1=\\EOC, kcuu1=\\EOA,
  kdch1=\\E[3~, kend=\\E[4~, kf1=\\EOP, kf10=\\E[21~, kf11=\\E[23~, kf12=\\E[24~,
  kf2=\\EOQ, kf3=\\EOR, kf4=\\EOS, kf5=\\E[15~, kf6=\\E[17~, kf7=\\E[18~, kf8=\\E[19~,
  kf9=\\E[20~, khome=\\E[1~, kich1=\\E[2~, kmous=\\E[M, knp=\\E[6~, nel=\\EE,
  op=\\E[39;49m, rc=\\E8, rev=\\E[7m, ri=\\EM, rin=\\E[%p1%dT, rmacs=^O,
  rmcup=\\E[?1049l, rmir=\\E[4l, rmkx=\\E[?1l\\E>, rmso=\\E[23m, rmul=\\E[24m,
  rs2=\\Ec\\E[?1000l\\E[?25h, sc=\\E7, setab=\\E[4%p1%dm, setaf=\\E[3%p1%dm,
  sgr=\\E[0%?%p6%t;1%;%?%p1%t;3%;%?%p2%t;4%;%?%p3%t;7%;%?%p4%t;5%;%?%p5%t;2%;m%?%p9%t\\016%e\\017%;,
  sgr0=\\E[m\\017, smacs=^N, smcup=\\E[?1049h, smir=\\E[4h, smkx=\\E[?1h\\E=,
  smso=\\E[3m, smul=\\E[4m, tbc=\\E[3g, vpa=\\E[%i%p1%dd,
screen-256color|GNU Screen with 256 colors,
  use=screen, colors#0x100, pairs#0x10000,
  setab=\\E[%?%p1%{8}%<%t4%p1%d%e%p1%{16}%<%t10%p1%{8}%-%d%e48;5;%p1%d%;m,
  setaf=\\E[%?%p1%{8}%<%t3%p1%d%e%p1%{16}%<%t9%p1%{8}%-%d%e38;5;%p1%d%;m,
tmux|tmux terminal multiplexer,
  use=screen, hs, dsl=\\E]0;\\007, fsl=^G, invis=\\E[8m, kind=\\E[1;2B, kri=\\E[1;2A,
  ritm=\\E[23m, rmso=\\E[27m,
  sgr=\\E[0%?%p6%t;1%;%?%p2%t;4%;%?%p1%p3%|%t;7%;%?%p4%t;5%;%?%p5%t;2%;%?%p7%t;8%;m%?%p9%t\\016%e\\017%;,
  sitm=\\E[3m, smso=\\E[7m, tsl=\\E]0;, E3=\\E[3J,
tmux-256color|tmux with 256 colors,
  use=tmux, colors#0x100, pairs#0x10000,
  setab=\\E[%?%p1%{8}%<%t4%p1%d%e%p1%{16}%<%t10%p1%{8}%-%d%e48;5;%p1%d%;m,
  setaf=\\E[%?%p1%{8}%<%t3%p1%d%e%p1%{16}%<%t9%p1%{8}%-%d%e38;5;%p1%d%;m,
""";

  private final String description;
  private final Map<String, String> capabilities = new HashMap<>();

  private Terminfo(String description) {
    this.description = description;
  }

  /** The entry of a terminal by one of its names; null when there is none. */
  static Terminfo of(String name) {
    int at = 0;
    while (at < ENTRIES.length()) {
      int end = at;
      do {
        end = ENTRIES.indexOf('\n', end) + 1;
      } while (end < ENTRIES.length() && ENTRIES.charAt(end) == ' ');
      String entry = ENTRIES.substring(at, end);
      String names = entry.substring(0, entry.indexOf(','));
      int bar = names.lastIndexOf('|');
      if (("|" + names.substring(0, bar) + "|").contains("|" + name + "|")) {
        Terminfo found = new Terminfo(names.substring(bar + 1));
        found.read(entry, names.length() + 1);
        return found;
      }
      at = end;
    }
    return null;
  }

  private void read(String entry, int from) {
    int at = from;
    while (at < entry.length()) {
      while (at < entry.length() && entry.charAt(at) <= ' ') {
        at++;
      }
      int end = at;
      while (end < entry.length() && entry.charAt(end) != ',') {
        end += entry.charAt(end) == '\\' ? 2 : 1;
      }
      if (end > at) {
        add(entry.substring(at, end));
      }
      at = end + 1;
    }
  }

  private void add(String capability) {
    int n = 0;
    while (n < capability.length() && "=#@".indexOf(capability.charAt(n)) < 0) {
      n++;
    }
    String name = capability.substring(0, n);
    if (n == capability.length()) {
      capabilities.put(name, "");
    } else if (capability.charAt(n) == '@') {
      capabilities.remove(name);
    } else if (name.equals("use")) {
      capabilities.putAll(of(capability.substring(n + 1)).capabilities);
    } else if (capability.charAt(n) == '#') {
      capabilities.put(name, String.valueOf(Integer.decode(capability.substring(n + 1))));
    } else {
      capabilities.put(name, decoded(capability.substring(n + 1)));
    }
  }

  /** A string with its escapes replaced. */
  private static String decoded(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '^' && i + 1 < text.length()) {
        c = text.charAt(++i);
        out.append(c == '?' ? (char) 127 : (char) (c & 31));
      } else if (c == '\\' && i + 1 < text.length()) {
        c = text.charAt(++i);
        switch (c) {
          case 'E', 'e' -> out.append((char) 27);
          case 'n' -> out.append('\n');
          case 'r' -> out.append('\r');
          case 't' -> out.append('\t');
          case 'b' -> out.append('\b');
          case 's' -> out.append(' ');
          default -> {
            if (c >= '0' && c <= '7' && i + 2 < text.length()) {
              out.append((char) Integer.parseInt(text.substring(i, i + 3), 8));
              i += 2;
            } else {
              out.append(c);
            }
          }
        }
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }

  /** The terminal's name in words. */
  String description() {
    return description;
  }

  /** A string or number, {@code ""} for a flag that is set; null for what the terminal has not. */
  String get(String capability) {
    return capabilities.get(capability);
  }

  /** Whether any terminal known here has the capability. */
  static boolean known(String capability) {
    for (char end : new char[] {'=', '#', ',', '@'}) {
      if (ENTRIES.contains(" " + capability + end)) {
        return true;
      }
    }
    return Tput.FLAGS.contains(" " + capability + " ")
        || Tput.NUMBERS.contains(" " + capability + " ")
        || Tput.STRINGS.contains(" " + capability + " ");
  }
}
