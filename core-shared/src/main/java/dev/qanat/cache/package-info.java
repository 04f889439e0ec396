/** Pages and listings of slow services, kept in memory within a budget. */
package dev.qanat.cache;
