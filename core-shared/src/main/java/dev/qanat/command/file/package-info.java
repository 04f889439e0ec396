/** Commands that make, copy, move, list, find and remove files. */
package dev.qanat.command.file;
