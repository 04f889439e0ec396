/**
 * What some system calls need around Emscripten's own: arguments that it does not hand on, and
 * answers that only the engine can give.
 */
import { ERRNO } from './errno.js';
import type { EmscriptenModule } from './emscripten.js';
import type { Ask } from './services.js';
import type { Suspension } from './suspension.js';
import type { Streams } from './streams.js';
import type { Tree } from './tree.js';

const AT_FDCWD = -100;

/** The parts of an interpreter that the wrapped calls use; known only once it is loaded. */
export interface Surroundings {
  module: EmscriptenModule;
  tree: Tree;
  streams: Streams;
  ask: Ask;
}

/** Puts the wrappers in place; call before {@link Suspension.install}. Until `get` answers they do nothing. */
export function wrapCalls(suspension: Suspension, get: () => Surroundings | null): void {
  suspension.wrap('__syscall_openat', (real) => (directory, path, flags, varargs, e, f, g) => {
    const here = get();
    if (here) {
      const call = suspension.current();
      call.openFlags = flags;
      call.openMode = varargs ? (here.module.HEAP32[varargs >>> 2] ?? 0) & 0o7777 : 0;
    }
    return real(directory, path, flags, varargs, e, f, g);
  });

  // Emscripten knows no permissions: what it allows, the engine has to allow too.
  suspension.wrap('__syscall_faccessat', (real) => (directory, pointer, bits, flags, e, f, g) => {
    const result = real(directory, pointer, bits, flags, e, f, g);
    const here = get();
    if (!here || result !== 0 || bits === 0) {
      return result;
    }
    const { FS } = here.module;
    let path = here.module.UTF8ToString(pointer);
    if (!path.startsWith('/')) {
      const base = directory === AT_FDCWD ? FS.currentPath : FS.getStream(directory)?.path;
      path = `${base ?? '/'}/${path}`;
    }
    const { node } = FS.lookupPath(path, { follow: true });
    if (!node.tree) {
      return result;
    }
    const full = here.tree.path(node);
    const allowed = suspension.block(`access:${full}:${bits}`, () =>
      here.ask('access', full, bits),
    );
    return allowed ? 0 : -ERRNO.EACCES;
  });

  // The last descriptor of an open file: what was written has to arrive before the descriptor is
  // gone, so that close(2) can tell of a failure.
  suspension.wrap('fd_close', (real) => (fd, b, c, d, e, f, g) => {
    const here = get();
    const stream = here?.module.FS.getStream(fd);
    const errno = here && stream ? here.streams.finish(stream) : 0;
    return real(fd, b, c, d, e, f, g) || errno;
  });

  suspension.wrap('__syscall_dup3', (real) => (from, to, flags, d, e, f, g) => {
    const here = get();
    const replaced = from === to ? null : here?.module.FS.getStream(to);
    if (here && replaced) {
      here.streams.finish(replaced);
    }
    return real(from, to, flags, d, e, f, g);
  });

  suspension.wrap('__syscall_fdatasync', (real) => (fd, b, c, d, e, f, g) => {
    const here = get();
    const stream = here?.module.FS.getStream(fd);
    if (stream?.stream_ops.fsync) {
      stream.stream_ops.fsync(stream);
    }
    return real(fd, b, c, d, e, f, g);
  });
}
