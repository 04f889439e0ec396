/** The engine behind a worker: calls become messages, answers settle their promises. */
import type { AnswerMessage, CallMessage, EngineApi, EngineEvent } from './protocol.js';
import { transfers } from './protocol.js';
import { toError } from './errors.js';

interface Pending {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

/** An engine and the way to end it at once. */
export interface Connection {
  readonly api: EngineApi;
  terminate(): void;
}

/** Starts a worker with an engine in it. */
export function startWorker(onEvent: (event: EngineEvent) => void): Connection {
  const worker = new Worker(new URL('./worker.js', import.meta.url), {
    type: 'module',
    name: 'qanat',
  });
  const pending = new Map<number, Pending>();
  let lastId = 0;
  let gone: Error | undefined;

  const end = (error: Error): void => {
    gone = error;
    for (const p of pending.values()) {
      p.reject(error);
    }
    pending.clear();
  };

  worker.onmessage = ({ data }: MessageEvent<AnswerMessage | EngineEvent>) => {
    if ('event' in data) {
      onEvent(data);
      return;
    }
    const p = pending.get(data.id);
    pending.delete(data.id);
    if ('error' in data) {
      p?.reject(toError(data.error));
    } else {
      p?.resolve(data.value);
    }
  };
  worker.onerror = (event) => {
    event.preventDefault();
    end(new Error(`qanat: the engine's worker failed: ${event.message || 'it did not load'}`));
  };

  const call = (name: keyof EngineApi, args: unknown[]): Promise<unknown> =>
    new Promise((resolve, reject) => {
      if (gone) {
        reject(gone);
        return;
      }
      const id = ++lastId;
      worker.postMessage({ id, call: name, args } satisfies CallMessage, transfers(args));
      pending.set(id, { resolve, reject }); // not of what cannot be sent
    });

  const api = new Proxy({} as EngineApi, {
    get: (_, name) =>
      name === 'then' ? undefined : (...args: unknown[]) => call(name as keyof EngineApi, args),
  });
  return {
    api,
    terminate() {
      worker.terminate();
      end(new Error('qanat: the workspace is closed'));
    },
  };
}
