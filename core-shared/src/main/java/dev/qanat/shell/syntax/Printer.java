package dev.qanat.shell.syntax;

import dev.qanat.shell.syntax.CommandList.Item;
import dev.qanat.shell.syntax.CommandList.Terminator;
import dev.qanat.shell.syntax.QuoteScanner.SubstitutionTable;
import java.util.ArrayList;
import java.util.List;

/**
 * Gives trees back as source, laid out as bash lays them out: over lines inside of functions, else
 * as far as possible on one line. The result reads back as the same commands.
 */
public final class Printer {
  private final StringBuilder out = new StringBuilder();
  private final List<Redirect> waiting = new ArrayList<>(); // here-documents whose bodies follow
  private int step = 4;
  private int indentation;
  private boolean onLine = true; // the next command goes on the line begun
  private boolean inFunction;
  private boolean inSubstitution;
  private boolean bodyWritten; // a here-document's body: bash leaves out the next semicolon

  private Printer() {}

  /** A function as {@code declare -f} and {@code type} print it, with a newline at the end. */
  public static String function(Command.Function function) {
    Printer printer = new Printer();
    Token name = new Token(Token.Kind.WORD, 0, 0, 0, function.name());
    if (name.reserved() != Token.Reserved.NONE) {
      printer.out.append("function ");
    }
    printer.out.append(function.name()).append(" () \n");
    printer.out.append("{ \n");
    printer.functionBody(function.body(), printer.step);
    return printer.finish() + "\n";
  }

  /** A function as the value of an environment variable, without its name. */
  public static String exported(Command.Function function) {
    Printer printer = new Printer();
    printer.step = 0;
    printer.out.append("() { ");
    printer.functionBody(function.body(), 1);
    return printer.finish();
  }

  /** A command as in {@code jobs} and {@code $BASH_COMMAND}. */
  public static String line(Command command) {
    Printer printer = new Printer();
    printer.command(command);
    return printer.finish();
  }

  /** A list as in {@code jobs}. */
  public static String line(CommandList list) {
    Printer printer = new Printer();
    printer.list(list);
    return printer.finish();
  }

  /** An and-or list as in {@code jobs}. */
  public static String line(AndOr list) {
    Printer printer = new Printer();
    printer.andOr(list);
    return printer.finish();
  }

  /** A pipeline as in {@code jobs}. */
  public static String line(Pipeline pipeline) {
    Printer printer = new Printer();
    printer.pipeline(pipeline);
    return printer.finish();
  }

  /**
   * The beginning of a compound command, as {@code set -x} and {@code $BASH_COMMAND} show it:
   * {@code for x in a b}, {@code case $x in}. For any other command the whole of it.
   */
  public static String head(Command command) {
    Printer printer = new Printer();
    if (command instanceof Command.For loop) {
      printer.loopHead("for", loop.variable(), loop.words());
    } else if (command instanceof Command.Select loop) {
      printer.loopHead("select", loop.variable(), loop.words());
    } else if (command instanceof Command.Case choice) {
      printer.out.append("case ").append(source(choice.word())).append(" in ");
    } else {
      return line(command);
    }
    return printer.out.toString();
  }

  /** A word as written, but for the commands in its substitutions, which are laid out anew. */
  public static String source(Word word) {
    SubstitutionTable table = word.substitutions();
    String text = word.text();
    if (table.isEmpty()) {
      return text;
    }
    StringBuilder out = new StringBuilder();
    int from = 0;
    for (int n = 0; n < table.count(); n++) {
      out.append(text, from, table.start(n) + 2);
      out.append(table.item(n).printed());
      from = table.end(n) - 1;
    }
    return out.append(text, from, text.length()).toString();
  }

  /** An assignment as written; the elements of an array literal are a blank apart. */
  public static String source(Assignment assignment) {
    StringBuilder out = new StringBuilder(assignment.name());
    subscript(assignment.subscript(), out);
    out.append(assignment.append() ? "+=" : "=");
    if (assignment.array() == null) {
      return out.append(source(assignment.value())).toString();
    }
    out.append('(');
    String separator = "";
    for (Assignment.Element element : assignment.array()) {
      out.append(separator);
      if (element.subscript() != null) {
        subscript(element.subscript(), out);
        out.append(element.append() ? "+=" : "=");
      }
      out.append(source(element.value()));
      separator = " ";
    }
    return out.append(')').toString();
  }

  private static void subscript(Subscript subscript, StringBuilder out) {
    if (subscript != null) {
      out.append('[').append(subscript.text()).append(']');
    }
  }

  /** What stands between the parentheses of a substitution with these commands. */
  static String substitution(CommandList body) {
    Printer printer = new Printer();
    printer.inSubstitution = true;
    if (startsWithParenthesis(body)) {
      printer.out.append(' ');
    }
    printer.list(body);
    return printer.finish();
  }

  /** {@code $( (a) )} must not come out as an arithmetic expansion. */
  private static boolean startsWithParenthesis(CommandList list) {
    if (list.items().isEmpty()) {
      return false;
    }
    Pipeline first = list.items().get(0).andOr().first();
    Command command = first.commands().get(0);
    return !first.negated()
        && !first.timed()
        && (command instanceof Command.Subshell || command instanceof Command.Arith);
  }

  private String finish() {
    flush("");
    return out.toString();
  }

  private void indent() {
    if (onLine) {
      onLine = false;
    } else {
      spaces();
    }
  }

  private void spaces() {
    for (int i = 0; i < indentation; i++) {
      out.append(' ');
    }
  }

  private void newline(String text) {
    out.append('\n');
    spaces();
    out.append(text);
  }

  private void semicolon() {
    char last = out.length() == 0 ? ' ' : out.charAt(out.length() - 1);
    if (last != '&' && last != '\n') {
      out.append(';');
    }
  }

  /** Writes the bodies of here-documents behind the line they belong to, which ends with text. */
  private void flush(String text) {
    if (waiting.isEmpty()) {
      out.append(text);
      return;
    }
    boolean operator = !text.isEmpty() && !text.equals(";");
    if (operator) {
      out.append(text);
    }
    out.append('\n');
    for (Redirect redirect : waiting) {
      out.append(redirect.hereDoc().text()).append(redirect.hereDoc().delimiter()).append('\n');
    }
    waiting.clear();
    bodyWritten = true;
    if (operator) {
      out.append(' ');
    }
  }

  private void list(CommandList list) {
    if (list.items().isEmpty()) {
      onLine = false;
      return;
    }
    indent();
    onLine = true;
    int last = list.items().size() - 1;
    for (int i = 0; i <= last; i++) {
      Item item = list.items().get(i);
      andOr(item.andOr());
      if (item.background()) {
        flush(" &");
        if (i < last) {
          out.append(' ');
          onLine = true;
        }
      } else {
        if (i > 0) {
          flush("");
        }
        if (i < last) {
          separator(item.terminator());
        }
      }
    }
    onLine = false;
  }

  private void separator(Terminator terminator) {
    boolean newline = inSubstitution && terminator == Terminator.NEWLINE;
    boolean body = !waiting.isEmpty();
    if (body) {
      flush(";");
    } else {
      body = bodyWritten && (inFunction || newline || endsLine());
      if (!body) {
        out.append(newline ? '\n' : ';');
      }
      bodyWritten = false;
    }
    if (inFunction || newline && body) {
      out.append('\n');
    } else if (!newline) {
      out.append(' ');
    }
    onLine = !inFunction && !(newline && body);
  }

  private boolean endsLine() {
    return out.length() > 0 && out.charAt(out.length() - 1) == '\n';
  }

  private void andOr(AndOr list) {
    pipeline(list.first());
    for (AndOr.Link link : list.rest()) {
      flush(link.and() ? " && " : " || ");
      onLine = true;
      pipeline(link.pipeline());
    }
    if (!list.rest().isEmpty()) {
      flush("");
    }
  }

  private void pipeline(Pipeline pipeline) {
    indent();
    if (pipeline.timed()) {
      out.append(pipeline.timePosix() ? "time -p " : "time ");
    }
    if (pipeline.negated()) {
      out.append("! ");
    }
    boolean first = true;
    for (Command command : pipeline.commands()) {
      if (!first) {
        flush(" |");
        out.append(' ');
      }
      onLine = true;
      command(command);
      first = false;
    }
  }

  private void command(Command command) {
    indent();
    if (command instanceof Command.Simple simple) {
      simple(simple);
      return;
    }
    if (command instanceof Command.BraceGroup group) {
      braces(group.body());
    } else if (command instanceof Command.Subshell subshell) {
      out.append("( ");
      onLine = true;
      list(subshell.body());
      flush("");
      out.append(" )");
    } else if (command instanceof Command.If choice) {
      choice(choice, 0);
    } else if (command instanceof Command.While loop) {
      out.append(loop.until() ? "until " : "while ");
      condition(loop.condition(), "do");
      block(loop.body());
      semicolon();
      newline("done");
    } else if (command instanceof Command.For loop) {
      loopHead("for", loop.variable(), loop.words());
      loopBody(loop.body());
    } else if (command instanceof Command.Select loop) {
      loopHead("select", loop.variable(), loop.words());
      loopBody(loop.body());
    } else if (command instanceof Command.ArithFor loop) {
      out.append("for ((").append(loop.init().text());
      out.append("; ").append(loop.condition().text());
      out.append("; ").append(loop.step().text()).append("))");
      newline("do\n");
      block(loop.body());
      semicolon();
      newline("done");
    } else if (command instanceof Command.Case choice) {
      choice(choice);
    } else if (command instanceof Command.Cond cond) {
      out.append("[[ ");
      condition(cond.expression());
      out.append(" ]]");
    } else if (command instanceof Command.Arith arith) {
      out.append("((").append(source(arith.expression().word())).append("))");
    } else if (command instanceof Command.Function function) {
      out.append("function ").append(function.name()).append(" () \n");
      spaces();
      out.append("{ \n");
      functionBody(function.body(), indentation + step);
      bodyWritten = false;
    } else if (command instanceof Command.Coproc coproc) {
      out.append("coproc ");
      if (!(coproc.command() instanceof Command.Simple)) {
        out.append(coproc.name()).append(' ');
      }
      onLine = true;
      command(coproc.command());
    }
    if (!command.redirects().isEmpty()) {
      out.append(' ');
      redirects(command.redirects());
    }
  }

  private void simple(Command.Simple command) {
    String separator = "";
    boolean reserved = command.assignments().isEmpty() && startsReserved(command.words());
    if (reserved && !command.redirects().isEmpty()) {
      redirects(command.redirects()); // only behind a redirection was it a plain word
      separator = " ";
    }
    for (Assignment assignment : command.assignments()) {
      out.append(separator).append(source(assignment));
      separator = " ";
    }
    for (Word word : command.words()) {
      boolean literal = word.assignment() != null && word.assignment().array() != null;
      out.append(separator).append(literal ? source(word.assignment()) : source(word));
      separator = " ";
    }
    if (!reserved && !command.redirects().isEmpty()) {
      out.append(separator);
      redirects(command.redirects());
    }
  }

  private static boolean startsReserved(List<Word> words) {
    return !words.isEmpty()
        && new Token(Token.Kind.WORD, 0, 0, 0, words.get(0).text()).reserved()
            != Token.Reserved.NONE;
  }

  private void braces(CommandList body) {
    out.append("{ ");
    if (inFunction) {
      out.append('\n');
      indentation += step;
      onLine = false;
      list(body);
      flush("");
      indentation -= step;
      newline("}");
    } else {
      onLine = true;
      list(body);
      flush("");
      semicolon();
      out.append(" }");
    }
  }

  /** Everything behind the brace that opens a function. */
  private void functionBody(Command body, int inside) {
    int outside = indentation;
    boolean outer = inFunction;
    inFunction = true;
    indentation = inside;
    onLine = false;
    boolean group = body instanceof Command.BraceGroup;
    if (body instanceof Command.BraceGroup braces) {
      list(braces.body());
    } else {
      command(body);
    }
    flush("");
    indentation = outside;
    inFunction = outer;
    newline("}");
    if (group && !body.redirects().isEmpty()) {
      out.append(' ');
      redirects(body.redirects());
    }
  }

  private void condition(CommandList condition, String keyword) {
    onLine = true;
    list(condition);
    flush("");
    semicolon();
    out.append(' ').append(keyword).append('\n');
  }

  /** A body on lines of its own. */
  private void block(CommandList body) {
    indentation += step;
    onLine = false;
    list(body);
    flush("");
    indentation -= step;
  }

  /** An {@code if} from one of its clauses on; bash sees {@code elif} as an {@code if} in else. */
  private void choice(Command.If choice, int from) {
    Command.IfClause clause = choice.clauses().get(from);
    out.append("if ");
    condition(clause.condition(), "then");
    block(clause.body());
    if (from + 1 < choice.clauses().size()) {
      semicolon();
      newline("else\n");
      indentation += step;
      spaces();
      choice(choice, from + 1);
      indentation -= step;
    } else if (choice.otherwise() != null) {
      semicolon();
      newline("else\n");
      block(choice.otherwise());
    }
    semicolon();
    newline("fi");
  }

  private void loopHead(String keyword, String variable, List<Word> words) {
    out.append(keyword).append(' ').append(variable).append(" in");
    if (words == null) {
      out.append(" \"$@\"");
    } else {
      for (Word word : words) {
        out.append(' ').append(source(word));
      }
      if (words.isEmpty()) {
        out.append(' ');
      }
    }
  }

  private void loopBody(CommandList body) {
    out.append(';');
    newline("do\n");
    block(body);
    semicolon();
    newline("done");
  }

  private void choice(Command.Case choice) {
    out.append("case ").append(source(choice.word())).append(" in ");
    indentation += step;
    for (Command.CaseClause clause : choice.clauses()) {
      newline("");
      String separator = "";
      for (Word pattern : clause.patterns()) {
        // Behind an opening parenthesis esac is a word like any other
        out.append(separator.isEmpty() && pattern.text().equals("esac") ? "(" : separator);
        out.append(source(pattern));
        separator = " | ";
      }
      out.append(")\n");
      block(clause.body());
      newline(
          switch (clause.end()) {
            case BREAK -> ";;";
            case FALL_THROUGH -> ";&";
            case TEST_NEXT -> ";;&";
          });
    }
    indentation -= step;
    newline("esac");
  }

  private void condition(CondExpr expression) {
    if (expression instanceof CondExpr.NonEmpty e) {
      out.append("-n ").append(source(e.word()));
    } else if (expression instanceof CondExpr.Unary e) {
      out.append(e.operator()).append(' ').append(source(e.operand()));
    } else if (expression instanceof CondExpr.Binary e) {
      out.append(source(e.left())).append(' ').append(e.operator()).append(' ');
      out.append(source(e.right()));
    } else if (expression instanceof CondExpr.Not e) {
      out.append("! ");
      condition(e.operand());
    } else if (expression instanceof CondExpr.And e) {
      condition(e.left());
      out.append(" && ");
      condition(e.right());
    } else if (expression instanceof CondExpr.Or e) {
      condition(e.left());
      out.append(" || ");
      condition(e.right());
    } else if (expression instanceof CondExpr.Group e) {
      out.append("( ");
      condition(e.expression());
      out.append(" )");
    }
  }

  private void redirects(List<Redirect> redirects) {
    bodyWritten = false;
    String separator = "";
    for (Redirect redirect : redirects) {
      out.append(separator);
      redirect(redirect);
      separator = " ";
    }
  }

  private void redirect(Redirect redirect) {
    Redirect.Operator operator = redirect.operator();
    String target = source(redirect.target());
    boolean duplicates =
        operator == Redirect.Operator.DUP_IN || operator == Redirect.Operator.DUP_OUT;
    String literal = redirect.target().literalOrNull();
    if (redirect.fdVariable() != null) {
      out.append('{').append(redirect.fdVariable()).append('}');
    } else if (duplicates && literal != null && isDescriptor(literal)
        || operator == Redirect.Operator.READ_WRITE
        || redirect.effectiveFd() != operator.defaultFd()) {
      out.append(redirect.effectiveFd());
    }
    out.append(duplicates && target.equals("-") ? ">&" : operator.text());
    if (redirect.hereDoc() != null) {
      Redirect.HereDoc document = redirect.hereDoc();
      out.append(
          document.quoted() ? AnsiQuote.singleQuoted(document.delimiter()) : document.delimiter());
      waiting.add(redirect);
      return;
    }
    if (!duplicates) {
      out.append(' ');
    }
    out.append(target);
  }

  /** Whether a word behind {@code >&} is a descriptor, perhaps to be moved, or closes one. */
  private static boolean isDescriptor(String text) {
    int end = text.length();
    if (end > 0 && text.charAt(end - 1) == '-') {
      end--;
    }
    for (int i = 0; i < end; i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return !text.isEmpty();
  }
}
