/** The files of a workspace. Paths are absolute; failures are `FileError`s. */
import type { Bytes, EngineApi, EntryRecord, StatRecord } from './protocol.js';
import { toBytes } from './bytes.js';

export interface ReadOptions {
  offset?: number;
  /** Bytes at the most; without it, to the end. */
  length?: number;
}

export interface WriteOptions {
  /** Permission bits of a new file. */
  mode?: number;
}

/** What `ws.fs` offers. */
export interface FileSystem {
  readFile(path: string, options?: ReadOptions): Promise<Bytes>;
  /** The file as UTF-8 text; bytes that are not become U+FFFD. */
  readFileText(path: string, options?: ReadOptions): Promise<string>;
  /** Replaces the file's content. A `Uint8Array` is copied unless it is the whole of its buffer. */
  writeFile(path: string, data: Uint8Array | string, options?: WriteOptions): Promise<void>;
  appendFile(path: string, data: Uint8Array | string, options?: WriteOptions): Promise<void>;
  readdir(path: string): Promise<EntryRecord[]>;
  /** Follows symbolic links; `lstat` does not. */
  stat(path: string): Promise<StatRecord>;
  lstat(path: string): Promise<StatRecord>;
  exists(path: string): Promise<boolean>;
  mkdir(path: string, options?: { recursive?: boolean }): Promise<void>;
  rm(path: string, options?: { recursive?: boolean; force?: boolean }): Promise<void>;
  /** Within one mount; across mounts it fails with `EXDEV`, as rename(2) does. */
  rename(from: string, to: string): Promise<void>;
  symlink(target: string, path: string): Promise<void>;
  readlink(path: string): Promise<string>;
  realpath(path: string): Promise<string>;
  chmod(path: string, mode: number): Promise<void>;
  utimes(path: string, atime: Date | number, mtime: Date | number): Promise<void>;
  truncate(path: string, size?: number): Promise<void>;
}

/** The files behind an engine that is being opened. */
export function createFileSystem(opened: () => Promise<EngineApi>): FileSystem {
  const decoder = new TextDecoder();
  const fs: FileSystem = {
    async readFile(path, options = {}) {
      return (await opened()).readFile(path, options.offset ?? 0, options.length ?? -1);
    },
    async readFileText(path, options) {
      return decoder.decode(await fs.readFile(path, options));
    },
    async writeFile(path, data, options = {}) {
      const bytes = toBytes(data); // now: the caller may change it while the engine starts
      await (await opened()).writeFile(path, bytes, false, options.mode ?? -1);
    },
    async appendFile(path, data, options = {}) {
      const bytes = toBytes(data);
      await (await opened()).writeFile(path, bytes, true, options.mode ?? -1);
    },
    readdir: async (path) => (await opened()).readdir(path),
    stat: async (path) => (await opened()).stat(path, true),
    lstat: async (path) => (await opened()).stat(path, false),
    async exists(path) {
      try {
        await fs.stat(path);
        return true;
      } catch (error) {
        const { code } = error as { code?: unknown };
        if (code === 'ENOENT' || code === 'ENOTDIR') {
          return false;
        }
        throw error;
      }
    },
    mkdir: async (path, options = {}) => (await opened()).mkdir(path, options.recursive === true),
    rm: async (path, options = {}) =>
      (await opened()).rm(path, options.recursive === true, options.force === true),
    rename: async (from, to) => (await opened()).rename(from, to),
    symlink: async (target, path) => (await opened()).symlink(target, path),
    readlink: async (path) => (await opened()).readlink(path),
    realpath: async (path) => (await opened()).realpath(path),
    chmod: async (path, mode) => (await opened()).chmod(path, mode),
    utimes: async (path, atime, mtime) =>
      (await opened()).utimes(path, Number(atime), Number(mtime)),
    truncate: async (path, size = 0) => (await opened()).truncate(path, size),
  };
  return fs;
}
