/**
 * From words to fields, in the order of bash's manual ("Shell Expansions"): braces, tilde,
 * parameters, arithmetic, command and process substitution, word splitting, pathname expansion,
 * quote removal. Holds the shell's variables. Knows no commands: what needs the running shell is
 * asked through {@link dev.qanat.shell.expand.ShellContext}.
 */
package dev.qanat.shell.expand;
