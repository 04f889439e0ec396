package dev.qanat.shell.syntax;

import java.util.List;

/** Reads the bodies of here-documents, which start behind the line that asks for them. */
final class HereDocuments {
  private HereDocuments() {}

  /** Reads all that are pending, the lexer standing behind a newline. */
  static void read(Lexer lexer) {
    List<Lexer.PendingHereDoc> documents = List.copyOf(lexer.pending);
    lexer.pending.clear();
    for (Lexer.PendingHereDoc document : documents) {
      read(lexer, document);
    }
  }

  private static void read(Lexer lexer, Lexer.PendingHereDoc document) {
    Redirect.HereDoc target = document.target();
    String delimiter = target.delimiter();
    StringBuilder body = new StringBuilder();
    boolean found = false;
    int startLine = lexer.lastLine();
    while (lexer.more()) {
      int start = lexer.pos;
      int newline = lineEnd(lexer, !target.quoted());
      if (document.stripTabs()) {
        while (lexer.chars[start] == '\t') {
          start++;
        }
      }
      lexer.pos = newline + 1;
      if (matches(lexer, start, delimiter)) {
        int end = start + delimiter.length();
        if (end == newline) {
          found = true;
          break;
        }
        // A substitution may end right behind the delimiter; bash then complains all the same
        if (lexer.insideSubstitution() && lexer.chars[end] == ')') {
          lexer.pos = end;
          break;
        }
      }
      body.append(lexer.chars, start, newline + 1 - start);
    }
    if (!found) {
      lexer.dialect.warning(
          lexer.lastLine(),
          "here-document at line "
              + startLine
              + " delimited by end-of-file (wanted `"
              + delimiter
              + "')");
    }
    target.fill(body.toString(), lexer.dialect, document.line());
  }

  private static boolean matches(Lexer lexer, int start, String delimiter) {
    int length = delimiter.length();
    if (start + length >= lexer.limit) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (lexer.chars[start + i] != delimiter.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** The index of the newline that ends the line at the lexer's position. */
  private static int lineEnd(Lexer lexer, boolean joinLines) {
    int i = lexer.pos;
    while (true) {
      char c = lexer.chars[i];
      if (c == '\n') {
        return i;
      }
      if (c == '\\' && joinLines) {
        if (lexer.isContinuation(i)) {
          lexer.joinLines(i);
        } else {
          i += lexer.chars[i + 1] == '\n' ? 1 : 2;
        }
      } else {
        i++;
      }
    }
  }
}
