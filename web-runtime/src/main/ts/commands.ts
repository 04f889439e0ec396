/** Commands that the host application writes in JavaScript. */
import { toBytes } from './bytes.js';
import type { Bytes, EngineApi, EngineEvent } from './protocol.js';

/** Where a command writes. */
export interface CommandOutput {
  /** Settles when there is room for more. Rejects with a `FileError` such as `EPIPE`. */
  write(data: Uint8Array | string): Promise<void>;
}

/** One run of a command. */
export interface CommandInvocation {
  readonly name: string;
  /** The arguments after the name. */
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** Pieces of standard input until its end. */
  readonly stdin: AsyncIterable<Bytes>;
  readonly stdout: CommandOutput;
  readonly stderr: CommandOutput;
  /** Up to `length` bytes of a descriptor; empty at its end. */
  read(descriptor: number, length: number): Promise<Bytes>;
  write(descriptor: number, data: Uint8Array | string): Promise<void>;
}

/** A command: returns its exit status, 0 when it returns nothing. */
export type CommandFunction = (invocation: CommandInvocation) => Promise<number | void>;

const PIECE = 65536;
const FAILED = 1;

/** Runs the command that an event announces. */
export async function runCommand(
  api: EngineApi,
  commands: Readonly<Record<string, CommandFunction>>,
  event: Extract<EngineEvent, { event: 'command' }>,
): Promise<void> {
  const { call, name, args, cwd, env } = event;
  const read = async (descriptor: number, length: number): Promise<Bytes> =>
    (await api.commandInput(call, descriptor, length)) ?? new Uint8Array(0);
  const write = (descriptor: number, data: Uint8Array | string): Promise<void> =>
    api.commandOutput(call, descriptor, toBytes(data));
  async function* stdin(): AsyncGenerator<Bytes> {
    for (let piece = await read(0, PIECE); piece.length > 0; piece = await read(0, PIECE)) {
      yield piece;
    }
  }
  let status: number;
  try {
    const result = await commands[name]?.({
      name,
      args,
      cwd,
      env,
      stdin: { [Symbol.asyncIterator]: stdin },
      stdout: { write: (data) => write(1, data) },
      stderr: { write: (data) => write(2, data) },
      read,
      write,
    });
    status = result ?? 0;
  } catch (error) {
    status = FAILED;
    const message = error instanceof Error ? error.message : String(error);
    await write(2, `${name}: ${message}\n`).catch(() => undefined);
  }
  await api.commandDone(call, status);
}
