/**
 * Open files. A regular file is read and written through its shared {@link Content}; everything else
 * (pipes, terminals, devices, and files opened for appending) goes to the engine piece by piece.
 */
import { newContent, refresh, sendContent, sendNow } from './content.js';
import { createDirectOperations, WINDOW } from './direct.js';
import type { EmscriptenModule, FsStream, StreamOps, Terminal } from './emscripten.js';
import { ERRNO } from './errno.js';
import type { OpenStream } from './open-stream.js';
import { createRegularOperations } from './regular.js';
import { OPEN, type Ask, type Descriptor, type Opened } from './services.js';
import type { Suspension } from './suspension.js';
import { openFlags, type Tree } from './tree.js';

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

const TYPE = 0o170000;
const REGULAR = 0o100000;

/** Creates the open files of an interpreter. */
export function createStreams(
  module: EmscriptenModule,
  suspension: Suspension,
  ask: Ask,
  getTree: () => Tree,
): Streams {
  const fs = module.FS;
  const { block } = suspension;
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

  const terminal = (columns: number, lines: number): Terminal => ({
    ops: {
      ioctl_tcgets: () => ({ c_iflag: 25856, c_oflag: 5, c_cflag: 191, c_lflag: 35387, c_cc: [] }),
      ioctl_tiocgwinsz: () => [lines, columns],
    },
  });

  const regular = createRegularOperations(module, suspension, ask, getTree, openStream, released);
  const { operations: direct, receive } = createDirectOperations(
    suspension,
    ask,
    flushAll,
    openStream,
    released,
  );

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
      if (shared && source.stream_ops === direct) {
        shared.references++;
        stream.shared.open = shared;
        stream.stream_ops = direct;
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
      stream.stream_ops = direct;
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
      stream.stream_ops = direct;
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
    if (content && stream.stream_ops === regular) {
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
    operations: (mode) => ((mode & TYPE) === REGULAR || fs.isDir(mode) ? regular : direct),
    inherit({ fd, handle, meta, tty, readable, writable, seekable }, { columns, lines }) {
      fs.closeStream(fd);
      const node = new fs.FSNode(null, `fd${fd}`, 0o020666, 0);
      node.stream_ops = direct;
      node.node_ops = {};
      const stream = fs.createStream(
        {
          node,
          path: `/dev/fd/${fd}`,
          flags: readable && writable ? 2 : writable ? 1 : 0,
          seekable,
          position: 0,
          stream_ops: direct,
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
      stream.stream_ops = direct;
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
