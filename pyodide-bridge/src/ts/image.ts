/**
 * Images of an interpreter's memory. An image taken right after the start lets the worker begin the
 * next program as a new process, in a few milliseconds; one kept in the Cache API lets the next
 * worker start without initialising Python. Pages of zeros, half of all, are left out.
 */
import type { EmscriptenModule } from './emscripten.js';

const PAGE = 4096;
const MAGIC = 0x316d6971; // "qim1"

/** Bytes without their empty pages. */
export interface Image {
  /** Bytes of the original. */
  length: number;
  /** Page numbers: the start and end of each run of pages with content. */
  runs: Uint32Array;
  data: Uint8Array;
}

/** Takes an image. */
export function takeImage(bytes: Uint8Array): Image {
  const words = new Float64Array(bytes.buffer, bytes.byteOffset, bytes.length >> 3);
  const pages = Math.ceil(bytes.length / PAGE);
  const runs: number[] = [];
  let kept = 0;
  for (let page = 0; page < pages; page++) {
    if (isEmpty(words, page) && (page + 1) * PAGE <= bytes.length) {
      continue;
    }
    if (runs.length > 0 && runs[runs.length - 1] === page) {
      runs[runs.length - 1] = page + 1;
    } else {
      runs.push(page, page + 1);
    }
    kept++;
  }
  const data = new Uint8Array(kept * PAGE);
  let at = 0;
  for (let i = 0; i < runs.length; i += 2) {
    const part = bytes.subarray((runs[i] as number) * PAGE, (runs[i + 1] as number) * PAGE);
    data.set(part, at);
    at += part.length;
  }
  return { length: bytes.length, runs: new Uint32Array(runs), data };
}

function isEmpty(words: Float64Array, page: number): boolean {
  const WORDS = PAGE >> 3;
  const start = page * WORDS;
  const end = Math.min(start + WORDS, words.length);
  for (let i = start; i < end; i++) {
    // an empty page is +0 everywhere; -0 and NaN must not pass for it
    if (!Object.is(words[i], 0)) {
      return false;
    }
  }
  return true;
}

/** Lays an image over memory, which may have grown since; what lies beyond becomes zero. */
export function layImage(image: Image, memory: Uint8Array): void {
  let at = 0;
  let end = 0;
  for (let i = 0; i < image.runs.length; i += 2) {
    const from = (image.runs[i] as number) * PAGE;
    const to = Math.min((image.runs[i + 1] as number) * PAGE, image.length);
    memory.fill(0, end, from);
    memory.set(image.data.subarray(at, at + to - from), from);
    at += to - from;
    end = to;
  }
  memory.fill(0, end);
}

/** The image as one block of bytes. */
export function packImage(image: Image): Blob {
  const head = new Uint32Array([MAGIC, image.length, image.runs.length]);
  return new Blob([
    head,
    image.runs as Uint32Array<ArrayBuffer>,
    image.data as Uint8Array<ArrayBuffer>,
  ]);
}

/** Reads what {@link packImage} has made and gives the original bytes; null when it is not one. */
export function unpackImage(buffer: ArrayBuffer): Uint8Array<ArrayBuffer> | null {
  const HEAD = 12;
  if (buffer.byteLength < HEAD) {
    return null;
  }
  const [magic, length, count] = new Uint32Array(buffer, 0, 3) as unknown as [
    number,
    number,
    number,
  ];
  if (magic !== MAGIC || buffer.byteLength < HEAD + 4 * count) {
    return null;
  }
  const runs = new Uint32Array(buffer, HEAD, count);
  const bytes = new Uint8Array(length);
  layImage({ length, runs, data: new Uint8Array(buffer, HEAD + 4 * count) }, bytes);
  return bytes;
}

/** Brings an interpreter back to the state it had when this was made. */
export interface Rewinder {
  /** True when nothing outside of the memory can have kept a trace of the program. */
  clean(): boolean;
  rewind(): void;
}

/** Heaps that have grown beyond this are not worth keeping. */
const MAX_HEAP = 192 << 20;

/**
 * Remembers the state of an interpreter in which nothing runs.
 *
 * @param references the table in which Pyodide finds the reference of an object it has met before
 */
export function createRewinder(
  module: EmscriptenModule,
  references: Map<unknown, unknown> | null,
): Rewinder {
  const image = takeImage(module.HEAPU8);
  const stack = module.stackSave();
  const count = module._hiwire_num_refs();
  const values = Array.from({ length: count }, (_, i) => module.__hiwire_get(i));
  const known = new Map(references ?? []);
  return {
    clean: () => module._hiwire_num_refs() === count && module.HEAPU8.length <= MAX_HEAP,
    rewind() {
      layImage(image, module.HEAPU8);
      module.stackRestore(stack);
      values.forEach((value, i) => module.__hiwire_set(i, value));
      references?.clear();
      for (const [value, reference] of known) {
        references?.set(value, reference);
      }
    },
  };
}
