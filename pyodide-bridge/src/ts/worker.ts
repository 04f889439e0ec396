/** The module worker in which one interpreter lives. It talks to the host in `messages.ts`. */
import { isolateFinalizers } from './finalizers.js';
import { confine } from './confinement.js';
import { createFailures } from './failures.js';
import { PYODIDE_VERSION } from './emscripten.js';
import {
  obstacle,
  PRELOADED,
  RUNNER_FILES,
  startInterpreter,
  type Interpreter,
} from './interpreter.js';
import type { FromWorker, Start, ToWorker } from './messages.js';
import type { Ask, Program, Requests } from './services.js';
import { dropSnapshot, fingerprint, keepSnapshot, readSnapshot, snapshotKey } from './snapshots.js';

interface Waiting {
  resolve(value: unknown): void;
  reject(code: string, message: string): void;
}

const waiting = new Map<number, Waiting>();
const finalizers = isolateFinalizers();
let interpreter: Interpreter | null = null;
let lastId = 0;

const post = (message: FromWorker, transfer: Transferable[] = []): void =>
  self.postMessage(message, { transfer });

const failures = createFailures();

const ask: Ask = (name, ...args) => {
  const id = ++lastId;
  const transfer: Transferable[] = [];
  if (name === 'write') {
    for (const { bytes } of (args as Parameters<Requests['write']>)[1]) {
      transfer.push(bytes.buffer as ArrayBuffer);
    }
  }
  post({ kind: 'request', id, name, args }, transfer);
  return new Promise((resolve, reject) => {
    waiting.set(id, {
      resolve: resolve as (value: unknown) => void,
      reject(code, message) {
        failures.note(code, args, message);
        reject(Object.assign(new Error(message), { code }));
      },
    });
  });
};

async function start({ indexURL, purpose, module, ignoreSnapshot }: Start): Promise<void> {
  const why = obstacle();
  if (why) {
    throw new Error(why);
  }
  const began = performance.now();
  const runner = await readRunner();
  const sources = Object.values(runner);
  const key = snapshotKey(indexURL, fingerprint(PYODIDE_VERSION, ...sources, PRELOADED));
  const handles = (signal: number, on: boolean): void => post({ kind: 'handles', signal, on });
  const setting = { indexURL, runner, ask, failures, handles, ...(module ? { module } : {}) };
  if (purpose === 'snapshot') {
    const maker = await startInterpreter({ ...setting, forSnapshot: true });
    await keepSnapshot(key, maker.snapshot());
    post({ kind: 'kept' });
    return;
  }
  const snapshot = ignoreSnapshot ? null : await readSnapshot(key);
  let from: 'snapshot' | 'cold' = 'cold';
  if (snapshot) {
    try {
      interpreter = await startInterpreter({ ...setting, snapshot });
      from = 'snapshot';
    } catch {
      await dropSnapshot(key); // whatever is wrong with it, a cold start does without
    }
  }
  interpreter ??= await startInterpreter(setting);
  confine();
  const millis = performance.now() - began;
  post({ kind: 'ready', report: { from, millis }, module: interpreter.module });
}

/** The Python side, which lies beside this script. */
async function readRunner(): Promise<Record<string, string>> {
  const files = RUNNER_FILES.map(async (name) => {
    const answer = await fetch(new URL(`./_qanat/${name}`, import.meta.url));
    if (!answer.ok) {
      throw new Error(`cannot load ${answer.url} (status ${answer.status})`);
    }
    return [name, await answer.text()] as const;
  });
  return Object.fromEntries(await Promise.all(files));
}

async function run(program: Program): Promise<void> {
  if (!interpreter) {
    throw new Error('no interpreter');
  }
  const { status, reusable } = await interpreter.run(program);
  finalizers.forget();
  post({ kind: 'exit', status, reusable });
}

/** What ended the interpreter itself: `os._exit` with its status, or a defect with a message. */
function lost(reason: unknown): void {
  const { name, status, message } = reason as { name?: string; status?: number; message?: string };
  if ((name === 'ExitStatus' || name === 'Exit') && message) {
    const exit = status ?? Number(/\((\d+)\)/.exec(message)?.[1] ?? 1);
    post({ kind: 'exit', status: exit & 0xff, reusable: false });
    return;
  }
  post({ kind: 'crash', message: String(message ?? reason) });
}

self.onmessage = ({ data }: MessageEvent<ToWorker>) => {
  switch (data.kind) {
    case 'start':
      start(data).catch((reason: unknown) =>
        post({ kind: 'failed', message: (reason as Error).message ?? String(reason) }),
      );
      break;
    case 'run':
      run(data.program).catch(lost);
      break;
    case 'reply':
    case 'error': {
      const found = waiting.get(data.id);
      waiting.delete(data.id);
      if (data.kind === 'reply') {
        found?.resolve(data.value);
      } else {
        found?.reject(data.code, data.message);
      }
      break;
    }
    case 'signal':
      interpreter?.signal(data.signal);
      reportTaken(data.signal);
      break;
  }
};

/** Tells the host when Python has looked at a signal: then it lives, whatever it does about it. */
function reportTaken(signal: number): void {
  const LOOK_AGAIN = 20;
  const look = (): void => {
    if (!interpreter || interpreter.taken()) {
      post({ kind: 'taken', signal });
    } else {
      setTimeout(look, LOOK_AGAIN);
    }
  };
  setTimeout(look, LOOK_AGAIN);
}
