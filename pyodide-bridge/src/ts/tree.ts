/**
 * The engine's file tree as Emscripten's root directory. Names are asked for when they are needed
 * and believed for a moment; everything about open files is in `streams.ts`.
 */
import { ERRNO } from './errno.js';
import type { Fs, FsNode, NodeOps, SetAttr, Stat, StreamOps } from './emscripten.js';
import { OPEN, type Ask, type Meta, type Opened } from './services.js';
import type { DescriptorNodes } from './descriptors.js';
import { resizeContent, sendContent, type Content } from './content.js';
import type { Suspension } from './suspension.js';

/** What the bridge knows of a node of the tree. */
export interface TreeNode {
  /** Null when only the type is known. */
  meta: Meta | null;
  /** When `meta` was true, on the tree's clock. */
  asOf: number;
  target: string | null;
  /** Names looked up in a directory; null stands for one that is not there. */
  entries: Map<string, { node: FsNode | null; asOf: number }>;
  /** When every name of the directory was in `entries`. */
  listedAt: number;
  content: Content | null;
}

/** The tree in one interpreter. */
export interface Tree {
  /** Puts the tree in place of Emscripten's root; `own` names stay Emscripten's. */
  install(own: readonly string[]): void;
  /** Nothing that was learned before this moment is believed any more. */
  forget(): void;
  /** The absolute path of a node. */
  path(node: FsNode): string;
  /** Takes what the engine has said about a node. */
  learn(node: FsNode, meta: Meta): void;
  /** stat(2)'s answer for a node of which this is known. */
  stat(node: FsNode, meta: Meta): Stat;
  /** What is known of the node and still believed, or null. */
  known(node: FsNode): Meta | null;
  /** Opens by path within openat(2), creating as its flags say. May wait. */
  open(path: string, extraFlags: number): Opened;
  setUmask(bits: number): void;
}

/** How long an answer is believed, in milliseconds. */
export const BELIEVED = 100;
/** The same for a directory on the way to a name. */
const DIRECTORY_BELIEVED = 1000;
const TYPE = 0o170000;
const REGULAR = 0o100000;
const LONG_AGO = -1e9;

const O_EXCL = 128;
const O_TRUNC = 512;
const O_APPEND = 1024;
const O_CREAT = 64;
const O_ACCMODE = 3;

/** Flags of open(2) as Emscripten numbers them, in the engine's words. */
export function openFlags(flags: number): number {
  const access = flags & O_ACCMODE;
  return (
    (access === 1 ? OPEN.write : access === 2 ? OPEN.read | OPEN.write : OPEN.read) |
    (flags & O_CREAT ? OPEN.create : 0) |
    (flags & O_EXCL ? OPEN.exclusive : 0) |
    (flags & O_TRUNC ? OPEN.truncate : 0) |
    (flags & O_APPEND ? OPEN.append : 0)
  );
}

/** stat(2)'s answer: what the engine says, with what is written here and not yet there. */
export function statOf(meta: Meta, content: Content | null): Stat {
  const size = content ? content.size : meta.size;
  const mtime = content && content.dirty.total > 0 ? content.mtime : meta.mtime;
  return {
    dev: meta.dev,
    ino: meta.ino,
    mode: meta.mode,
    nlink: meta.nlink,
    uid: meta.uid,
    gid: meta.gid,
    rdev: meta.rdev,
    size,
    atime: { getTime: () => meta.atime },
    mtime: { getTime: () => mtime },
    ctime: { getTime: () => meta.ctime },
    blksize: 4096,
    blocks: Math.ceil(size / 4096) * 8,
  };
}

/** Creates the tree of an interpreter; `streamOps` tells the operations for a node's open files. */
export function createTree(
  fs: Fs,
  suspension: Suspension,
  ask: Ask,
  streamOps: (mode: number) => StreamOps,
  descriptorNode: DescriptorNodes,
): Tree {
  const { block, guard, error } = suspension;
  let umask = 0o022;
  let forgottenAt = LONG_AGO;
  const clock = (): number => performance.now();

  const fresh = (asOf: number, limit: number): boolean =>
    asOf > forgottenAt && clock() - asOf <= limit;
  const tree = (node: FsNode): TreeNode => {
    if (!node.tree) {
      throw error(ERRNO.EXDEV);
    }
    return node.tree;
  };
  const path = (node: FsNode): string => {
    let text = '';
    for (let n = node; n !== n.parent; n = n.parent) {
      text = `/${n.name}${text}`;
    }
    return text || '/';
  };
  const join = (directory: FsNode, name: string): string => {
    const parent = path(directory);
    return parent === '/' ? `/${name}` : `${parent}/${name}`;
  };

  function newTreeNode(): TreeNode {
    return {
      meta: null,
      asOf: LONG_AGO,
      target: null,
      entries: new Map(),
      listedAt: LONG_AGO,
      content: null,
    };
  }

  function learn(node: FsNode, meta: Meta): void {
    const t = tree(node);
    t.meta = meta;
    t.asOf = clock();
    t.target = meta.target ?? null;
    node.mode = meta.mode;
    node.id = meta.ino;
  }

  /** Takes an answer about a name in; the old node stays when it is still the same kind of thing. */
  function adopt(parent: FsNode, name: string, mode: number, meta: Meta | null): FsNode {
    const entries = tree(parent).entries;
    let node = entries.get(name)?.node ?? null;
    if (node === null || (node.mode & TYPE) !== (mode & TYPE)) {
      node = new fs.FSNode(parent, name, mode, meta?.rdev ?? 0);
      node.node_ops = operations;
      node.stream_ops = streamOps(mode);
      node.tree = newTreeNode();
    }
    if (meta) {
      learn(node, meta);
    } else {
      tree(node).asOf = LONG_AGO;
    }
    entries.set(name, { node, asOf: clock() });
    return node;
  }

  function forgetName(parent: FsNode, name: string): void {
    tree(parent).entries.set(name, { node: null, asOf: clock() });
  }

  function lookup(parent: FsNode, name: string): FsNode {
    guard();
    if (name.length > 255) {
      throw error(ERRNO.ENAMETOOLONG);
    }
    const descriptor = descriptorNode(parent, name);
    if (descriptor) {
      return descriptor;
    }
    const t = tree(parent);
    const entry = t.entries.get(name);
    // a listing that is being read may outlive its moment
    const listing = suspension.current().name === '__syscall_getdents64';
    if (entry) {
      const limit = entry.node && fs.isDir(entry.node.mode) ? DIRECTORY_BELIEVED : BELIEVED;
      if (fresh(entry.asOf, limit) || (listing && entry.node)) {
        if (!entry.node) {
          throw error(ERRNO.ENOENT);
        }
        return entry.node;
      }
    } else if (fresh(t.listedAt, BELIEVED)) {
      throw error(ERRNO.ENOENT);
    }
    const full = join(parent, name);
    const meta = block(`stat:${full}`, () => ask('stat', full));
    if (!meta) {
      forgetName(parent, name);
      throw error(ERRNO.ENOENT);
    }
    return adopt(parent, name, meta.mode, meta);
  }

  function known(node: FsNode): Meta | null {
    const t = tree(node);
    return t.meta && fresh(t.asOf, BELIEVED) ? t.meta : null;
  }

  function getattr(node: FsNode): Stat {
    const believed = known(node);
    if (believed) {
      return stat(node, believed);
    }
    const full = path(node);
    const meta = block(`stat:${full}`, () => ask('stat', full));
    if (!meta || (meta.mode & TYPE) !== (node.mode & TYPE)) {
      if (node !== fs.root) {
        forgetName(node.parent, node.name);
      }
      throw error(ERRNO.ENOENT);
    }
    learn(node, meta);
    return stat(node, meta);
  }

  function stat(node: FsNode, meta: Meta): Stat {
    return statOf(meta, tree(node).content);
  }

  function setattr(node: FsNode, change: SetAttr): void {
    guard();
    const call = suspension.current();
    const t = tree(node);
    if (change.size !== undefined && change.size !== null) {
      if (call.name === '__syscall_openat') {
        return; // the engine truncates when it opens
      }
      const content = t.content;
      const handle = content?.writers[0];
      const size = change.size;
      if (content && handle !== undefined) {
        sendContent(suspension, ask, content);
        const truncated = block(
          `truncate:${handle}:${size}`,
          () => ask('truncate', handle, size),
          true,
        );
        resizeContent(content, size);
        learn(node, truncated);
        content.version = truncated.version;
        content.mtime = truncated.mtime;
      } else {
        const full = path(node);
        block(`truncate:${full}:${size}`, () => ask('truncatePath', full, size), true);
        t.asOf = LONG_AGO;
      }
      return;
    }
    if (call.name === '__syscall_openat') {
      return; // the mode went with the creation
    }
    const attributes: { mode?: number; atime?: number; mtime?: number } = {};
    if (change.mode !== undefined) {
      attributes.mode = change.mode & 0o7777;
    }
    if (change.atime !== undefined && change.atime !== null) {
      attributes.atime = change.atime;
    }
    if (change.mtime !== undefined && change.mtime !== null) {
      attributes.mtime = change.mtime;
    }
    if (Object.keys(attributes).length === 0) {
      return;
    }
    if (t.content) {
      sendContent(suspension, ask, t.content); // or the write would set the time again
    }
    const full = path(node);
    block(
      `set:${full}:${JSON.stringify(attributes)}`,
      () => ask('setAttributes', full, attributes, false),
      true,
    );
    t.asOf = LONG_AGO;
  }

  function open(full: string, extraFlags: number): Opened {
    const call = suspension.current();
    const flags = (openFlags(call.openFlags) & ~OPEN.exclusive) | extraFlags;
    return block(`open:${full}`, () => ask('open', full, flags, call.openMode & ~umask), true);
  }

  function mknod(parent: FsNode, name: string, mode: number): FsNode {
    guard();
    const full = join(parent, name);
    if (suspension.current().name === '__syscall_openat') {
      const exclusive = suspension.current().openFlags & O_EXCL ? OPEN.exclusive : 0;
      const opened = open(full, OPEN.create | exclusive);
      return adopt(parent, name, opened.meta.mode, opened.meta);
    }
    if (fs.isDir(mode)) {
      block(`mkdir:${full}`, () => ask('mkdir', full, mode & 0o7777 & ~umask), true);
    } else {
      block(
        `mknod:${full}`,
        () => ask('mknod', full, (mode & TYPE) | (mode & 0o7777 & ~umask)),
        true,
      );
    }
    const type = mode & TYPE || REGULAR;
    return adopt(parent, name, type | (mode & 0o777 & ~umask), null);
  }

  function readdir(node: FsNode): string[] {
    const t = tree(node);
    if (!fresh(t.listedAt, BELIEVED)) {
      const full = path(node);
      const entries = block(`list:${full}`, () => ask('list', full));
      const names = new Set<string>();
      for (const { name, mode, meta } of entries) {
        names.add(name);
        adopt(node, name, meta?.mode ?? mode, meta ?? null);
      }
      for (const name of t.entries.keys()) {
        if (!names.has(name)) {
          t.entries.delete(name);
        }
      }
      t.listedAt = clock();
    }
    return ['.', '..', ...[...t.entries].filter(([, e]) => e.node).map(([name]) => name)];
  }

  const removing =
    (request: 'unlink' | 'rmdir') =>
    (parent: FsNode, name: string): void => {
      guard();
      const full = join(parent, name);
      block(`${request}:${full}`, () => ask(request, full), true);
      forgetName(parent, name);
    };

  function rename(node: FsNode, directory: FsNode, name: string): void {
    if (!node.tree || !directory.tree) {
      throw error(ERRNO.EXDEV);
    }
    guard();
    const from = path(node);
    const to = join(directory, name);
    block(`rename:${from}:${to}`, () => ask('rename', from, to), true);
    forgetName(node.parent, node.name);
    node.name = name;
    node.parent = directory;
    node.tree.asOf = LONG_AGO;
    directory.tree.entries.set(name, { node, asOf: clock() });
  }

  function symlink(parent: FsNode, name: string, target: string): void {
    guard();
    const full = join(parent, name);
    block(`symlink:${full}`, () => ask('symlink', target, full), true);
    tree(parent).entries.delete(name);
    tree(parent).listedAt = LONG_AGO;
  }

  function readlink(node: FsNode): string {
    const t = tree(node);
    if (t.target === null || !fresh(t.asOf, DIRECTORY_BELIEVED)) {
      getattr(node);
    }
    if (t.target === null) {
      throw error(ERRNO.EINVAL);
    }
    return t.target;
  }

  const operations: NodeOps = {
    getattr,
    setattr,
    lookup,
    mknod,
    rename,
    unlink: removing('unlink'),
    rmdir: removing('rmdir'),
    readdir,
    symlink,
    readlink,
  };

  function install(own: readonly string[]): void {
    const reserved = new Set(own);
    const root = fs.root;
    const real = root.node_ops;
    const realLookup = fs.lookupNode.bind(fs);
    root.tree = newTreeNode();
    fs.ignorePermissions = true; // the engine knows who may what
    const theirs = (name: string): boolean => reserved.has(name);
    const oneOf = <K extends 'mknod' | 'unlink' | 'rmdir' | 'symlink'>(operation: K): NodeOps[K] =>
      ((parent: FsNode, name: string, ...rest: [never, never]) => {
        const target = (theirs(name) ? real : operations)[operation] as (
          ...args: unknown[]
        ) => unknown;
        return target(parent, name, ...rest);
      }) as NodeOps[K];
    root.node_ops = {
      ...operations,
      lookup: (parent, name) =>
        theirs(name) && real.lookup ? real.lookup(parent, name) : lookup(parent, name),
      readdir: (node) => [...new Set([...own, ...readdir(node)])].filter((name) => !theirs(name)),
      mknod: oneOf('mknod'),
      unlink: oneOf('unlink'),
      rmdir: oneOf('rmdir'),
      symlink: oneOf('symlink'),
    };
    // Emscripten keeps nodes in a table for good; ours are looked at again when their time is over.
    fs.lookupNode = (parent, name) =>
      parent.tree && !(parent === root && theirs(name))
        ? directoryLookup(parent, name)
        : realLookup(parent, name);
    const { hashAddNode, hashRemoveNode } = fs;
    fs.hashAddNode = (node) => {
      if (!node.tree) {
        hashAddNode.call(fs, node);
      }
    };
    fs.hashRemoveNode = (node) => {
      if (!node.tree) {
        hashRemoveNode.call(fs, node);
      }
    };
  }

  function directoryLookup(parent: FsNode, name: string): FsNode {
    if (!fs.isDir(parent.mode)) {
      throw error(ERRNO.ENOTDIR);
    }
    return lookup(parent, name);
  }

  return {
    install,
    forget() {
      forgottenAt = clock();
    },
    path,
    learn,
    stat,
    known,
    open,
    setUmask(bits) {
      umask = bits;
    },
  };
}
