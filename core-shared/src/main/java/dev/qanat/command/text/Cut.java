package dev.qanat.command.text;

import dev.qanat.command.Command;
import dev.qanat.command.Input;
import dev.qanat.command.Invocation;
import dev.qanat.command.Options;
import dev.qanat.command.Output;
import dev.qanat.text.ByteBuilder;
import dev.qanat.text.Utf8;
import dev.qanat.vfs.VfsException;
import java.util.List;

/** cut: chosen bytes, characters or fields of each line. */
public final class Cut implements Command {
  private static final Options OPTIONS =
      Options.of("cut")
          .usage("OPTION... [FILE]...")
          .about(
              "Print selected parts of lines from each FILE to standard output.\n\nWith no FILE, or when FILE is -, read standard input.")
          .value('b', "bytes", "LIST", "select only these bytes")
          .value('c', "characters", "LIST", "select only these characters")
          .value('d', "delimiter", "DELIM", "use DELIM instead of TAB for field delimiter")
          .value(
              'f',
              "fields",
              "LIST",
              "select only these fields;  also print any line\nthat contains no delimiter character, unless\nthe -s option is specified")
          .flag('n', null, "(ignored)")
          .flag(
              (char) 0, "complement", "complement the set of selected bytes, characters\nor fields")
          .flag('s', "only-delimited", "do not print lines not containing delimiters")
          .value(
              (char) 0,
              "output-delimiter",
              "STRING",
              "use STRING as the output delimiter\nthe default is to use the input delimiter")
          .flag('z', "zero-terminated", "line delimiter is NUL, not newline")
          .epilogue(
              "Use one, and only one of -b, -c or -f.  Each LIST is made up of one\n"
                  + "range, or many ranges separated by commas.  Each range is one of:\n\n"
                  + "  N     N'th byte, character or field, counted from 1\n"
                  + "  N-    from N'th byte, character or field, to end of line\n"
                  + "  N-M   from N'th to M'th (included) byte, character or field\n"
                  + "  -M    from first to M'th (included) byte, character or field");

  @Override
  public int run(Invocation in) {
    Options.Parsed p = OPTIONS.parse(in);
    int kinds = p.count("bytes") + p.count("characters") + p.count("fields");
    if (kinds > 1) {
      throw OPTIONS.usageError(in, "only one list may be specified");
    }
    String delimiter = null;
    for (String d : p.values("delimiter")) {
      if (Utf8.encode(d).length > 1) {
        throw OPTIONS.usageError(in, "the delimiter must be a single character");
      }
      delimiter = d;
    }
    if (kinds == 0) {
      throw OPTIONS.usageError(in, "you must specify a list of bytes, characters, or fields");
    }
    boolean fields = p.has("fields");
    if (!fields) {
      if (delimiter != null) {
        throw OPTIONS.usageError(
            in, "an input delimiter may be specified only when operating on fields");
      }
      if (p.has("only-delimited")) {
        throw OPTIONS.usageError(
            in, "suppressing non-delimited lines makes sense\n\tonly when operating on fields");
      }
    }
    String list =
        fields ? p.value("fields") : p.has("bytes") ? p.value("bytes") : p.value("characters");
    Ranges ranges = Ranges.parse(in, OPTIONS, list, fields, p.has("complement"));
    byte separator =
        delimiter == null ? (byte) '\t' : delimiter.isEmpty() ? 0 : Utf8.encode(delimiter)[0];
    byte[] joiner = p.has("output-delimiter") ? Utf8.encode(p.value("output-delimiter")) : null;
    if (joiner != null && joiner.length == 0 && fields) {
      joiner = new byte[0];
    }
    byte end = (byte) (p.has("zero-terminated") ? 0 : '\n');
    int status = 0;
    Output out = in.stdout();
    for (String name : p.operands().isEmpty() ? List.of("-") : p.operands()) {
      Input file = in.open(name);
      if (file == null) {
        status = 1;
        continue;
      }
      try {
        if (fields && separator == end) {
          lineFields(file, ranges, end, joiner, p.has("only-delimited"), out);
        } else if (fields) {
          byte[] between = joiner != null ? joiner : new byte[] {separator};
          while (file.nextLine(end)) {
            fields(file, ranges, separator, between, p.has("only-delimited"), end, out);
          }
        } else {
          while (file.nextLine(end)) {
            bytes(file, ranges, joiner, out);
            out.write(end);
          }
        }
      } catch (VfsException e) {
        in.error(name, e);
        status = 1;
      } finally {
        file.close();
      }
    }
    return status;
  }

  private static void bytes(Input line, Ranges r, byte[] joiner, Output out) {
    int n = line.end - line.start;
    boolean any = false;
    for (int i = 0; i < r.count(); i++) {
      long from = r.first(i);
      if (from > n) {
        break;
      }
      long to = Math.min(r.last(i), n);
      if (any && joiner != null) {
        out.write(joiner);
      }
      out.write(line.data, line.start + (int) from - 1, (int) (to - from + 1));
      any = true;
    }
  }

  private static void fields(
      Input line, Ranges r, byte separator, byte[] between, boolean only, byte end, Output out) {
    byte[] b = line.data;
    int i = line.start;
    int n = line.end;
    while (i < n && b[i] != separator) {
      i++;
    }
    if (i == n) {
      if (!only) {
        out.write(b, line.start, n - line.start);
        out.write(end);
      }
      return;
    }
    long field = 1;
    int from = line.start;
    int range = 0;
    int ranges = r.count();
    boolean any = false;
    while (range < ranges) {
      if (field >= r.first(range)) {
        if (any) {
          out.write(between, 0, between.length);
        }
        out.write(b, from, i - from);
        any = true;
      }
      if (i >= n) {
        break;
      }
      field++;
      if (field > r.last(range)) {
        range++;
      }
      from = ++i;
      while (i < n && b[i] != separator) {
        i++;
      }
    }
    out.write(end);
  }

  /** The delimiter is the line's end: the whole input is one line, its lines the fields. */
  private static void lineFields(
      Input file, Ranges r, byte end, byte[] joiner, boolean only, Output out) {
    long field = 0;
    int range = 0;
    boolean any = false;
    boolean delimited = false;
    ByteBuilder first = null;
    while (file.nextLine(end)) {
      field++;
      if (field == 1) {
        delimited = file.terminated();
        first = new ByteBuilder().append(file.data, file.start, file.end - file.start);
      } else {
      }
      while (range < r.count() && field > r.last(range)) {
        range++;
      }
      if (range < r.count() && field >= r.first(range)) {
        if (any) {
          out.write(joiner != null ? joiner : new byte[] {end});
        }
        out.write(file.data, file.start, file.end - file.start);
        any = true;
      }
    }
    if (field == 1 && !delimited && !any && !only) {
      out.write(first.array(), 0, first.length());
      any = true;
    }
    if (any || delimited && !only) {
      out.write(end);
    }
  }
}
