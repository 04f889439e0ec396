package dev.qanat.workspace;

import dev.qanat.command.file.*;
import dev.qanat.command.system.*;
import dev.qanat.command.text.*;

/** The programs of GNU's coreutils, findutils and diffutils, and what util-linux adds to them. */
final class CoreUtilities {
  private CoreUtilities() {}

  static void addTo(StandardCommands table) {
    table.add("[", Test::new);
    table.add("arch", () -> new Uname(true));
    table.add("b2sum", () -> new Digests("b2"));
    table.add("base32", () -> new BaseN("base32"));
    table.add("base64", () -> new BaseN("base64"));
    table.add("basename", Basename::new);
    table.add("basenc", () -> new BaseN("basenc"));
    table.add("cat", Cat::new);
    table.add("chgrp", () -> new Chown(true));
    table.add("chmod", Chmod::new);
    table.add("chown", () -> new Chown(false));
    table.add("cksum", () -> new Cksum(false));
    table.add("cmp", Cmp::new);
    table.add("comm", Comm::new);
    table.add("cp", Cp::new);
    table.add("cut", Cut::new);
    table.add("date", Date::new);
    table.add("diff", Diff::new);
    table.add("dir", () -> new Ls("dir"));
    table.add("dirname", Dirname::new);
    table.add("du", Du::new);
    table.add("echo", Echo::new);
    table.add("env", Env::new);
    table.add("expr", Expr::new);
    table.add("false", () -> new True(1));
    table.add("find", Find::new);
    table.add("fold", Fold::new);
    table.add("groups", () -> new Id("groups"));
    table.add("head", Head::new);
    table.add("id", () -> new Id("id"));
    table.add("install", Install::new);
    table.add("join", Join::new);
    table.add("link", () -> new Link(false));
    table.add("ln", Ln::new);
    table.add("logname", () -> new Id("logname"));
    table.add("ls", () -> new Ls("ls"));
    table.add("md5sum", () -> new Digests("md5"));
    table.add("mkdir", Mkdir::new);
    table.add("mktemp", Mktemp::new);
    table.add("mv", Mv::new);
    table.add("nl", Nl::new);
    table.add("od", Od::new);
    table.add("paste", Paste::new);
    table.add("printenv", Printenv::new);
    table.add("printf", Printf::new);
    table.add("pwd", Pwd::new);
    table.add("readlink", Readlink::new);
    table.add("realpath", Realpath::new);
    table.add("rev", Rev::new);
    table.add("rm", Rm::new);
    table.add("rmdir", Rmdir::new);
    table.add("seq", Seq::new);
    table.add("sha1sum", () -> new Digests("sha1"));
    table.add("sha224sum", () -> new Digests("sha224"));
    table.add("sha256sum", () -> new Digests("sha256"));
    table.add("sha384sum", () -> new Digests("sha384"));
    table.add("sha512sum", () -> new Digests("sha512"));
    table.add("sleep", Sleep::new);
    table.add("sort", Sort::new);
    table.add("split", Split::new);
    table.add("stat", Stat::new);
    table.add("sum", () -> new Cksum(true));
    table.add("tac", Tac::new);
    table.add("tail", Tail::new);
    table.add("tee", Tee::new);
    table.add("test", Test::new);
    table.add("timeout", Timeout::new);
    table.add("touch", Touch::new);
    table.add("tr", Tr::new);
    table.add("true", () -> new True(0));
    table.add("truncate", Truncate::new);
    table.add("uname", () -> new Uname(false));
    table.add("uniq", Uniq::new);
    table.add("unlink", () -> new Link(true));
    table.add("vdir", () -> new Ls("vdir"));
    table.add("wc", Wc::new);
    table.add("which", Which::new);
    table.add("whoami", () -> new Id("whoami"));
    table.add("xargs", Xargs::new);
    table.add("yes", Yes::new);
  }
}
