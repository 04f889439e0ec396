/**
 * Tasks, gates, pipes, signals and the clock: the part of an operating system that decides who
 * runs.
 *
 * <p>Code is written as plain blocking Java. Exactly one task runs at a time and control changes
 * hands only inside {@link dev.qanat.sched.Gate#await()}, {@link
 * dev.qanat.sched.Sched#checkpoint()} and what is built on them, so plain fields need no locks.
 * This package knows nothing of files or of the shell.
 */
package dev.qanat.sched;
