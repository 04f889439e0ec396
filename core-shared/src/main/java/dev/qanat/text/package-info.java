/**
 * Text as bytes and back: UTF-8 with invalid bytes preserved, growable byte buffers, regular
 * expressions, and the other rules of text (numbers, formats, patterns) that commands and the shell
 * share. Knows nothing of files or tasks.
 */
package dev.qanat.text;
