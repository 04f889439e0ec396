package dev.qanat.shell.syntax;

/** The aliases in force. */
public interface AliasTable {
  /** The text the alias stands for, or null when the word is none. */
  String lookup(String name);
}
