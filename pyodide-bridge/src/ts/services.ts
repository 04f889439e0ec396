/**
 * What a running program asks of the computer around it: files, streams, processes. The engine
 * serves these requests; the Python worker sends them as messages. Paths are absolute, normalised
 * and without a trailing slash; the last component is never followed when it is a link. Failures are
 * errors whose `code` is the errno's name.
 */

/** What is known of a file: the fields of stat(2), times in milliseconds since 1970. */
export interface Meta {
  /** Type and permission bits together, as st_mode. */
  mode: number;
  size: number;
  mtime: number;
  atime: number;
  ctime: number;
  ino: number;
  dev: number;
  nlink: number;
  uid: number;
  gid: number;
  rdev: number;
  /** Equal means same content; null when the service has none. */
  version: string | null;
  /** Where a symbolic link points. */
  target?: string;
}

/** A name in a directory; only the type bits of `mode` are sure when `meta` is missing. */
export interface Entry {
  name: string;
  mode: number;
  meta?: Meta;
}

/** Bits of the `flags` of {@link Requests.open}. */
export const OPEN = {
  read: 1,
  write: 2,
  create: 4,
  exclusive: 8,
  truncate: 16,
  append: 32,
} as const;

/** An open file; `head` holds the whole content of a small one opened for reading. */
export interface Opened {
  handle: number;
  meta: Meta;
  tty?: boolean;
  head?: Uint8Array;
}

/** Bytes at an offset. */
export interface Extent {
  offset: number;
  bytes: Uint8Array;
}

/** What to change; absent fields stay. Times in milliseconds. */
export interface Attributes {
  mode?: number;
  atime?: number;
  mtime?: number;
}

/** Where a child's standard stream goes: to a new pipe, or to an open handle (0 to 2 are ours). */
export type ChildStream = 'pipe' | 'null' | 'stdout' | number;

/** A program to start: `script` for the shell, or `argv` as execvp(3) takes it. */
export interface SpawnRequest {
  argv?: string[];
  script?: string;
  cwd: string;
  env: Record<string, string>;
  stdin: ChildStream;
  stdout: ChildStream;
  stderr: ChildStream;
}

/** A started program, with our ends of its pipes as handles. */
export interface Spawned {
  pid: number;
  stdin?: number;
  stdout?: number;
  stderr?: number;
}

/** Every request by name, with its arguments and result. */
export interface Requests {
  stat(path: string): Meta | null;
  list(path: string): Entry[];
  open(path: string, flags: number, mode: number): Opened;
  fstat(handle: number): Meta;
  /** Up to `length` bytes; empty at the end. An offset of -1 reads on from where the last read ended. */
  read(handle: number, offset: number, length: number): Uint8Array;
  /** Writes all extents; an offset of -1 writes on from where the last write ended. */
  write(handle: number, extents: Extent[]): Meta | null;
  seek(handle: number, offset: number, whence: number): number;
  truncate(handle: number, size: number): Meta;
  sync(handle: number): Meta;
  /** Fails as the last write to a service may: ESTALE, ENOSPC, EACCES. The handle is gone anyway. */
  close(handle: number): null;
  /** access(2): 4 read, 2 write, 1 execute. */
  access(path: string, bits: number): boolean;
  truncatePath(path: string, size: number): null;
  setAttributes(path: string, attributes: Attributes, follow: boolean): null;
  mkdir(path: string, mode: number): null;
  /** Creates an empty file or a special one by the type bits of `mode`. */
  mknod(path: string, mode: number): null;
  rmdir(path: string): null;
  unlink(path: string): null;
  rename(from: string, to: string): null;
  link(from: string, to: string): null;
  symlink(target: string, path: string): null;
  umask(bits: number): null;
  spawn(request: SpawnRequest): Spawned;
  /** The exit status, negative for a signal; null when it runs on and `block` is false. */
  wait(pid: number, block: boolean): number | null;
  kill(pid: number, signal: number): null;
}

/** The name of a request. */
export type RequestName = keyof Requests;

/** Sends one request and gives its answer. */
export type Ask = <N extends RequestName>(
  name: N,
  ...args: Parameters<Requests[N]>
) => Promise<ReturnType<Requests[N]>>;

/**
 * The engine's side: serves one request of a running program, then calls `answer`, or `fail` with
 * the errno's name and what there is to say beyond it.
 */
export type Services = (
  name: string,
  args: unknown[],
  answer: (value: unknown) => void,
  fail: (code: string, reason: string) => void,
) => void;

/** An inherited descriptor: the number it has in the program, and the handle behind it. */
export interface Descriptor {
  fd: number;
  handle: number;
  meta: Meta;
  tty: boolean;
  readable: boolean;
  writable: boolean;
  seekable: boolean;
}

/** A program for the interpreter, as the command line of `python3` describes it. */
export interface Program {
  kind: 'command' | 'file' | 'module' | 'stdin' | 'repl';
  /** The source of `-c`, the script's path, or the module's name. */
  what: string;
  /** What follows it on the command line. */
  argv: string[];
  env: Record<string, string>;
  cwd: string;
  umask: number;
  uid: number;
  gid: number;
  descriptors: Descriptor[];
  /** Interpreter options such as `unbuffered`, by the names of `sys.flags`. */
  flags: Record<string, number>;
  /** Values of `-W` and `-X`. */
  warnings: string[];
  xoptions: string[];
  columns: number;
  lines: number;
}
