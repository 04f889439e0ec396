/**
 * Open files. A regular file is read and written through its shared {@link Content}; everything else
 * (pipes, terminals, devices, and files opened for appending) goes to the engine piece by piece.
 */
import { ERRNO, errnoOf } from './errno.js';
import type { EmscriptenModule, FsStream, Stat, StreamOps, Terminal } from './emscripten.js';
import { OPEN, type Ask, type Descriptor, type Meta, type Opened } from './services.js';
import {
  accept,
  loadPages,
  newContent,
  PAGE,
  readContent,
  refresh,
  sendContent,
  sendNow,
  writeContent,
} from './content.js';
import type { Suspension } from './suspension.js';
import { BELIEVED, openFlags, statOf, type Tree } from './tree.js';

/** An open file description: what descriptors made by dup share. */
export interface OpenStream {
  handle: number;
  references: number;
  writable: boolean;
  /** Bytes that have arrived and were not yet read; direct streams only. */
  arrived: Uint8Array[];
  arriving: Promise<void> | null;
  ended: boolean;
  /** Bytes sent and not yet taken by the engine. */
  underway: number;
  /** The errno of a write that failed after its call had returned. */
  failure: number;
  taken: (() => void)[];
  /** Writes need not wait for the engine one by one. */
  windowed: boolean;
  closed: boolean;
  /** What fstat(2) has told, and when. */
  told: Meta | null;
  toldAt: number;
}

/** The open files of one interpreter. */
export interface Streams {
  /** The operations of a node's open files, by its mode. */
  operations(mode: number): StreamOps;
  /** Puts an inherited descriptor in place. */
  inherit(descriptor: Descriptor, window: { columns: number; lines: number }): void;
  /** Turns a stream into one on this handle. */
  adopt(stream: FsStream, handle: number, tty: boolean): void;
  /** Opens what a descriptor stands for: the program's own, or one of the command that runs it. */
  reopen(stream: FsStream, fd: number): void;
  /** Before close(2): sends what is left when this is the last descriptor. Returns an errno or 0. */
  finish(stream: FsStream): number;
  /** Writes all to a descriptor on a pipe and closes the pipe. A reader that is gone is no failure. */
  feed(fd: number, bytes: Uint8Array): Promise<void>;
  /** Reads a descriptor on a pipe to its end. */
  drain(fd: number): Promise<Uint8Array>;
  /** Within a system call: sends what all files hold back, so that others see it. May wait. */
  flushAll(): void;
  /** After the program: waits until the engine has taken every write to a pipe or terminal. */
  settle(): Promise<void>;
  /** After the program: forgets all. */
  reset(): void;
}

/** Bytes under way to a pipe or terminal before a write waits. */
const WINDOW = 256 * 1024;
const TYPE = 0o170000;
const REGULAR = 0o100000;
const O_APPEND = 1024;

/** Creates the open files of an interpreter. */
export function createStreams(
  module: EmscriptenModule,
  suspension: Suspension,
  ask: Ask,
  getTree: () => Tree,
): Streams {
  const fs = module.FS;
  const { block, guard, error } = suspension;
  const open = new Set<OpenStream>();

  const newOpenStream = (handle: number, writable: boolean): OpenStream => {
    const created: OpenStream = {
      handle,
      references: 1,
      writable,
      arrived: [],
      arriving: null,
      ended: false,
      underway: 0,
      failure: 0,
      taken: [],
      windowed: false,
      closed: false,
      told: null,
      toldAt: 0,
    };
    open.add(created);
    return created;
  };

  const opened = (stream: FsStream): OpenStream => {
    const found = stream.shared.open;
    if (!found) {
      throw error(ERRNO.EBADF);
    }
    return found;
  };

  const unsigned = (view: Int8Array, offset: number, length: number): Uint8Array =>
    new Uint8Array(view.buffer, view.byteOffset + offset, length);

  const terminal = (columns: number, lines: number): Terminal => ({
    ops: {
      ioctl_tcgets: () => ({ c_iflag: 25856, c_oflag: 5, c_cflag: 191, c_lflag: 35387, c_cc: [] }),
      ioctl_tiocgwinsz: () => [lines, columns],
    },
  });

  function openStream(stream: FsStream): void {
    if (fs.isDir(stream.node.mode)) {
      return;
    }
    try {
      const tree = getTree();
      const answer = tree.open(tree.path(stream.node), 0);
      install(stream, answer);
    } catch (thrown) {
      // Emscripten has given the descriptor away already
      fs.closeStream(stream.fd);
      throw thrown;
    }
  }

  function reopen(stream: FsStream, fd: number): void {
    const source = fs.getStream(fd);
    const shared = source?.shared.open;
    try {
      if (shared && source.stream_ops === directOps) {
        shared.references++;
        stream.shared.open = shared;
        stream.stream_ops = directOps;
        stream.seekable = source.seekable;
        if (source.tty) {
          stream.tty = source.tty;
        }
        return;
      }
      const answer = getTree().open(`/dev/fd/${fd}`, 0);
      stream.shared.open = newOpenStream(
        answer.handle,
        (openFlags(stream.flags) & OPEN.write) !== 0,
      );
      stream.stream_ops = directOps;
      stream.seekable = false;
    } catch (thrown) {
      fs.closeStream(stream.fd);
      throw thrown;
    }
  }

  function install(stream: FsStream, { handle, meta, head, tty }: Opened): void {
    const writable = (openFlags(stream.flags) & OPEN.write) !== 0;
    const node = stream.node;
    const made = newOpenStream(handle, writable);
    stream.shared.open = made;
    getTree().learn(node, meta);
    if ((meta.mode & TYPE) !== REGULAR) {
      stream.stream_ops = directOps;
      stream.seekable = false;
      if (tty) {
        stream.tty = terminal(80, 24);
      }
      return;
    }
    const known = node.tree;
    if (!known) {
      return;
    }
    if (known.content) {
      refresh(known.content, meta);
    } else {
      known.content = newContent(meta, head);
    }
    known.content.streams++;
    if (writable) {
      known.content.writers.push(handle);
    }
  }

  // --- regular files

  function readFile(
    stream: FsStream,
    into: Int8Array,
    offset: number,
    length: number,
    at: number,
  ): number {
    const content = stream.node.tree?.content;
    const { handle } = opened(stream);
    if (!content) {
      throw error(ERRNO.EBADF);
    }
    if (at + length > content.size && content.dirty.total === 0 && !getTree().known(stream.node)) {
      const meta = block(`fstat:${handle}`, () => ask('fstat', handle));
      refresh(content, meta); // it may have grown
      getTree().learn(stream.node, meta);
    }
    return readContent(suspension, ask, content, handle, unsigned(into, offset, length), at);
  }

  function writeFile(
    stream: FsStream,
    from: Int8Array,
    offset: number,
    length: number,
    at: number,
  ): number {
    guard();
    const content = stream.node.tree?.content;
    if (!content) {
      throw error(ERRNO.EBADF);
    }
    if (length === 0) {
      return 0;
    }
    if (stream.flags & O_APPEND) {
      const { handle } = opened(stream);
      sendContent(suspension, ask, content);
      const bytes = unsigned(from, offset, length).slice();
      const key = `append:${suspension.current().sequence++}`;
      const meta = block(key, () => ask('write', handle, [{ offset: -1, bytes }]), true);
      if (meta) {
        content.pages.delete(Math.floor((meta.size - length) / PAGE));
        accept(content, meta);
        getTree().learn(stream.node, meta);
      }
      return length;
    }
    writeContent(suspension, ask, content, unsigned(from, offset, length), at);
    return length;
  }

  function seekFile(stream: FsStream, offset: number, whence: number): number {
    let end = 0;
    if (whence === 2) {
      end = fs.isDir(stream.node.mode) ? 0 : statFile(stream).size;
    }
    const position = offset + (whence === 1 ? stream.position : end);
    if (position < 0) {
      throw error(ERRNO.EINVAL);
    }
    return position;
  }

  function statFile(stream: FsStream): Stat {
    const tree = getTree();
    const node = stream.node;
    const known = tree.known(node);
    const found = stream.shared.open;
    if (known || !found) {
      return known
        ? tree.stat(node, known)
        : (node.node_ops.getattr as (n: typeof node) => Stat)(node);
    }
    const meta = block(`fstat:${found.handle}`, () => ask('fstat', found.handle));
    tree.learn(node, meta);
    if (node.tree?.content) {
      refresh(node.tree.content, meta);
    }
    return tree.stat(node, meta);
  }

  function syncFile(stream: FsStream): number {
    const content = stream.node.tree?.content;
    const found = stream.shared.open;
    if (content && found?.writable) {
      sendContent(suspension, ask, content);
      const meta = block(`sync:${found.handle}`, () => ask('sync', found.handle), true);
      accept(content, meta);
    }
    return 0;
  }

  const fileOps: StreamOps = {
    open: openStream,
    close: released,
    dup: (stream) => {
      if (stream.shared.open) {
        stream.shared.open.references++;
      }
    },
    getattr: statFile,
    read: readFile,
    write: writeFile,
    llseek: seekFile,
    fsync: syncFile,
    mmap(stream, length, at) {
      const content = stream.node.tree?.content;
      if (!content) {
        throw error(ERRNO.ENODEV);
      }
      const end = Math.min(at + length, content.size);
      if (end > at) {
        const last = Math.floor((end - 1) / PAGE);
        loadPages(suspension, ask, content, opened(stream).handle, Math.floor(at / PAGE), last);
      }
      const WASM_PAGE = 65536;
      const size = Math.ceil(length / WASM_PAGE) * WASM_PAGE;
      const ptr = module._emscripten_builtin_memalign(WASM_PAGE, size);
      const memory = module.HEAPU8;
      memory.fill(0, ptr, ptr + size);
      for (let position = at; position < end; ) {
        const rest = memory.subarray(ptr + position - at, ptr + end - at);
        const { handle } = opened(stream);
        const count = readContent(suspension, ask, content, handle, rest, position);
        if (count === 0) {
          break;
        }
        position += count;
      }
      return { ptr, allocated: true };
    },
    msync(stream, bytes, at, length) {
      const content = stream.node.tree?.content;
      if (content && opened(stream).writable) {
        const within = Math.max(0, Math.min(length, content.size - at));
        writeContent(suspension, ask, content, bytes.subarray(0, within), at);
      }
      return 0;
    },
  };

  // --- pipes, terminals, devices

  function readDirect(stream: FsStream, into: Int8Array, offset: number, length: number): number {
    const s = opened(stream);
    const call = suspension.current();
    if (length === 0 || (call.sequence > 0 && s.arrived.length === 0)) {
      return 0; // readv(2) does not wait for its second buffer once it has something
    }
    if (s.arrived.length === 0 && !s.ended) {
      flushAll(); // whoever waits lets the others see what it has written
      s.arriving ??= receive(s, length);
      const { arriving } = s;
      block(`arrive:${s.handle}`, () => arriving);
    }
    if (s.failure) {
      throw error(s.failure);
    }
    const chunk = s.arrived.shift();
    if (!chunk) {
      s.ended = false; // a terminal may go on after an end
      return 0;
    }
    call.sequence++;
    const count = Math.min(length, chunk.length);
    into.set(chunk.subarray(0, count), offset);
    if (count < chunk.length) {
      s.arrived.unshift(chunk.subarray(count));
    }
    return count;
  }

  /** What arrives stays with the stream, so that a signal during the wait loses nothing. */
  async function receive(s: OpenStream, length: number): Promise<void> {
    try {
      const chunk = await ask('read', s.handle, -1, length);
      if (chunk.length > 0) {
        s.arrived.push(chunk);
      } else {
        s.ended = true;
      }
    } catch (reason) {
      s.failure = errnoOf((reason as { code?: unknown }).code);
      s.ended = true;
    }
    s.arriving = null;
  }

  function writeDirect(stream: FsStream, from: Int8Array, offset: number, length: number): number {
    const s = opened(stream);
    const call = suspension.current();
    const key = `direct:${call.sequence++}`;
    if (!call.memo?.has(key)) {
      if (s.failure) {
        throw error(s.failure);
      }
      const bytes = unsigned(from, offset, length).slice();
      if (!s.windowed) {
        block(key, () => ask('write', s.handle, [{ offset: -1, bytes }]), true);
        return length;
      }
      s.underway += length;
      void deliver(s, bytes);
      if (s.underway <= WINDOW) {
        return length;
      }
      block(key, () => new Promise<void>((resolve) => s.taken.push(resolve)), true);
    }
    return length;
  }

  async function deliver(s: OpenStream, bytes: Uint8Array): Promise<void> {
    const { length } = bytes;
    try {
      await ask('write', s.handle, [{ offset: -1, bytes }]);
    } catch (reason) {
      s.failure = errnoOf((reason as { code?: unknown }).code);
    }
    s.underway -= length;
    if (s.underway <= WINDOW || s.failure) {
      for (const resume of s.taken.splice(0)) {
        resume();
      }
    }
  }

  const directOps: StreamOps = {
    open: openStream,
    close: released,
    dup: (stream) => {
      if (stream.shared.open) {
        stream.shared.open.references++;
      }
    },
    getattr(stream) {
      const s = opened(stream);
      if (!s.told || performance.now() - s.toldAt > BELIEVED) {
        s.told = block(`fstat:${s.handle}`, () => ask('fstat', s.handle));
        s.toldAt = performance.now();
      }
      return statOf(s.told, null);
    },
    read: readDirect,
    write: writeDirect,
    llseek(stream, offset, whence) {
      const s = opened(stream);
      const moved = block(
        `seek:${s.handle}:${offset}:${whence}`,
        () => ask('seek', s.handle, offset, whence),
        true,
      );
      s.arrived = [];
      return moved;
    },
    fsync: () => 0,
  };
  // --- the end of open files

  function finish(stream: FsStream): number {
    const s = stream.shared.open;
    if (!s || s.closed || s.references > 1) {
      return 0;
    }
    const content = stream.node.tree?.content ?? null;
    let errno = 0;
    try {
      if (s.writable && content) {
        sendContent(suspension, ask, content);
      }
      if (s.writable) {
        block(`close:${s.handle}`, () => ask('close', s.handle), true);
      } else {
        void ask('close', s.handle).catch(() => undefined); // nothing was written: nothing can be lost
      }
    } catch (thrown) {
      if (suspension.isMarker(thrown)) {
        throw thrown;
      }
      errno = (thrown as { errno?: number }).errno ?? ERRNO.EIO;
      if (!suspension.current().memo?.has(`close:${s.handle}`)) {
        void ask('close', s.handle).catch(() => undefined);
      }
    }
    s.closed = true;
    return errno;
  }

  function released(stream: FsStream): void {
    const s = stream.shared.open;
    if (!s || --s.references > 0) {
      return;
    }
    open.delete(s);
    const content = stream.node.tree?.content;
    if (content && stream.stream_ops === fileOps) {
      content.writers = content.writers.filter((handle) => handle !== s.handle);
      if (--content.streams === 0 && stream.node.tree) {
        stream.node.tree.content = null;
        stream.node.tree.asOf = -1e9;
      }
    }
  }

  function flushAll(): void {
    for (const stream of fs.streams) {
      const content = stream?.node.tree?.content;
      if (content && content.dirty.total > 0) {
        sendContent(suspension, ask, content);
      }
    }
  }

  return {
    operations: (mode) => ((mode & TYPE) === REGULAR || fs.isDir(mode) ? fileOps : directOps),
    inherit({ fd, handle, meta, tty, readable, writable, seekable }, { columns, lines }) {
      fs.closeStream(fd);
      const node = new fs.FSNode(null, `fd${fd}`, 0o020666, 0);
      node.stream_ops = directOps;
      node.node_ops = {};
      const stream = fs.createStream(
        {
          node,
          path: `/dev/fd/${fd}`,
          flags: readable && writable ? 2 : writable ? 1 : 0,
          seekable,
          position: 0,
          stream_ops: directOps,
          ungotten: [],
          error: false,
        },
        fd,
      );
      const s = newOpenStream(handle, writable);
      s.windowed = true;
      s.told = meta;
      s.toldAt = performance.now();
      stream.shared.open = s;
      if (tty) {
        stream.tty = terminal(columns, lines);
      }
    },
    adopt(stream, handle, tty) {
      const s = newOpenStream(handle, true);
      stream.shared.open = s;
      stream.stream_ops = directOps;
      if (tty) {
        stream.tty = terminal(80, 24);
      }
    },
    reopen,
    finish,
    flushAll,
    async feed(fd, bytes) {
      const s = fs.getStream(fd)?.shared.open;
      if (!s || s.closed) {
        return;
      }
      try {
        for (let at = 0; at < bytes.length; at += WINDOW) {
          const piece = bytes.slice(at, at + WINDOW);
          await ask('write', s.handle, [{ offset: -1, bytes: piece }]);
        }
      } catch {
        // the child has ended without reading all
      }
      s.closed = true;
      await ask('close', s.handle).catch(() => undefined);
    },
    async drain(fd) {
      const s = fs.getStream(fd)?.shared.open;
      const parts: Uint8Array[] = [];
      while (s && !s.ended) {
        parts.push(...s.arrived.splice(0));
        await (s.arriving ??= receive(s, WINDOW));
      }
      parts.push(...(s?.arrived.splice(0) ?? []));
      const all = new Uint8Array(parts.reduce((total, part) => total + part.length, 0));
      let at = 0;
      for (const part of parts) {
        all.set(part, at);
        at += part.length;
      }
      return all;
    },
    async settle() {
      for (const s of [...open]) {
        while (s.underway > 0) {
          await new Promise<void>((resolve) => {
            s.taken.push(resolve);
            if (s.underway === 0) {
              resolve();
            }
          });
        }
      }
      for (const stream of fs.streams) {
        const content = stream?.node.tree?.content;
        const handle = content?.writers[0];
        if (content && handle !== undefined && content.dirty.total > 0) {
          await sendNow(ask, content, handle);
        }
      }
    },
    reset() {
      open.clear();
    },
  };
}
