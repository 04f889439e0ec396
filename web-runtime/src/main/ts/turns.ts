/**
 * Turns of the event loop. `soon` runs an action in this turn (as a microtask) unless the turn has
 * already lasted long, so that tasks which only wake each other cannot starve messages, timers and
 * frames; `later` always waits for another turn. Neither uses `setTimeout`, which browsers clamp to
 * 4 ms.
 */

/** How long a turn may be stretched by microtasks, in milliseconds. */
const TURN = 8;

/**
 * What waits for a later turn, by group. Each turn serves one action of the next group, so that a
 * group of thousands of tasks gets no more than its share; and only one message is under way at a
 * time, so that timers and other messages come in between.
 */
const waiting = new Map<number, (() => void)[]>();
const channel = new MessageChannel();
let posted = false;
let turnStart: number | undefined; // undefined: nothing has asked since it began

/** To be called where a turn begins: a message has come. */
export function turnBegins(): void {
  turnStart = undefined;
}

function isLong(): boolean {
  const now = performance.now();
  turnStart ??= now;
  return now - turnStart > TURN;
}

channel.port1.onmessage = () => {
  turnBegins();
  posted = false;
  for (const [group, actions] of waiting) {
    // Taken out and, when something is left, put back at the end: the groups take turns.
    waiting.delete(group);
    const action = actions.shift();
    if (actions.length > 0) {
      waiting.set(group, actions);
    }
    action?.();
    break;
  }
  post();
};

function post(): void {
  if (!posted && waiting.size > 0) {
    posted = true;
    channel.port2.postMessage(null);
  }
}

/** Runs the action in a later turn of the event loop. */
export function later(group: number, action: () => void): void {
  const actions = waiting.get(group);
  if (actions) {
    actions.push(action);
  } else {
    waiting.set(group, [action]);
  }
  post();
}

const settled = Promise.resolve();

/** Runs the action as a microtask, or in a later turn when this one is already long. */
export function soon(group: number, action: () => void): void {
  if (isLong()) {
    later(group, action);
  } else {
    void settled.then(action); // at a tenth of queueMicrotask's cost
  }
}

/** Settles a promise, which is a microtask in itself, now or in a later turn. */
export function settleSoon(group: number, resolve: (value: undefined) => void): void {
  if (isLong()) {
    later(group, () => resolve(undefined));
  } else {
    resolve(undefined);
  }
}

/** The longest delay `setTimeout` knows; a longer one would fire at once. */
const LONGEST_DELAY = 0x7fffffff;

/** Runs the action after some milliseconds, of any length. */
export function after(millis: number, action: () => void): void {
  if (millis > LONGEST_DELAY) {
    setTimeout(() => after(millis - LONGEST_DELAY, action), LONGEST_DELAY);
  } else {
    setTimeout(action, millis);
  }
}
