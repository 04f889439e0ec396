/**
 * Mounts over directories that the browser keeps: the Origin Private File System, and folders the
 * user picks. The entry is {@link dev.qanat.opfs.HandleResource}.
 */
package dev.qanat.opfs;
