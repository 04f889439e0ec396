package dev.qanat.engine;

import dev.qanat.cache.PageCache;
import dev.qanat.python.Python3;
import dev.qanat.python.PythonHost;
import dev.qanat.sched.Memory;
import dev.qanat.sched.Sched;
import dev.qanat.shell.interp.Machine;
import dev.qanat.shell.interp.ShellHooks;
import dev.qanat.vfs.Errno;
import dev.qanat.vfs.MemoryBudget;
import dev.qanat.vfs.MountMode;
import dev.qanat.vfs.RamResource;
import dev.qanat.vfs.Resource;
import dev.qanat.vfs.VfsException;
import dev.qanat.web.Entropy;
import dev.qanat.workspace.StandardCommands;
import dev.qanat.workspace.Workspace;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;

/** One workspace as the page sees it: a tree, its mounts, its shells. Made and used in tasks. */
final class Engine {
  private static final double DEFAULT_OUTPUT = 256 << 20;

  final FileCalls files;
  final Runs runs;
  final HostCommands commands;
  private final Workspace workspace;
  private final Resources resources;

  Engine(JSObject options, Events.Listener listener) {
    Settings s = new Settings(options);
    Settings limits = new Settings(s.object("limits"));
    MemoryBudget memory =
        new MemoryBudget((long) limits.number("memory", RamResource.DEFAULT_LIMIT));
    long cache = (long) limits.number("cache", PageCache.DEFAULT_LIMIT);
    Sched.get().setMaxTasks(number(limits, "tasks", 10_000, 20));
    Memory.setMaxText(number(limits, "text", 1 << 26, 1024));
    Memory.setMaxHeld((long) limits.number("programs", 1 << 29));
    Events events = new Events(listener);
    commands = new HostCommands(events);
    resources = new Resources(memory, new PageCache(cache));
    workspace = new Workspace(root(s), programs(s), ShellHooks.NONE, Entropy::fill);
    Machine machine = workspace.machine();
    machine.setMaxNesting(number(limits, "depth", 1000, 1));
    machine.setMaxDepth(10 * machine.maxNesting());
    machine.setMaxWords(number(limits, "words", 2_000_000, 1));
    machine.setMaxVariableBytes((long) limits.number("variables", 1 << 29));
    workspace.vfs().watch((path, tree) -> events.changed(path, tree));
    String[] env = s.pairs("env");
    for (int i = 0; i + 1 < env.length; i += 2) {
      workspace.environment().put(env[i], env[i + 1]);
    }
    files = new FileCalls(workspace.files());
    runs =
        new Runs(
            events,
            workspace,
            (long) limits.number("output", DEFAULT_OUTPUT),
            (long) limits.number("steps", 0),
            limits.number("timeoutMs", 0));
  }

  private static int number(Settings limits, String name, int usual, int least) {
    return (int) Math.max(least, Math.min(limits.number(name, usual), Integer.MAX_VALUE >> 4));
  }

  /** What is mounted at {@code /}: memory, unless the page says otherwise. */
  private Resource root(Settings s) {
    Settings spec = new Settings(s.object("root"));
    return resources.make(
        spec.text("kind", "ram"), new Settings(spec.object("settings")), MountMode.EXEC);
  }

  private StandardCommands programs(Settings s) {
    StandardCommands programs = new StandardCommands();
    Python3 python = new Python3(loadPython(s.object("loadPython")));
    programs.add("python3", () -> python);
    programs.add("python", () -> python);
    for (String name : s.list("commands")) {
      programs.add(name, () -> commands.command(name));
    }
    return programs;
  }

  void mount(JSObject spec) {
    Settings s = new Settings(spec);
    MountMode mode =
        switch (s.text("mode", "read")) {
          case "read" -> MountMode.READ;
          case "write" -> MountMode.WRITE;
          case "exec" -> MountMode.EXEC;
          default -> throw new VfsException(Errno.EINVAL, null, "a mount is read, write or exec");
        };
    Resource resource =
        resources.make(s.text("kind", ""), new Settings(s.object("settings")), mode);
    workspace.addMount(s.text("path", ""), resource, mode);
  }

  void unmount(String path) {
    workspace.unmount(path);
  }

  void close() {
    runs.close();
    workspace.close();
  }

  @JSBody(params = "load", script = "return load;")
  private static native PythonHost.Loader loadPython(JSObject load);
}
