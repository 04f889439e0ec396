/**
 * What the engine says with a failure beyond its errno, such as how to let a server's files be read.
 * A system call has no room for it, so it is kept here until Python prints the error.
 */
import { errnoOf } from './errno.js';

/** The last failures that had something to say. */
export interface Failures {
  note(code: unknown, args: readonly unknown[], reason: string): void;
  /** The latest reason for such an errno; an empty path takes any. */
  reason(errno: number, path: string): string | null;
}

const KEPT = 16;

/** Creates an empty list. */
export function createFailures(): Failures {
  const list: { errno: number; path: string | null; reason: string }[] = [];
  return {
    note(code, args, reason) {
      if (!reason) {
        return;
      }
      const path = typeof args[0] === 'string' ? args[0] : null;
      list.unshift({ errno: errnoOf(code), path, reason });
      list.length = Math.min(list.length, KEPT);
    },
    reason(errno, path) {
      const name = path.slice(path.lastIndexOf('/') + 1);
      const found = list.find(
        (failure) =>
          failure.errno === errno &&
          (failure.path === null || name === '' || failure.path.endsWith(name)),
      );
      return found?.reason ?? null;
    },
  };
}
