package dev.qanat.shell.interp;

import dev.qanat.shell.expand.Expander;
import dev.qanat.shell.expand.Quoting;
import dev.qanat.shell.interp.ShellOptions.Opt;
import dev.qanat.shell.syntax.Assignment;
import dev.qanat.shell.syntax.Printer;
import dev.qanat.shell.syntax.Word;
import dev.qanat.text.Utf8;
import dev.qanat.vfs.OpenFile;
import dev.qanat.vfs.VfsException;
import java.util.List;

/** What {@code set -x} prints. */
final class Tracing {
  private final Shell sh;
  private boolean expandingPrompt;

  Tracing(Shell sh) {
    this.sh = sh;
  }

  /** Prints PS4 and the text. */
  void line(String text) {
    if (expandingPrompt) {
      return;
    }
    OpenFile f = sh.files().descriptors().get(2);
    if (sh.traceDescriptor >= 0) {
      OpenFile other = sh.files().descriptors().get(sh.traceDescriptor);
      if (other != null) {
        f = other;
      }
    }
    if (f == null) {
      return;
    }
    byte[] b = Utf8.encode(prompt() + text + "\n");
    try {
      f.write(b, 0, b.length);
    } catch (VfsException e) {
      // a trace that cannot be written is lost
    }
  }

  /** PS4, its first character repeated for each level of substitution. */
  private String prompt() {
    String ps4 = sh.variables().get("PS4");
    if (ps4 == null) {
      return "";
    }
    if (ps4.isEmpty()) {
      return "";
    }
    expandingPrompt = true;
    boolean before = sh.isOn(Opt.XTRACE);
    int status = sh.status;
    int substitution = sh.substitutionStatus;
    sh.setOption(Opt.XTRACE, false); // a substitution in it would trace itself for ever
    String text;
    try {
      text = Prompt.expand(sh, ps4);
    } finally {
      expandingPrompt = false;
      sh.setOption(Opt.XTRACE, before);
      sh.status = status;
      sh.substitutionStatus = substitution;
    }
    if (sh.traceLevel > 0 && !text.isEmpty()) {
      int first = Character.charCount(text.codePointAt(0));
      text = text.substring(0, first).repeat(sh.traceLevel) + text;
    }
    return text;
  }

  void command(List<String> args) {
    StringBuilder out = new StringBuilder();
    for (String a : args) {
      if (out.length() > 0) {
        out.append(' ');
      }
      out.append(shown(a));
    }
    line(out.toString());
  }

  /** {@code declare} or the like with its arguments, perhaps behind {@code command}. */
  void declaration(List<Word> words, List<Object> args) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; "command".equals(words.get(i).literalOrNull()); i++) {
      out.append(i == 0 ? "command" : " command");
    }
    for (Object a : args) {
      if (out.length() > 0) {
        out.append(' ');
      }
      if (a instanceof DeclaredAssignment d) {
        if (d.value() == null) {
          out.append(d.source().name());
        } else {
          out.append(shown(d.text()));
        }
      } else {
        out.append(shown((String) a));
      }
    }
    line(out.toString());
  }

  /** {@code value} null: an array literal, shown as written. */
  void assignment(Assignment a, String value) {
    if (value == null) {
      line(compound(a));
      return;
    }
    String place = a.subscript() == null ? a.name() : a.name() + "[" + a.subscript().text() + "]";
    line(place + sign(a) + (value.isEmpty() ? "" : shown(value)));
  }

  /** A variable in front of a command. */
  void environment(String name, String value) {
    line(name + "=" + (value.isEmpty() ? "" : shown(value)));
  }

  /** An assignment among the arguments of {@code export} or {@code readonly}. */
  void declared(Object argument) {
    if (argument instanceof DeclaredAssignment d && d.value() == null) {
      return;
    }
    String text = argument instanceof DeclaredAssignment d ? d.text() : (String) argument;
    int sign = text.indexOf('=');
    int name = sign > 0 && text.charAt(sign - 1) == '+' ? sign - 1 : sign;
    if (name > 0 && Expander.isName(text.substring(0, name))) {
      environment(text.substring(0, sign), text.substring(sign + 1));
    }
  }

  private static String sign(Assignment a) {
    return a.append() ? "+=" : "=";
  }

  private static String compound(Assignment a) {
    StringBuilder out = new StringBuilder(a.name()).append(sign(a)).append('(');
    boolean first = true;
    for (Assignment.Element e : a.array()) {
      if (!first) {
        out.append(' ');
      }
      first = false;
      if (e.subscript() != null) {
        out.append('[').append(e.subscript().text()).append(e.append() ? "]+=" : "]=");
      }
      out.append(Printer.source(e.value()));
    }
    return out.append(')').toString();
  }

  /** Single quotes around what the shell would not read back as it is. */
  static String shown(String s) {
    if (s.isEmpty()) {
      return "''";
    }
    boolean control = false;
    for (int i = 0; i < s.length(); i++) {
      char c = s.charAt(i);
      if (" \t\n'\"\\|&;()<>!{}*[]?^$`".indexOf(c) >= 0
          || c == '~' && (i == 0 || s.charAt(i - 1) == '=' || s.charAt(i - 1) == ':')
          || c == '#' && (i == 0 || s.charAt(i - 1) == ' ')) {
        return Quoting.single(s);
      }
      control |=
          c < 32
              || c == 127
              || Character.isLowSurrogate(c)
                  && (i == 0 || !Character.isHighSurrogate(s.charAt(i - 1)));
    }
    return control ? Quoting.quote(s) : s;
  }

  /** The array literal of a declaration, its words expanded. */
  void declaredArray(Assignment a, boolean quotedKeys) {
    StringBuilder out = new StringBuilder(a.name()).append(sign(a)).append('(');
    boolean first = true;
    for (Assignment.Element e : a.array()) {
      out.append(first ? "" : " ");
      first = false;
      if (e.subscript() != null) {
        String key = e.subscript().text();
        out.append('[').append(quotedKeys ? key : Quoting.single(key));
        out.append(e.append() ? "]+=" : "]=");
      }
      out.append(e.value().text());
    }
    line(out.append(')').toString());
  }

  /** The head of {@code for} or {@code select}. */
  void loop(String keyword, String variable, List<Word> words) {
    StringBuilder out = new StringBuilder(keyword).append(variable).append(" in");
    if (words == null) {
      out.append(" \"$@\"");
    } else {
      for (Word w : words) {
        out.append(' ').append(Printer.source(w));
      }
    }
    line(out.toString());
  }
}
