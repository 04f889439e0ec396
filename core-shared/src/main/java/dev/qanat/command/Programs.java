package dev.qanat.command;

import dev.qanat.vfs.FileContext;
import java.util.List;
import java.util.Map;

/**
 * Finds programs by name, as execvp(3) does: built-in commands under the tree's bin directories,
 * scripts by their {@code #!} line.
 */
public interface Programs {
  /**
   * The program a name stands for: searched in {@code PATH} of the environment, or, with a slash in
   * it, taken as a path.
   *
   * @throws dev.qanat.vfs.VfsException ENOENT when there is none (a shell's status 127), EACCES
   *     when it may not be run (126)
   */
  Command find(String name, Map<String, String> env, FileContext files);

  /** Where {@link #find} would find it, as {@code which} prints it; null when nowhere. */
  String locate(String name, Map<String, String> env, FileContext files);

  /**
   * A command that runs the text in a shell, as {@code sh -c} does; arguments become {@code $0 …}.
   */
  Command shell(String script);

  /** The built-in commands' names, sorted. */
  List<String> names();
}
