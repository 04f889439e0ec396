/** Bytes and text on their way to the engine. */
import type { Bytes } from './protocol.js';

const encoder = new TextEncoder();

/** A copy with a buffer of its own, which can be transferred while the caller keeps his. */
export function toBytes(data: Uint8Array | string): Bytes {
  return typeof data === 'string' ? encoder.encode(data) : Uint8Array.from(data);
}

/** The bytes of a short text that is known to be ASCII; faster for those than an encoder. */
export function fromAscii(text: string): Bytes {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) {
    bytes[i] = text.charCodeAt(i);
  }
  return bytes;
}

/** One array of several. */
export function join(pieces: readonly Uint8Array[]): Bytes {
  const all = new Uint8Array(pieces.reduce((n, p) => n + p.length, 0));
  let at = 0;
  for (const p of pieces) {
    all.set(p, at);
    at += p.length;
  }
  return all;
}
