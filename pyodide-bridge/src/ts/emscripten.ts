/**
 * The parts of Pyodide and of Emscripten's file system that the bridge stands on. Most of them are
 * private: the version is pinned, and {@link checkImports} and {@link checkModule} look for each at
 * start so that another version ends in a clear message and not in a strange failure.
 */
import type { TreeNode } from './tree.js';
import type { OpenStream } from './open-stream.js';

/** The one version of the npm package `pyodide` that this bridge is made for. */
export const PYODIDE_VERSION = '314.0.7';

/** A node of Emscripten's file system; `tree` marks those that are ours. */
export interface FsNode {
  parent: FsNode;
  name: string;
  mode: number;
  id: number;
  rdev: number;
  mount: unknown;
  node_ops: NodeOps;
  stream_ops: StreamOps;
  tree?: TreeNode;
}

/** An open stream; descriptors made by dup share `shared`. */
export interface FsStream {
  fd: number;
  node: FsNode;
  path: string;
  flags: number;
  position: number;
  seekable: boolean;
  stream_ops: StreamOps;
  shared: { open?: OpenStream };
  tty?: Terminal;
}

/** What makes isatty(3) say yes, and tells the window's size. */
export interface Terminal {
  ops: {
    ioctl_tcgets(): {
      c_iflag: number;
      c_oflag: number;
      c_cflag: number;
      c_lflag: number;
      c_cc: number[];
    };
    ioctl_tiocgwinsz(): [number, number];
  };
}

/** A time as Emscripten reads it from stat results. */
export interface Moment {
  getTime(): number;
}

/** stat(2)'s answer. */
export interface Stat {
  dev: number;
  ino: number;
  mode: number;
  nlink: number;
  uid: number;
  gid: number;
  rdev: number;
  size: number;
  atime: Moment;
  mtime: Moment;
  ctime: Moment;
  blksize: number;
  blocks: number;
}

/** The changes Emscripten asks of `setattr`; times in milliseconds. */
export interface SetAttr {
  mode?: number;
  size?: number;
  atime?: number | null;
  mtime?: number | null;
  dontFollow?: boolean;
}

/** Operations on names. */
export interface NodeOps {
  getattr?(node: FsNode): Stat;
  setattr?(node: FsNode, attributes: SetAttr): void;
  lookup?(parent: FsNode, name: string): FsNode;
  mknod?(parent: FsNode, name: string, mode: number, dev: number): FsNode;
  rename?(node: FsNode, directory: FsNode, name: string): void;
  unlink?(parent: FsNode, name: string): void;
  rmdir?(parent: FsNode, name: string): void;
  readdir?(node: FsNode): string[];
  symlink?(parent: FsNode, name: string, target: string): void;
  readlink?(node: FsNode): string;
}

/** Operations on open files. */
export interface StreamOps {
  open?(stream: FsStream): void;
  close?(stream: FsStream): void;
  dup?(stream: FsStream): void;
  getattr?(stream: FsStream): Stat;
  read?(stream: FsStream, into: Int8Array, offset: number, length: number, at: number): number;
  write?(stream: FsStream, from: Int8Array, offset: number, length: number, at: number): number;
  llseek?(stream: FsStream, offset: number, whence: number): number;
  fsync?(stream: FsStream): number;
  mmap?(stream: FsStream, length: number, at: number): { ptr: number; allocated: boolean };
  msync?(stream: FsStream, bytes: Uint8Array, at: number, length: number): number;
}

/** Emscripten's `FS`. */
export interface Fs {
  root: FsNode;
  ignorePermissions: boolean;
  currentPath: string;
  streams: (FsStream | null | undefined)[];
  FSNode: new (parent: FsNode | null, name: string, mode: number, rdev: number) => FsNode;
  ErrnoError: new (errno: number) => Error & { errno: number };
  lookupNode(parent: FsNode, name: string): FsNode;
  hashAddNode(node: FsNode): void;
  hashRemoveNode(node: FsNode): void;
  mayLookup(directory: FsNode): number;
  getStream(fd: number): FsStream | null | undefined;
  closeStream(fd: number): void;
  createStream(stream: object, fd?: number): FsStream;
  open(path: string, flags: number, mode?: number): FsStream;
  lookupPath(path: string, options?: object): { path: string; node: FsNode };
  makedev(major: number, minor: number): number;
  registerDevice(dev: number, ops: StreamOps): void;
  mkdev(path: string, mode: number, dev: number): FsNode;
  mkdirTree(path: string): void;
  writeFile(path: string, data: string | Uint8Array): void;
  isDir(mode: number): boolean;
  isFile(mode: number): boolean;
  isLink(mode: number): boolean;
}

/** Emscripten's `Module`, as far as it is used. */
export interface EmscriptenModule {
  FS: Fs;
  HEAPU8: Uint8Array;
  HEAP32: Int32Array;
  HEAPU32: Uint32Array;
  UTF8ToString(pointer: number): string;
  stackSave(): number;
  stackRestore(pointer: number): void;
  _emscripten_builtin_memalign(alignment: number, size: number): number;
  _hiwire_num_refs(): number;
  __hiwire_get(index: number): unknown;
  __hiwire_set(index: number, value: unknown): number;
}

/** An import with Emscripten's signature on it. */
export type ImportFunction = ((...args: never[]) => unknown) & { sig?: string };

/** What the interpreter is instantiated with. */
export interface WasmImports {
  env: Record<string, ImportFunction>;
  wasi_snapshot_preview1: Record<string, ImportFunction>;
}

/** The exports that stack switching needs. */
export interface WasmExports {
  syscall_syncify: CallableFunction;
  PyGILState_GetThisThreadState(): number;
}

/** What Pyodide gives to the module factory. */
export interface ModuleSettings {
  instantiateWasm(
    imports: WasmImports,
    done: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void,
  ): object;
}

/** The default export of `pyodide.asm.mjs`. */
export type ModuleFactory = (settings: ModuleSettings) => Promise<EmscriptenModule>;

/** A Python function that may suspend. */
export interface PyCallable {
  callPromising(...args: unknown[]): Promise<unknown>;
}

/** The object `loadPyodide` gives. */
export interface Pyodide {
  FS: Fs;
  _module: EmscriptenModule;
  runPython(code: string): unknown;
  setInterruptBuffer(buffer: Uint8Array): void;
  makeMemorySnapshot(): Uint8Array<ArrayBuffer>;
}

/** The module `pyodide.mjs`. */
export interface PyodideLoader {
  version: string;
  loadPyodide(options: Record<string, unknown>): Promise<Pyodide>;
}

/** Imports that must be there, with the signature the bridge counts on. */
const IMPORTS: Readonly<Record<string, string>> = {
  __syscall_openat: 'iipip',
  __syscall_getdents64: 'iipp',
  __syscall_fdatasync: 'ii',
  __syscall_faccessat: 'iipii',
  __syscall_umask_js: 'ii',
  _Py_CheckEmscriptenSignals_Helper: 'i',
  __hiwire_deduplicate_new: 'e',
};
const WASI_IMPORTS: Readonly<Record<string, string>> = {
  fd_read: 'iippp',
  fd_write: 'iippp',
  fd_close: 'ii',
};
const MODULE_NAMES = [
  'FS',
  'HEAPU8',
  'stackSave',
  'stackRestore',
  '_emscripten_builtin_memalign',
  '_hiwire_num_refs',
  '__hiwire_get',
  '__hiwire_set',
] as const;
const FS_NAMES = [
  'FSNode',
  'ErrnoError',
  'lookupNode',
  'hashAddNode',
  'hashRemoveNode',
  'createStream',
  'closeStream',
] as const;

const mismatch = (what: string): Error =>
  new Error(
    `this Pyodide does not fit: ${what} (the bridge is made for pyodide ${PYODIDE_VERSION}; ` +
      'python.indexURL must name the files of exactly that version)',
  );

/** Fails unless the imports that the bridge replaces look as they must. */
export function checkImports(imports: WasmImports): void {
  for (const [table, wanted] of [
    [imports.env, IMPORTS],
    [imports.wasi_snapshot_preview1, WASI_IMPORTS],
  ] as const) {
    for (const [name, signature] of Object.entries(wanted)) {
      const found = table[name];
      if (typeof found !== 'function') {
        throw mismatch(`the import ${name} is missing`);
      }
      if (found.sig !== undefined && found.sig !== signature) {
        throw mismatch(`the import ${name} has the signature ${found.sig}, not ${signature}`);
      }
    }
  }
}

/** Fails unless the exports and the file system have what the bridge uses. */
export function checkModule(module: EmscriptenModule, exports: WasmExports): void {
  for (const name of ['syscall_syncify', 'PyGILState_GetThisThreadState'] as const) {
    if (typeof exports[name] !== 'function') {
      throw mismatch(`the export ${name} is missing`);
    }
  }
  for (const name of MODULE_NAMES) {
    if (module[name] === undefined) {
      throw mismatch(`Module.${name} is missing`);
    }
  }
  for (const name of FS_NAMES) {
    if (module.FS[name] === undefined) {
      throw mismatch(`FS.${name} is missing`);
    }
  }
}
