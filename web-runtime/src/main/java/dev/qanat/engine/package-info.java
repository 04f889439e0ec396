/**
 * The engine as JavaScript calls it: one workspace, its mounts, its runs and its files. Every
 * method that may wait gives a promise and works in a task of its own.
 */
package dev.qanat.engine;
