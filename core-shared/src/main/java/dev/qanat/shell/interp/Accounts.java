package dev.qanat.shell.interp;

import dev.qanat.text.Utf8;
import dev.qanat.vfs.FileContext;
import dev.qanat.vfs.VfsException;
import java.util.ArrayList;
import java.util.List;

/** The users of {@code /etc/passwd}. */
public final class Accounts {
  private Accounts() {}

  /** The home directory of a user ({@code ""}: the one we are), or null. */
  static String home(FileContext files, String user) {
    String uid = String.valueOf(files.vfs().uid());
    for (String[] entry : entries(files)) {
      if (user.isEmpty() ? entry[2].equals(uid) : entry[0].equals(user)) {
        return entry[5];
      }
    }
    return user.isEmpty() ? "/" : null;
  }

  /** The login shell of the user we are. */
  static String shell(FileContext files) {
    String uid = String.valueOf(files.vfs().uid());
    for (String[] entry : entries(files)) {
      if (entry[2].equals(uid)) {
        return entry[6];
      }
    }
    return "/bin/bash";
  }

  /** The name of the user we are. */
  static String name(FileContext files) {
    String uid = String.valueOf(files.vfs().uid());
    for (String[] entry : entries(files)) {
      if (entry[2].equals(uid)) {
        return entry[0];
      }
    }
    return "user";
  }

  /** All names, for completion. */
  public static List<String> names(FileContext files) {
    List<String> names = new ArrayList<>();
    for (String[] e : entries(files)) {
      names.add(e[0]);
    }
    return names;
  }

  /** The names that begin the lines of a table such as {@code /etc/group}. */
  public static List<String> firstFields(FileContext files, String table) {
    List<String> names = new ArrayList<>();
    try {
      for (String line : Utf8.decode(files.readFile(table)).split("\n")) {
        int end = 0;
        while (end < line.length() && ": \t#".indexOf(line.charAt(end)) < 0) {
          end++;
        }
        if (end > 0) {
          names.add(line.substring(0, end));
        }
      }
    } catch (VfsException e) {
      // there is no such table
    }
    return names;
  }

  private static List<String[]> entries(FileContext files) {
    List<String[]> found = new ArrayList<>();
    String text;
    try {
      text = Utf8.decode(files.readFile("/etc/passwd"));
    } catch (VfsException e) {
      return found;
    }
    int at = 0;
    while (at < text.length()) {
      int end = text.indexOf('\n', at);
      if (end < 0) {
        end = text.length();
      }
      List<String> fields = new ArrayList<>();
      int f = at;
      for (int i = at; i <= end; i++) {
        if (i == end || text.charAt(i) == ':') {
          fields.add(text.substring(f, i));
          f = i + 1;
        }
      }
      if (fields.size() >= 7) {
        found.add(fields.toArray(new String[0]));
      }
      at = end + 1;
    }
    return found;
  }
}
