/**
 * Loads the engine: the WebAssembly build where the browser has JSPI and Wasm GC and the page lets
 * its loader run, else the JavaScript build of the same sources.
 */
import { exchange } from './http.js';
import { after, later, settleSoon, soon } from './turns.js';

/** Which build runs. */
export type EngineKind = 'wasm' | 'js';

/** What the Java side needs of its surroundings (see `Host.java`). */
export interface EngineHost {
  soon(group: number, action: () => void): void;
  later(group: number, action: () => void): void;
  after(millis: number, action: () => void): void;
  monotonicMillis(): number;
  wallMillis(): number;
  readonly exchange: typeof exchange;
}

/** The methods that TeaVM exports; the same on both builds. */
export interface Loaded<Exports> {
  readonly kind: EngineKind;
  readonly exports: Exports;
}

/** TeaVM's loader of a WebAssembly build. */
export interface WasmLoader {
  load(
    source: string,
    options: { installImports(imports: Record<string, unknown>): void },
  ): Promise<{
    readonly instance: { readonly exports: Record<string, (stack: number) => void> };
    readonly exports: unknown;
  }>;
}

interface Jspi {
  Suspending?: new (f: (...args: number[]) => Promise<unknown>) => unknown;
  promising?: (f: (stack: number) => void) => (stack: number) => Promise<void>;
}

/** A build: where its files are, each fetched when it is needed. */
export interface Build {
  readonly wasm: URL;
  loader(): Promise<WasmLoader>;
  fallback(): Promise<unknown>;
}

/** Loads a build. Without `kind` it takes WebAssembly where that can run. */
export async function load<Exports>(build: Build, kind?: EngineKind): Promise<Loaded<Exports>> {
  if (kind !== 'js' && (kind === 'wasm' || hasJspi())) {
    try {
      return { kind: 'wasm', exports: (await loadWasm(build)) as Exports };
    } catch (error) {
      // A policy without 'unsafe-eval' forbids the loader; an old Wasm GC fails to compile.
      if (kind === 'wasm') {
        throw error;
      }
      console.info('qanat: the WebAssembly build cannot run here, using JavaScript:', error);
    }
  }
  return { kind: 'js', exports: (await build.fallback()) as Exports };
}

/** The surroundings of an engine on this thread. */
export function host(): EngineHost {
  return {
    soon,
    later,
    after,
    monotonicMillis: () => performance.now(),
    wallMillis,
    exchange,
  };
}

function wallMillis(): number {
  const fine = performance.timeOrigin + performance.now();
  const coarse = Date.now();
  // The fine clock stands still while the machine sleeps.
  return Math.abs(fine - coarse) > 100 ? coarse : fine;
}

function hasJspi(): boolean {
  const jspi = WebAssembly as unknown as Jspi;
  return jspi.Suspending !== undefined && jspi.promising !== undefined;
}

async function loadWasm(build: Build): Promise<unknown> {
  const { Suspending, promising } = WebAssembly as unknown as Jspi;
  if (!Suspending || !promising) {
    throw new Error('this browser has no JavaScript Promise Integration (JSPI)');
  }
  const loader = await build.loader();
  const parked: ((value: unknown) => void)[] = [];
  let reason = '';
  let run: (stack: number) => Promise<void>;
  let deeper: (continuation: number) => Promise<void>;
  let bury: (stack: number) => Promise<void>;

  /** Ends the task of a stack that died. Its clean-up may die too: each call gets one step further. */
  const died = (stack: number, error: unknown, attempts = 0): void => {
    reason = describe(error);
    if (attempts < 100) {
      bury(stack).catch((again: unknown) => died(stack, again, attempts + 1));
    } else {
      console.error('qanat: a task could not be ended:', error);
    }
  };

  const module = await loader.load(build.wasm.href, {
    installImports(imports) {
      imports['sched'] = {
        start: (stack: number, group: number) => {
          soon(group, () => {
            run(stack).catch((error: unknown) => died(stack, error));
          });
        },
        park: new Suspending(
          (stack) =>
            new Promise((resume) => {
              parked[stack as number] = resume;
            }),
        ),
        resume: (stack: number, group: number) => {
          const resume = parked[stack];
          if (resume) {
            settleSoon(group, resume);
          }
        },
        // In a microtask: the stack below is suspended by then, and none stands on another.
        deeper: new Suspending((continuation) =>
          Promise.resolve().then(() => deeper(continuation as number)),
        ),
        turn: new Suspending(
          (group) => new Promise<void>((resolve) => later(group as number, resolve)),
        ),
        now: () => performance.now(),
        reason: () => reason,
      };
    },
  });
  const entry = (name: string): ((stack: number) => Promise<void>) =>
    promising(module.instance.exports[name] as (stack: number) => void);
  run = entry('sched.run');
  deeper = entry('sched.deeper');
  bury = entry('sched.bury');
  return module.exports;
}

/** The cause of a death in words, for a trap has no Java exception. */
function describe(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof RangeError && /call stack/.test(message)) {
    return 'stack overflow';
  }
  return message || 'unknown trap';
}
