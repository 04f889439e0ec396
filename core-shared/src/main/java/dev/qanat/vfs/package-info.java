/**
 * One tree of files over many services: paths, mounts, open files, and the contract a service
 * implements ({@link dev.qanat.vfs.Resource}). What services lack, such as random writes, links,
 * permissions or files that outlive their name, is built here once, for all of them.
 */
package dev.qanat.vfs;
