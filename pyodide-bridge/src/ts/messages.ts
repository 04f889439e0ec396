/** The messages between the thread that holds the engine and a Python worker. */
import type { Program } from './services.js';

/** How a worker is to start. */
export interface Start {
  kind: 'start';
  /** Where Pyodide's files are; ends with a slash. */
  indexURL: string;
  /** `snapshot`: make one, keep it, and end. */
  purpose: 'run' | 'snapshot';
  /** The compiled interpreter when another worker has needed it before. */
  module?: WebAssembly.Module;
  /** Start cold even when a snapshot is kept. */
  ignoreSnapshot?: boolean;
}

/** To the worker. */
export type ToWorker =
  | Start
  | { kind: 'run'; program: Program }
  | { kind: 'reply'; id: number; value: unknown }
  | { kind: 'error'; id: number; code: string; message: string }
  | { kind: 'signal'; signal: number };

/** How an interpreter came to life, in milliseconds. */
export interface StartReport {
  from: 'snapshot' | 'cold';
  millis: number;
}

/** From the worker. */
export type FromWorker =
  | { kind: 'ready'; report: StartReport; module?: WebAssembly.Module }
  | { kind: 'failed'; message: string }
  | { kind: 'request'; id: number; name: string; args: unknown[] }
  /** The program has ended. `reusable`: the worker is as good as new and takes another. */
  | { kind: 'exit'; status: number; reusable: boolean }
  /** The interpreter is gone for good, with a message for standard error. */
  | { kind: 'crash'; message: string }
  | { kind: 'kept' } // the snapshot is in the cache
  /** The interpreter took a signal: Python is handling it. */
  | { kind: 'taken'; signal: number }
  /** The program handles, or no longer handles, a signal itself. */
  | { kind: 'handles'; signal: number; on: boolean };
