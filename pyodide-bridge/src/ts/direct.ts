/** Reading and writing pipes, terminals and devices: piece by piece, in order. */
import { errnoOf } from './errno.js';
import type { FsStream, StreamOps } from './emscripten.js';
import type { Ask } from './services.js';
import { opened, retain, unsigned, type OpenStream } from './open-stream.js';
import type { Suspension } from './suspension.js';
import { BELIEVED, statOf } from './tree.js';

/** Bytes under way to a pipe or terminal before a write waits. */
export const WINDOW = 256 * 1024;

/** The operations of streams, and how to read one ahead of a program's own reading. */
export interface DirectOperations {
  operations: StreamOps;
  receive(stream: OpenStream, length: number): Promise<void>;
}

/** Creates the operations; `flushAll` is called before a read waits. */
export function createDirectOperations(
  suspension: Suspension,
  ask: Ask,
  flushAll: () => void,
  openStream: (stream: FsStream) => void,
  released: (stream: FsStream) => void,
): DirectOperations {
  const { block, error } = suspension;

  function readDirect(stream: FsStream, into: Int8Array, offset: number, length: number): number {
    const s = opened(suspension, stream);
    const call = suspension.current();
    if (length === 0 || (call.sequence > 0 && s.arrived.length === 0)) {
      return 0; // readv(2) does not wait for its second buffer once it has something
    }
    if (s.arrived.length === 0 && !s.ended) {
      flushAll(); // whoever waits lets the others see what it has written
      s.arriving ??= receive(s, length);
      const { arriving } = s;
      block(`arrive:${s.handle}`, () => arriving);
    }
    if (s.failure) {
      throw error(s.failure);
    }
    const chunk = s.arrived.shift();
    if (!chunk) {
      s.ended = false; // a terminal may go on after an end
      return 0;
    }
    call.sequence++;
    const count = Math.min(length, chunk.length);
    into.set(chunk.subarray(0, count), offset);
    if (count < chunk.length) {
      s.arrived.unshift(chunk.subarray(count));
    }
    return count;
  }

  /** What arrives stays with the stream, so that a signal during the wait loses nothing. */
  async function receive(s: OpenStream, length: number): Promise<void> {
    try {
      const chunk = await ask('read', s.handle, -1, length);
      if (chunk.length > 0) {
        s.arrived.push(chunk);
      } else {
        s.ended = true;
      }
    } catch (reason) {
      s.failure = errnoOf((reason as { code?: unknown }).code);
      s.ended = true;
    }
    s.arriving = null;
  }

  function writeDirect(stream: FsStream, from: Int8Array, offset: number, length: number): number {
    const s = opened(suspension, stream);
    const call = suspension.current();
    const key = `direct:${call.sequence++}`;
    if (!call.memo?.has(key)) {
      if (s.failure) {
        throw error(s.failure);
      }
      const bytes = unsigned(from, offset, length).slice();
      if (!s.windowed) {
        block(key, () => ask('write', s.handle, [{ offset: -1, bytes }]), true);
        return length;
      }
      s.underway += length;
      void deliver(s, bytes);
      if (s.underway <= WINDOW) {
        return length;
      }
      block(key, () => new Promise<void>((resolve) => s.taken.push(resolve)), true);
    }
    return length;
  }

  async function deliver(s: OpenStream, bytes: Uint8Array): Promise<void> {
    const { length } = bytes;
    try {
      await ask('write', s.handle, [{ offset: -1, bytes }]);
    } catch (reason) {
      s.failure = errnoOf((reason as { code?: unknown }).code);
    }
    s.underway -= length;
    if (s.underway <= WINDOW || s.failure) {
      for (const resume of s.taken.splice(0)) {
        resume();
      }
    }
  }

  const operations: StreamOps = {
    open: openStream,
    close: released,
    dup: retain,
    getattr(stream) {
      const s = opened(suspension, stream);
      if (!s.told || performance.now() - s.toldAt > BELIEVED) {
        s.told = block(`fstat:${s.handle}`, () => ask('fstat', s.handle));
        s.toldAt = performance.now();
      }
      return statOf(s.told, null);
    },
    read: readDirect,
    write: writeDirect,
    llseek(stream, offset, whence) {
      const s = opened(suspension, stream);
      const moved = block(
        `seek:${s.handle}:${offset}:${whence}`,
        () => ask('seek', s.handle, offset, whence),
        true,
      );
      s.arrived = [];
      return moved;
    },
    fsync: () => 0,
  };
  return { operations, receive };
}
