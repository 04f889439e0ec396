"""Errors as they look on Linux: its numbers, glibc's words, and what the engine has to add."""

import errno
import gc
import os
import sys

from _qanat.engine import control

_LINUX = {
    "EPERM": 1, "ENOENT": 2, "ESRCH": 3, "EINTR": 4, "EIO": 5, "ENXIO": 6, "E2BIG": 7, "ENOEXEC": 8,
    "EBADF": 9, "ECHILD": 10, "EAGAIN": 11, "ENOMEM": 12, "EACCES": 13, "EFAULT": 14, "EBUSY": 16,
    "EEXIST": 17, "EXDEV": 18, "ENODEV": 19, "ENOTDIR": 20, "EISDIR": 21, "EINVAL": 22, "ENFILE": 23,
    "EMFILE": 24, "ENOTTY": 25, "ETXTBSY": 26, "EFBIG": 27, "ENOSPC": 28, "ESPIPE": 29, "EROFS": 30,
    "EMLINK": 31, "EPIPE": 32, "EDOM": 33, "ERANGE": 34, "EDEADLK": 35, "ENAMETOOLONG": 36,
    "ENOLCK": 37, "ENOSYS": 38, "ENOTEMPTY": 39, "ELOOP": 40, "ENODATA": 61, "EPROTO": 71,
    "EOVERFLOW": 75, "EILSEQ": 84, "ENOTSOCK": 88, "EDESTADDRREQ": 89, "EMSGSIZE": 90,
    "EPROTOTYPE": 91, "ENOPROTOOPT": 92, "EPROTONOSUPPORT": 93, "EOPNOTSUPP": 95, "ENOTSUP": 95,
    "EAFNOSUPPORT": 97, "EADDRINUSE": 98, "EADDRNOTAVAIL": 99, "ENETDOWN": 100, "ENETUNREACH": 101,
    "ECONNABORTED": 103, "ECONNRESET": 104, "ENOBUFS": 105, "EISCONN": 106, "ENOTCONN": 107,
    "ETIMEDOUT": 110, "ECONNREFUSED": 111, "EHOSTUNREACH": 113, "EALREADY": 114, "EINPROGRESS": 115,
    "ESTALE": 116, "EDQUOT": 122, "ECANCELED": 125,
}  # fmt: skip


# where the C library here says it in other words than glibc
_WORDS = {
    "EIO": "Input/output error", "ESPIPE": "Illegal seek", "ELOOP": "Too many levels of symbolic links",
    "ENAMETOOLONG": "File name too long", "EXDEV": "Invalid cross-device link",
    "EBUSY": "Device or resource busy", "ENOTTY": "Inappropriate ioctl for device",
    "ENOMEM": "Cannot allocate memory", "EDQUOT": "Disk quota exceeded",
    "ENOTSUP": "Operation not supported", "ETIMEDOUT": "Connection timed out",
    "ECHILD": "No child processes", "EMFILE": "Too many open files",
    "EDEADLK": "Resource deadlock avoided", "ERANGE": "Numerical result out of range",
    "EOVERFLOW": "Value too large for defined data type",
    "EDOM": "Numerical argument out of domain", "EHOSTUNREACH": "No route to host",
    "ECANCELED": "Operation canceled", "EADDRINUSE": "Address already in use",
    "EADDRNOTAVAIL": "Cannot assign requested address", "ENETUNREACH": "Network is unreachable",
    "EAFNOSUPPORT": "Address family not supported by protocol",
    "ENOTCONN": "Transport endpoint is not connected",
}  # fmt: skip


def _by_errno(table):
    return {getattr(errno, name): value for name, value in table.items() if hasattr(errno, name)}


number_of = _by_errno(_LINUX)
_words = _by_errno(_WORDS)
_strerror = os.strerror


def said(code, /):
    """Translate an error code to a message string."""
    return _words.get(code) or _strerror(code)


def reason(error):
    """What the engine had to say beyond the errno, in brackets, or nothing."""
    try:
        told = control(op="reason", code=error.errno, path=str(error.filename or ""))
    except Exception:
        return ""
    return f" ({told})" if told else ""


def _oserror_str(self):
    if self.errno is None or self.strerror is None:
        return BaseException.__str__(self)
    number = number_of.get(self.errno, self.errno)
    words = self.strerror
    if self.errno in number_of and words == _strerror(self.errno):
        words = _words.get(self.errno, words)
        words += reason(self)
    if self.filename is None:
        return f"[Errno {number}] {words}"
    if self.filename2 is None:
        return f"[Errno {number}] {words}: {self.filename!r}"
    return f"[Errno {number}] {words}: {self.filename!r} -> {self.filename2!r}"


def _oserror_repr(self):
    args = self.args
    if self.errno is not None and args and args[0] == self.errno:
        words = [self.strerror] if len(args) > 1 else []
        if words and words[0] == _strerror(self.errno):
            words = [said(self.errno)]
        args = (number_of.get(self.errno, self.errno), *words, *args[2:])
    inner = ", ".join(map(repr, args))
    return f"{type(self).__name__}({inner})"


class _Printed(OSError):
    __str__ = _oserror_str
    __repr__ = _oserror_repr


def printed_types():
    """The addresses of a type whose slots call Python methods, of OSError, and of its own subtypes.

    CPython forbids changes to its built-in types. So the methods go into the dictionary behind
    OSError, and the worker copies the slots that look there.
    """
    STATIC = 1 << 1

    def own(kind):
        if kind.__flags__ & STATIC:
            yield kind
            for sub in kind.__subclasses__():
                yield from own(sub)

    names = gc.get_referents(OSError.__dict__)[0]
    names["__str__"] = _oserror_str
    names["__repr__"] = _oserror_repr
    sys._clear_internal_caches()
    return " ".join(str(id(kind)) for kind in (_Printed, *own(OSError)))
