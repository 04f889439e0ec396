"""Child processes: programs of the shell, joined by the engine's pipes."""

import errno
import json
import os
import subprocess
import time

from _qanat.engine import CONTROL, control


class Popen(subprocess.Popen):
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
                wire = control(op="lend", fd=fd)
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
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), cwd)
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
            started = control(op="spawn", request=request)
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
            status = control(op="wait", pid=self.pid, block=block)
            if status is not None:
                self.returncode = status
                for fd in self._lent:
                    control(op="return", fd=fd)
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
            control(op="kill", pid=self.pid, signal=int(sig))

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
        answer = control(**request)
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


def system(command):
    """Execute the command in a subshell."""
    status = Popen(command, shell=True).wait()
    return status << 8 if status >= 0 else -status


def waitstatus_to_exitcode(status):
    """Convert a wait status to an exit code."""
    return -(status & 0x7F) if status & 0x7F else status >> 8
