/**
 * Runs the syntax tree as bash 5.2 does: commands, redirections, pipelines, jobs, traps, functions.
 * A {@link dev.qanat.shell.interp.Shell} is the state of one shell process, an {@link
 * dev.qanat.shell.interp.Interpreter} the walk over its tree; builtins live in {@code builtin}.
 */
package dev.qanat.shell.interp;
