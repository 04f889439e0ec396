package dev.qanat.command.text;

import dev.qanat.command.Command;
import dev.qanat.command.Invocation;
import dev.qanat.command.Options;
import dev.qanat.sched.Sched;
import dev.qanat.text.Utf8;
import dev.qanat.vfs.OpenFile;
import dev.qanat.vfs.VfsException;

/** yes: a line without end. */
public final class Yes implements Command {
  private static final Options OPTIONS =
      Options.of("yes")
          .usage("[STRING]...\nOPTION")
          .about("Repeatedly output a line with all specified STRING(s), or 'y'.");

  @Override
  public int run(Invocation in) {
    Options.Parsed p = OPTIONS.parse(in);
    byte[] line =
        Utf8.encode((p.operands().isEmpty() ? "y" : String.join(" ", p.operands())) + "\n");
    int copies = Math.max(1, 8192 / line.length);
    byte[] chunk = new byte[copies * line.length];
    for (int i = 0; i < copies; i++) {
      System.arraycopy(line, 0, chunk, i * line.length, line.length);
    }
    OpenFile out = in.stdout().file();
    try {
      while (true) {
        Sched.checkpoint();
        out.write(chunk, 0, chunk.length);
      }
    } catch (VfsException e) {
      in.error("standard output: " + e.reason());
      return 1;
    }
  }
}
