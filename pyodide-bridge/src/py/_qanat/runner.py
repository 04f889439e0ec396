"""Runs one program as `python3` would: command line, streams, tracebacks, exit status.

The interpreter's memory is put back after each program, so nothing here has to be undone.
"""

import atexit
import builtins
import errno
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

from _qanat import engine, errors, processes

_LIBRARY = "/lib/"
_OWN = "/lib/_qanat/"
_baseline = None


def begin():
    """Called once in each worker, when nothing runs. Returns the function that runs programs."""
    global _baseline
    time.sleep = engine.sleep
    signal.signal = engine.set_signal
    os.link = engine.link
    os.strerror = errors.said
    os.system = processes.system
    os.waitstatus_to_exitcode = processes.waitstatus_to_exitcode
    subprocess.Popen = processes.Popen
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
        if not name.startswith(_OWN) and not (name == "<frozen runpy>" and not frames):
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
            number = errors.number_of.get(e.errno, e.errno)
            where = os.path.join(os.getcwd(), what)
            words = errors.said(e.errno) + errors.reason(e)
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
                if e.errno != errno.EBADF:
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
