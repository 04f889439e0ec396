/** The worker's entry: an engine that takes calls as messages. */
import type { AnswerMessage, CallMessage, EngineApi, EngineEvent } from './protocol.js';
import { transfers } from './protocol.js';
import { toRecord } from './errors.js';
import { createEngine } from './engine.js';
import { later, turnBegins } from './turns.js';

const post = postMessage as (
  message: AnswerMessage | EngineEvent,
  transfer: Transferable[],
) => void;

/** The changes of this turn: a script that writes a file a thousand times tells it once. */
const changes = new Map<string, boolean>();
const CHANGES = -1; // their group of turns; those of tasks are positive

function tell(event: EngineEvent): void {
  if (event.event === 'changed') {
    if (changes.size === 0) {
      later(CHANGES, tellChanges);
    }
    changes.set(event.path, event.tree || changes.get(event.path) === true);
  } else {
    send(event, transfers(Object.values(event)));
  }
}

function tellChanges(): void {
  for (const [path, tree] of changes) {
    post({ event: 'changed', path, tree }, []);
  }
  changes.clear();
}

/** Changes come before what was said after them. */
function send(message: AnswerMessage | EngineEvent, transfer: Transferable[]): void {
  if (changes.size > 0) {
    tellChanges();
  }
  post(message, transfer);
}

const api = createEngine(tell);

onmessage = ({ data }: MessageEvent<CallMessage>) => {
  turnBegins();
  const method = api[data.call] as (...args: unknown[]) => Promise<unknown>;
  method.apply(api, data.args).then(
    (value) => send({ id: data.id, value }, transfers([value])),
    (error: unknown) => send({ id: data.id, error: toRecord(error) }, []),
  );
};

export type { EngineApi };
