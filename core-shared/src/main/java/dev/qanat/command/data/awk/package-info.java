/**
 * awk, gawk's language: a parser that makes a tree whose names are resolved to slots, values that
 * are numbers or bytes as needed, records split only as far as a program looks, and the streams.
 */
package dev.qanat.command.data.awk;
