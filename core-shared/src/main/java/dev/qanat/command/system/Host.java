package dev.qanat.command.system;

import dev.qanat.command.Command;
import dev.qanat.command.Invocation;
import dev.qanat.command.Options;
import dev.qanat.sched.Sched;
import dev.qanat.text.Quoting;
import dev.qanat.text.time.TimeFormat;
import dev.qanat.text.time.Zone;
import dev.qanat.vfs.OpenFile;
import dev.qanat.vfs.VfsException;

/** nproc, hostname, hostid, tty, sync, clear and uptime: one answer each. */
public final class Host implements Command {
  private final String kind;

  public Host(String kind) {
    this.kind = kind;
  }

  @Override
  public int run(Invocation in) {
    Options o = Options.of(kind).usage("[OPTION]...");
    switch (kind) {
      case "nproc" ->
          o.about("Print the number of processing units available to the current process.")
              .flag((char) 0, "all", "print the number of installed processors")
              .value((char) 0, "ignore", "N", "if possible, exclude N processing units");
      case "tty" ->
          o.about("Print the file name of the terminal connected to standard input.")
              .flag('s', "silent", "print nothing, only return an exit status")
              .alias("quiet", "silent")
              .usageStatus(2);
      case "hostname" ->
          o.about("Show the system's host name.")
              .flag('s', "short", "short host name")
              .flag('f', "fqdn", "long host name")
              .flag('i', "ip-address", "address of the host name");
      case "sync" ->
          o.usage("[OPTION] [FILE]...")
              .about("Bring what was written to where it is kept.")
              .flag('d', "data", "sync only file data")
              .flag('f', "file-system", "sync the file systems that contain the files");
      default -> o.about("Print what " + kind + " knows.");
    }
    Options.Parsed p = o.parse(in);
    if (!p.operands().isEmpty() && !kind.equals("sync")) {
      throw o.usageError(in, "extra operand " + Quoting.locale(p.operands().get(0)));
    }
    switch (kind) {
      case "nproc" -> in.stdout().line("1");
      case "hostid" -> in.stdout().line("00000000");
      case "clear" -> in.stdout().write("\033[H\033[2J\033[3J");
      case "hostname" -> {
        String h = in.env("HOSTNAME");
        in.stdout()
            .line(p.has("ip-address") ? "127.0.0.1" : h == null || h.isEmpty() ? "qanat" : h);
      }
      case "tty" -> {
        OpenFile f = in.files().descriptors().get(0);
        boolean is = f != null && f.isTerminal();
        if (!p.has("silent")) {
          in.stdout().line(is ? f.path() : "not a tty");
        }
        return is ? 0 : 1;
      }
      case "uptime" -> {
        Zone zone = Zone.of(in.env("TZ"));
        long seconds = Sched.get().nanoTime() / 1_000_000_000L;
        in.stdout()
            .line(
                " "
                    + TimeFormat.strftime(
                        "%H:%M:%S", Sched.get().realTimeNanos() / 1_000_000_000L, zone)
                    + " up "
                    + seconds / 60
                    + " min,  1 user,  load average: 0.00, 0.00, 0.00");
      }
      default -> {
        int status = 0;
        for (String f : p.operands()) {
          try {
            OpenFile file = in.files().open(f);
            file.sync();
            file.release();
          } catch (VfsException e) {
            in.error("error opening " + Quoting.always(f) + ": " + e.reason());
            status = 1;
          }
        }
        return status;
      }
    }
    return 0;
  }
}
