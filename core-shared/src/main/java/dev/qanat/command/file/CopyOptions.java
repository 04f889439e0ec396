package dev.qanat.command.file;

import dev.qanat.command.Backup;

/** What cp, mv and install were asked for, for {@link Copier}. */
final class CopyOptions {
  boolean recursive;
  boolean followAll; // -L
  boolean followArguments; // -H
  boolean force;
  boolean interactive;
  boolean noClobber;
  boolean update;
  boolean verbose;
  boolean hardLink;
  boolean symbolicLink;
  boolean clone; // --reflink=always
  boolean parents;
  boolean oneFileSystem;
  boolean removeDestination;
  boolean attributesOnly;
  boolean preserveMode;
  boolean preserveOwner;
  boolean preserveTimes;
  boolean preserveLinks;
  boolean noMode; // --no-preserve=mode
  boolean copyContents;
  boolean stripSlashes;
  boolean debug;
  boolean moving;
  Backup backup;
}
