/** Commands on streams of text and bytes. */
package dev.qanat.command.text;
