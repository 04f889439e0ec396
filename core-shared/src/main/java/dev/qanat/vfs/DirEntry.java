package dev.qanat.vfs;

/**
 * A name in a directory.
 *
 * @param stat what the listing told about it for free; null when a {@code stat} is needed. Its size
 *     may be {@link FileStat#UNKNOWN}.
 */
public record DirEntry(String name, FileType type, FileStat stat) {}
