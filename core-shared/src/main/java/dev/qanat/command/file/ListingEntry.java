package dev.qanat.command.file;

import dev.qanat.vfs.FileStat;
import dev.qanat.vfs.FileType;

/** A name ls shows, with what is known of it. */
final class ListingEntry {
  final String name;
  final FileStat stat; // null when it could not be had
  final FileType type; // as the directory says, null when it does not
  String target; // of a link, in a long listing
  FileStat targetStat;
  boolean directory; // itself, or what the link leads to
  String shown; // quoted, coloured and marked
  int width; // of what is shown, in columns

  ListingEntry(String name, FileStat stat, FileType type) {
    this.name = name;
    this.stat = stat;
    this.type = type;
    this.directory = stat != null && stat.isDirectory();
  }
}
