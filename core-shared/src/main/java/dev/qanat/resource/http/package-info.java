/** Files of a web server, read only. */
package dev.qanat.resource.http;
