package dev.qanat.shell.interp.builtin;

import dev.qanat.vfs.FileContext;
import dev.qanat.vfs.FileStat;
import dev.qanat.vfs.FileType;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The colours and marks of names that completion lists: what {@code LS_COLORS} says of types of
 * files and of names that end in something (Readline manual, {@code colored-stats} and {@code
 * visible-stats}).
 */
final class ListingColors {
  private static final String[] DEFAULTS = {
    "di", "01;34", "ln", "01;36", "pi", "33", "so", "01;35", "bd", "01;33", "cd", "01;33", "ex",
    "01;32", "su", "37;41", "sg", "30;43", "st", "37;44", "ow", "34;42", "tw", "30;42"
  };
  private static final String PREFIX = ".readline-colored-completion-prefix";

  private final Map<String, String> types = new HashMap<>();
  private final Map<String, String> endings = new LinkedHashMap<>();

  /** {@code lsColors}: the variable's value, or null for the colours every name has by itself. */
  ListingColors(String lsColors) {
    for (int i = 0; i < DEFAULTS.length; i += 2) {
      types.put(DEFAULTS[i], DEFAULTS[i + 1]);
    }
    if (lsColors == null) {
      return;
    }
    for (String entry : lsColors.split(":")) {
      int sign = entry.indexOf('=');
      if (sign > 1 && entry.charAt(0) == '*') {
        endings.put(entry.substring(1, sign), entry.substring(sign + 1));
      } else if (sign == 2) {
        types.put(entry.substring(0, 2), entry.substring(3));
      }
    }
  }

  /** Whether a value of {@code LS_COLORS} is one: what is not two letters begins with a star. */
  static boolean isReadable(String lsColors) {
    for (String entry : lsColors.split(":")) {
      int sign = entry.indexOf('=');
      if (!entry.isEmpty() && sign != 2 && (sign < 1 || entry.charAt(0) != '*')) {
        return false;
      }
    }
    return true;
  }

  /** The colour of what all names have in common. */
  String prefix() {
    String own = endings.get(PREFIX);
    return own != null ? own : types.get("so");
  }

  /** The colour of a file's name; empty for none. */
  String of(FileContext files, String path) {
    FileStat own = files.lstatOrNull(path);
    if (own == null) {
      return "";
    }
    FileStat stat = own;
    String type = "fi";
    if (own.type() == FileType.SYMLINK) {
      boolean broken = !files.exists(path);
      if (broken && types.containsKey("or")) {
        return shown(types.get("or"));
      }
      if (broken || !"target".equals(types.get("ln"))) {
        return broken && "target".equals(types.get("ln")) ? "" : shown(types.get("ln"));
      }
      stat = files.stat(path);
    }
    int mode = Math.max(0, stat.mode());
    switch (stat.type()) {
      case DIRECTORY -> {
        boolean sticky = (mode & 01000) != 0;
        boolean open = (mode & 02) != 0;
        type = sticky && open ? "tw" : open ? "ow" : sticky ? "st" : "di";
      }
      case FIFO -> type = "pi";
      case SOCKET -> type = "so";
      case BLOCK -> type = "bd";
      case CHARACTER -> type = "cd";
      default ->
          type =
              (mode & 04000) != 0
                  ? "su"
                  : (mode & 02000) != 0 ? "sg" : (mode & 0111) != 0 ? "ex" : "fi";
    }
    if (type.equals("fi")) {
      String found = null;
      for (Map.Entry<String, String> e : endings.entrySet()) {
        found = path.endsWith(e.getKey()) ? e.getValue() : found;
      }
      if (found != null) {
        return shown(found);
      }
    }
    return shown(types.get(type));
  }

  private static String shown(String code) {
    return code == null || code.equals("0") || code.equals("00") ? "" : code;
  }

  /** What {@code visible-stats} puts behind a name, as {@code ls -F} does. */
  static String mark(FileContext files, String path) {
    FileStat stat = files.lstatOrNull(path);
    if (stat == null) {
      return "";
    }
    return switch (stat.type()) {
      case DIRECTORY -> "/";
      case SYMLINK -> "@";
      case CHARACTER -> "%";
      case BLOCK -> "#";
      case SOCKET -> "=";
      case FIFO -> "|";
      default -> files.access(path, 1) ? "*" : "";
    };
  }
}
