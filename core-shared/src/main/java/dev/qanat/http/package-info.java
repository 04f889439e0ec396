/**
 * HTTP as the services need it: requests and streamed responses, retries, dates, and failures told
 * apart. How a request leaves the machine is the platform's ({@link dev.qanat.http.HttpClient}).
 */
package dev.qanat.http;
