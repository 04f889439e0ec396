package dev.qanat.workspace;

import dev.qanat.sched.Sched;
import dev.qanat.shell.interp.BinResource;
import dev.qanat.shell.interp.Machine;
import dev.qanat.shell.interp.ShellHooks;
import dev.qanat.text.Utf8;
import dev.qanat.vfs.Attributes;
import dev.qanat.vfs.Descriptors;
import dev.qanat.vfs.DevResource;
import dev.qanat.vfs.FileContext;
import dev.qanat.vfs.Mount;
import dev.qanat.vfs.MountMode;
import dev.qanat.vfs.RamResource;
import dev.qanat.vfs.Resource;
import dev.qanat.vfs.Vfs;
import dev.qanat.vfs.VfsException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * One computer: a tree of files, the commands, and sessions that work on them. Its methods are
 * called in a task and may suspend.
 */
public final class Workspace {
  private static final int USER = 1000;

  private final Vfs vfs;
  private final Machine machine;
  private final StandardCommands commands;
  private final Map<String, Session> sessions = new HashMap<>();
  private final Map<String, String> environment = new HashMap<>();
  private String home = "/home";

  /**
   * A workspace with {@code /}, {@code /tmp}, {@code /home}, {@code /dev} and {@code /usr/bin}.
   *
   * @param root what is mounted at {@code /}
   */
  public Workspace(
      Resource root,
      StandardCommands commands,
      ShellHooks hooks,
      DevResource.Randomness randomness) {
    this.commands = commands;
    this.vfs = new Vfs(root, MountMode.EXEC);
    this.machine =
        new Machine(
            new Machine.Registry() {
              @Override
              public dev.qanat.command.Command get(String name) {
                return commands.get(name);
              }

              @Override
              public java.util.List<String> names() {
                return commands.names();
              }
            },
            hooks);
    vfs.setUser(USER, USER);
    environment.put("PATH", "/usr/local/bin:/usr/bin:/bin");
    environment.put("LANG", "C.UTF-8");
    environment.put("SHELL", "/bin/bash");
    environment.put("TERM", "xterm-256color");
    environment.put("USER", "user");
    environment.put("LOGNAME", "user");
    build(randomness);
  }

  /** A workspace in memory, with the standard commands. */
  public static Workspace inMemory() {
    long[] state = {Sched.get().realTimeNanos() | 1};
    return new Workspace(
        new RamResource(),
        new StandardCommands(),
        ShellHooks.NONE,
        (b, off, len) -> {
          for (int i = 0; i < len; i++) {
            state[0] ^= state[0] << 13;
            state[0] ^= state[0] >>> 7;
            state[0] ^= state[0] << 17;
            b[off + i] = (byte) (state[0] >>> 24);
          }
        });
  }

  private void build(DevResource.Randomness randomness) {
    FileContext f = files();
    for (String dir :
        new String[] {
          "/tmp", "/home", "/usr/bin", "/usr/local/bin", "/etc", "/dev", "/var/tmp", "/root"
        }) {
      f.mkdirs(dir);
    }
    f.setAttributes("/tmp", Attributes.mode(01777), true);
    f.setAttributes("/var/tmp", Attributes.mode(01777), true);
    if (f.lstatOrNull("/bin") == null) {
      f.symlink("usr/bin", "/bin");
    }
    text(
        f,
        "/etc/passwd",
        "root:x:0:0:root:/root:/bin/bash\nuser:x:1000:1000:user:"
            + home
            + ":/bin/bash\n"
            + "nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin\n");
    text(f, "/etc/group", "root:x:0:\nuser:x:1000:\nnogroup:x:65534:\n");
    text(f, "/etc/hostname", machine.hostname() + "\n");
    text(
        f,
        "/etc/os-release",
        "PRETTY_NAME=\"Qanat\"\nNAME=\"Qanat\"\nID=qanat\nHOME_URL=\"https://qanat.dev/\"\n");
    text(
        f,
        "/etc/bash.bashrc",
        """
        # For interactive shells.
        PS1='\\[\\e[1;36m\\]\\u@\\h\\[\\e[0m\\]:\\[\\e[1;34m\\]\\w\\[\\e[0m\\]\\$ '
        alias ls='ls --color=auto' grep='grep --color=auto'
        """);
    vfs.addMount("/usr/bin", new BinResource(machine, Sched.get().realTimeNanos()), MountMode.EXEC);
    vfs.addMount("/dev", new DevResource(randomness), MountMode.WRITE);
  }

  private static void text(FileContext f, String path, String content) {
    if (f.lstatOrNull(path) == null) {
      f.writeFile(path, Utf8.encode(content));
    }
  }

  /**
   * The files as a process without descriptors sees them, in that directory or, when there is none,
   * in {@code /}.
   */
  public FileContext files(String cwd, int umask) {
    FileContext files = files();
    String there = files.isDirectory(cwd) ? files.realpath(cwd) : "/";
    return new FileContext(vfs, new Descriptors(), there, umask);
  }

  /** Absolute paths, a umask of 022. */
  public FileContext files() {
    return new FileContext(vfs, new Descriptors(), "/", 022);
  }

  public Vfs vfs() {
    return vfs;
  }

  public Machine machine() {
    return machine;
  }

  public StandardCommands commands() {
    return commands;
  }

  /** The variables every session starts with; change them before the first session. */
  public Map<String, String> environment() {
    return environment;
  }

  public String home() {
    return home;
  }

  public void setHome(String path) {
    home = path;
  }

  public Mount addMount(String path, Resource resource, MountMode mode) {
    try {
      files().mkdirs(path);
    } catch (VfsException e) {
      // a mount point that cannot be made still works
    }
    return vfs.addMount(path, resource, mode);
  }

  public void unmount(String path) {
    vfs.unmount(path);
  }

  public Collection<Mount> mounts() {
    return vfs.mounts();
  }

  public boolean hasSession(String name) {
    return sessions.containsKey(name);
  }

  /** The session of that name, made when there is none. */
  public Session session(String name) {
    Session s = sessions.get(name);
    if (s == null) {
      s = new Session(this, environment, home);
      sessions.put(name, s);
    }
    return s;
  }

  public void closeSession(String name) {
    Session s = sessions.remove(name);
    if (s != null) {
      s.close();
    }
  }

  public void close() {
    for (Session s : sessions.values()) {
      s.close();
    }
    sessions.clear();
  }
}
