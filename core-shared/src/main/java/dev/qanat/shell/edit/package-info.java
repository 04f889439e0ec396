/**
 * Line editing for interactive shells, as bash's Readline does it in its emacs mode: keys, kill
 * ring, history search, completion. Knows terminals, not the shell's language.
 */
package dev.qanat.shell.edit;
