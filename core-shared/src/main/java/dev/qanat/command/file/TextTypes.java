package dev.qanat.command.file;

import dev.qanat.text.Utf8;

/** Kinds of text: scripts, markup, source, JSON and CSV, known by how they begin or are built. */
final class TextTypes {
  private static final int SEARCHED = 4096;
  private static final int DEEPEST = 500;

  private final byte[] b;
  private final int n;
  private int at; // of the JSON reader

  private TextTypes(byte[] b, int n) {
    this.b = b;
    this.n = n;
  }

  /** JSON and CSV, which come before all else; null when it is neither. */
  static ContentType structured(byte[] b, int n, boolean text) {
    TextTypes t = new TextTypes(b, n);
    int json = t.json();
    if (json > 0) {
      return json == 1
          ? ContentType.data("JSON text data", "application/json")
          : ContentType.data("New Line Delimited JSON text data", "application/x-ndjson");
    }
    return text && t.isCsv() ? ContentType.data("CSV text", "text/csv") : null;
  }

  /** Kinds of text known by their words; null when it is none. */
  static ContentType of(byte[] b, int n) {
    int from = n >= 3 && (b[0] & 255) == 0xef && (b[1] & 255) == 0xbb ? 3 : 0;
    String head = Utf8.decode(b, from, Math.min(n - from, 2 * SEARCHED));
    if (head.startsWith("#!")) {
      return script(head);
    }
    ContentType markup = markup(head);
    return markup != null ? markup : source(head);
  }

  private static ContentType script(String head) {
    int end = head.indexOf('\n');
    String line = (end < 0 ? head : head.substring(0, end)).substring(2).strip();
    int space = line.indexOf(' ');
    String program = space < 0 ? line : line.substring(0, space);
    String base = program.substring(program.lastIndexOf('/') + 1);
    boolean byEnv = base.equals("env");
    if (byEnv) {
      String rest = line.substring(program.length()).strip();
      if (rest.startsWith("-S ")) {
        rest = rest.substring(3).strip();
      }
      space = rest.indexOf(' ');
      base = space < 0 ? rest : rest.substring(0, space);
      line = rest;
    }
    String shell = "text/x-shellscript";
    if (base.startsWith("python")) {
      return ContentType.script("Python script", "text/x-script.python");
    }
    if (base.startsWith("perl")) {
      return ContentType.data("Perl script text executable", "text/x-perl");
    }
    if (base.startsWith("ruby")) {
      return ContentType.script("Ruby script", "text/x-ruby");
    }
    if (base.equals("node") || base.equals("nodejs")) {
      return new ContentType("Node.js script executable", "application/javascript", true, false);
    }
    if (base.equals("bash")) {
      return ContentType.script("Bourne-Again shell script", shell);
    }
    if (!byEnv) {
      switch (base) {
        case "sh":
          return ContentType.script("POSIX shell script", shell);
        case "zsh":
          return ContentType.script("Paul Falstad's zsh script", shell);
        case "csh":
          return ContentType.script("C shell script", shell);
        case "tcsh":
          return ContentType.script("Tenex C shell script", shell);
        case "ksh":
          return ContentType.script("Korn shell script", shell);
        case "ash":
          return ContentType.script("Neil Brown's ash script", shell);
        case "awk":
          return ContentType.script("awk script", "text/x-awk");
        case "gawk":
          return ContentType.script("GNU awk script", "text/x-gawk");
        case "mawk":
        case "nawk":
          return ContentType.script(
              (base.equals("mawk") ? "mawk" : "new awk") + " script", "text/x-nawk");
        case "php":
          return ContentType.script("PHP script", "text/x-php");
        case "lua":
          return ContentType.script("Lua script", "text/x-lua");
        case "tclsh":
        case "wish":
          return ContentType.script("Tcl script", "text/x-tcl");
        default:
          break;
      }
    } else if (base.equals("lua")) {
      return ContentType.script("Lua script", "text/x-lua");
    } else if (base.equals("php")) {
      return ContentType.script("PHP script", "text/x-php");
    }
    return ContentType.script("a " + line + " script", "text/plain");
  }

  private static ContentType markup(String head) {
    String t = head.stripLeading();
    String low = (t.length() > SEARCHED ? t.substring(0, SEARCHED) : t).toLowerCase();
    boolean xml = low.startsWith("<?xml version=");
    if (t.startsWith("<svg") || xml && low.contains("<svg")) {
      return ContentType.data("SVG Scalable Vector Graphics image", "image/svg+xml");
    }
    if (xml) {
      char quote = t.length() > 14 ? t.charAt(14) : 0;
      int end = t.indexOf(quote, 15);
      String version = end < 0 ? "" : t.substring(15, end);
      return ContentType.text("XML " + version + " document", "text/xml");
    }
    if (low.startsWith("<!doctype html")) {
      return ContentType.text("HTML document", "text/html");
    }
    String[] tags = {
      "<html>",
      "<html ",
      "<head>",
      "<head ",
      "<title>",
      "<title ",
      "<body>",
      "<body ",
      "<script>",
      "<script ",
      "<style>",
      "<style "
    };
    for (String tag : tags) {
      if (low.startsWith(tag)) {
        return ContentType.text("HTML document", "text/html");
      }
    }
    if (t.startsWith("<?php")) {
      return ContentType.text("PHP script", "text/x-php");
    }
    return null;
  }

  private static ContentType source(String head) {
    if (head.startsWith("BEGIN:VCALENDAR")) {
      return ContentType.data("vCalendar calendar file", "text/calendar");
    }
    if (head.startsWith("BEGIN:VCARD")) {
      return ContentType.data("vCard visiting card", "text/vcard");
    }
    if (head.startsWith("-----BEGIN CERTIFICATE-----")) {
      return ContentType.data("PEM certificate", "text/plain");
    }
    if (head.startsWith("-----BEGIN CERTIFICATE REQ")) {
      return ContentType.data("PEM certificate request", "text/plain");
    }
    if (head.startsWith("-----BEGIN RSA PRIVATE")) {
      return ContentType.data("PEM RSA private key", "text/plain");
    }
    if (head.startsWith("-----BEGIN DSA PRIVATE")) {
      return ContentType.data("PEM DSA private key", "text/plain");
    }
    if (head.startsWith("-----BEGIN EC PRIVATE")) {
      return ContentType.data("PEM EC private key", "text/plain");
    }
    if (head.startsWith("-----BEGIN OPENSSH PRIVATE KEY-----")) {
      return ContentType.data("OpenSSH private key", "text/plain");
    }
    if (head.startsWith("%!PS-Adobe-")) {
      int end = head.indexOf('\n');
      return ContentType.data(
          "PostScript document text conforming DSC level "
              + head.substring(11, end < 0 ? head.length() : end).strip(),
          "application/postscript");
    }
    if (head.startsWith("diff ") || head.startsWith("*** ") || head.startsWith("Only in ")) {
      return ContentType.text(
          (head.startsWith("*** ") ? "context " : "") + "diff output", "text/x-diff");
    }
    if (head.startsWith("--- ") && head.contains("\n+++ ") && head.contains("\n@@ ")) {
      return ContentType.text("unified diff output", "text/x-diff");
    }
    int from = 0;
    boolean c = false;
    boolean cpp = false;
    boolean python = false;
    boolean perl = false;
    boolean make = false;
    boolean tex = false;
    while (from < head.length()) {
      int end = head.indexOf('\n', from);
      end = end < 0 ? head.length() : end;
      String line = head.substring(from, end);
      from = end + 1;
      String t = line.strip();
      c |= line.startsWith("#include");
      cpp |=
          line.startsWith("class ") && !t.endsWith(":")
              || line.startsWith("template <")
              || line.startsWith("template<")
              || line.startsWith("virtual ")
              || t.equals("public:")
              || t.equals("private:");
      python |=
          t.startsWith("def ") && t.indexOf('(') > 0 && t.endsWith(":")
              || line.startsWith("from ") && line.contains(" import ");
      perl |= line.startsWith("package ") && t.endsWith(";");
      make |=
          line.startsWith("all:")
              || line.startsWith("CFLAGS")
              || line.startsWith("LDFLAGS")
              || line.startsWith("VPATH")
              || line.startsWith(".PRECIOUS");
      tex |= line.startsWith("\\documentclass");
    }
    if (tex) {
      return ContentType.text("LaTeX 2e document", "text/x-tex");
    }
    if (python) {
      return ContentType.script("Python script", "text/x-script.python");
    }
    if (c) {
      return cpp
          ? ContentType.text("C++ source", "text/x-c++")
          : ContentType.text("C source", "text/x-c");
    }
    if (perl) {
      return ContentType.text("Perl5 module source", "text/plain");
    }
    return make ? ContentType.text("makefile script", "text/x-makefile") : null;
  }

  private boolean isCsv() {
    int commas = 0;
    int each = 0;
    int lines = 0;
    for (int i = 0; i < n; i++) {
      byte c = b[i];
      if (c == '"') {
        i++;
        while (i < n && (b[i] != '"' || i + 1 < n && b[i + 1] == '"')) {
          i += b[i] == '"' ? 2 : 1;
        }
      } else if (c == ',') {
        commas++;
      } else if (c == '\n') {
        if (++lines == 10) {
          return each != 0 && each == commas;
        }
        if (each == 0) {
          if (commas == 0) {
            return false;
          }
          each = commas;
        } else if (each != commas) {
          return false;
        }
        commas = 0;
      }
    }
    return each != 0 && lines > 2;
  }

  private int json() {
    space();
    if (at == n || b[at] != '{' && b[at] != '[') {
      return 0;
    }
    byte first = b[at];
    int values = 0;
    while (at < n && b[at] == first && value(0)) {
      values++;
      space();
    }
    return at < n ? 0 : Math.min(2, values);
  }

  private void space() {
    while (at < n && (b[at] == ' ' || b[at] >= 9 && b[at] <= 13)) {
      at++;
    }
  }

  private boolean value(int depth) {
    space();
    if (at >= n || depth > DEEPEST) {
      return false;
    }
    return switch (b[at]) {
      case '"' -> string();
      case '{' -> members(depth, '}');
      case '[' -> members(depth, ']');
      case 't' -> word("true");
      case 'f' -> word("false");
      case 'n' -> word("null");
      default -> number();
    };
  }

  private boolean members(int depth, char close) {
    at++;
    space();
    if (at < n && b[at] == close) {
      at++;
      return true;
    }
    while (at < n) {
      if (close == '}') {
        space();
        if (at >= n || b[at] != '"' || !string()) {
          return false;
        }
        space();
        if (at >= n || b[at++] != ':') {
          return false;
        }
      }
      if (!value(depth + 1)) {
        return false;
      }
      space();
      if (at >= n) {
        return false;
      }
      byte c = b[at++];
      if (c == close) {
        return true;
      }
      if (c != ',') {
        return false;
      }
    }
    return false;
  }

  private boolean string() {
    for (at++; at < n; at++) {
      if (b[at] == '\\') {
        at++;
      } else if (b[at] == '"') {
        at++;
        return true;
      } else if (b[at] == 0) {
        return false;
      }
    }
    return false;
  }

  private boolean word(String w) {
    for (int i = 0; i < w.length(); i++) {
      if (at >= n || b[at++] != w.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private boolean number() {
    int from = at;
    boolean digit = false;
    while (at < n
        && (b[at] >= '0' && b[at] <= '9'
            || at > from && "+.eE".indexOf(b[at]) >= 0
            || b[at] == '-')) {
      digit |= b[at] >= '0' && b[at] <= '9';
      at++;
    }
    return digit;
  }
}
