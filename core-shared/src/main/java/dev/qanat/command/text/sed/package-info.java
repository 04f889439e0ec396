/**
 * The stream editor: its script is parsed to a flat list of commands, which an {@code Executor}
 * runs for each line.
 */
package dev.qanat.command.text.sed;
