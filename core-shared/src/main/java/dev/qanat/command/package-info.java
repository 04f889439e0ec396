/**
 * What a command is: the contract between whoever runs programs and the programs. The families of
 * commands are the packages below; they use this one and never the shell.
 */
package dev.qanat.command;
