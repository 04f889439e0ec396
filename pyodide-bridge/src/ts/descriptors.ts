/**
 * The names `/dev/stdin`, `/dev/stdout`, `/dev/stderr` and `/dev/fd/N`: another way to the program's
 * own descriptors, or, for those it was not given by number, to the ones of the command that runs it
 * (process substitutions).
 */
import { ERRNO } from './errno.js';
import type { Fs, FsNode, FsStream, NodeOps, Stat, StreamOps } from './emscripten.js';
import type { Ask } from './services.js';
import type { Streams } from './streams.js';
import type { Suspension } from './suspension.js';
import { statOf } from './tree.js';

const STANDARD: Readonly<Record<string, number>> = { stdin: 0, stdout: 1, stderr: 2 };
const CHARACTER = 0o020666;
const DIRECTORY = 0o040555;

/** Gives the node for a name in `/dev` or `/dev/fd`; null when the name is an ordinary one. */
export type DescriptorNodes = (directory: FsNode, name: string) => FsNode | null;

/** Creates the nodes of one interpreter. */
export function createDescriptorNodes(
  fs: Fs,
  suspension: Suspension,
  ask: Ask,
  getStreams: () => Streams,
): DescriptorNodes {
  const nodes = new Map<number, FsNode>();
  let folder: FsNode | null = null;

  const operations = (fd: number): NodeOps => ({
    getattr() {
      const own = fs.getStream(fd);
      if (own?.stream_ops.getattr) {
        return own.stream_ops.getattr(own);
      }
      const full = `/dev/fd/${fd}`;
      const meta = suspension.block(`stat:${full}`, () => ask('stat', full));
      if (!meta) {
        throw suspension.error(ERRNO.ENOENT);
      }
      return statOf(meta, null);
    },
    setattr: () => undefined, // truncating a stream means nothing
  });

  const streamOps = (fd: number): StreamOps => ({
    open: (stream: FsStream) => getStreams().reopen(stream, fd),
  });

  function node(parent: FsNode, name: string, fd: number): FsNode {
    let made = nodes.get(fd);
    if (!made) {
      made = new fs.FSNode(parent, name, CHARACTER, 0);
      made.node_ops = operations(fd);
      made.stream_ops = streamOps(fd);
      nodes.set(fd, made);
    }
    return made;
  }

  function folderNode(parent: FsNode): FsNode {
    if (!folder) {
      folder = new fs.FSNode(parent, 'fd', DIRECTORY, 0);
      folder.node_ops = {
        lookup: (directory, name) => numbered(directory, name),
        getattr: empty,
        readdir: () => [
          '.',
          '..',
          ...fs.streams.flatMap((stream, fd) => (stream ? [String(fd)] : [])),
        ],
      };
    }
    return folder;
  }

  function empty(): Stat {
    const at = Date.now();
    const times = { mtime: at, atime: at, ctime: at };
    const owner = { uid: 0, gid: 0, rdev: 0, dev: 1, ino: 2, nlink: 2 };
    return statOf({ mode: DIRECTORY, size: 0, version: null, ...times, ...owner }, null);
  }

  function numbered(directory: FsNode, name: string): FsNode {
    const fd = Number(name);
    if (!Number.isInteger(fd) || fd < 0 || String(fd) !== name) {
      throw suspension.error(ERRNO.ENOENT);
    }
    return node(directory, name, fd);
  }

  return (directory, name) => {
    const above = directory.parent;
    if (directory.name !== 'dev' || above !== fs.root) {
      return null;
    }
    const fd = STANDARD[name];
    return fd !== undefined
      ? node(directory, name, fd)
      : name === 'fd'
        ? folderNode(directory)
        : null;
  };
}
