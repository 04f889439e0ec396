/**
 * What the page and the engine say to each other. The engine may live in a worker or in the page:
 * the methods are the same, a worker gets them as messages.
 *
 * A call is `{ id, call, args }`, its answer `{ id, value }` or `{ id, error }`. What the engine
 * says unasked is an event `{ event, … }`. Large byte arrays are transferred, not copied.
 */
import type { EngineKind } from './load.js';

/** Bytes whose buffer can be handed over to another thread. */
export type Bytes = Uint8Array<ArrayBuffer>;

/** How a place in the tree is served; what a resource class describes. */
export interface MountSpec {
  readonly path: string;
  readonly mode: 'read' | 'write' | 'exec';
  readonly kind: string;
  /** Settings of the kind, all of them plain data. */
  readonly settings: Readonly<Record<string, unknown>>;
}

/**
 * Limits of a workspace; those left out have generous defaults. Reaching one is an error on
 * standard error that names it.
 */
export interface Limits {
  /** Bytes that all RAM mounts without a limit of their own may hold together; 1 GiB. */
  memory?: number;
  /** Bytes of the page cache; 128 MiB. */
  cache?: number;
  /** Milliseconds for a line that has no `timeoutMs` of its own; 0, the default, for no limit. */
  timeoutMs?: number;
  /** Turns of loops and pieces of data of one line; 0, the default, for no limit. */
  steps?: number;
  /** Bytes of standard output, and of standard error, that one line may collect; 256 MiB. */
  output?: number;
  /** Tasks, which are the shells' processes, at once; 10,000. The line with most of them ends. */
  tasks?: number;
  /** Calls of functions, `eval`, `source` and `$(…)` within each other; 1,000. */
  depth?: number;
  /** Words that one expansion makes; 2,000,000. */
  words?: number;
  /** Characters of one variable, word or output of a `$(…)`; 67,108,864. */
  text?: number;
  /** Bytes that the variables of all shells take, counted roughly; 512 MiB. */
  variables?: number;
  /** Bytes that running programs such as `sort` and `awk` hold, counted roughly; 512 MiB. */
  programs?: number;
}

/** How the engine is set up. */
export interface EngineOptions {
  readonly engine: EngineKind | null;
  readonly limits: Limits;
  /** What is mounted at `/`; null for memory. */
  readonly root: Omit<MountSpec, 'path' | 'mode'> | null;
  readonly env: Readonly<Record<string, string>>;
  readonly python: Readonly<Record<string, unknown>>;
  /** Names of the commands that the page provides. */
  readonly commands: readonly string[];
}

/** What a run of a command line may have beside its line. */
export interface RunSettings {
  readonly cwd?: string | undefined;
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** Absent: empty; `true`: pieces come by `input`. */
  readonly stdin?: Bytes | true | undefined;
  readonly timeoutMs?: number | undefined;
  /** Output comes as events while the command runs, and is not collected by the engine. */
  readonly streamed?: boolean;
  /** Whoever receives it collects it: `limits.output` counts. */
  readonly kept?: boolean;
}

/** What a run left behind. */
export interface RunResult {
  readonly exitCode: number;
  readonly stdout: Collected;
  readonly stderr: Collected;
  readonly timedOut: boolean;
}

/** Collected output: its bytes, or its text when it is short and ASCII, which crosses faster. */
export type Collected = Bytes | string;

/** A file's state as it crosses. Times are milliseconds since 1970. */
export interface StatRecord {
  readonly type: FileKind;
  readonly size: number;
  readonly mode: number;
  readonly mtimeMs: number;
  readonly atimeMs: number;
  readonly ctimeMs: number;
  readonly nlink: number;
  readonly uid: number;
  readonly gid: number;
  readonly ino: number;
}

export type FileKind = 'file' | 'directory' | 'symlink' | 'fifo' | 'character' | 'block' | 'socket';

/** A name in a directory. */
export interface EntryRecord {
  readonly name: string;
  readonly type: FileKind;
  /** Size and time of change where the service tells them with the listing. */
  readonly size?: number;
  readonly mtimeMs?: number;
}

/** A failure as it crosses: `code` is an errno's name, or empty for a defect. */
export interface ErrorRecord {
  readonly code: string;
  readonly message: string;
  readonly path: string | null;
}

/** The engine's methods. */
export interface EngineApi {
  open(options: EngineOptions): Promise<EngineKind>;
  mount(spec: MountSpec): Promise<void>;
  unmount(path: string): Promise<void>;

  /**
   * Runs a command line. Its number is chosen by the caller and names the run in other calls and in
   * events; null stands for no settings.
   */
  run(run: number, session: string, line: string, settings: RunSettings | null): Promise<RunResult>;
  /** A piece of standard input; settles when the command has room for more. Null ends it. */
  input(run: number, bytes: Bytes | null): Promise<void>;
  /** Bytes of output events that have been dealt with; the engine sends only so many ahead. */
  taken(run: number, bytes: number): Promise<void>;
  /** A signal by name, such as `INT`; `ABORT` ends the run whatever it does. */
  signal(run: number, signal: string): Promise<void>;

  createSession(id: string, settings: SessionSettings): Promise<void>;
  closeSession(id: string): Promise<void>;
  sessionState(id: string): Promise<SessionState>;

  /** Runs an interactive shell on a terminal; settles with its status when it exits. */
  openTerminal(run: number, settings: TerminalSettings): Promise<number>;
  type(run: number, keys: Bytes): Promise<void>;
  resize(run: number, columns: number, rows: number): Promise<void>;

  /** A negative length reads to the end. */
  readFile(path: string, offset: number, length: number): Promise<Bytes>;
  /** A negative mode is the usual one. */
  writeFile(path: string, bytes: Bytes, append: boolean, mode: number): Promise<void>;
  stat(path: string, follow: boolean): Promise<StatRecord>;
  readdir(path: string): Promise<EntryRecord[]>;
  mkdir(path: string, recursive: boolean): Promise<void>;
  rm(path: string, recursive: boolean, force: boolean): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  symlink(target: string, path: string): Promise<void>;
  readlink(path: string): Promise<string>;
  realpath(path: string): Promise<string>;
  chmod(path: string, mode: number): Promise<void>;
  utimes(path: string, atimeMs: number, mtimeMs: number): Promise<void>;
  truncate(path: string, size: number): Promise<void>;

  /** What a command of the page writes, reads and ends with; `call` is that of its event. */
  commandOutput(call: number, descriptor: number, bytes: Bytes): Promise<void>;
  commandInput(call: number, descriptor: number, length: number): Promise<Bytes | null>;
  commandDone(call: number, exitCode: number): Promise<void>;

  close(): Promise<void>;
}

/** How a terminal begins. */
export interface TerminalSettings extends SessionSettings {
  readonly columns: number;
  readonly rows: number;
}

/** How a session begins. */
export interface SessionSettings {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Where a session stands. */
export interface SessionState {
  readonly cwd: string;
  readonly exitCode: number;
}

/** What the engine says unasked. */
export type EngineEvent =
  | {
      readonly event: 'output';
      readonly run: number;
      readonly descriptor: number;
      readonly bytes: Bytes;
    }
  | { readonly event: 'changed'; readonly path: string; readonly tree: boolean }
  | {
      readonly event: 'command';
      readonly call: number;
      readonly name: string;
      readonly args: string[];
      readonly cwd: string;
      readonly env: Readonly<Record<string, string>>;
    };

export interface CallMessage {
  readonly id: number;
  readonly call: keyof EngineApi;
  readonly args: unknown[];
}

export type AnswerMessage =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly error: ErrorRecord };

/** From how many bytes on it is cheaper to transfer a buffer than to copy it. */
const WORTH_TRANSFER = 16 * 1024;

/** The large buffers in a message's own fields, to be transferred with it; small ones are copied. */
export function transfers(values: Iterable<unknown>): ArrayBuffer[] {
  const out: ArrayBuffer[] = [];
  for (const v of values) {
    if (v instanceof Uint8Array) {
      // by the buffer's length: a copy of a view is a copy of all of its buffer
      if (v.buffer instanceof ArrayBuffer && v.buffer.byteLength >= WORTH_TRANSFER) {
        out.push(v.buffer);
      }
    } else if (isPlainObject(v)) {
      out.push(...transfers(Object.values(v)));
    }
  }
  return out;
}

function isPlainObject(v: unknown): v is Record<string, unknown> {
  return typeof v === 'object' && v !== null && Object.getPrototypeOf(v) === Object.prototype;
}
