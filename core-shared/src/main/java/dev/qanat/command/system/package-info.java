/** Commands about programs, users, time and the system itself. */
package dev.qanat.command.system;
