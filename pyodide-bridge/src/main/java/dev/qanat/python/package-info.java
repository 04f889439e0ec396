/**
 * The {@code python3} command: reads its command line, hands the program to CPython in a worker of
 * its own (the TypeScript of this module), and serves what the program asks of files, streams and
 * processes.
 */
package dev.qanat.python;
