/**
 * The scheduler in a browser, and the browser's interfaces as Java sees them.
 *
 * <p>Everything that waits for JavaScript goes through {@link dev.qanat.web.Promises}, every byte
 * that crosses through {@link dev.qanat.web.Bytes}.
 */
package dev.qanat.web;
