/** The workspace: what an application creates and speaks to. */
import { fromAscii, join, toBytes } from './bytes.js';
import type { CommandFunction } from './commands.js';
import { runCommand } from './commands.js';
import { createEngine } from './engine.js';
import { toError, toRecord } from './errors.js';
import type { FileSystem } from './files.js';
import { createFileSystem } from './files.js';
import type { EngineKind } from './load.js';
import type {
  Bytes,
  Collected,
  EngineApi,
  EngineEvent,
  Limits,
  RunSettings,
  SessionSettings,
  SessionState,
} from './protocol.js';
import { startWorker } from './remote.js';
import { MountMode } from './resources.js';
import type { Resource } from './resources.js';
import type { InputSource, OutputListener, RunListener } from './runs.js';
import { createRunTable, isWhole, pump } from './runs.js';

export interface WorkspaceOptions {
  /** The mode of mounts that have none of their own; `MountMode.READ` without it. */
  mode?: MountMode;
  /** Where the engine runs; a worker without it. */
  thread?: 'worker' | 'page';
  /** Forces a build; without it, the faster one that can run here. */
  engine?: EngineKind;
  /** Variables every session begins with. */
  env?: Readonly<Record<string, string>>;
  limits?: Limits;
  python?: PythonOptions;
  /** Commands of the application, by name. */
  commands?: Readonly<Record<string, CommandFunction>>;
}

export interface PythonOptions {
  /** Where Pyodide's files are; the package's own folder without it. */
  indexURL?: string;
  /** How many programs may run at once. */
  maxInterpreters?: number;
  /** Whether a snapshot of the started interpreter is kept in the Cache API. */
  keepSnapshot?: boolean;
}

export interface ExecuteOptions {
  stdin?: InputSource;
  /** The working directory of this line only. */
  cwd?: string;
  /** Variables of this line only. */
  env?: Readonly<Record<string, string>>;
  /** Ends the line; the promise is then rejected with the signal's reason. */
  signal?: AbortSignal;
  /**
   * Ends the line, and what it left in the background, after that time; status 124. Without it,
   * `limits.timeoutMs` counts.
   */
  timeoutMs?: number;
  /** Called with output as it comes; it is still collected too. */
  onStdout?: OutputListener;
  onStderr?: OutputListener;
  /** The session to run in; the workspace's own without it. */
  sessionId?: string;
}

export interface ExecuteResult {
  readonly exitCode: number;
  readonly stdout: Bytes;
  readonly stderr: Bytes;
  /** The output as UTF-8 text; bytes that are not become U+FFFD. */
  readonly stdoutText: string;
  readonly stderrText: string;
  /** True when `timeoutMs` ended it. */
  readonly timedOut: boolean;
}

/** A command line under way, with streams. */
export interface Process {
  readonly stdin: WritableStream<Uint8Array | string>;
  readonly stdout: ReadableStream<Bytes>;
  readonly stderr: ReadableStream<Bytes>;
  /** The exit status. */
  readonly exit: Promise<number>;
  /** Sends a signal by its name; `TERM` without it. */
  kill(signal?: string): Promise<void>;
}

/** An interactive shell on a terminal; connect it to xterm.js or its like. */
export interface TerminalSession {
  /** Sends keys. */
  write(data: Uint8Array | string): void;
  /** Listens to what is to be shown. Returns the way to stop. */
  onData(listener: OutputListener): () => void;
  resize(columns: number, rows: number): void;
  /** Settles with the shell's status. */
  readonly exit: Promise<number>;
  /** Hangs up. */
  close(): Promise<void>;
}

/** A shell that keeps its directory, variables and functions between calls. */
export interface Session {
  readonly id: string;
  execute(line: string, options?: Omit<ExecuteOptions, 'sessionId'>): Promise<ExecuteResult>;
  state(): Promise<SessionState>;
  close(): Promise<void>;
}

/** A place in the tree and what serves it. */
export interface MountInfo {
  readonly path: string;
  readonly mode: MountMode;
  readonly kind: string;
}

const STARTUP_SESSION = '';
const decoder = new TextDecoder();

/**
 * A computer: one tree of files over several services, a shell and Python on it. It starts at once;
 * every method waits until it is ready.
 */
export class Workspace {
  /** The files, for the application itself. */
  readonly fs: FileSystem;

  readonly #api: EngineApi;
  readonly #ready: Promise<EngineKind>;
  readonly #terminate: () => void;
  readonly #defaultMode: MountMode;
  readonly #mounts = new Map<string, MountInfo>();
  readonly #watchers = new Set<(path: string) => void>();
  readonly #runs = createRunTable(() => Promise.resolve(this.#api));
  readonly #commands: Readonly<Record<string, CommandFunction>>;
  #lastSession = 0;
  /** The engine while it can be spoken to. */
  #engine: EngineApi | undefined;
  #closed = false;

  constructor(mounts: Readonly<Record<string, Resource>> = {}, options: WorkspaceOptions = {}) {
    this.#defaultMode = options.mode ?? MountMode.READ;
    this.#commands = options.commands ?? {};
    const onEvent = (event: EngineEvent): void => this.#handle(event);
    if (options.thread === 'page') {
      this.#api = inPage(createEngine(onEvent));
      this.#terminate = () => undefined;
    } else {
      const worker = startWorker(onEvent);
      this.#api = worker.api;
      this.#terminate = worker.terminate;
    }
    this.fs = createFileSystem(() => this.#opened());
    this.#ready = this.#start(mounts, options);
    this.#ready.catch(() => undefined); // reported by whatever waits for it
  }

  async #start(
    mounts: Readonly<Record<string, Resource>>,
    options: WorkspaceOptions,
  ): Promise<EngineKind> {
    const root = mounts['/'];
    const kind = await this.#api.open({
      engine: options.engine ?? null,
      limits: { ...options.limits },
      root: root ? { kind: root.kind, settings: root.settings } : null,
      env: { ...options.env },
      python: forEngine(options.python),
      commands: Object.keys(this.#commands),
    });
    // Outer mounts first, so that an inner one finds its place.
    const paths = Object.keys(mounts).filter((path) => path !== '/');
    paths.sort((a, b) => a.length - b.length);
    for (const path of paths) {
      await this.#mount(path, mounts[path] as Resource);
    }
    this.#engine = this.#closed ? undefined : this.#api;
    return kind;
  }

  async #mount(path: string, resource: Resource, mode?: MountMode): Promise<void> {
    const { kind, settings } = resource;
    const actual = mode ?? resource.mode ?? this.#defaultMode;
    if (kind === 'opfs') {
      // Without it the browser may clear the files when the disk is short. It need not agree.
      await navigator.storage.persist?.().catch(() => false);
    }
    await this.#api.mount({ path, mode: actual, kind, settings });
    this.#mounts.set(path, { path, mode: actual, kind });
  }

  async #opened(): Promise<EngineApi> {
    await this.#ready;
    if (this.#closed) {
      throw new Error('qanat: the workspace is closed');
    }
    return this.#api;
  }

  #handle(event: EngineEvent): void {
    if (this.#runs.handle(event)) {
      return;
    }
    if (event.event === 'changed') {
      for (const watcher of this.#watchers) {
        watcher(event.path);
      }
    } else if (event.event === 'command') {
      quietly(runCommand(this.#api, this.#commands, event));
    }
  }

  /** Which build runs; settles once the workspace is ready. */
  engine(): Promise<EngineKind> {
    return this.#ready;
  }

  /** Runs a line of bash and collects its output. */
  async execute(line: string, options: ExecuteOptions = {}): Promise<ExecuteResult> {
    requireText(line);
    const { signal, onStdout, onStderr, stdin } = options;
    const whole = stdin !== undefined && isWhole(stdin) ? toBytes(stdin) : undefined;
    signal?.throwIfAborted();
    const api = this.#engine ?? (await this.#opened());
    signal?.throwIfAborted();
    const streamed = onStdout !== undefined || onStderr !== undefined;
    const pieces: [Bytes[], Bytes[]] = [[], []];
    const onOutput: RunListener['onOutput'] = (descriptor, bytes) => {
      pieces[descriptor === 2 ? 1 : 0].push(bytes);
      return (descriptor === 2 ? onStderr : onStdout)?.(bytes);
    };
    const run = this.#runs.begin(streamed ? { onOutput } : undefined);
    const abort = (): void => quietly(api.signal(run, 'ABORT'));
    signal?.addEventListener('abort', abort, { once: true });
    try {
      const input = stdin === undefined ? undefined : (whole ?? true);
      const settings = settingsOf(options, input, streamed, streamed);
      const done = api.run(run, options.sessionId ?? STARTUP_SESSION, line, settings);
      if (stdin !== undefined && !isWhole(stdin)) {
        pump(api, run, stdin).catch(() => undefined); // a command may end before its input does
      }
      const result = await done;
      signal?.throwIfAborted();
      if (streamed) {
        await this.#runs.end(run);
      }
      return resultOf(
        result.exitCode,
        streamed ? join(pieces[0]) : result.stdout,
        streamed ? join(pieces[1]) : result.stderr,
        result.timedOut,
      );
    } finally {
      signal?.removeEventListener('abort', abort);
      if (streamed) {
        void this.#runs.end(run);
      }
    }
  }

  /** Starts a line of bash and gives its streams. */
  spawn(
    line: string,
    options: Omit<ExecuteOptions, 'stdin' | 'onStdout' | 'onStderr'> = {},
  ): Process {
    requireText(line);
    const sinks: ReadableStreamDefaultController<Bytes>[] = [];
    const waiting: (() => void)[] = [];
    const stream = (index: number): ReadableStream<Bytes> =>
      new ReadableStream<Bytes>({
        start: (controller) => void (sinks[index] = controller),
        pull: () => waiting[index]?.(),
      });
    const stdout = stream(0);
    const stderr = stream(1);
    const run = this.#runs.begin({
      onOutput(descriptor, bytes) {
        const index = descriptor === 2 ? 1 : 0;
        const sink = sinks[index];
        try {
          sink?.enqueue(bytes);
        } catch {
          return; // the reader has cancelled
        }
        if ((sink?.desiredSize ?? 1) <= 0) {
          return new Promise((resolve) => (waiting[index] = resolve));
        }
      },
    });
    const { signal } = options;
    const kill = async (name = 'TERM'): Promise<void> => (await this.#opened()).signal(run, name);
    const abort = (): void => quietly(kill('ABORT'));
    signal?.addEventListener('abort', abort, { once: true });
    const exit = this.#opened()
      .then((api) =>
        api.run(
          run,
          options.sessionId ?? STARTUP_SESSION,
          line,
          settingsOf(options, true, true, false),
        ),
      )
      .then((result) => result.exitCode)
      .finally(() => {
        signal?.removeEventListener('abort', abort);
        void this.#runs.end(run).then(() => {
          for (const sink of sinks) {
            try {
              sink.close();
            } catch {
              // cancelled already
            }
          }
        });
      });
    exit.catch(() => undefined);
    const stdin = new WritableStream<Uint8Array | string>({
      write: async (piece) => (await this.#opened()).input(run, toBytes(piece)),
      close: async () => (await this.#opened()).input(run, null),
      abort: async () => (await this.#opened()).input(run, null),
    });
    return { stdin, stdout, stderr, exit, kill };
  }

  /** Opens a terminal with an interactive shell. */
  async terminal(
    options: { cols?: number; rows?: number } & SessionSettings = {},
  ): Promise<TerminalSession> {
    const api = await this.#opened();
    const listeners = new Set<OutputListener>();
    const early: Bytes[] = []; // what came before anyone listened
    const run = this.#runs.begin({
      async onOutput(_, bytes) {
        if (listeners.size === 0) {
          early.push(bytes);
        }
        await Promise.all([...listeners].map((listener) => listener(bytes)));
      },
    });
    const { cols = 80, rows = 24, ...settings } = options;
    const exit = api
      .openTerminal(run, { ...settings, columns: cols, rows })
      .finally(() => void this.#runs.end(run));
    exit.catch(() => undefined);
    return {
      write: (data) => quietly(api.type(run, toBytes(data))),
      onData(listener) {
        listeners.add(listener);
        for (const bytes of early.splice(0)) {
          void listener(bytes);
        }
        return () => listeners.delete(listener);
      },
      resize: (columns, rows) => quietly(api.resize(run, columns, rows)),
      exit,
      close: () => api.signal(run, 'HUP'),
    };
  }

  /** Creates a session; without an id it gets one. */
  async createSession(options: SessionSettings & { id?: string } = {}): Promise<Session> {
    const { id = `session-${++this.#lastSession}`, ...settings } = options;
    await (await this.#opened()).createSession(id, settings);
    return this.session(id);
  }

  /** The session of that id. */
  session(id: string): Session {
    return {
      id,
      execute: (line, options) => this.execute(line, { ...options, sessionId: id }),
      state: async () => (await this.#opened()).sessionState(id),
      close: async () => (await this.#opened()).closeSession(id),
    };
  }

  /** Mounts a resource at a path, whose directory is made when it is missing. */
  async addMount(
    path: string,
    resource: Resource,
    options: { mode?: MountMode } = {},
  ): Promise<void> {
    await this.#opened();
    await this.#mount(path, resource, options.mode);
  }

  /** Takes a mount away; `EBUSY` while files on it are open. */
  async unmount(path: string): Promise<void> {
    await (await this.#opened()).unmount(path);
    this.#mounts.delete(path);
  }

  /** What is mounted. */
  async mounts(): Promise<MountInfo[]> {
    await this.#opened();
    return [...this.#mounts.values()];
  }

  /** Calls the listener with the path of each change made through this workspace. */
  watch(listener: (path: string) => void): () => void {
    this.#watchers.add(listener);
    return () => this.#watchers.delete(listener);
  }

  /** Ends everything that runs and frees the engine. */
  async close(): Promise<void> {
    if (!this.#closed) {
      await this.#ready.catch(() => undefined);
      this.#closed = true;
      this.#engine = undefined;
      await this.#api.close().catch(() => undefined);
      this.#terminate();
    }
  }
}

/** An engine of this thread, with failures in the shape they have when they come from a worker. */
function inPage(engine: EngineApi): EngineApi {
  return new Proxy(engine, {
    get(target, name) {
      if (name === 'then') {
        return undefined; // it is no promise
      }
      const method = target[name as keyof EngineApi] as (...args: unknown[]) => Promise<unknown>;
      return (...args: unknown[]) =>
        method(...args).catch((error: unknown) => {
          throw toError(toRecord(error));
        });
    },
  });
}

/** A line from untyped code may be anything. */
function requireText(line: unknown): void {
  if (typeof line !== 'string') {
    throw new TypeError(`qanat: a line to run is a string, not ${typeof line}`);
  }
}

/** For what may come too late: the workspace may be closed meanwhile, and nobody is told then. */
function quietly(work: Promise<unknown>): void {
  work.catch(() => undefined);
}

/** What is sent with a line; nothing in the usual case, as each field costs on its way. */
function settingsOf(
  { cwd, env, timeoutMs }: ExecuteOptions,
  stdin: Bytes | true | undefined,
  streamed: boolean,
  kept: boolean,
): RunSettings | null {
  const isUsual =
    cwd === undefined &&
    env === undefined &&
    timeoutMs === undefined &&
    stdin === undefined &&
    !streamed;
  return isUsual ? null : { cwd, env: env && { ...env }, stdin, timeoutMs, streamed, kept };
}

function resultOf(
  exitCode: number,
  stdout: Collected,
  stderr: Collected,
  timedOut: boolean,
): ExecuteResult {
  if (typeof stdout === 'string' && typeof stderr === 'string') {
    return {
      exitCode,
      stdout: fromAscii(stdout),
      stderr: fromAscii(stderr),
      timedOut,
      stdoutText: stdout,
      stderrText: stderr,
    };
  }
  return {
    exitCode,
    stdout: bytesOf(stdout),
    stderr: bytesOf(stderr),
    timedOut,
    get stdoutText() {
      return textOf(stdout);
    },
    get stderrText() {
      return textOf(stderr);
    },
  };
}

function bytesOf(output: Collected): Bytes {
  return typeof output === 'string' ? fromAscii(output) : output;
}

function textOf(output: Collected): string {
  return typeof output === 'string' ? output : decoder.decode(output);
}

/** An address that the page gives is relative to the page, not to the engine's files. */
function forEngine(python: PythonOptions = {}): Readonly<Record<string, unknown>> {
  return python.indexURL === undefined
    ? { ...python }
    : { ...python, indexURL: new URL(python.indexURL, location.href).href };
}
