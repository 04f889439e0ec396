/** Open file descriptions: what the descriptors of the interpreter refer to. */
import type { FsStream } from './emscripten.js';
import { ERRNO } from './errno.js';
import type { Meta } from './services.js';
import type { Suspension } from './suspension.js';

/** An open file description: what descriptors made by dup share. */
export interface OpenStream {
  handle: number;
  references: number;
  writable: boolean;
  /** Bytes that have arrived and were not yet read; direct streams only. */
  arrived: Uint8Array[];
  arriving: Promise<void> | null;
  ended: boolean;
  /** Bytes sent and not yet taken by the engine. */
  underway: number;
  /** The errno of a write that failed after its call had returned. */
  failure: number;
  taken: (() => void)[];
  /** Writes need not wait for the engine one by one. */
  windowed: boolean;
  closed: boolean;
  /** What fstat(2) has told, and when. */
  told: Meta | null;
  toldAt: number;
}

/** The open file description behind a stream; EBADF when there is none. */
export function opened(suspension: Suspension, stream: FsStream): OpenStream {
  const found = stream.shared.open;
  if (!found) {
    throw suspension.error(ERRNO.EBADF);
  }
  return found;
}

/** One more descriptor for an open file. */
export function retain(stream: FsStream): void {
  if (stream.shared.open) {
    stream.shared.open.references++;
  }
}

/** A piece of the interpreter's memory as bytes. */
export const unsigned = (view: Int8Array, offset: number, length: number): Uint8Array =>
  new Uint8Array(view.buffer, view.byteOffset + offset, length);
