/**
 * Builds a small WebAssembly module whose exports take the place of chosen imports of the
 * interpreter. Each export calls a JavaScript handler with a context (null at first) and the
 * arguments. When the handler answers {@link SENTINEL}, the export waits, through the interpreter's
 * own `syscall_syncify`, for the promise in the context that the handler left, and calls the handler
 * again with the same arguments. No JavaScript frame is on the stack while it waits, and pointers
 * are used only while the memory they point into is in place.
 */

/** What a handler answers when it wants to be called again; no system call answers this. */
export const SENTINEL = -2147483647;

/** An import to be replaced: its name and Emscripten's signature, result first, such as `iipj`. */
export interface Restartable {
  name: string;
  signature: string;
}

const I32 = 0x7f;
const EXTERNREF = 0x6f;
const VALUE_TYPES: Readonly<Record<string, number>> = {
  i: I32,
  p: I32,
  j: 0x7e,
  f: 0x7d,
  d: 0x7c,
  e: EXTERNREF,
};

const OP = {
  unreachable: 0x00,
  loop: 0x03,
  if: 0x04,
  end: 0x0b,
  br: 0x0c,
  return: 0x0f,
  call: 0x10,
  callIndirect: 0x11,
  localGet: 0x20,
  localSet: 0x21,
  localTee: 0x22,
  i32Const: 0x41,
  i32Ne: 0x47,
  emptyBlock: 0x40,
} as const;

const unsigned = (value: number): number[] => {
  const out: number[] = [];
  let rest = value;
  do {
    const byte = rest & 127;
    rest >>>= 7;
    out.push(rest ? byte | 128 : byte);
  } while (rest);
  return out;
};

const signed = (value: number): number[] => {
  const out: number[] = [];
  let rest = value;
  for (;;) {
    const byte = rest & 127;
    rest >>= 7;
    if ((rest === 0 && !(byte & 64)) || (rest === -1 && byte & 64)) {
      out.push(byte);
      return out;
    }
    out.push(byte | 128);
  }
};

const name = (text: string): number[] => {
  const bytes = [...new TextEncoder().encode(text)];
  return [...unsigned(bytes.length), ...bytes];
};
const vector = (items: number[][]): number[] => [...unsigned(items.length), ...items.flat()];
const section = (id: number, body: number[]): number[] => [id, ...unsigned(body.length), ...body];

/**
 * The module's bytes. It imports, from `run`: `take() → context`, `promise(context) → promise`,
 * `resumed(context, status)` and the table `syncify` with `syscall_syncify` in slot 0; and from
 * `handlers` one function for each name.
 */
export function buildShim(calls: readonly Restartable[]): Uint8Array<ArrayBuffer> {
  const types: number[][] = [];
  const typeIndex = new Map<string, number>();
  const type = (parameters: number[], results: number[]): number => {
    const key = `${parameters.join()}>${results.join()}`;
    let index = typeIndex.get(key);
    if (index === undefined) {
      index = types.length;
      typeIndex.set(key, index);
      types.push([0x60, ...vector(parameters.map((p) => [p])), ...vector(results.map((r) => [r]))]);
    }
    return index;
  };
  const syncifyType = type([EXTERNREF], [I32]);
  const FUNCTION = 0;
  const TABLE = 1;
  const TAKE = 0;
  const PROMISE = 1;
  const RESUMED = 2;
  const imports: number[][] = [
    [...name('run'), ...name('take'), FUNCTION, ...unsigned(type([], [EXTERNREF]))],
    [...name('run'), ...name('promise'), FUNCTION, ...unsigned(type([EXTERNREF], [EXTERNREF]))],
    [...name('run'), ...name('resumed'), FUNCTION, ...unsigned(type([EXTERNREF, I32], []))],
  ];
  const firstHandler = imports.length;
  const firstExport = firstHandler + calls.length;
  const functions: number[][] = [];
  const exports: number[][] = [];
  const bodies: number[][] = [];
  calls.forEach((call, k) => {
    const parameters = [...call.signature.slice(1)].map((letter) => {
      const valueType = VALUE_TYPES[letter];
      if (valueType === undefined) {
        throw new Error(`${call.name}: unknown signature ${call.signature}`);
      }
      return valueType;
    });
    const handlerType = type([EXTERNREF, ...parameters], [I32]);
    imports.push([...name('handlers'), ...name(call.name), FUNCTION, ...unsigned(handlerType)]);
    functions.push(unsigned(type(parameters, [I32])));
    exports.push([...name(call.name), FUNCTION, ...unsigned(firstExport + k)]);
    bodies.push(body(parameters.length, firstHandler + k));
  });
  imports.push([...name('run'), ...name('syncify'), TABLE, 0x70, 0, 1]);

  /** loop { r = handler(context, …); if (r != SENTINEL) return r; context = take(); wait } */
  function body(parameters: number, handler: number): number[] {
    const result = parameters;
    const context = parameters + 1;
    const code = [
      ...[2, 1, I32, 1, EXTERNREF], // locals: the result and the context
      ...[OP.loop, OP.emptyBlock],
      ...[OP.localGet, ...unsigned(context)],
      ...Array.from({ length: parameters }, (_, i) => [OP.localGet, ...unsigned(i)]).flat(),
      ...[OP.call, ...unsigned(handler), OP.localTee, ...unsigned(result)],
      ...[OP.i32Const, ...signed(SENTINEL), OP.i32Ne, OP.if, OP.emptyBlock],
      ...[OP.localGet, ...unsigned(result), OP.return, OP.end],
      ...[OP.call, TAKE, OP.localSet, ...unsigned(context)],
      ...[OP.localGet, ...unsigned(context)],
      ...[OP.localGet, ...unsigned(context), OP.call, PROMISE],
      ...[OP.i32Const, 0, OP.callIndirect, ...unsigned(syncifyType), 0],
      ...[OP.call, RESUMED, OP.br, 0, OP.end, OP.unreachable, OP.end],
    ];
    return [...unsigned(code.length), ...code];
  }

  return new Uint8Array([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, vector(types)),
    ...section(2, vector(imports)),
    ...section(3, vector(functions)),
    ...section(7, vector(exports)),
    ...section(10, vector(bodies)),
  ]);
}
