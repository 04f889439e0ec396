import assert from 'node:assert/strict';
import test from 'node:test';
import { built } from './built.mjs';

const { buildShim, SENTINEL } = await built('shim.js');

/** A shim over one handler; instead of suspending, `wait` is called with the context's promise. */
function shim(signature, handler, wait = () => 0) {
  const calls = [];
  // a module whose only export has the type of syscall_syncify
  const syncify = new WebAssembly.Module(
    new Uint8Array([
      ...[0, 97, 115, 109, 1, 0, 0, 0, 1, 6, 1, 96, 1, 111, 1, 127],
      ...[2, 7, 1, 1, 101, 1, 102, 0, 0, 7, 5, 1, 1, 102, 0, 0],
    ]),
  );
  const table = new WebAssembly.Table({ element: 'anyfunc', initial: 1 });
  table.set(0, new WebAssembly.Instance(syncify, { e: { f: wait } }).exports.f);
  let taken = null;
  const run = {
    take: () => taken,
    promise: (context) => context.promise,
    resumed: (context, status) => calls.push(['resumed', status]),
    syncify: table,
  };
  const handlers = {
    call: (context, ...args) => {
      calls.push([context, ...args]);
      const answer = handler(context, ...args);
      taken = answer.context ?? null;
      return answer.value;
    },
  };
  const module = new WebAssembly.Module(buildShim([{ name: 'call', signature }]));
  return { call: new WebAssembly.Instance(module, { run, handlers }).exports.call, calls };
}

test('an answer goes straight back', () => {
  const { call, calls } = shim('iip', (context, a, b) => ({ value: a + b }));
  assert.equal(call(2, 3), 5);
  assert.deepEqual(calls, [[null, 2, 3]]);
});

test('a call that must wait runs again with the same arguments', () => {
  const context = { promise: 'p' };
  const waited = [];
  const { call, calls } = shim(
    'iij',
    (given) => (given ? { value: 7 } : { value: SENTINEL, context }),
    (promise) => {
      waited.push(promise);
      return 0;
    },
  );
  assert.equal(call(1, 2n), 7);
  assert.deepEqual(waited, ['p']);
  assert.deepEqual(calls, [
    [null, 1, 2n],
    ['resumed', 0],
    [context, 1, 2n],
  ]);
});

test('a call may wait several times', () => {
  let left = 3;
  const { call } = shim('i', () => (left-- > 0 ? { value: SENTINEL, context: {} } : { value: 0 }));
  assert.equal(call(), 0);
  assert.equal(left, -1);
});
