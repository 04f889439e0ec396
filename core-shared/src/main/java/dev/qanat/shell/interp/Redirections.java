package dev.qanat.shell.interp;

import dev.qanat.shell.expand.Expander;
import dev.qanat.shell.expand.Variable;
import dev.qanat.shell.interp.ShellOptions.Opt;
import dev.qanat.shell.interp.ShellOptions.Shopt;
import dev.qanat.shell.syntax.Printer;
import dev.qanat.shell.syntax.Redirect;
import dev.qanat.shell.syntax.Redirect.Operator;
import dev.qanat.text.Utf8;
import dev.qanat.vfs.Descriptors;
import dev.qanat.vfs.Errno;
import dev.qanat.vfs.FileStat;
import dev.qanat.vfs.OpenFile;
import dev.qanat.vfs.OpenFlags;
import dev.qanat.vfs.VfsException;
import java.util.Arrays;
import java.util.List;

/**
 * Applies redirections to the shell's own descriptors and puts back what was there. The saved files
 * form a stack: {@link #begin} gives its height, {@link #undo} returns to it.
 */
final class Redirections {
  /** bash gives {@code {name}>file} descriptors from here on. */
  private static final int FIRST_FREE = 10;

  private final Shell sh;
  private int[] fds = new int[4];
  private OpenFile[] saved = new OpenFile[4];
  private int height;

  /**
   * Set while the builtin {@code exec} runs: the height from which its redirections are to stay.
   */
  int pendingExec = -1;

  Redirections(Shell sh) {
    this.sh = sh;
  }

  int begin() {
    return height;
  }

  /** The redirections being applied are a subshell's, never taken back. */
  boolean ofSubshell;

  /** Applies all, left to right; false, after a message, when one fails. */
  boolean apply(List<Redirect> redirects) {
    int ignored = sh.failuresIgnored;
    sh.failuresIgnored = 0; // what is substituted in them does not know that failures are tested
    try {
      for (int i = 0; i < redirects.size(); i++) {
        if (!apply(redirects.get(i))) {
          return false;
        }
      }
      return true;
    } finally {
      sh.failuresIgnored = ignored;
    }
  }

  /**
   * Ends the redirections of a compound command. When the shell exits or a function returns they
   * stay until its EXIT or RETURN trap has run.
   */
  void leave(int mark) {
    if (sh.control == Shell.RETURN && sh.traps.hasReturn()) {
      return; // the RETURN trap still runs with them
    }
    if (sh.control != Shell.EXIT || sh.exitUnwinds() || !sh.traps.hasExit()) {
      undo(mark);
    }
  }

  /** As {@link #leave}, for a simple command: {@code set -e} does not let its redirections stay. */
  void leaveSimple(int mark) {
    if (sh.exit == Shell.Exit.FAILURE) {
      undo(mark);
    } else {
      leave(mark);
    }
  }

  /** Puts back what {@link #apply} replaced since the stack had this height. */
  void undo(int mark) {
    Descriptors d = sh.files().descriptors();
    while (height > mark) {
      height--;
      OpenFile old = saved[height];
      saved[height] = null;
      sh.flushQuietly();
      try {
        if (old == null) {
          d.close(fds[height]);
        } else {
          d.set(fds[height], old);
        }
      } catch (VfsException e) {
        sh.error(e.getMessage());
      }
    }
  }

  /** Lets go of what was saved, without putting it back. */
  void forget() {
    while (height > 0) {
      OpenFile old = saved[--height];
      saved[height] = null;
      if (old != null) {
        try {
          old.release();
        } catch (VfsException e) {
          // what it could not write is lost with the task that died
        }
      }
    }
  }

  /** Makes the redirections since {@code mark} permanent, as {@code exec} does. */
  void keep(int mark) {
    while (height > mark) {
      height--;
      OpenFile old = saved[height];
      saved[height] = null;
      if (old != null) {
        try {
          old.release();
        } catch (VfsException e) {
          sh.error(e.getMessage());
        }
      }
    }
  }

  private boolean apply(Redirect r) {
    try {
      return redirect(r);
    } catch (VfsException e) {
      if (e.errno() != Errno.EINTR) {
        sh.error((e.path() == null ? "" : e.path() + ": ") + e.reason());
      }
      return false;
    } catch (Refused e) {
      sh.error((r.fdVariable() != null ? r.fdVariable() : e.target) + e.getMessage());
      return false;
    }
  }

  /** A redirection that makes no sense or is not allowed: only its command fails. */
  private static final class Refused extends RuntimeException {
    /** What the message begins with, unless there is a variable to name. */
    final String target;

    Refused(String target, String message) {
      super(message, null, false, false);
      this.target = target;
    }
  }

  private boolean redirect(Redirect r) {
    Operator op = r.operator();
    switch (op) {
      case READ -> put(r, open(r, target(r), OpenFlags.READ));
      case WRITE -> {
        String path = target(r);
        if (sh.isOn(Opt.NOCLOBBER)) {
          put(r, openNoClobber(path));
        } else {
          put(r, open(r, path, OpenFlags.REPLACE));
        }
      }
      case CLOBBER -> put(r, open(r, target(r), OpenFlags.REPLACE));
      case APPEND -> put(r, open(r, target(r), OpenFlags.ADD));
      case READ_WRITE -> put(r, open(r, target(r), OpenFlags.READ_WRITE | OpenFlags.CREATE));
      case WRITE_BOTH, APPEND_BOTH -> both(r, target(r), op == Operator.APPEND_BOTH);
      case DUP_IN, DUP_OUT -> {
        return duplicate(r);
      }
      case HERE_STRING ->
          put(r, new HereFile(Utf8.encode(sh.expander().hereString(r.target()) + "\n")));
      case HERE_DOC, HERE_DOC_TABS -> {
        Redirect.HereDoc doc = r.hereDoc();
        String literal = doc.quoted() ? doc.text() : doc.body().literalOrNull();
        String text = literal != null ? literal : sh.expander().hereDocument(doc.body());
        put(r, new HereFile(Utf8.encode(text)));
      }
    }
    return true;
  }

  private String target(Redirect r) {
    String literal = r.target().literalOrNull();
    String text = literal != null ? literal : sh.expander().redirectTarget(r.target());
    if (text == null) {
      throw new Refused(Printer.source(r.target()), ": ambiguous redirect");
    }
    return text;
  }

  /** A restricted shell opens nothing for output. */
  private void refuseOutput(String path) {
    if (sh.restricted()) {
      throw new Refused(path, ": restricted: cannot redirect output");
    }
  }

  private OpenFile open(Redirect r, String path, int flags) {
    if (path.startsWith("/dev/tcp/") || path.startsWith("/dev/udp/")) {
      throw new VfsException(Errno.ENETUNREACH, path, "a browser opens no sockets; use curl");
    }
    if ((flags & OpenFlags.WRITE) != 0) {
      refuseOutput(path);
    }
    if (!sh.files().descriptors().hasRoom()) {
      throw new VfsException(Errno.EMFILE, path);
    }
    OpenFile special = deviceFile(path);
    if (special != null) {
      return special;
    }
    try {
      OpenFile f = sh.files().open(path, flags, 0666);
      if ((flags & OpenFlags.WRITE) != 0 && !f.writable()) {
        boolean directory = SharedLines.isDirectory(f);
        if (directory) {
          f.release();
          throw new VfsException(Errno.EISDIR, path);
        }
      }
      return f;
    } catch (VfsException e) {
      if (e.errno() == Errno.EINTR) {
        sh.pollSignals(); // the trap may end the shell; else the FIFO is waited for again
        if (!sh.unwinding()) {
          return open(r, path, flags);
        }
      }
      throw new VfsException(e.errno(), path, e.detail());
    }
  }

  /**
   * {@code /dev/fd/N} and its like mean the shell's own descriptors, also where there is no /dev.
   */
  private OpenFile deviceFile(String path) {
    int fd =
        switch (path) {
          case "/dev/stdin" -> 0;
          case "/dev/stdout" -> 1;
          case "/dev/stderr" -> 2;
          default -> path.startsWith("/dev/fd/") ? number(path.substring(8)) : -1;
        };
    if (fd < 0) {
      return null;
    }
    OpenFile f = sh.files().descriptors().get(fd);
    if (f == null) {
      throw new VfsException(Errno.ENOENT, path);
    }
    return f.retain();
  }

  private OpenFile openNoClobber(String path) {
    refuseOutput(path);
    FileStat stat = sh.files().statOrNull(path);
    if (stat != null && stat.isFile()) {
      throw new Refused(path, ": cannot overwrite existing file");
    }
    if (stat == null) {
      try {
        return sh.files().open(path, OpenFlags.REPLACE | OpenFlags.EXCLUSIVE, 0666);
      } catch (VfsException e) {
        if (e.errno() == Errno.EEXIST) {
          throw new Refused(path, ": cannot overwrite existing file");
        }
        throw new VfsException(e.errno(), path, e.detail());
      }
    }
    return open(null, path, OpenFlags.REPLACE);
  }

  private void both(Redirect r, String path, boolean append) {
    OpenFile f =
        append
            ? open(r, path, OpenFlags.ADD)
            : sh.isOn(Opt.NOCLOBBER) ? openNoClobber(path) : open(r, path, OpenFlags.REPLACE);
    f.retain();
    set(1, f);
    set(2, f);
  }

  private boolean duplicate(Redirect r) {
    String text = target(r);
    int fd = r.effectiveFd();
    String raw = Printer.source(r.target());
    boolean move = raw.length() > 1 && raw.endsWith("-");
    if (text.equals("-") && !move) {
      if (r.fdVariable() != null) {
        return closeVariable(r.fdVariable());
      }
      set(fd, null);
      return true;
    }
    String number = move ? text.substring(0, text.length() - 1) : text;
    int from = number(number);
    if (from < 0) {
      if (!number.isEmpty() && allDigits(number)) {
        throw badDescriptor(r, number, move);
      }
      if (!move && r.operator() == Operator.DUP_OUT && r.fd() == 1 && r.fdVariable() == null) {
        both(r, text, false);
        return true;
      }
      throw new Refused(move ? raw.substring(0, raw.length() - 1) : raw, ": ambiguous redirect");
    }
    OpenFile f = sh.files().descriptors().get(from);
    if (f == null) {
      throw badDescriptor(r, number, move);
    }
    if (from == fd && r.fdVariable() == null) {
      return true;
    }
    f.retain();
    put(r, f);
    if (move) {
      // for good: bash does not open it again when the command is over
      sh.flushQuietly();
      sh.files().descriptors().close(from);
    }
    return true;
  }

  /** bash names the descriptor that it guesses to be the wrong one. */
  private VfsException badDescriptor(Redirect r, String number, boolean move) {
    int fd = r.effectiveFd();
    if (r.fdVariable() != null
        || move
            && sh.files().descriptors().get(fd) != null
            && !ofSubshell
            && !sh.interpreter.simple.redirectsProcess()) {
      sh.say(sh.errorName() + ": redirection error: cannot duplicate fd: Bad file descriptor");
    }
    String literal = r.target().literalOrNull();
    if (literal != null && allDigits(number) && literal.startsWith(number)) {
      return new VfsException(Errno.EBADF, number);
    }
    boolean guess = !move && fd == (r.operator() == Operator.DUP_IN ? 0 : 1);
    return new VfsException(Errno.EBADF, guess ? r.target().text() : String.valueOf(fd));
  }

  private boolean closeVariable(String variable) {
    String value = sh.expander().referenceValue(variable);
    if (value == null || value.isEmpty()) {
      throw new Refused(variable, ": ambiguous redirect");
    }
    int fd = Math.max(0, number(value));
    sh.flushQuietly();
    sh.files().descriptors().close(fd);
    return true;
  }

  /** Puts a file where the redirection says; takes the reference. */
  private void put(Redirect r, OpenFile file) {
    if (r.fdVariable() == null) {
      set(r.effectiveFd(), file);
      return;
    }
    String variable = r.fdVariable();
    int bracket = variable.indexOf('[');
    if (!Expander.isName(bracket < 0 ? variable : variable.substring(0, bracket))) {
      file.release();
      sh.error("`" + variable + "': not a valid identifier");
      throw new Refused(variable, ": cannot assign fd to variable");
    }
    Variable v = sh.variables().find(bracket < 0 ? variable : variable.substring(0, bracket));
    if (v != null && v.has(Variable.READONLY)) {
      file.release();
      sh.error(variable + ": readonly variable");
      throw new Refused(variable, ": cannot assign fd to variable");
    }
    int fd = sh.files().descriptors().add(file, FIRST_FREE);
    sh.expander().assignReference(variable, String.valueOf(fd));
    if (sh.isOn(Shopt.varredir_close)) {
      push(fd, null);
    }
  }

  /** Puts a file (or, null, nothing) at a descriptor and remembers what was there. */
  private void set(int fd, OpenFile file) {
    sh.flushQuietly();
    Descriptors d = sh.files().descriptors();
    if (fd >= Descriptors.limit()) {
      if (file != null) {
        file.release();
      }
      throw new VfsException(Errno.EBADF, String.valueOf(fd));
    }
    push(fd, d.take(fd));
    if (file != null) {
      d.set(fd, file);
    }
  }

  private void push(int fd, OpenFile old) {
    if (height == fds.length) {
      fds = Arrays.copyOf(fds, height * 2);
      saved = Arrays.copyOf(saved, height * 2);
    }
    fds[height] = fd;
    saved[height++] = old;
  }

  private static boolean allDigits(String s) {
    for (int i = 0; i < s.length(); i++) {
      if (s.charAt(i) < '0' || s.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  /** A descriptor number, or -1. */
  static int number(String s) {
    if (s.isEmpty() || s.length() > 6 || !allDigits(s)) {
      return -1;
    }
    return Integer.parseInt(s);
  }
}
