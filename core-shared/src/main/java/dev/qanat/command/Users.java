package dev.qanat.command;

import dev.qanat.text.SizeText;
import dev.qanat.text.Utf8;
import dev.qanat.vfs.VfsException;
import java.util.HashMap;
import java.util.Map;

/** Names of users and groups: from /etc/passwd and /etc/group where the tree has them. */
public final class Users {
  private final Map<Integer, String> users = new HashMap<>();
  private final Map<Integer, String> groups = new HashMap<>();
  private final Map<String, Integer> uids = new HashMap<>();
  private final Map<String, Integer> gids = new HashMap<>();
  private final Map<Integer, String[]> entries = new HashMap<>();

  private Users() {}

  /** What is known in the tree of this run. Reads the two files; may suspend. */
  public static Users of(Invocation in) {
    Users u = new Users();
    u.read(in, "/etc/passwd", true);
    u.read(in, "/etc/group", false);
    if (u.users.isEmpty()) {
      u.put(0, "root", true);
      String name = in.env("USER");
      int uid = in.files().vfs().uid();
      if (uid != 0) {
        u.put(uid, name == null || name.isEmpty() || name.equals("root") ? "user" : name, true);
      }
    }
    if (u.groups.isEmpty()) {
      u.put(0, "root", false);
      int gid = in.files().vfs().gid();
      if (gid != 0) {
        String name = u.users.get(in.files().vfs().uid());
        u.put(gid, name == null ? "user" : name, false);
      }
    }
    return u;
  }

  private void put(int id, String name, boolean user) {
    (user ? users : groups).putIfAbsent(id, name);
    (user ? uids : gids).putIfAbsent(name, id);
  }

  private void read(Invocation in, String file, boolean user) {
    if (in.files().statOrNull(file) == null) {
      return;
    }
    String text;
    try {
      text = Utf8.decode(in.files().readFile(file));
    } catch (VfsException e) {
      return;
    }
    for (String line : text.split("\n")) {
      String[] f = line.split(":", -1);
      if (f.length > 2) {
        int id = number(f[2]);
        if (id >= 0) {
          put(id, f[0], user);
          if (user) {
            entries.putIfAbsent(id, f);
          }
        }
      }
    }
  }

  private static int number(String s) {
    long n = SizeText.parse(s, "");
    return n < 0 || n > Integer.MAX_VALUE || !Character.isDigit(s.charAt(0)) ? -1 : (int) n;
  }

  /** The user's name, or the number. */
  public String user(int uid) {
    String n = users.get(uid);
    return n == null ? Integer.toString(uid) : n;
  }

  /** The group's name, or the number. */
  public String group(int gid) {
    String n = groups.get(gid);
    return n == null ? Integer.toString(gid) : n;
  }

  /** Whether the user has a name. */
  public boolean knowsUser(int uid) {
    return users.containsKey(uid);
  }

  public boolean knowsGroup(int gid) {
    return groups.containsKey(gid);
  }

  /** The number of a user named or numbered; -1 when there is none. */
  public int uid(String name) {
    Integer id = uids.get(name);
    return id != null ? id : number(name);
  }

  /** The number of a group named or numbered; -1 when there is none. */
  public int gid(String name) {
    Integer id = gids.get(name);
    return id != null ? id : number(name);
  }

  /** The user's first group; -1 when it is not known. */
  public int loginGroup(int uid) {
    String[] e = entries.get(uid);
    return e != null && e.length > 3 ? number(e[3]) : groups.containsKey(uid) ? uid : -1;
  }
}
