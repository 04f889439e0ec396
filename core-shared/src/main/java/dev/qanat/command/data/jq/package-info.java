/**
 * jq: a parser that makes a tree, a compiler that makes code for a backtracking machine, the
 * machine, and the functions it knows. Generators leave choices on a stack of their own, so no
 * program, however deep its recursion or long its output, grows the host's stack.
 */
package dev.qanat.command.data.jq;
