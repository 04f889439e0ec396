"""Asks the engine for what no system call offers here."""

import json
import os
import signal

CONTROL = "/proc/qanat"
_strerror = os.strerror


def control(**request):
    """Sends one request to the engine; a signal during the wait is handled as in any system call."""
    fd = os.open(CONTROL, os.O_RDWR | os.O_CLOEXEC)
    try:
        os.write(fd, json.dumps(request).encode())
        parts = []
        while part := os.read(fd, 1 << 20):
            parts.append(part)
    finally:
        os.close(fd)
    answer = json.loads(b"".join(parts))
    if isinstance(answer, dict) and "errno" in answer:
        raise OSError(answer["errno"], _strerror(answer["errno"]))
    return answer


def sleep(seconds, /):
    """Delay execution for a given number of seconds.  The argument may be
    a floating-point number for subsecond precision."""
    if not isinstance(seconds, (int, float)):
        seconds = float(seconds) if hasattr(seconds, "__float__") else seconds.__index__()
    if seconds != seconds:
        raise ValueError("Invalid value NaN (not a number)")
    if seconds < 0:
        raise ValueError("sleep length must be non-negative")
    control(op="sleep", millis=seconds * 1000)


_set_handler = signal.signal


def set_signal(signalnum, handler):
    """Set the action for the given signal."""
    before = _set_handler(signalnum, handler)
    own = handler not in (signal.SIG_DFL, signal.default_int_handler)
    control(op="handles", signal=int(signalnum), on=own)
    return before


def link(src, dst, *, src_dir_fd=None, dst_dir_fd=None, follow_symlinks=True):
    """Create a hard link to a file."""
    try:
        control(op="link", **{"from": os.path.abspath(src), "to": os.path.abspath(dst)})
    except OSError as e:
        raise OSError(e.errno, os.strerror(e.errno), src, None, dst) from None
