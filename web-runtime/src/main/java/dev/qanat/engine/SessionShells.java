package dev.qanat.engine;

import dev.qanat.sched.Sched;
import dev.qanat.terminal.Terminal;
import dev.qanat.text.Quoting;
import dev.qanat.text.Utf8;
import dev.qanat.vfs.Errno;
import dev.qanat.vfs.OpenFile;
import dev.qanat.vfs.VfsException;
import dev.qanat.workspace.Session;
import dev.qanat.workspace.Workspace;
import java.util.HashMap;
import java.util.Map;

/** The shells of a workspace: one for each session. */
final class SessionShells implements Shells {
  private final Workspace workspace;
  private final Map<String, Integer> statuses = new HashMap<>();
  private final Map<String, Session.Options> settings = new HashMap<>();

  SessionShells(Workspace workspace) {
    this.workspace = workspace;
  }

  @Override
  public void createSession(String id, String cwd, Map<String, String> env) {
    if (settings.containsKey(id)) {
      throw new VfsException(Errno.EEXIST, id);
    }
    Session.Options o = new Session.Options();
    o.env = env;
    settings.put(id, o);
    if (cwd == null) {
      return;
    }
    OpenFile nothing = new GivenInput(new byte[0]);
    CollectedOutput said = new CollectedOutput("stderr", 1 << 16);
    Session.Options setup = new Session.Options();
    String script = "cd -- " + Quoting.always(cwd);
    if (workspace.session(id).execute(script, nothing, said, said, setup) != 0) {
      closeSession(id);
      throw new VfsException(Errno.ENOENT, cwd);
    }
  }

  @Override
  public void closeSession(String id) {
    workspace.closeSession(id);
    settings.remove(id);
    statuses.remove(id);
  }

  @Override
  public String cwd(String id) {
    return workspace.session(id).cwd();
  }

  @Override
  public int status(String id) {
    return statuses.getOrDefault(id, 0);
  }

  @Override
  public int run(
      String session,
      String line,
      OpenFile in,
      OpenFile out,
      OpenFile err,
      String cwd,
      Map<String, String> env) {
    Session.Options o = new Session.Options();
    o.cwd = cwd;
    Session.Options kept = settings.get(session);
    o.env = new HashMap<>();
    if (kept != null) {
      o.env.putAll(kept.env);
    }
    o.env.putAll(env);
    o.budget = Sched.get().current().budget();
    int status = workspace.session(session).execute(line, in, out, err, o);
    statuses.put(session, status);
    return status;
  }

  /** Line by line: the terminal edits, the session runs. */
  @Override
  public int interactive(String session, Terminal terminal) {
    Session shell = workspace.session(session);
    byte[] b = new byte[4096];
    while (true) {
      byte[] prompt = Utf8.encode(shell.cwd() + "$ ");
      terminal.setForeground(Sched.get().current().group());
      terminal.write(prompt, 0, prompt.length);
      int n = terminal.read(b, 0, b.length);
      if (n <= 0) {
        return status(session);
      }
      String typed = Utf8.decode(b, 0, n);
      Session.Options o = new Session.Options();
      o.budget = Sched.get().current().budget();
      Session.Execution e = shell.start(typed, terminal, terminal, terminal, o);
      terminal.setForeground(e.task().group());
      statuses.put(session, e.await());
    }
  }
}
