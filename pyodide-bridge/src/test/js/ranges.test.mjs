import assert from 'node:assert/strict';
import test from 'node:test';
import { built } from './built.mjs';

const { addRange, cutRanges, emptyRanges, overlap } = await built('ranges.js');

const of = (...pairs) => {
  const ranges = emptyRanges();
  for (const [start, end] of pairs) {
    addRange(ranges, start, end);
  }
  return ranges;
};

for (const [name, pairs, bounds] of [
  [
    'writing on lengthens the last interval',
    [
      [0, 4],
      [4, 9],
    ],
    [0, 9],
  ],
  [
    'intervals that touch become one',
    [
      [0, 2],
      [4, 6],
      [2, 4],
    ],
    [0, 6],
  ],
  [
    'an interval swallows those inside it',
    [
      [2, 3],
      [5, 6],
      [0, 9],
    ],
    [0, 9],
  ],
  [
    'writing twice counts once',
    [
      [0, 4],
      [1, 3],
    ],
    [0, 4],
  ],
  [
    'intervals apart stay apart, in order',
    [
      [8, 9],
      [0, 1],
      [4, 5],
    ],
    [0, 1, 4, 5, 8, 9],
  ],
]) {
  test(name, () => {
    const ranges = of(...pairs);
    assert.deepEqual(ranges.bounds, bounds);
    let total = 0;
    for (let i = 0; i < bounds.length; i += 2) {
      total += bounds[i + 1] - bounds[i];
    }
    assert.equal(ranges.total, total);
  });
}

test('truncating cuts the interval across the new end', () => {
  const ranges = of([0, 4], [6, 10]);
  cutRanges(ranges, 8);
  assert.deepEqual(ranges, { bounds: [0, 4, 6, 8], total: 6 });
});

test('random writes agree with a bitmap', () => {
  let seed = 7;
  const next = (n) => (seed = (seed * 1103515245 + 12345) & 0x7fffffff) % n;
  const ranges = emptyRanges();
  const map = new Array(200).fill(false);
  for (let i = 0; i < 300; i++) {
    const start = next(190);
    const end = start + 1 + next(9);
    addRange(ranges, start, end);
    map.fill(true, start, end);
    if (i % 17 === 0) {
      const size = next(200);
      cutRanges(ranges, size);
      map.fill(false, size);
    }
  }
  const seen = new Array(200).fill(false);
  for (const [start, end] of overlap(ranges, 0, 200)) {
    seen.fill(true, start, end);
  }
  assert.deepEqual(seen, map);
  assert.equal(ranges.total, map.filter(Boolean).length);
});
