/**
 * Lets system calls of the interpreter wait. The chosen imports are replaced by the functions of
 * {@link buildShim}; their handlers run Emscripten's own system call, whose file operations (ours)
 * are synchronous: one that lacks something starts the request, notes it in the memo of the call and
 * throws a marker. The interpreter's stack is then put aside, and when the answer is there the whole
 * call runs again and finds it in the memo. A call may restart several times.
 */
import { ERRNO, errnoOf } from './errno.js';
import { buildShim, SENTINEL, type Restartable } from './shim.js';
import {
  checkImports,
  type EmscriptenModule,
  type ImportFunction,
  type WasmExports,
  type WasmImports,
} from './emscripten.js';

type Outcome = { value: unknown } | { errno: number };

/** One system call, over all its restarts. */
export interface Call {
  name: string;
  pending: Promise<number> | null;
  memo: Map<string, Outcome> | null;
  /** The wait could not be entered: the errno to answer. */
  failed: number;
  /** A signal has ended the wait. */
  interrupted: boolean;
  /** openat(2)'s flags and mode, which Emscripten does not hand to file operations. */
  openFlags: number;
  openMode: number;
  /** Counts the requests of one kind within a run of the call. */
  sequence: number;
}

/** The suspension of one interpreter. */
export interface Suspension {
  /** Replaces imports; call before instantiation. */
  install(imports: WasmImports): void;
  /** Takes the exports; call right after instantiation. */
  attach(exports: WasmExports): void;
  /** Takes the module once it is loaded; from now on calls may wait. */
  ready(module: EmscriptenModule): void;
  /** The value of a request: from the memo, or by waiting for it. Waits that change nothing may end with EINTR. */
  block<T>(key: string, start: () => Promise<T>, changing?: boolean): T;
  /** Throws again when an earlier operation of this call waits: nothing may be changed then. */
  guard(): void;
  /** The call that runs. */
  current(): Call;
  /** Ends every interruptible wait with EINTR, upon which CPython looks at its signals. */
  interrupt(): void;
  /** An errno as Emscripten throws it. */
  error(errno: number): Error;
  /** True for what {@link Suspension.block} throws to wait. */
  isMarker(thrown: unknown): boolean;
  /** Whether the interpreter has loaded a library or set a timer: neither is in its memory alone. */
  touchedOutside(): boolean;
  /** Code before and after a system call, by name. */
  wrap(name: string, make: (real: Syscall) => Syscall): void;
}

/**
 * A system call's JavaScript function. None has more than seven arguments; they are written out
 * because a rest parameter would allocate on the fast path. 64-bit ones are in truth bigints, which
 * are only passed on.
 */
export type Syscall = (
  a: number,
  b: number,
  c: number,
  d: number,
  e: number,
  f: number,
  g: number,
) => number;

type Handler = (
  context: Call | null,
  a: number,
  b: number,
  c: number,
  d: number,
  e: number,
  f: number,
  g: number,
) => number;

const MARKER = { name: 'Suspend' };
/** At most this often a computing program lets messages and timers in. */
const YIELD_MILLIS = 40;
const SIGNALS = '_Py_CheckEmscriptenSignals_Helper';

const ENV_CALLS = [
  '__syscall_openat',
  '__syscall_stat64',
  '__syscall_lstat64',
  '__syscall_newfstatat',
  '__syscall_fstat64',
  '__syscall_faccessat',
  '__syscall_getdents64',
  '__syscall_mkdirat',
  '__syscall_mknodat',
  '__syscall_unlinkat',
  '__syscall_rmdir',
  '__syscall_renameat',
  '__syscall_readlinkat',
  '__syscall_symlinkat',
  '__syscall_truncate64',
  '__syscall_ftruncate64',
  '__syscall_utimensat',
  '__syscall_chdir',
  '__syscall_fchdir',
  '__syscall_chmod',
  '__syscall_fchmod',
  '__syscall_fchmodat2',
  '__syscall_statfs64',
  '__syscall_fdatasync',
  '__syscall_fallocate',
  '__syscall_dup3',
  '_mmap_js',
  '_msync_js',
  '_munmap_js',
  SIGNALS,
];
const WASI_CALLS = [
  'fd_read',
  'fd_write',
  'fd_pread',
  'fd_pwrite',
  'fd_close',
  'fd_sync',
  'fd_seek',
];

const newCall = (name: string): Call => ({
  name,
  pending: null,
  memo: null,
  failed: 0,
  interrupted: false,
  openFlags: 0,
  openMode: 0,
  sequence: 0,
});

/** Creates the suspension of an interpreter that is about to be loaded. Needs JSPI. */
export function createSuspension(): Suspension {
  const table = new WebAssembly.Table({ element: 'anyfunc', initial: 1 });
  const wrappers = new Map<string, (real: Syscall) => Syscall>();
  const waits = new Set<() => void>();
  const turns = new MessageChannel();
  const turnWaiters: (() => void)[] = [];
  turns.port1.onmessage = () => turnWaiters.shift()?.();
  let exports: WasmExports | null = null;
  let fsError: EmscriptenModule['FS']['ErrnoError'] | null = null;
  let mainThread = 0;
  let running: Call | null = null;
  let spare = newCall('');
  let taken: Call | null = null;
  let javaScriptFrames = 0;
  let outside = false;
  let lastYield = 0;
  let canRunSync: () => unknown = () => false;

  const macrotask = (): Promise<number> =>
    new Promise((resolve) => {
      turnWaiters.push(() => resolve(0));
      turns.port2.postMessage(0);
    });

  // Pyodide's own flag is not exact: it stays true while a task is suspended and the event loop
  // enters Python again. A call that may wait always owns a thread state that is not the main one.
  const inTask = (): boolean =>
    mainThread !== 0 && exports !== null && exports.PyGILState_GetThisThreadState() !== mainThread;
  const mayWait = (): boolean => javaScriptFrames === 0 && Boolean(canRunSync()) && inTask();

  const error = (errno: number): Error =>
    fsError ? new fsError(errno) : new Error(`errno ${errno}`);

  function handler(name: string, real: Syscall, wasi: boolean): Handler {
    const make = wrappers.get(name);
    const call = make ? make(real) : real;
    const answer = (errno: number): number => (wasi ? errno : -errno);
    return (context, a, b, c2, d, e, f, g) => {
      if (context !== null && context.failed) {
        return answer(context.failed);
      }
      if (context !== null && context.interrupted) {
        return answer(ERRNO.EINTR);
      }
      const c = context ?? spare;
      c.name = name;
      c.sequence = 0;
      const outer = running;
      running = c;
      try {
        const result = call(a, b, c2, d, e, f, g);
        if (c.pending === null) {
          if (c === spare && c.memo !== null) {
            spare = newCall('');
          }
          return result;
        }
      } catch (thrown) {
        if (thrown !== MARKER) {
          const errno = (thrown as { name?: string; errno?: number }).errno;
          if (errno !== undefined) {
            return answer(errno);
          }
          throw thrown;
        }
      } finally {
        running = outer;
      }
      if (c === spare) {
        spare = newCall('');
      }
      if (!mayWait()) {
        c.pending = null;
        return answer(ERRNO.EDEADLK);
      }
      taken = c;
      return SENTINEL;
    };
  }

  /** Now and then lets the event loop turn, so that messages of the engine arrive. */
  function signalHandler(real: () => number): (context: Call | null) => number {
    return (context) => {
      if (context) {
        lastYield = performance.now();
      } else if (performance.now() - lastYield > YIELD_MILLIS && mayWait()) {
        taken = { ...newCall(SIGNALS), pending: macrotask() };
        return SENTINEL;
      }
      return mainThread === 0 || inTask() ? real() : 0;
    };
  }

  /** Counts the JavaScript frames on the stack, across which nothing can wait. */
  function countFrames(imports: WasmImports, name: string, leavesTraces: boolean): void {
    const real = imports.env[name] as ((...args: unknown[]) => unknown) & { sig?: string };
    if (typeof real !== 'function') {
      return;
    }
    const counted: typeof real = (...args) => {
      outside ||= leavesTraces;
      javaScriptFrames++;
      try {
        return real(...args);
      } finally {
        javaScriptFrames--;
      }
    };
    if (real.sig !== undefined) {
      counted.sig = real.sig;
    }
    imports.env[name] = counted as ImportFunction;
  }

  return {
    install(imports) {
      checkImports(imports);
      canRunSync = (imports.env['can_run_sync_js'] as (() => unknown) | undefined) ?? canRunSync;
      countFrames(imports, 'ffi_call_js', false);
      countFrames(imports, '_dlopen_js', true);
      countFrames(imports, '_setitimer_js', true);
      const calls: (Restartable & { table: Record<string, ImportFunction> })[] = [];
      const handlers: Record<string, Handler> = {};
      const add = (table: Record<string, ImportFunction>, name: string, wasi: boolean): void => {
        const real = table[name];
        if (typeof real !== 'function' || real.sig?.[0] !== 'i') {
          return;
        }
        calls.push({ name, signature: real.sig, table });
        handlers[name] =
          name === SIGNALS
            ? signalHandler(real as unknown as () => number)
            : handler(name, real as unknown as Syscall, wasi);
      };
      for (const name of ENV_CALLS) {
        add(imports.env, name, false);
      }
      for (const name of WASI_CALLS) {
        add(imports.wasi_snapshot_preview1, name, true);
      }
      const run = {
        take: () => {
          const c = taken;
          taken = null;
          return c;
        },
        promise: (c: Call) => c.pending,
        resumed: (c: Call, status: number) => {
          c.pending = null;
          if (status !== 0) {
            c.failed = ERRNO.EDEADLK;
          }
        },
        syncify: table,
      };
      const shim = new WebAssembly.Instance(new WebAssembly.Module(buildShim(calls)), {
        run,
        handlers: handlers as unknown as WebAssembly.ModuleImports,
      });
      for (const { name, signature, table: place } of calls) {
        const made = shim.exports[name] as ImportFunction;
        made.sig = signature;
        place[name] = made;
      }
    },
    attach(loaded) {
      exports = loaded;
      table.set(0, loaded.syscall_syncify);
    },
    ready(module) {
      fsError = module.FS.ErrnoError;
      mainThread = exports?.PyGILState_GetThisThreadState() ?? 0;
    },
    block<T>(key: string, start: () => Promise<T>, changing = false): T {
      const c = running;
      if (c === null) {
        throw error(ERRNO.EAGAIN);
      }
      if (c.pending) {
        throw MARKER;
      }
      const known = c.memo?.get(key);
      if (known) {
        if ('errno' in known) {
          throw error(known.errno);
        }
        return known.value as T;
      }
      const memo = (c.memo ??= new Map<string, Outcome>());
      const done = start().then(
        (value) => {
          memo.set(key, { value });
          return 0;
        },
        (reason: unknown) => {
          memo.set(key, { errno: errnoOf((reason as { code?: unknown } | null)?.code) });
          return 0;
        },
      );
      c.pending = changing ? done : interruptible(c, done);
      throw MARKER;
    },
    guard() {
      if (running?.pending) {
        throw MARKER;
      }
    },
    current: () => running ?? spare,
    interrupt() {
      for (const end of [...waits]) {
        end();
      }
      waits.clear();
    },
    error,
    isMarker: (thrown) => thrown === MARKER,
    touchedOutside: () => outside,
    wrap(name, make) {
      wrappers.set(name, make);
    },
  };

  function interruptible(c: Call, done: Promise<number>): Promise<number> {
    return new Promise((resolve) => {
      const end = (): void => {
        c.interrupted = true;
        resolve(0);
      };
      waits.add(end);
      void done.then((status) => {
        waits.delete(end);
        resolve(status);
      });
    });
  }
}
