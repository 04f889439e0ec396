/** Reading and writing regular files, through the content that their descriptors share. */
import { ERRNO } from './errno.js';
import type { EmscriptenModule, FsStream, Stat, StreamOps } from './emscripten.js';
import type { Ask } from './services.js';
import {
  accept,
  loadPages,
  PAGE,
  readContent,
  refresh,
  sendContent,
  writeContent,
} from './content.js';
import { opened, retain, unsigned } from './open-stream.js';
import type { Suspension } from './suspension.js';
import type { Tree } from './tree.js';

const O_APPEND = 1024;

/** The operations of regular files and directories; `openStream` and `released` are the owner's. */
export function createRegularOperations(
  module: EmscriptenModule,
  suspension: Suspension,
  ask: Ask,
  getTree: () => Tree,
  openStream: (stream: FsStream) => void,
  released: (stream: FsStream) => void,
): StreamOps {
  const fs = module.FS;
  const { block, guard, error } = suspension;

  function readFile(
    stream: FsStream,
    into: Int8Array,
    offset: number,
    length: number,
    at: number,
  ): number {
    const content = stream.node.tree?.content;
    const { handle } = opened(suspension, stream);
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
      const { handle } = opened(suspension, stream);
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

  return {
    open: openStream,
    close: released,
    dup: retain,
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
        loadPages(
          suspension,
          ask,
          content,
          opened(suspension, stream).handle,
          Math.floor(at / PAGE),
          last,
        );
      }
      const WASM_PAGE = 65536;
      const size = Math.ceil(length / WASM_PAGE) * WASM_PAGE;
      const ptr = module._emscripten_builtin_memalign(WASM_PAGE, size);
      const memory = module.HEAPU8;
      memory.fill(0, ptr, ptr + size);
      for (let position = at; position < end; ) {
        const rest = memory.subarray(ptr + position - at, ptr + end - at);
        const { handle } = opened(suspension, stream);
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
      if (content && opened(suspension, stream).writable) {
        const within = Math.max(0, Math.min(length, content.size - at));
        writeContent(suspension, ask, content, bytes.subarray(0, within), at);
      }
      return 0;
    },
  };
}
