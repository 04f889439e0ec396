package dev.qanat.command.text;

import dev.qanat.command.Command;
import dev.qanat.command.Input;
import dev.qanat.command.Invocation;
import dev.qanat.command.Options;
import dev.qanat.command.Output;
import dev.qanat.text.Utf8;
import dev.qanat.vfs.VfsException;
import java.util.List;

/** rev: the characters of each line, last first. */
public final class Rev implements Command {
  private static final Options OPTIONS =
      Options.of("rev")
          .usage("[options] [file ...]")
          .about("Reverse lines characterwise.")
          .version("util-linux", "2.38.1")
          .flag('0', "zero", "use NUL as line separator");

  @Override
  public int run(Invocation in) {
    Options.Parsed p = OPTIONS.parse(in);
    byte delimiter = (byte) (p.has("zero") ? 0 : '\n');
    int status = 0;
    Output out = in.stdout();
    byte[] turned = new byte[256];
    for (String name : p.operands().isEmpty() ? List.of("-") : p.operands()) {
      Input file;
      try {
        file =
            name.equals("-") && p.operands().isEmpty()
                ? in.stdin()
                : new Input(in.files().open(name), true);
      } catch (VfsException e) {
        in.error("cannot open " + name + ": " + e.reason());
        status = 1;
        continue;
      }
      try {
        while (file.nextLine(delimiter)) {
          int n = file.end - file.start;
          if (turned.length < n) {
            turned = new byte[n * 2];
          }
          int at = n;
          for (int i = file.start; i < file.end; ) {
            int size = Math.max(1, Utf8.sequenceLength(file.data, i, file.end));
            at -= size;
            System.arraycopy(file.data, i, turned, at, size);
            i += size;
          }
          out.write(turned, 0, n);
          if (file.terminated()) {
            out.write(delimiter);
          }
        }
      } catch (VfsException e) {
        in.error(name + ": " + e.reason());
        status = 1;
      } finally {
        file.close();
      }
    }
    return status;
  }
}
