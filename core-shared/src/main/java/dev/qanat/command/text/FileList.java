package dev.qanat.command.text;

import dev.qanat.command.Input;
import dev.qanat.command.Invocation;
import dev.qanat.text.Quoting;
import dev.qanat.text.Utf8;
import dev.qanat.vfs.VfsException;
import java.util.ArrayList;
import java.util.List;

/** Names of files given in a file, each ended by NUL: {@code --files0-from}. */
public final class FileList {
  private FileList() {}

  /** The names, empty ones too; null, after a message, when the list cannot be read. */
  public static List<String> read(Invocation in, String list) {
    Input file;
    try {
      file = list.equals("-") ? in.stdin() : new Input(in.files().open(list), true);
    } catch (VfsException e) {
      in.error("cannot open " + Quoting.always(list) + " for reading: " + e.reason());
      return null;
    }
    List<String> names = new ArrayList<>();
    try {
      while (file.nextLine((byte) 0)) {
        names.add(Utf8.decode(file.data, file.start, file.end - file.start));
      }
    } catch (VfsException e) {
      in.error(list + ": read error: " + e.reason());
      return null;
    } finally {
      file.close();
    }
    return names;
  }
}
