package dev.qanat.engine;

import dev.qanat.terminal.Terminal;
import dev.qanat.text.Utf8;
import dev.qanat.vfs.OpenFile;
import java.util.Map;

/** Stands in until the shell is there. */
final class NoShells implements Shells {
  @Override
  public void createSession(String id, String cwd, Map<String, String> env) {}

  @Override
  public void closeSession(String id) {}

  @Override
  public String cwd(String id) {
    return "/";
  }

  @Override
  public int status(String id) {
    return 0;
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
    byte[] b = new byte[8192];
    for (int n; (n = in.read(b, 0, b.length)) > 0; ) {
      out.write(b, 0, n);
    }
    byte[] echo = Utf8.encode(line + "\n");
    err.write(echo, 0, echo.length);
    return 127;
  }

  @Override
  public int interactive(String session, Terminal terminal) {
    byte[] b = new byte[8192];
    for (int n; (n = terminal.read(b, 0, b.length)) > 0; ) {
      terminal.write(b, 0, n);
    }
    return 0;
  }
}
