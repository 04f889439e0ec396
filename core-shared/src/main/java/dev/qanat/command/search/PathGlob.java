package dev.qanat.command.search;

import dev.qanat.text.Utf8;
import dev.qanat.text.regex.Matcher;
import dev.qanat.text.regex.Regex;
import dev.qanat.text.regex.RegexException;
import dev.qanat.text.regex.Syntax;

/**
 * A glob over whole paths as gitignore(5) has them: {@code *} and {@code ?} stop at slashes, <code>
 * **</code> does not, and <code>{a,b}</code> gives a choice.
 */
final class PathGlob {
  private final Matcher matcher;

  /** Compiles {@code glob}; one that is malformed matches nothing. */
  PathGlob(String glob, boolean ignoreCase) {
    Matcher compiled;
    try {
      compiled =
          Regex.compile(translate(glob), Syntax.PERL, ignoreCase ? Regex.IGNORE_CASE : 0).matcher();
    } catch (RegexException e) {
      compiled = null;
    }
    matcher = compiled;
  }

  boolean matches(String path) {
    return matcher != null && matcher.find(Utf8.encode(path));
  }

  private static String translate(String glob) {
    StringBuilder regex = new StringBuilder("\\A(?:");
    int braces = 0;
    int i = 0;
    while (i < glob.length()) {
      char c = glob.charAt(i);
      switch (c) {
        case '*' -> {
          if (glob.startsWith("**", i)) {
            boolean atStart = i == 0 || glob.charAt(i - 1) == '/';
            if (atStart && glob.startsWith("**/", i)) {
              regex.append("(?:[^\\0]*/)?");
              i += 3;
              continue;
            }
            regex.append("[^\\0]*");
            i += 2;
            continue;
          }
          regex.append("[^/]*");
        }
        case '?' -> regex.append("[^/]");
        case '[' -> {
          int end = glob.indexOf(']', i + 2);
          if (end < 0) {
            regex.append("\\[");
          } else {
            String members = glob.substring(i + 1, end);
            boolean negated = members.startsWith("!") || members.startsWith("^");
            String set = negated ? members.substring(1) : members;
            regex
                .append(negated ? "[^/" : "[")
                .append(set.replace("\\", "\\\\").replace("[", "\\["));
            regex.append(']');
            i = end;
          }
        }
        case '{' -> {
          braces++;
          regex.append("(?:");
        }
        case '}' -> {
          if (braces > 0) {
            braces--;
            regex.append(')');
          } else {
            regex.append("\\}");
          }
        }
        case ',' -> regex.append(braces > 0 ? "|" : ",");
        case '\\' -> {
          if (i + 1 < glob.length()) {
            i++;
          }
          literal(glob.charAt(i), regex);
        }
        default -> literal(c, regex);
      }
      i++;
    }
    return regex.append(")\\z").toString();
  }

  private static void literal(char c, StringBuilder regex) {
    if (c < 0x80 && !Character.isLetterOrDigit(c)) {
      regex.append('\\');
    }
    regex.append(c);
  }
}
