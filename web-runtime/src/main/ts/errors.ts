/** Failures as the API throws them. */
import type { ErrorRecord } from './protocol.js';

/**
 * A file operation that failed. `code` is the errno's name, such as `ENOENT`; the message says the
 * path, the reason, and for services what to do about it.
 */
export class FileError extends Error {
  override readonly name = 'FileError';
  readonly code: string;
  readonly path: string | null;

  constructor(code: string, message: string, path: string | null) {
    super(message);
    this.code = code;
    this.path = path;
  }
}

/** The error for a record from the engine. */
export function toError(record: ErrorRecord): Error {
  return record.code
    ? new FileError(record.code, record.message, record.path)
    : new Error(`qanat: ${record.message}`);
}

/** The record for whatever the engine was rejected with. */
export function toRecord(error: unknown): ErrorRecord {
  if (isRecord(error)) {
    return { code: error.code, message: error.message, path: error.path ?? null };
  }
  return {
    code: '',
    message: error instanceof Error ? error.message : String(error),
    path: null,
  };
}

function isRecord(error: unknown): error is ErrorRecord {
  return (
    typeof error === 'object' &&
    error !== null &&
    typeof (error as ErrorRecord).code === 'string' &&
    typeof (error as ErrorRecord).message === 'string' &&
    !(error instanceof DOMException)
  );
}
