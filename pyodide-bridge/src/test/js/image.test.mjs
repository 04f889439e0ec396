import assert from 'node:assert/strict';
import test from 'node:test';
import { built } from './built.mjs';

const { layImage, packImage, takeImage, unpackImage } = await built('image.js');

const PAGE = 4096;

function memory() {
  const bytes = new Uint8Array(PAGE * 6);
  bytes[1] = 1;
  bytes[PAGE * 3 - 1] = 2;
  new Float64Array(bytes.buffer)[(PAGE * 4) >> 3] = -0; // looks like zero, is not
  return bytes;
}

test('empty pages are left out', () => {
  assert.deepEqual([...takeImage(memory()).runs], [0, 1, 2, 3, 4, 5]);
});

test('an image laid over changed memory brings back every byte', () => {
  const before = memory();
  const image = takeImage(before);
  const changed = new Uint8Array(PAGE * 8).fill(9); // it has grown
  layImage(image, changed);
  assert.deepEqual(changed.subarray(0, before.length), before);
  assert.ok(changed.subarray(before.length).every((b) => b === 0));
});

test('a packed image unpacks to the original bytes', async () => {
  const packed = await packImage(takeImage(memory())).arrayBuffer();
  assert.deepEqual(unpackImage(packed), memory());
});

test('what is no image unpacks to nothing', () => {
  assert.equal(unpackImage(new ArrayBuffer(64)), null);
  assert.equal(unpackImage(new ArrayBuffer(2)), null);
});
