/** Shell patterns: compiled once, matched without exponential time. */
package dev.qanat.text.glob;
