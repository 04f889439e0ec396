/**
 * The bash 5.2 language: lexer, recursive-descent parser, immutable syntax tree and printer. Knows
 * nothing of files, tasks or running; what depends on the running shell (aliases, {@code extglob},
 * POSIX mode) is asked through {@link dev.qanat.shell.syntax.Dialect}.
 */
package dev.qanat.shell.syntax;
