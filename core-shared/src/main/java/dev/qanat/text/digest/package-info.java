/** Hash functions on bytes: the digests checksum commands print, and services ask for. */
package dev.qanat.text.digest;
