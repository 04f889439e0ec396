/** Command lines under way: their output events, their input, their end. */
import { toBytes } from './bytes.js';
import type { Bytes, EngineApi, EngineEvent } from './protocol.js';

/** Text, bytes, or a stream of either. */
export type InputSource =
  | string
  | Uint8Array
  | ReadableStream<Uint8Array | string>
  | AsyncIterable<Uint8Array | string>
  | Iterable<Uint8Array | string>;

/** Takes a piece of output; the next ones wait until it returns or its promise settles. */
export type OutputListener = (bytes: Bytes) => void | Promise<void>;

/** Who listens to a run. */
export interface RunListener {
  onOutput(descriptor: number, bytes: Bytes): void | Promise<void>;
}

/** The runs of a workspace that are under way, by number. */
export interface RunTable {
  /** A number for a new run, whose output, if it comes as events, goes to the listener until `end`. */
  begin(listener?: RunListener): number;
  /** The run is over; settles when the listener has dealt with all of its output. */
  end(run: number): Promise<void>;
  /** Deals with an event; false when it is not one of a run. */
  handle(event: EngineEvent): boolean;
}

/** Creates the table. */
export function createRunTable(opened: () => Promise<EngineApi>): RunTable {
  const listeners = new Map<number, RunListener>();
  const queues = new Map<number, Promise<void>>();
  let last = 0;
  return {
    begin(listener) {
      last++;
      if (listener) {
        listeners.set(last, listener);
      }
      return last;
    },
    async end(run) {
      if (queues.size > 0) {
        await queues.get(run);
        queues.delete(run);
      }
      listeners.delete(run);
    },
    handle(event) {
      if (event.event !== 'output') {
        return false;
      }
      const { run, descriptor, bytes } = event;
      const size = bytes.length;
      const deliver = (): void | Promise<void> => listeners.get(run)?.onOutput(descriptor, bytes);
      const taken = async (): Promise<void> => {
        // a workspace that is closed meanwhile need not know
        await opened()
          .then((api) => api.taken(run, size))
          .catch(() => undefined);
      };
      const before = queues.get(run);
      if (before === undefined) {
        const result = deliver();
        if (result === undefined) {
          void taken();
          return true;
        }
        queues.set(run, Promise.resolve(result).then(taken, taken));
      } else {
        queues.set(run, before.then(deliver).then(taken, taken));
      }
      return true;
    },
  };
}

/** Whether a source is given at once. */
export function isWhole(source: InputSource): source is string | Uint8Array {
  return typeof source === 'string' || source instanceof Uint8Array;
}

/** Feeds a stream to a run, waiting whenever the run has no room. */
export async function pump(
  api: EngineApi,
  run: number,
  source: Exclude<InputSource, string | Uint8Array>,
): Promise<void> {
  try {
    for await (const piece of source as AsyncIterable<Uint8Array | string>) {
      await api.input(run, toBytes(piece));
    }
  } finally {
    await api.input(run, null);
  }
}
