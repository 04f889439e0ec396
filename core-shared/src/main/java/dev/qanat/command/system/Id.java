package dev.qanat.command.system;

import dev.qanat.command.Command;
import dev.qanat.command.Invocation;
import dev.qanat.command.Options;
import dev.qanat.command.Users;
import dev.qanat.text.Quoting;
import java.util.List;

/** id, whoami, groups and logname. */
public final class Id implements Command {
  private static final Options OPTIONS =
      Options.of("id")
          .usage("[OPTION]... [USER]...")
          .about(
              "Print user and group information for each specified USER,\nor (when USER omitted) for the current process.")
          .flag('a', null, "ignore, for compatibility with other versions")
          .flag('Z', "context", "print only the security context of the process")
          .flag('g', "group", "print only the effective group ID")
          .flag('G', "groups", "print all group IDs")
          .flag('n', "name", "print a name instead of a number, for -ugG")
          .flag('r', "real", "print the real ID instead of the effective ID, with -ugG")
          .flag('u', "user", "print only the effective user ID")
          .flag(
              'z',
              "zero",
              "delimit entries with NUL characters, not whitespace;\nnot permitted in default format");

  private final String kind;

  /** {@code kind}: id, whoami, groups or logname. */
  public Id(String kind) {
    this.kind = kind;
  }

  @Override
  public int run(Invocation in) {
    Users users = Users.of(in);
    int uid = in.files().vfs().uid();
    int gid = in.files().vfs().gid();
    if (!kind.equals("id")) {
      Options o =
          Options.of(kind)
              .usage(kind.equals("groups") ? "[OPTION]... [USERNAME]..." : "[OPTION]...")
              .about(
                  kind.equals("groups")
                      ? "Print group memberships for each USERNAME or, if no USERNAME is specified, for\nthe current process (which may differ if the groups database has changed)."
                      : kind.equals("whoami")
                          ? "Print the user name associated with the current effective user ID.\nSame as id -un."
                          : "Print the user's login name.");
      List<String> ops = o.parse(in).operands();
      if (kind.equals("groups")) {
        int status = 0;
        for (String u : ops) {
          int id = users.uid(u);
          if (id < 0 || !users.knowsUser(id)) {
            in.error(Quoting.locale(u) + ": no such user");
            status = 1;
          } else {
            in.stdout().line(u + " : " + users.group(Math.max(0, users.loginGroup(id))));
          }
        }
        if (ops.isEmpty()) {
          in.stdout().line(users.group(gid));
        }
        return status;
      }
      if (!ops.isEmpty()) {
        throw o.usageError(in, "extra operand " + Quoting.locale(ops.get(0)));
      }
      if (kind.equals("whoami") && !users.knowsUser(uid)) {
        throw in.fail(1, "cannot find name for user ID " + uid);
      }
      in.stdout().line(users.user(uid));
      return 0;
    }
    Options.Parsed p = OPTIONS.parse(in);
    int kinds = (p.has("user") ? 1 : 0) + (p.has("group") ? 1 : 0) + (p.has("groups") ? 1 : 0);
    if (p.has("context")) {
      throw in.fail(1, "--context (-Z) works only on an SELinux-enabled kernel");
    }
    if (kinds > 1) {
      throw in.fail(1, "cannot print \"only\" of more than one choice");
    }
    if (kinds == 0 && (p.has("name") || p.has("real"))) {
      throw in.fail(1, "cannot print only names or real IDs in default format");
    }
    if (kinds == 0 && p.has("zero")) {
      throw in.fail(1, "option --zero not permitted in default format");
    }
    int status = 0;
    List<String> names = p.operands();
    for (int i = 0; i < Math.max(1, names.size()); i++) {
      int u = uid;
      int g = gid;
      if (!names.isEmpty()) {
        u = users.uid(names.get(i));
        if (u < 0 || !users.knowsUser(u)) {
          in.error(Quoting.locale(names.get(i)) + ": no such user");
          status = 1;
          continue;
        }
        g = users.loginGroup(u) < 0 ? g : users.loginGroup(u);
      }
      String s;
      if (p.has("user")) {
        s = p.has("name") ? users.user(u) : String.valueOf(u);
      } else if (p.has("group") || p.has("groups")) {
        s = p.has("name") ? users.group(g) : String.valueOf(g);
      } else {
        s =
            "uid="
                + u
                + named(users.knowsUser(u), users.user(u))
                + " gid="
                + g
                + named(users.knowsGroup(g), users.group(g))
                + " groups="
                + g
                + named(users.knowsGroup(g), users.group(g));
      }
      in.stdout().write(s);
      in.stdout().write(p.has("zero") ? 0 : '\n');
    }
    return status;
  }

  private static String named(boolean known, String name) {
    return known ? "(" + name + ")" : "";
  }
}
