"""Runs one program as `python3` would: command line, streams, tracebacks, exit status.

The interpreter's memory is put back after each program, so nothing here has to be undone.
"""

import atexit
import builtins
import gc
import io
import json
import linecache
import os
import random
import signal
import subprocess
import sys
import time
import traceback
import types
import warnings

CONTROL = "/proc/qanat"
_LIBRARY = "/lib/"
_baseline = None


# --- asking the engine


def _control(**request):
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


def _sleep(seconds, /):
    """Delay execution for a given number of seconds.  The argument may be
    a floating-point number for subsecond precision."""
    if not isinstance(seconds, (int, float)):
        seconds = float(seconds) if hasattr(seconds, "__float__") else seconds.__index__()
    if seconds != seconds:
        raise ValueError("Invalid value NaN (not a number)")
    if seconds < 0:
        raise ValueError("sleep length must be non-negative")
    _control(op="sleep", millis=seconds * 1000)


_set_handler = signal.signal


def _signal(signalnum, handler):
    """Set the action for the given signal."""
    before = _set_handler(signalnum, handler)
    own = handler not in (signal.SIG_DFL, signal.default_int_handler)
    _control(op="handles", signal=int(signalnum), on=own)
    return before


def _link(src, dst, *, src_dir_fd=None, dst_dir_fd=None, follow_symlinks=True):
    """Create a hard link to a file."""
    try:
        _control(op="link", **{"from": os.path.abspath(src), "to": os.path.abspath(dst)})
    except OSError as e:
        raise OSError(e.errno, os.strerror(e.errno), src, None, dst) from None


# --- processes


class _Popen(subprocess.Popen):
    """Starts programs of the shell; our ends of their pipes are ordinary descriptors."""

    def _get_handles(self, stdin, stdout, stderr):
        self._wires = []
        self._lent = []
        ours = []
        for number, target in enumerate((stdin, stdout, stderr)):
            end = -1
            if target == subprocess.PIPE:
                end = os.open(CONTROL, os.O_RDWR | os.O_CLOEXEC)
                wire = "pipe"
            elif target == subprocess.DEVNULL:
                wire = "null"
            elif target == subprocess.STDOUT and number == 2:
                wire = "stdout"
            else:
                fd = number if target is None else target if isinstance(target, int) else target.fileno()
                wire = _control(op="lend", fd=fd)
                if wire is None:
                    wire = "null"
                else:
                    self._lent.append(fd)
            self._wires.append(wire)
            ours.append(end)
        return -1, ours[0], ours[1], -1, ours[2], -1

    def _execute_child(
        self, args, executable, preexec_fn, close_fds, pass_fds, cwd, env, startupinfo,
        creationflags, shell, p2cread, p2cwrite, c2pread, c2pwrite, errread, errwrite, *rest,
    ):
        if preexec_fn is not None:
            raise ValueError("preexec_fn is not supported: programs here are not forked")
        where = os.path.abspath(os.fsdecode(cwd)) if cwd is not None else os.getcwd()
        if not os.path.isdir(where):
            raise FileNotFoundError(_errno("ENOENT"), os.strerror(_errno("ENOENT")), cwd)
        if isinstance(args, (str, bytes, os.PathLike)):
            argv = [os.fsdecode(args)]
        else:
            argv = [os.fsdecode(a) for a in args]
        request = {
            "cwd": where,
            "env": {os.fsdecode(k): os.fsdecode(v) for k, v in (os.environ if env is None else env).items()},
            "stdin": self._wires[0],
            "stdout": self._wires[1],
            "stderr": self._wires[2],
        }
        if shell:
            request["script"] = argv[0]
            request["argv"] = argv[1:]
        else:
            request["argv"] = [os.fsdecode(executable) if executable else argv[0], *argv[1:]]
        try:
            started = _control(op="spawn", request=request)
        except OSError as e:
            self._child_created = False
            raise OSError(e.errno, os.strerror(e.errno), request["argv"][0] if not shell else where) from None
        self.pid = started["pid"]
        self._child_created = True
        for name, fd in (("stdin", p2cwrite), ("stdout", c2pread), ("stderr", errread)):
            if fd != -1:
                os.write(fd, json.dumps({"op": "adopt", "handle": started[name]}).encode())

    def _ended(self, block):
        if self.returncode is None:
            status = _control(op="wait", pid=self.pid, block=block)
            if status is not None:
                self.returncode = status
                for fd in self._lent:
                    _control(op="return", fd=fd)
        return self.returncode

    def _internal_poll(self, _deadstate=None, **_):
        return self._ended(False)

    def _wait(self, timeout):
        if timeout is None:
            return self._ended(True)
        end = time.monotonic() + timeout
        delay = 0.0005
        while self._ended(False) is None:
            left = end - time.monotonic()
            if left <= 0:
                raise subprocess.TimeoutExpired(self.args, timeout)
            delay = min(delay * 2, left, 0.05)
            time.sleep(delay)
        return self.returncode

    def send_signal(self, sig):
        self.poll()
        if self.returncode is None:
            _control(op="kill", pid=self.pid, signal=int(sig))

    def _communicate(self, input, endtime, orig_timeout):
        if self.stdin and not self._communication_started:
            try:
                self.stdin.flush()
            except BrokenPipeError:
                pass
        text = self.text_mode
        if input is not None and text and isinstance(input, str):
            input = input.encode(self.stdin.encoding, self.stdin.errors)
        request = {"op": "gather", "pid": self.pid}
        for name in ("stdin", "stdout", "stderr"):
            stream = getattr(self, name)
            if stream and not stream.closed:
                request[name] = stream.fileno()
        if not self._communication_started and input:
            request["input"] = bytes(input).decode("latin-1")
        if endtime is not None:
            request["millis"] = max(0, (endtime - time.monotonic()) * 1000)
        self._communication_started = True
        answer = _control(**request)
        if answer["late"]:
            self._check_timeout(endtime, orig_timeout, [], [], skip_check_and_raise=True)
        if self.stdin and not self.stdin.closed:
            try:
                self.stdin.close()
            except BrokenPipeError:
                pass
        self.wait(timeout=self._remaining_time(endtime))
        out = []
        for name in ("stdout", "stderr"):
            stream = getattr(self, name)
            data = answer.get(name)
            if stream and data is not None:
                data = data.encode("latin-1")
                if text:
                    data = self._translate_newlines(data, stream.encoding, stream.errors)
                stream.close()
            out.append(data)
        return tuple(out)


def _system(command):
    """Execute the command in a subshell."""
    status = _Popen(command, shell=True).wait()
    return status << 8 if status >= 0 else -status


def _waitstatus_to_exitcode(status):
    """Convert a wait status to an exit code."""
    return -(status & 0x7F) if status & 0x7F else status >> 8


def _errno(name):
    import errno

    return getattr(errno, name)


# --- errors as they look on Linux

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
    import errno

    return {getattr(errno, name): value for name, value in table.items() if hasattr(errno, name)}


_number = _by_errno(_LINUX)
_words = _by_errno(_WORDS)
_strerror = os.strerror


def _said(code, /):
    """Translate an error code to a message string."""
    return _words.get(code) or _strerror(code)


def _reason(error):
    """What the engine had to say beyond the errno, in brackets, or nothing."""
    try:
        reason = _control(op="reason", code=error.errno, path=str(error.filename or ""))
    except Exception:
        return ""
    return f" ({reason})" if reason else ""


def _oserror_str(self):
    if self.errno is None or self.strerror is None:
        return BaseException.__str__(self)
    number = _number.get(self.errno, self.errno)
    words = self.strerror
    if self.errno in _number and words == _strerror(self.errno):
        words = _words.get(self.errno, words)
        words += _reason(self)
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
            words = [_said(self.errno)]
        args = (_number.get(self.errno, self.errno), *words, *args[2:])
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


# --- the life of a process


def begin():
    """Called once in each worker, when nothing runs. Returns the function that runs programs."""
    global _baseline
    time.sleep = _sleep
    signal.signal = _signal
    os.link = _link
    os.strerror = _said
    os.system = _system
    os.waitstatus_to_exitcode = _waitstatus_to_exitcode
    subprocess.Popen = _Popen
    subprocess._can_fork_exec = True
    sys.executable = sys._base_executable = "/usr/bin/python3"
    gc.collect()
    gc.freeze()
    _baseline = set(sys.modules)
    return run


def _stream(fd, name, mode, errors, unbuffered):
    try:
        raw = io.FileIO(fd, "rb" if mode == "r" else "wb", closefd=False)
    except OSError:
        return None  # closed by the shell
    raw.name = name
    tty = raw.isatty()
    encoding, _, given = os.environ.get("PYTHONIOENCODING", "").partition(":")
    if mode == "r":
        buffer = io.BufferedReader(raw)
    elif unbuffered:
        buffer = raw
    else:
        buffer = io.BufferedWriter(raw)
    stream = io.TextIOWrapper(
        buffer,
        encoding=encoding or "utf-8",
        errors="backslashreplace" if fd == 2 else given or errors,
        line_buffering=mode == "w" and (tty or fd == 2),
        write_through=unbuffered,
    )
    stream.mode = mode
    return stream


def _open_streams(unbuffered):
    locale = os.environ.get("LC_ALL") or os.environ.get("LC_CTYPE") or os.environ.get("LANG") or "C"
    plain = locale in ("C", "POSIX") or locale.startswith("C.")
    errors = "surrogateescape" if plain else "strict"
    sys.stdin = sys.__stdin__ = _stream(0, "<stdin>", "r", errors, False)
    sys.stdout = sys.__stdout__ = _stream(1, "<stdout>", "w", errors, unbuffered)
    sys.stderr = sys.__stderr__ = _stream(2, "<stderr>", "w", errors, unbuffered)


def _hide_own_frames(error, seen):
    """Takes this file's frames and runpy's out of the tracebacks of an exception and its causes."""
    if error is None or id(error) in seen:
        return
    seen.add(id(error))
    frames = []
    frame = error.__traceback__
    while frame:
        name = frame.tb_frame.f_code.co_filename
        if name != __file__ and not (name == "<frozen runpy>" and not frames):
            frames.append(frame)
        frame = frame.tb_next
    chain = None
    for frame in reversed(frames):
        chain = types.TracebackType(chain, frame.tb_frame, frame.tb_lasti, frame.tb_lineno)
    error.__traceback__ = chain
    _hide_own_frames(error.__cause__, seen)
    _hide_own_frames(error.__context__, seen)


def _show(error):
    """Prints an exception as the interpreter does at its end."""
    _hide_own_frames(error, set())
    frames = error.__traceback__
    sys.last_exc, sys.last_type, sys.last_value, sys.last_traceback = error, type(error), error, frames
    try:
        sys.stdout and sys.stdout.flush()
    except (OSError, ValueError):
        pass
    if sys.excepthook is not sys.__excepthook__:
        try:
            sys.excepthook(type(error), error, frames)
            return
        except SystemExit:
            raise
        except BaseException as again:
            print("Error in sys.excepthook:", file=sys.stderr)
            traceback.print_exception(again, file=sys.stderr)
            print("\nOriginal exception was:", file=sys.stderr)
    if sys.stderr is not None:
        traceback.print_exception(error, file=sys.stderr)


def _exit_status(error):
    code = error.code
    if code is None:
        return 0
    if isinstance(code, int):
        return code & 0xFF
    if sys.stderr is not None:
        print(code, file=sys.stderr)
    return 1


def _remember(filename, source):
    linecache.cache[filename] = (len(source), None, source.splitlines(True), filename)


def _first_path(program):
    flags = program["flags"]
    if flags.get("safe_path") or flags.get("isolated"):
        return []
    kind = program["kind"]
    if kind == "file":
        what = os.path.realpath(program["what"])
        return [what if os.path.isdir(what) else os.path.dirname(what)]
    return [os.getcwd()] if kind == "module" else [""]


def _prepare(program):
    flags = program["flags"]
    os.environ.clear()
    os.environ.update(program["env"])
    env = {} if flags.get("ignore_environment") or flags.get("isolated") else os.environ
    try:
        os.chdir(program["cwd"])
    except OSError:
        pass  # it is gone: names relative to it fail by themselves
    os.umask(program["umask"])
    _open_streams(flags.get("unbuffered") or env.get("PYTHONUNBUFFERED"))
    library = [p for p in sys.path if p]
    extra = [p for p in env.get("PYTHONPATH", "").split(":") if p]
    sys.path[:] = [*_first_path(program), *extra, *library]
    sys.dont_write_bytecode = bool(flags.get("dont_write_bytecode") or env.get("PYTHONDONTWRITEBYTECODE"))
    sys.warnoptions[:] = [w for w in env.get("PYTHONWARNINGS", "").split(",") if w] + program["warnings"]
    if sys.warnoptions:
        warnings._processoptions(sys.warnoptions)
    for option in program["xoptions"]:
        name, _, value = option.partition("=")
        sys._xoptions[name] = value or True
    if level := flags.get("optimize"):
        _optimize(level)
    random.seed(int(program["seed"]))


def _optimize(level):
    from importlib import _bootstrap_external as external

    def source_to_code(self, data, path, *, _optimize=-1):
        return compile(data, path, "exec", dont_inherit=True, optimize=level)

    external.SourceLoader.source_to_code = source_to_code


def _execute(program, main):
    kind, what, flags = program["kind"], program["what"], program["flags"]
    level = flags.get("optimize", -1)
    if kind == "command":
        sys.argv = ["-c", *program["argv"]]
        _remember("<string>", what)
        source, name = what, "<string>"
        main.__annotations__ = {}
    elif kind == "file":
        sys.argv = [what, *program["argv"]]
        if os.path.isdir(what) or what.endswith((".zip", ".pyz")):
            import runpy

            sys.argv[0] = what
            return runpy.run_path(what, run_name="__main__")
        try:
            with open(what, "rb") as file:
                source = file.read()
        except OSError as e:
            number = _number.get(e.errno, e.errno)
            where = os.path.join(os.getcwd(), what)
            words = _said(e.errno) + _reason(e)
            print(f"python3: can't open file {where!r}: [Errno {number}] {words}", file=sys.stderr)
            raise SystemExit(2) from None
        if source[:2] == b"PK":
            import runpy

            return runpy.run_path(what, run_name="__main__")
        name = main.__file__ = what
        main.__cached__ = None
        if flags.get("skip_first_line"):
            source = b"\n" + source.partition(b"\n")[2]
    elif kind == "module":
        import runpy

        sys.argv = ["-m", *program["argv"]]
        return runpy._run_module_as_main(what)
    else:
        sys.argv = [*([what] if what else [""]), *program["argv"]]
        source, name = sys.stdin.buffer.read() if sys.stdin else b"", "<stdin>"
    exec(compile(source, name, "exec", dont_inherit=True, optimize=level), main.__dict__)


def _interactive(program, main):
    """The prompt, line by line; the terminal edits."""
    import codeop

    if not sys.argv or program["kind"] == "repl":
        sys.argv = ["", *program["argv"]]
    if not program["flags"].get("quiet") and program["kind"] == "repl":
        more = 'Type "help", "copyright", "credits" or "license" for more information.'
        print(f"Python {sys.version} on {sys.platform}\n{more}", file=sys.stderr)
    sys.ps1, sys.ps2 = ">>> ", "... "
    compiler = codeop.CommandCompiler()
    number = 0
    lines = []
    while True:
        try:
            sys.stdout.flush()
            sys.stderr.write(str(sys.ps2 if lines else sys.ps1))
            sys.stderr.flush()
            line = sys.stdin.readline()
            if not line:
                sys.stderr.write("\n")
                return
            lines.append(line.rstrip("\n"))
            name = f"<python-input-{number}>"
            source = "\n".join(lines)
            code = compiler(source, name, "single")
            if code is None:
                continue
            lines.clear()
            number += 1
            _remember(name, source)
            exec(code, main.__dict__)
        except SystemExit:
            raise
        except KeyboardInterrupt:
            lines.clear()
            sys.stderr.write("\nKeyboardInterrupt\n")
        except BaseException as error:
            lines.clear()
            number += 1
            _remember(name, source)
            _show(error)


def run(text):
    """Runs the program described by the JSON text; answers status and reusability as JSON."""
    program = json.loads(text)
    main = types.ModuleType("__main__")
    main.__builtins__ = builtins
    sys.modules["__main__"] = main
    status = 0
    interrupted = False
    try:
        _prepare(program)
        try:
            if program["kind"] == "repl":
                _interactive(program, main)
            else:
                _execute(program, main)
        except BaseException as error:
            if not program["flags"].get("inspect"):
                raise
            if not isinstance(error, SystemExit):
                _show(error)
        if program["flags"].get("inspect") and program["kind"] != "repl":
            _interactive(program, main)
    except SystemExit as error:
        status = _exit_status(error)
    except KeyboardInterrupt as error:
        interrupted = True
        status = _report(error, 130)
    except BaseException as error:
        status = _report(error, 1)
    try:
        lost = _finish(main, quiet=status != 0)
        status = status or lost
    except KeyboardInterrupt:
        status = 130
    unknown = {"_ctypes", "_cffi_backend"} & (set(sys.modules) - _baseline)
    return json.dumps({"status": status, "reusable": not unknown, "interrupted": interrupted})


def _report(error, status):
    try:
        _show(error)
    except SystemExit as e:
        return _exit_status(e)
    return status


def _finish(main, quiet):
    """What the interpreter does at its end. Returns 120 when something written was lost, else 0.

    `quiet`: the program has failed already, and the failure to write is most likely the same.
    """
    atexit._run_exitfuncs()
    lost = _flush(sys.stdout, None if quiet else "sys.stdout")
    _clear(main)
    for name, module in [*sys.modules.items()]:
        if name not in _baseline and isinstance(module, types.ModuleType):
            origin = getattr(module, "__file__", None) or ""
            if not origin.startswith(_LIBRARY):
                _clear(module)
    for name in ("last_exc", "last_type", "last_value", "last_traceback"):
        if hasattr(sys, name):
            delattr(sys, name)
    gc.collect()
    for thing in gc.get_objects():
        if isinstance(thing, io.IOBase) and not isinstance(thing, io.RawIOBase):
            try:
                if not thing.closed and thing.writable():
                    thing.flush()
            except (OSError, ValueError, AttributeError):
                lost = True
    for name in os.listdir("/proc/self/fd"):
        if int(name) > 2:
            try:
                os.close(int(name))
            except OSError as e:
                if e.errno != _errno("EBADF"):
                    lost = True
                    print(f"Exception ignored while closing a file: {e}", file=sys.stderr)
    lost = _flush(sys.stdout, None) or lost
    lost = _flush(sys.stderr, None) or lost
    return 120 if lost else 0


def _flush(stream, name):
    try:
        if stream is not None and not stream.closed:
            stream.flush()
        return False
    except (OSError, ValueError) as e:
        if name and sys.stderr is not None:
            kind = type(e).__name__
            print(f"Exception ignored while flushing {name}:\n{kind}: {e}", file=sys.stderr)
            try:
                stream.detach()
            except (OSError, ValueError):
                pass
        return True


def _clear(module):
    """Empties a module as at the interpreter's end: private names first."""
    names = module.__dict__
    for name in [*names]:
        if name[:1] == "_" and name[:2] != "__":
            names[name] = None
    for name in [*names]:
        if name[:1] != "_":
            names[name] = None
