/**
 * The content of a file while it is open: pages that were read, and bytes that were written and not
 * yet sent. All descriptors of one file share it, so that what one writes another reads at once.
 */
import type { Ask, Extent, Meta } from './services.js';
import { addRange, cutRanges, emptyRanges, overlap, type Ranges } from './ranges.js';
import type { Suspension } from './suspension.js';

/** Bytes of a page. */
export const PAGE = 64 * 1024;
const READ_AHEAD_PAGES = 16;
/** Written bytes held back at the most before they are sent. */
const DIRTY_LIMIT = 1 << 20;
/** Bytes one read gives at the most; a caller that wants more asks again, as read(2) allows. */
const READ_LIMIT = 4 << 20;
/** Bytes asked of the engine at once. */
const REQUEST_LIMIT = 1 << 20;
/** Bytes of pages kept for one file. */
const CACHE_LIMIT = 48 << 20;

interface Page {
  bytes: Uint8Array;
  /** False while only its written parts are right. */
  whole: boolean;
}

/** The content of one open file. */
export interface Content {
  size: number;
  /** The size the engine knows; what lies beyond is only in pages. */
  sentSize: number;
  pages: Map<number, Page>;
  dirty: Ranges;
  version: string | null;
  mtime: number;
  /** Handles that may write it, by which it is sent. */
  writers: number[];
  /** How many streams have it open. */
  streams: number;
  readAhead: number;
  nextPage: number;
}

/** A content of which nothing is known but its size. */
export function newContent(meta: Meta, head?: Uint8Array): Content {
  const content: Content = {
    size: meta.size,
    sentSize: meta.size,
    pages: new Map(),
    dirty: emptyRanges(),
    version: meta.version,
    mtime: meta.mtime,
    writers: [],
    streams: 0,
    readAhead: 0,
    nextPage: -1,
  };
  if (head && head.length <= PAGE) {
    const bytes = new Uint8Array(PAGE);
    bytes.set(head);
    content.size = content.sentSize = head.length;
    content.pages.set(0, { bytes, whole: true });
  }
  return content;
}

/** Takes what the engine says now; pages of another version are forgotten. */
export function refresh(content: Content, meta: Meta): void {
  if (content.dirty.total > 0) {
    return;
  }
  const same =
    content.size === meta.size &&
    (meta.version !== null ? content.version === meta.version : content.mtime === meta.mtime);
  if (!same) {
    content.pages.clear();
  }
  accept(content, meta);
}

/** Takes the state that an own write has led to. */
export function accept(content: Content, meta: Meta): void {
  content.version = meta.version;
  content.mtime = meta.mtime;
  content.sentSize = meta.size;
  if (content.dirty.total === 0) {
    content.size = meta.size;
  }
}

/** Reads into `into`; returns the number of bytes, 0 at the end. May wait. */
export function readContent(
  suspension: Suspension,
  ask: Ask,
  content: Content,
  handle: number,
  into: Uint8Array,
  at: number,
): number {
  const length = Math.min(into.length, content.size - at, READ_LIMIT);
  if (length <= 0) {
    return 0;
  }
  const first = Math.floor(at / PAGE);
  const last = Math.floor((at + length - 1) / PAGE);
  for (let i = first; i <= last; i++) {
    if (!content.pages.get(i)?.whole) {
      const sequential = first === content.nextPage || first === content.nextPage - 1 || at === 0;
      content.readAhead = sequential
        ? Math.min(Math.max(content.readAhead * 2, 1), READ_AHEAD_PAGES)
        : 0;
      const end = Math.min(last + content.readAhead, Math.floor((content.size - 1) / PAGE));
      loadPages(suspension, ask, content, handle, i, end);
      content.nextPage = end + 1;
      break;
    }
  }
  // a page may have turned out shorter than the listing said
  const available = Math.min(length, content.size - at);
  copyOut(content, into, at, available);
  return Math.max(0, available);
}

function copyOut(content: Content, into: Uint8Array, at: number, length: number): void {
  for (let done = 0; done < length; ) {
    const position = at + done;
    const within = position % PAGE;
    const count = Math.min(PAGE - within, length - done);
    const page = content.pages.get(Math.floor(position / PAGE));
    if (page) {
      into.set(page.bytes.subarray(within, within + count), done);
    } else {
      into.fill(0, done, done + count);
    }
    done += count;
  }
}

/** Makes the pages whole. May wait. */
export function loadPages(
  suspension: Suspension,
  ask: Ask,
  content: Content,
  handle: number,
  first: number,
  last: number,
): void {
  let from = first;
  let to = last;
  while (from <= to && content.pages.get(from)?.whole) {
    from++;
  }
  while (to >= from && content.pages.get(to)?.whole) {
    to--;
  }
  if (from > to) {
    return;
  }
  const offset = from * PAGE;
  const wanted = Math.min((to + 1) * PAGE, content.sentSize) - offset;
  if (wanted > 0) {
    suspension.block(`read:${handle}:${offset}+${wanted}`, async () => {
      const bytes = await readFully(ask, handle, offset, wanted);
      if (bytes.length < wanted && content.dirty.total === 0) {
        content.size = content.sentSize = offset + bytes.length;
      }
      for (let i = from; i <= to; i++) {
        fillPage(content, i, bytes.subarray((i - from) * PAGE, (i - from + 1) * PAGE));
      }
    });
  } else {
    for (let i = from; i <= to; i++) {
      fillPage(content, i, new Uint8Array(0));
    }
  }
  trimCache(content, from, to);
}

async function readFully(
  ask: Ask,
  handle: number,
  offset: number,
  wanted: number,
): Promise<Uint8Array> {
  const first = await ask('read', handle, offset, Math.min(wanted, REQUEST_LIMIT));
  if (wanted <= REQUEST_LIMIT) {
    return first;
  }
  const all = new Uint8Array(wanted);
  all.set(first);
  let done = first.length;
  let more = first;
  while (more.length > 0 && done < wanted) {
    more = await ask('read', handle, offset + done, Math.min(wanted - done, REQUEST_LIMIT));
    all.set(more, done);
    done += more.length;
  }
  return all.subarray(0, done);
}

/** Lays what was read under what was written. */
function fillPage(content: Content, index: number, read: Uint8Array): void {
  const old = content.pages.get(index);
  if (old?.whole) {
    return;
  }
  const bytes = new Uint8Array(PAGE);
  bytes.set(read);
  if (old) {
    const start = index * PAGE;
    for (const [from, to] of overlap(content.dirty, start, start + PAGE)) {
      bytes.set(old.bytes.subarray(from - start, to - start), from - start);
    }
  }
  content.pages.set(index, { bytes, whole: true });
}

/** Writes without waiting, unless much is held back already: then that is sent first. */
export function writeContent(
  suspension: Suspension,
  ask: Ask,
  content: Content,
  from: Uint8Array,
  at: number,
): void {
  if (content.dirty.total >= DIRTY_LIMIT) {
    sendContent(suspension, ask, content);
  }
  for (let done = 0; done < from.length; ) {
    const position = at + done;
    const index = Math.floor(position / PAGE);
    const start = index * PAGE;
    const within = position - start;
    const count = Math.min(PAGE - within, from.length - done);
    let page = content.pages.get(index);
    if (!page) {
      page = { bytes: new Uint8Array(PAGE), whole: start >= content.sentSize };
      content.pages.set(index, page);
    }
    page.bytes.set(from.subarray(done, done + count), within);
    if (within === 0 && start + count >= Math.min(start + PAGE, content.sentSize)) {
      page.whole = true;
    }
    done += count;
  }
  addRange(content.dirty, at, at + from.length);
  content.size = Math.max(content.size, at + from.length);
  content.mtime = Date.now();
}

/** What has to be written, and takes it off the list. */
function takeExtents(content: Content): Extent[] {
  const extents: Extent[] = [];
  const bounds = content.dirty.bounds;
  for (let i = 0; i < bounds.length; i += 2) {
    const start = bounds[i] as number;
    const end = bounds[i + 1] as number;
    for (let offset = start; offset < end; offset += DIRTY_LIMIT) {
      const bytes = new Uint8Array(Math.min(DIRTY_LIMIT, end - offset));
      copyOut(content, bytes, offset, bytes.length);
      extents.push({ offset, bytes });
    }
  }
  content.dirty = emptyRanges();
  return extents;
}

/** Sends what was written. May wait; fails as the write does. */
export function sendContent(suspension: Suspension, ask: Ask, content: Content): void {
  const handle = content.writers[0];
  if (content.dirty.total === 0 || handle === undefined) {
    return;
  }
  const key = `send:${handle}:${content.dirty.bounds[0]}:${content.dirty.total}`;
  suspension.block(key, () => sendNow(ask, content, handle), true);
}

/** The request behind {@link sendContent}, for where no system call runs. */
export async function sendNow(ask: Ask, content: Content, handle: number): Promise<void> {
  const ranges = content.dirty;
  const extents = takeExtents(content);
  try {
    const meta = await ask('write', handle, extents);
    forgetPartialPages(content);
    if (meta) {
      accept(content, meta);
    }
  } catch (reason) {
    putBack(content, ranges);
    throw reason;
  }
}

/** What could not be written stays to be written, so that a later try reports the failure again. */
function putBack(content: Content, ranges: Ranges): void {
  for (let i = 0; i < ranges.bounds.length; i += 2) {
    addRange(content.dirty, ranges.bounds[i] as number, ranges.bounds[i + 1] as number);
  }
}

function forgetPartialPages(content: Content): void {
  for (const [index, page] of content.pages) {
    const start = index * PAGE;
    if (!page.whole && overlap(content.dirty, start, start + PAGE).length === 0) {
      content.pages.delete(index);
    }
  }
  trimCache(content, 0, -1);
}

/** Forgets clean pages, oldest first, beyond the limit. */
function trimCache(content: Content, keepFrom: number, keepTo: number): void {
  let excess = content.pages.size * PAGE - CACHE_LIMIT;
  if (excess <= 0) {
    return;
  }
  for (const index of content.pages.keys()) {
    const start = index * PAGE;
    const kept = index >= keepFrom && index <= keepTo;
    if (!kept && overlap(content.dirty, start, start + PAGE).length === 0) {
      content.pages.delete(index);
      excess -= PAGE;
      if (excess <= 0) {
        return;
      }
    }
  }
}

/** The file was cut or lengthened to the size. */
export function resizeContent(content: Content, size: number): void {
  cutRanges(content.dirty, size);
  const boundary = Math.floor(size / PAGE);
  for (const [index, page] of content.pages) {
    if (index > boundary) {
      content.pages.delete(index);
    } else if (index === boundary) {
      page.bytes.fill(0, size % PAGE);
    }
  }
  content.size = content.sentSize = size;
}
