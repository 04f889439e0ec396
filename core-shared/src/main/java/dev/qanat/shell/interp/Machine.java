package dev.qanat.shell.interp;

import dev.qanat.command.Command;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What all shells of one workspace share: the registered commands, the host's name, and limits. The
 * commands {@code bash} and {@code sh} are added here.
 */
public final class Machine {
  /** The commands a workspace has, made when first asked for. */
  public interface Registry {
    /** The command of a name, or null. */
    Command get(String name);

    List<String> names();
  }

  private final Registry registry;
  private final TreeMap<String, Command> own = new TreeMap<>();
  private final ShellHooks hooks;
  private String hostname = "qanat";
  private int maxNesting = 1000;
  private int maxDepth = 10_000;
  private long maxVariableBytes = 1L << 29;
  private int maxWords = 2_000_000;

  public Machine(Registry registry, ShellHooks hooks) {
    this.registry = registry;
    this.hooks = hooks;
    Command bash = new BashCommand(this);
    own.put("bash", bash);
    own.put("sh", bash);
    own.put("rbash", bash);
    for (String name : Builtins.ALSO_PROGRAMS) {
      if (registry.get(name) == null) {
        own.put(name, new BuiltinProgram(this, name));
      }
    }
  }

  /** The command of a name, or null. */
  public Command command(String name) {
    Command c = own.get(name);
    return c != null ? c : registry.get(name);
  }

  /** All names, sorted. */
  public List<String> commandNames() {
    TreeSet<String> names = new TreeSet<>(registry.names());
    names.addAll(own.keySet());
    return List.copyOf(names);
  }

  /** Adds a command, or puts another in the place of one. */
  public void register(String name, Command command) {
    own.put(name, command);
  }

  public String hostname() {
    return hostname;
  }

  public void setHostname(String name) {
    hostname = name;
  }

  /**
   * How deep functions, {@code eval} and {@code source} may nest before the shell gives the command
   * up, instead of overflowing the engine's stack.
   */
  public int maxNesting() {
    return maxNesting;
  }

  public void setMaxNesting(int depth) {
    maxNesting = depth;
  }

  /**
   * How many commands may lie within each other on one stack: a function's call, its body, the
   * {@code if} in it are three.
   */
  public int maxDepth() {
    return maxDepth;
  }

  public void setMaxDepth(int depth) {
    maxDepth = depth;
  }

  /** The words that one expansion may make. */
  public int maxWords() {
    return maxWords;
  }

  public void setMaxWords(int words) {
    maxWords = words;
  }

  /** The memory that the variables of all shells may take together, in bytes, counted roughly. */
  public long maxVariableBytes() {
    return maxVariableBytes;
  }

  public void setMaxVariableBytes(long bytes) {
    maxVariableBytes = bytes;
  }

  public ShellHooks hooks() {
    return hooks;
  }
}
