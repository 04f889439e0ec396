/**
 * Regular expressions over bytes: one engine for grep, sed, awk, find, expr, rg, jq and {@code [[
 * =~ ]]}. {@link dev.qanat.text.regex.Regex} is compiled once; a {@link
 * dev.qanat.text.regex.Matcher} searches with it.
 *
 * <p>A pattern is parsed to a tree of {@code Node}s. What a finite automaton can do (everything but
 * back-references and look-around) is found by lazily built automata over UTF-8 bytes in time
 * linear in the text; captures come from a second pass over the match alone. The rest is done by a
 * backtracker that counts its steps and gives up with an error.
 */
package dev.qanat.text.regex;
