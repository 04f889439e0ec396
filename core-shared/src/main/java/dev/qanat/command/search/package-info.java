/** Commands that look for things: grep and its kin. */
package dev.qanat.command.search;
