package dev.qanat.engine;

import dev.qanat.terminal.Terminal;
import dev.qanat.vfs.OpenFile;
import java.util.Map;

/** What the engine asks of the shells: sessions, and running lines in them. All may suspend. */
interface Shells {
  /** EEXIST when there is one of that name. */
  void createSession(String id, String cwd, Map<String, String> env);

  void closeSession(String id);

  /** The session's working directory. */
  String cwd(String id);

  /** The status of the session's last command. */
  int status(String id);

  /**
   * Runs a line in a session, in the calling task, and returns its status. The streams stay the
   * caller's.
   *
   * @param cwd a directory for this line only; null for the session's
   * @param env variables for this line only
   */
  int run(
      String session,
      String line,
      OpenFile in,
      OpenFile out,
      OpenFile err,
      String cwd,
      Map<String, String> env);

  /** Runs an interactive shell until it exits. */
  int interactive(String session, Terminal terminal);
}
