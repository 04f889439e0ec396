package dev.qanat.command;

import dev.qanat.text.Quoting;
import dev.qanat.text.SizeText;
import dev.qanat.vfs.DirEntry;
import dev.qanat.vfs.FileContext;

/** Backups of files that are about to be replaced: {@code -b}, {@code --backup}, {@code -S}. */
public final class Backup {
  private final String control; // none, simple, existing, numbered
  private final String suffix;

  private Backup(String control, String suffix) {
    this.control = control;
    this.suffix = suffix;
  }

  /** What the options backup, b and suffix and the environment ask for. */
  public static Backup of(Invocation in, Options options, Options.Parsed p) {
    String suffix = p.value("suffix");
    boolean on = p.has("b") || p.has("backup") || suffix != null;
    if (suffix == null || suffix.isEmpty() || suffix.indexOf('/') >= 0) {
      String s = in.env("SIMPLE_BACKUP_SUFFIX");
      suffix = s == null || s.isEmpty() || s.indexOf('/') >= 0 ? "~" : s;
    }
    if (!on) {
      return new Backup("none", suffix);
    }
    String word = p.value("backup");
    String context = "backup type";
    if (word == null || word.isEmpty()) {
      word = in.env("VERSION_CONTROL");
      context = "$VERSION_CONTROL";
    }
    if (word == null || word.isEmpty()) {
      return new Backup("existing", suffix);
    }
    String[] words = {"none", "off", "simple", "never", "existing", "nil", "numbered", "t"};
    String found = null;
    for (String w : words) {
      if (w.equals(word)) {
        found = w;
      }
    }
    if (found == null) {
      int n = 0;
      for (String w : words) {
        if (w.startsWith(word)) {
          found = w;
          n++;
        }
      }
      if (n != 1) {
        in.error(
            (n > 1 ? "ambiguous" : "invalid")
                + " argument "
                + Quoting.locale(word)
                + " for "
                + Quoting.locale(context));
        in.stderr()
            .write(
                "Valid arguments are:\n  - ‘none’, ‘off’\n  - ‘simple’, ‘never’\n  - ‘existing’, ‘nil’\n  - ‘numbered’, ‘t’\n");
        throw options.hint(in);
      }
    }
    return switch (found) {
      case "none", "off" -> new Backup("none", suffix);
      case "simple", "never" -> new Backup("simple", suffix);
      case "numbered", "t" -> new Backup("numbered", suffix);
      default -> new Backup("existing", suffix);
    };
  }

  public boolean on() {
    return !control.equals("none");
  }

  /** The name the file's backup gets. May suspend. */
  public String name(FileContext f, String file) {
    if (control.equals("simple")) {
      return file + suffix;
    }
    int slash = file.lastIndexOf('/');
    String dir = slash < 0 ? "." : slash == 0 ? "/" : file.substring(0, slash);
    String prefix = file.substring(slash + 1) + ".~";
    long highest = 0;
    for (DirEntry e : f.list(dir)) {
      String n = e.name();
      if (n.startsWith(prefix) && n.endsWith("~") && n.length() > prefix.length() + 1) {
        long v = SizeText.parse(n.substring(prefix.length(), n.length() - 1), "");
        highest = Math.max(highest, v);
      }
    }
    if (highest == 0 && control.equals("existing")) {
      return file + suffix;
    }
    return file + ".~" + (highest + 1) + "~";
  }
}
