package dev.qanat.command.file;

import dev.qanat.vfs.FileStat;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The colours of ls: LS_COLORS, or GNU's own. */
final class Colors {
  private static final String STANDARD =
      "rs=0:di=01;34:ln=01;36:mh=00:pi=40;33:so=01;35:do=01;35:bd=40;33;01:cd=40;33;01:mi=00:"
          + "su=37;41:sg=30;43:ca=00:tw=30;42:ow=34;42:st=37;44:ex=01;32";

  private final Map<String, String> types = new HashMap<>();
  private final List<String[]> suffixes = new ArrayList<>();
  private boolean used;

  /** {@code text}: the value of LS_COLORS, or null. */
  Colors(String text) {
    read(STANDARD);
    if (text != null && !text.isEmpty()) {
      read(text);
    }
  }

  private void read(String text) {
    for (String item : text.split(":")) {
      int eq = item.indexOf('=');
      if (eq <= 0) {
        continue;
      }
      if (item.startsWith("*")) {
        suffixes.add(new String[] {item.substring(1, eq), item.substring(eq + 1)});
      } else {
        types.put(item.substring(0, eq), item.substring(eq + 1));
      }
    }
  }

  /**
   * The escape's numbers for a file; null for none. {@code target} is what a link leads to, or
   * null.
   */
  String of(String name, FileStat s, boolean dangling) {
    String key =
        switch (s.type()) {
          case DIRECTORY -> {
            boolean sticky = (s.mode() & 01000) != 0;
            boolean open = (s.mode() & 2) != 0;
            yield sticky && open ? "tw" : open ? "ow" : sticky ? "st" : "di";
          }
          case SYMLINK -> dangling && types.containsKey("or") ? "or" : "ln";
          case FIFO -> "pi";
          case SOCKET -> "so";
          case BLOCK -> "bd";
          case CHARACTER -> "cd";
          case FILE ->
              (s.mode() & 04000) != 0
                  ? "su"
                  : (s.mode() & 02000) != 0 ? "sg" : (s.mode() & 0111) != 0 ? "ex" : "fi";
        };
    String c = types.get(key);
    if (key.equals("fi")) {
      for (int i = suffixes.size() - 1; i >= 0; i--) {
        if (name.endsWith(suffixes.get(i)[0])) {
          return suffixes.get(i)[1];
        }
      }
    }
    return c == null || c.equals("0") || c.equals("00") ? null : c;
  }

  /** A name in its colour. The first one is preceded by a reset, as ls does it. */
  String paint(String text, String color) {
    if (color == null) {
      return text;
    }
    String lead = used ? "" : "\033[0m";
    used = true;
    return lead + "\033[" + color + "m" + text + "\033[0m";
  }
}
