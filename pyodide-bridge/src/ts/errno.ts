/**
 * Error numbers as the interpreter's C library knows them. They are WASI's, not Linux's; the Python
 * side prints Linux's (see `_qanat/errors.py`).
 */
export const ERRNO = {
  E2BIG: 1,
  EACCES: 2,
  EAGAIN: 6,
  EBADF: 8,
  EBUSY: 10,
  ECANCELED: 11,
  ECHILD: 12,
  ECONNREFUSED: 14,
  ECONNRESET: 15,
  EDEADLK: 16,
  EDOM: 18,
  EDQUOT: 19,
  EEXIST: 20,
  EFBIG: 22,
  EHOSTUNREACH: 23,
  EINTR: 27,
  EINVAL: 28,
  EIO: 29,
  EISDIR: 31,
  ELOOP: 32,
  EMFILE: 33,
  EMLINK: 34,
  ENAMETOOLONG: 37,
  ENETUNREACH: 40,
  ENFILE: 41,
  ENODEV: 43,
  ENOENT: 44,
  ENOEXEC: 45,
  ENOMEM: 48,
  ENOSPC: 51,
  ENOSYS: 52,
  ENOTDIR: 54,
  ENOTEMPTY: 55,
  ENOTTY: 59,
  ENXIO: 60,
  EOVERFLOW: 61,
  EPERM: 63,
  EPIPE: 64,
  EPROTO: 65,
  ERANGE: 68,
  EROFS: 69,
  ESPIPE: 70,
  ESRCH: 71,
  ESTALE: 72,
  ETIMEDOUT: 73,
  ETXTBSY: 74,
  EXDEV: 75,
  ENODATA: 116,
  ENOTSUP: 138,
} as const;

/** The name of an error the file tree can answer with. */
export type ErrnoName = keyof typeof ERRNO;

/** The number of an error that arrived by name; EIO for one that this list does not have. */
export function errnoOf(code: unknown): number {
  return typeof code === 'string' && code in ERRNO ? ERRNO[code as ErrnoName] : ERRNO.EIO;
}
