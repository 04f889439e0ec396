/**
 * Python for the thread that holds the engine: a pool of workers with one interpreter each. A
 * program gets an interpreter of its own while it runs, so that the stages of a pipeline cannot wait
 * for each other; afterwards the interpreter takes the next one.
 */
import type { FromWorker, StartReport, ToWorker } from './messages.js';
import { obstacle } from './interpreter.js';
import type { Program, Services } from './services.js';

/** How Python is to be run. */
export interface PythonOptions {
  /** Where Pyodide's files are; by default the folder `pyodide` of the package. */
  indexURL?: string;
  /** How many programs may run at once. */
  maxInterpreters?: number;
  /** How long a program may leave a signal unnoticed before its interpreter is ended, in milliseconds. */
  graceMillis?: number;
  /** Whether a snapshot of the started interpreter is kept in the Cache API. */
  keepSnapshot?: boolean;
}

/** A running program. */
export interface RunningProgram {
  /** Raises a signal by its Linux number. */
  signal(signal: number): void;
}

/** Runs Python programs. */
export interface PythonHost {
  /**
   * Starts a program. `exited` is called once with its status and, when the interpreter itself has
   * failed, a message for standard error; signals that end it give 128 + n.
   */
  run(
    program: Program,
    services: Services,
    exited: (status: number, message: string) => void,
  ): RunningProgram;
  /** How the interpreters of this host came to life, latest last. */
  readonly reports: readonly StartReport[];
  /** Starts an interpreter ahead of its first use. */
  warm(): void;
  /** Ends all interpreters. */
  dispose(): void;
}

const SIGINT = 2;
const SIGKILL = 9;
const DEFAULT_MAX = 4;
const DEFAULT_GRACE = 1500;
const KEPT_IDLE = 2;
const IDLE_MILLIS = 60_000;
const CANNOT_RUN = 126;
const LOST = 134; // as after abort(3)

interface Seat {
  worker: Worker;
  ready: Promise<void>;
  running: Run | null;
  idleSince: number;
  gone: boolean;
}

interface Run {
  services: Services;
  exited: (status: number, message: string) => void;
  started: boolean;
  handled: Set<number>;
  taken: Set<number>;
  timer: ReturnType<typeof setTimeout> | undefined;
}

/** Creates a host; no interpreter is loaded before the first program. */
export function createPythonHost(options: PythonOptions = {}): PythonHost {
  const base = options.indexURL ?? '../pyodide/';
  const indexURL = new URL(base.endsWith('/') ? base : `${base}/`, import.meta.url).href;
  const max = options.maxInterpreters ?? DEFAULT_MAX;
  const grace = options.graceMillis ?? DEFAULT_GRACE;
  const seats = new Set<Seat>();
  const reports: StartReport[] = [];
  let module: WebAssembly.Module | undefined;
  let snapshotWanted = options.keepSnapshot !== false;
  let snapshotKept = false;
  let sweeper: ReturnType<typeof setInterval> | undefined;

  const newWorker = (): Worker =>
    new Worker(new URL('./worker.js', import.meta.url), { type: 'module', name: 'python' });

  const post = (worker: Worker, message: ToWorker, transfer: Transferable[] = []): void =>
    worker.postMessage(message, transfer);

  function open(): Seat {
    const worker = newWorker();
    let ready!: () => void;
    let failed!: (reason: Error) => void;
    const seat: Seat = {
      worker,
      running: null,
      idleSince: performance.now(),
      gone: false,
      ready: new Promise<void>((resolve, reject) => {
        ready = resolve;
        failed = reject;
      }),
    };
    seat.ready.catch(() => remove(seat));
    seats.add(seat);
    worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
      switch (data.kind) {
        case 'ready':
          module ??= data.module;
          reports.push(data.report);
          if (data.report.from === 'snapshot') {
            snapshotWanted = false;
            snapshotKept = true;
          }
          ready();
          break;
        case 'failed':
          failed(new Error(data.message));
          break;
        default:
          receive(seat, data);
      }
    };
    // an error in a program's own JavaScript is no reason to end it; one at the start is
    worker.onerror = (event) =>
      failed(new Error(event.message || 'the script of the Python worker cannot be loaded'));
    post(worker, { kind: 'start', indexURL, purpose: 'run', ...(module ? { module } : {}) });
    return seat;
  }

  function receive(seat: Seat, data: FromWorker): void {
    const run = seat.running;
    if (!run) {
      return;
    }
    switch (data.kind) {
      case 'request':
        serve(seat, run, data.id, data.name, data.args);
        break;
      case 'exit':
        if (data.reusable) {
          release(seat);
          run.exited(data.status, '');
        } else {
          end(seat, data.status, '');
        }
        break;
      case 'crash':
        end(seat, LOST, `the interpreter failed: ${data.message}`);
        break;
      case 'taken':
        run.taken.add(data.signal);
        break;
      case 'handles':
        if (data.on) {
          run.handled.add(data.signal);
        } else {
          run.handled.delete(data.signal);
        }
        break;
    }
  }

  function serve(seat: Seat, run: Run, id: number, name: string, args: unknown[]): void {
    run.services(
      name,
      args,
      (value) => {
        if (!seat.gone) {
          post(seat.worker, { kind: 'reply', id, value }, transferable(value));
        }
      },
      (code, message) => post(seat.worker, { kind: 'error', id, code, message }),
    );
  }

  function release(seat: Seat): void {
    clearTimeout(seat.running?.timer);
    seat.running = null;
    seat.idleSince = performance.now();
    sweep();
    sweeper ??= setInterval(sweep, IDLE_MILLIS / 2);
    makeSnapshot();
  }

  /** The interpreter is gone, and with it the program that ran in it. */
  function end(seat: Seat, status: number, message: string): void {
    const run = seat.running;
    remove(seat);
    if (run) {
      clearTimeout(run.timer);
      run.exited(status, message);
      if (snapshotKept && idle() === undefined && seats.size < max) {
        open(); // the next program finds one that is ready
      }
    }
  }

  function remove(seat: Seat): void {
    seat.gone = true;
    seat.running = null;
    seat.worker.terminate();
    seats.delete(seat);
  }

  const idle = (): Seat | undefined => [...seats].find((seat) => seat.running === null);

  function sweep(): void {
    const free = [...seats].filter((seat) => seat.running === null);
    for (const seat of free.slice(KEPT_IDLE)) {
      remove(seat);
    }
    for (const seat of free.slice(1, KEPT_IDLE)) {
      if (performance.now() - seat.idleSince > IDLE_MILLIS) {
        remove(seat);
      }
    }
  }

  /** In a worker of its own, when there is nothing else to do, once. */
  function makeSnapshot(): void {
    if (!snapshotWanted || [...seats].some((seat) => seat.running !== null)) {
      return;
    }
    snapshotWanted = false;
    const worker = newWorker();
    worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
      snapshotKept ||= data.kind === 'kept';
      worker.terminate();
    };
    worker.onerror = () => worker.terminate();
    post(worker, { kind: 'start', indexURL, purpose: 'snapshot', ...(module ? { module } : {}) });
  }

  function run(
    program: Program,
    services: Services,
    exited: (status: number, message: string) => void,
  ): RunningProgram {
    const why = obstacle();
    if (why) {
      queueMicrotask(() => exited(CANNOT_RUN, why));
      return { signal: () => undefined };
    }
    let over = false;
    const once = (status: number, message: string): void => {
      if (!over) {
        over = true;
        exited(status, message);
      }
    };
    const seat = idle() ?? (seats.size < max ? open() : undefined);
    if (!seat) {
      const message =
        `all ${max} interpreters are running programs; wait for one to end, ` +
        'or allow more with python.maxInterpreters';
      queueMicrotask(() => once(CANNOT_RUN, message));
      return { signal: () => undefined };
    }
    const current: Run = {
      services,
      exited: once,
      started: false,
      handled: new Set(),
      taken: new Set(),
      timer: undefined,
    };
    seat.running = current;
    seat.ready.then(
      () => {
        if (over || seat.running !== current) {
          return;
        }
        current.started = true;
        post(seat.worker, { kind: 'run', program });
      },
      (reason: Error) => once(CANNOT_RUN, reason.message),
    );
    return {
      signal(signal) {
        if (over) {
          return;
        }
        if (!current.started) {
          seat.running = null; // it goes on starting, for the next program
          once(128 + signal, '');
          return;
        }
        const noticed = signal === SIGINT || current.handled.has(signal);
        if (signal === SIGKILL || !noticed) {
          end(seat, 128 + signal, '');
          return;
        }
        const again = current.taken.has(signal);
        post(seat.worker, { kind: 'signal', signal });
        clearTimeout(current.timer);
        current.timer = setTimeout(() => {
          if (seat.running === current && (again || !current.taken.has(signal))) {
            end(seat, 128 + signal, '');
          }
        }, grace);
      },
    };
  }

  return {
    run,
    reports,
    warm() {
      if (!obstacle() && seats.size === 0) {
        open().ready.then(makeSnapshot, () => undefined);
      }
    },
    dispose() {
      clearInterval(sweeper);
      for (const seat of [...seats]) {
        end(seat, 128 + SIGKILL, '');
      }
    },
  };
}

/** The buffers in an answer that belong to it alone and can be handed over. */
function transferable(value: unknown): Transferable[] {
  const bytes =
    value instanceof Uint8Array ? value : (value as { head?: unknown } | null | undefined)?.head;
  return bytes instanceof Uint8Array && bytes.byteLength === bytes.buffer.byteLength
    ? [bytes.buffer as ArrayBuffer]
    : [];
}
