package dev.qanat.command.text.sed;

import dev.qanat.command.Input;
import dev.qanat.command.Invocation;
import dev.qanat.command.Output;
import dev.qanat.vfs.FileContext;
import dev.qanat.vfs.FileStat;
import dev.qanat.vfs.OpenFile;
import dev.qanat.vfs.OpenFlags;
import dev.qanat.vfs.VfsException;

/**
 * Edits files in place: what a file's lines become goes to a temporary file beside it, which takes
 * its name at the end, so that a reader sees the old content or the new.
 */
final class InPlace implements InputFiles.Listener {
  private final Invocation in;
  private final OutputFile out;
  private final String suffix;
  private final boolean followLinks;
  private String path;
  private String temporary;
  private OpenFile writing;
  private int counter;

  /**
   * @param suffix what to make the backup's name of, or null for none: with a {@code *} in it that
   *     stands for the file's name, else it is put behind
   */
  InPlace(Invocation in, OutputFile out, String suffix, boolean followLinks) {
    this.in = in;
    this.out = out;
    this.suffix = suffix;
    this.followLinks = followLinks;
  }

  @Override
  public boolean opened(String name, Input input) {
    FileStat stat = input.file().stat();
    if (!stat.isFile()) {
      in.error("couldn't edit " + name + ": not a regular file");
      return false;
    }
    path = followLinks ? in.files().realpath(name) : name;
    int slash = path.lastIndexOf('/');
    String directory = path.substring(0, slash + 1);
    FileContext files = in.files();
    do {
      temporary =
          directory + "sed" + Long.toString(System.identityHashCode(this) * 1000L + counter++, 36);
    } while (files.lstatOrNull(temporary) != null);
    try {
      writing = files.open(temporary, OpenFlags.REPLACE | OpenFlags.EXCLUSIVE, stat.mode() & 07777);
    } catch (VfsException e) {
      throw in.fail(4, "couldn't open temporary file " + temporary + ": " + e.reason());
    }
    out.redirect(new Output(writing));
    return true;
  }

  @Override
  public void closed() {
    if (writing == null) {
      return;
    }
    OpenFile file = writing;
    writing = null;
    String moving = temporary;
    try {
      out.out.flush();
      file.release();
      if (suffix != null) {
        moving = path;
        in.files().rename(path, backupName());
        moving = temporary;
      }
      in.files().rename(temporary, path);
    } catch (VfsException e) {
      remove();
      throw in.fail(4, "cannot rename " + moving + ": " + e.reason());
    }
    out.redirect(in.stdout());
  }

  /** Removes the temporary file of an edit that failed. */
  void abandon() {
    if (writing != null) {
      OpenFile file = writing;
      writing = null;
      try {
        file.release();
      } catch (VfsException e) {
        // the failure that led here is the one to report
      }
      remove();
    }
  }

  private void remove() {
    try {
      in.files().unlink(temporary);
    } catch (VfsException e) {
      // the failure that led here is the one to report
    }
  }

  private String backupName() {
    int slash = path.lastIndexOf('/');
    String directory = path.substring(0, slash + 1);
    String base = path.substring(slash + 1);
    String name = suffix.indexOf('*') < 0 ? base + suffix : suffix.replace("*", base);
    return name.indexOf('/') >= 0 ? name : directory + name;
  }
}
