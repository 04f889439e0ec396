/** The worker's entry: an engine that takes calls as messages. */
import type { AnswerMessage, CallMessage, EngineApi, EngineEvent } from './protocol.js';
import { transfers } from './protocol.js';
import { toRecord } from './errors.js';
import { createEngine } from './engine.js';

const post = postMessage as (
  message: AnswerMessage | EngineEvent,
  transfer: Transferable[],
) => void;
const api = createEngine((event) => post(event, transfers(Object.values(event))));

onmessage = ({ data }: MessageEvent<CallMessage>) => {
  const method = api[data.call] as (...args: unknown[]) => Promise<unknown>;
  method.apply(api, data.args).then(
    (value) => post({ id: data.id, value }, transfers([value])),
    (error: unknown) => post({ id: data.id, error: toRecord(error) }, []),
  );
};

export type { EngineApi };
