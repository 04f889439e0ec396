/** A set of byte positions as sorted, disjoint intervals: what has been written and not yet sent. */
export interface Ranges {
  /** Starts at even places, ends (exclusive) at odd ones. */
  bounds: number[];
  /** Bytes in all intervals. */
  total: number;
}

/** No bytes. */
export const emptyRanges = (): Ranges => ({ bounds: [], total: 0 });

/** Adds `[start, end)`, joining it with what it touches. */
export function addRange(ranges: Ranges, start: number, end: number): void {
  const b = ranges.bounds;
  const last = b.length - 1;
  if (last >= 0 && start === b[last]) {
    b[last] = end; // the common case: writing on
    ranges.total += end - start;
    return;
  }
  let from = firstEndAtLeast(b, start);
  let to = from;
  let low = start;
  let high = end;
  while (to < b.length && (b[to] as number) <= end) {
    low = Math.min(low, b[to] as number);
    high = Math.max(high, b[to + 1] as number);
    ranges.total -= (b[to + 1] as number) - (b[to] as number);
    to += 2;
  }
  b.splice(from, to - from, low, high);
  ranges.total += high - low;
}

/** Forgets everything from `size` on. */
export function cutRanges(ranges: Ranges, size: number): void {
  const b = ranges.bounds;
  while (b.length && (b[b.length - 1] as number) > size) {
    const end = b.pop() as number;
    const start = b.pop() as number;
    ranges.total -= end - start;
    if (start < size) {
      b.push(start, size);
      ranges.total += size - start;
    }
  }
}

/** The intervals' parts inside `[start, end)`. */
export function overlap(ranges: Ranges, start: number, end: number): [number, number][] {
  const b = ranges.bounds;
  const out: [number, number][] = [];
  for (let i = firstEndAtLeast(b, start); i < b.length && (b[i] as number) < end; i += 2) {
    const from = Math.max(start, b[i] as number);
    const to = Math.min(end, b[i + 1] as number);
    if (from < to) {
      out.push([from, to]);
    }
  }
  return out;
}

/** The place of the first interval whose end is at or after the position. */
function firstEndAtLeast(bounds: number[], position: number): number {
  let low = 0;
  let high = bounds.length / 2;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((bounds[2 * middle + 1] as number) < position) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return 2 * low;
}
