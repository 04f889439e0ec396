/**
 * Turns of the event loop. `soon` runs an action in this turn (as a microtask) unless the turn has
 * already lasted long, so that tasks which only wake each other cannot starve messages, timers and
 * frames; `later` always waits for another turn. Neither uses `setTimeout`, which browsers clamp to
 * 4 ms.
 */

/** How long a turn may be stretched by microtasks, in milliseconds. */
const TURN = 8;

const queue: (() => void)[] = [];
const channel = new MessageChannel();
let turnStart = performance.now();

channel.port1.onmessage = () => {
  turnStart = performance.now();
  queue.shift()?.();
};

/** Runs the action in a later turn of the event loop. */
export function later(action: () => void): void {
  queue.push(action);
  channel.port2.postMessage(null);
}

/** Runs the action as a microtask, or in a later turn when this one is already long. */
export function soon(action: () => void): void {
  if (performance.now() - turnStart > TURN) {
    later(action);
  } else {
    queueMicrotask(action);
  }
}

/** Settles a promise, which is a microtask in itself, now or in a later turn. */
export function settleSoon(resolve: (value: undefined) => void): void {
  if (performance.now() - turnStart > TURN) {
    later(() => resolve(undefined));
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
