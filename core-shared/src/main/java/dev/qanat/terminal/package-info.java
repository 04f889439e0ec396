/** The terminal as processes see it: a device with a line discipline, modes and a size (tty(4)). */
package dev.qanat.terminal;
