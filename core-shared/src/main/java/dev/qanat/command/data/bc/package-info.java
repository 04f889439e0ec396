/** {@code bc}: decimal numbers of any length, and the small language to calculate with them. */
package dev.qanat.command.data.bc;
