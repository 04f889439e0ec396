/**
 * The device `/proc/qanat`, by which the Python side asks for what no system call offers: sleeping,
 * processes, signal handlers. A program opens it, writes one request as JSON and reads the answer
 * until the end; waiting is in the read, so that a signal ends it as it ends any system call.
 */
import { refresh } from './content.js';
import { errnoOf, ERRNO } from './errno.js';
import type { Fs, FsStream, StreamOps } from './emscripten.js';
import type { Failures } from './failures.js';
import type { Ask, SpawnRequest } from './services.js';
import type { Streams } from './streams.js';
import type { Suspension } from './suspension.js';
import type { Tree } from './tree.js';

const O_APPEND = 1024;
const FROM_START = 0;
const FROM_HERE = 1;

/** Where the device is. */
export const CONTROL = '/proc/qanat';

type ControlRequest =
  | { op: 'sleep'; millis: number }
  | { op: 'spawn'; request: SpawnRequest }
  | { op: 'wait'; pid: number; block: boolean }
  | { op: 'kill'; pid: number; signal: number }
  | { op: 'link'; from: string; to: string }
  /** What the engine said with a failure of this kind, about this path when one is given. */
  | { op: 'reason'; code: number; path: string }
  /** Turns the descriptor itself into one on an open handle. */
  | { op: 'adopt'; handle: number }
  /** The handle behind a descriptor, made ready for a child to go on where we are. */
  | { op: 'lend'; fd: number }
  /** The child is done with the descriptor: we go on where it was. */
  | { op: 'return'; fd: number }
  /** Feeds a child and takes what it prints, until it has closed all or the time is over. */
  | Gather
  | { op: 'handles'; signal: number; on: boolean };

interface Gather {
  op: 'gather';
  pid: number;
  /** Descriptors of our ends. */
  stdin?: number;
  stdout?: number;
  stderr?: number;
  /** One character a byte. */
  input?: string;
  millis?: number;
}

interface Gathered {
  late: boolean;
  stdout?: string;
  stderr?: string;
}

interface Pending {
  done: boolean;
  waiting: Promise<void>;
  answer: Uint8Array;
  at: number;
}

/** Creates the device. `handles` learns which signals the program takes care of itself. */
export function installControl(
  fs: Fs,
  suspension: Suspension,
  ask: Ask,
  streams: Streams,
  tree: Tree,
  failures: Failures,
  handles: (signal: number, on: boolean) => void,
): void {
  const pending = new WeakMap<FsStream['shared'], Pending>();
  const decoder = new TextDecoder();
  const encoder = new TextEncoder();

  function start(stream: FsStream, request: ControlRequest): void {
    const started: Pending = {
      done: false,
      waiting: Promise.resolve(),
      answer: new Uint8Array(0),
      at: 0,
    };
    started.waiting = perform(stream, request).then(
      (value) => {
        started.done = true;
        started.answer = encoder.encode(JSON.stringify(value ?? null));
      },
      (reason: { code?: unknown; message?: string }) => {
        started.done = true;
        const errno = errnoOf(reason.code);
        started.answer = encoder.encode(JSON.stringify({ errno, message: reason.message ?? '' }));
      },
    );
    pending.set(stream.shared, started);
  }

  async function perform(stream: FsStream, request: ControlRequest): Promise<unknown> {
    switch (request.op) {
      case 'sleep':
        return new Promise<null>((resolve) => setTimeout(() => resolve(null), request.millis));
      case 'spawn':
        return ask('spawn', request.request);
      case 'wait': {
        const status = await ask('wait', request.pid, request.block);
        tree.forget(); // the child may have changed anything
        return status;
      }
      case 'kill':
        return ask('kill', request.pid, request.signal);
      case 'link':
        return ask('link', request.from, request.to);
      case 'lend': {
        const lent = fs.getStream(request.fd);
        const handle = lent?.shared.open?.handle;
        if (lent?.node.tree?.content && handle !== undefined && !(lent.flags & O_APPEND)) {
          await ask('seek', handle, lent.position, FROM_START);
        }
        return handle ?? null;
      }
      case 'return': {
        const lent = fs.getStream(request.fd);
        const handle = lent?.shared.open?.handle;
        const content = lent?.node.tree?.content;
        if (lent && content && handle !== undefined) {
          lent.position = await ask('seek', handle, 0, FROM_HERE);
          refresh(content, await ask('fstat', handle));
        }
        return null;
      }
      case 'reason':
        return failures.reason(request.code, request.path);
      case 'gather':
        return gather(request);
      case 'adopt':
        streams.adopt(stream, request.handle, false);
        return null;
      case 'handles':
        handles(request.signal, request.on);
        return null;
    }
  }

  const gathering = new Map<number, Promise<Gathered>>();

  async function gather({ pid, stdin, stdout, stderr, input, millis }: Gather): Promise<Gathered> {
    let whole = gathering.get(pid);
    if (!whole) {
      const feed = stdin === undefined ? null : streams.feed(stdin, toBytes(input ?? ''));
      const take = (fd: number | undefined): Promise<Uint8Array> | null =>
        fd === undefined ? null : streams.drain(fd);
      whole = Promise.all([take(stdout), take(stderr), feed]).then(([out, err]) => ({
        late: false,
        ...(out ? { stdout: fromBytes(out) } : {}),
        ...(err ? { stderr: fromBytes(err) } : {}),
      }));
      gathering.set(pid, whole);
    }
    if (millis === undefined) {
      return whole;
    }
    const late = new Promise<Gathered>((resolve) =>
      setTimeout(() => resolve({ late: true }), millis),
    );
    return Promise.race([whole, late]);
  }

  const operations: StreamOps = {
    open(stream) {
      stream.seekable = false;
    },
    write(stream, from, offset, length) {
      const bytes = new Uint8Array(from.buffer, from.byteOffset + offset, length).slice();
      const request = JSON.parse(decoder.decode(bytes)) as ControlRequest;
      if (request.op !== 'handles' && request.op !== 'reason') {
        streams.flushAll(); // others are to see what was written so far
      }
      start(stream, request);
      return length;
    },
    read(stream, into, offset, length) {
      const found = pending.get(stream.shared);
      if (!found) {
        throw suspension.error(ERRNO.EINVAL);
      }
      if (!found.done) {
        suspension.block('answer', () => found.waiting);
      }
      const part = found.answer.subarray(found.at, found.at + length);
      into.set(part, offset);
      found.at += part.length;
      return part.length;
    },
  };

  const device = fs.makedev(77, 0);
  fs.registerDevice(device, operations);
  fs.mkdev(CONTROL, 0o666, device);
}

const toBytes = (text: string): Uint8Array =>
  Uint8Array.from({ length: text.length }, (_, i) => text.charCodeAt(i));

function fromBytes(bytes: Uint8Array): string {
  const CHUNK = 8192;
  let text = '';
  for (let i = 0; i < bytes.length; i += CHUNK) {
    text += String.fromCharCode(...bytes.subarray(i, i + CHUNK));
  }
  return text;
}
