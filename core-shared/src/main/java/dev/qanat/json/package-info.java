/**
 * JSON: values, parser and writer, on bytes. Values are immutable to those who hold them; changing
 * one gives a new value and costs no copy as long as the old one is not looked at again.
 */
package dev.qanat.json;
