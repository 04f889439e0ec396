package dev.qanat.shell.interp;

import dev.qanat.shell.syntax.Word;
import java.util.ArrayList;
import java.util.List;

/** Splits the word list of {@code compgen -W} by IFS, minding quotes, and expands each word. */
final class WordList {
  private WordList() {}

  static List<String> split(Shell sh, String text) {
    String ifs = sh.variables().get("IFS");
    if (ifs == null) {
      ifs = " \t\n";
    }
    List<String> words = new ArrayList<>();
    int n = text.length();
    int i = 0;
    while (i < n) {
      while (i < n && ifs.indexOf(text.charAt(i)) >= 0) {
        i++;
      }
      int start = i;
      char quote = 0;
      int depth = 0;
      while (i < n) {
        char c = text.charAt(i);
        if (c == '\\' && quote != '\'') {
          i++;
        } else if (quote != 0) {
          if (c == quote) {
            quote = 0;
          }
        } else if (c == '\'' || c == '"') {
          quote = c;
        } else if (c == '$'
            && i + 1 < n
            && (text.charAt(i + 1) == '(' || text.charAt(i + 1) == '{')) {
          depth++;
          i++;
        } else if (depth > 0 && (c == ')' || c == '}')) {
          depth--;
        } else if (depth == 0 && ifs.indexOf(c) >= 0) {
          break;
        }
        i++;
      }
      if (start < n) {
        String word = text.substring(start, Math.min(i, n));
        if (quote != 0) {
          word += quote; // left open, it holds to the end
        } else if (i > n) {
          word = word.substring(0, word.length() - 1); // nothing follows the last backslash
        }
        if (!word.isEmpty()) {
          // each is expanded, but its results are split by IFS and not globbed
          boolean noglob = sh.options().noglob;
          sh.options().noglob = true;
          try {
            sh.expander().fields(Word.of(word, sh), words);
          } finally {
            sh.options().noglob = noglob;
          }
        }
      }
    }
    return words;
  }
}
