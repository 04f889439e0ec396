package dev.qanat.command.text;

import dev.qanat.command.Invocation;
import dev.qanat.command.Options;
import dev.qanat.text.Quoting;
import java.util.ArrayList;
import java.util.List;

/** A list such as {@code 1,3-5,8-}: sorted ranges of numbers from 1 on that do not overlap. */
public final class Ranges {
  private final long[] bounds; // first and last of each, ascending

  private Ranges(long[] bounds) {
    this.bounds = bounds;
  }

  public int count() {
    return bounds.length / 2;
  }

  public long first(int i) {
    return bounds[2 * i];
  }

  public long last(int i) {
    return bounds[2 * i + 1];
  }

  public boolean contains(long n) {
    for (int i = 0; i < bounds.length; i += 2) {
      if (n >= bounds[i] && n <= bounds[i + 1]) {
        return true;
      }
    }
    return false;
  }

  /** Reads a list as cut and numfmt do; a wrong one is a usage error in their words. */
  public static Ranges parse(
      Invocation in, Options options, String list, boolean fields, boolean complement) {
    List<long[]> all = new ArrayList<>();
    int n = list.length();
    long initial = 1;
    long value = 0;
    boolean left = false;
    boolean right = false;
    boolean dash = false;
    for (int i = 0; i <= n; i++) {
      char c = i < n ? list.charAt(i) : 0;
      if (c == '-') {
        if (dash) {
          throw options.usageError(
              in, fields ? "invalid field range" : "invalid byte or character range");
        }
        dash = true;
        if (left && value == 0) {
          throw options.usageError(in, numberedFrom1(fields));
        }
        initial = left ? value : 1;
        value = 0;
      } else if (c == 0 || c == ',' || c == ' ' || c == '\t') {
        if (dash) {
          dash = false;
          if (!left && !right) {
            throw options.usageError(in, "invalid range with no endpoint: -");
          }
          if (!right) {
            all.add(new long[] {initial, Long.MAX_VALUE});
          } else {
            if (value < initial) {
              throw options.usageError(in, "invalid decreasing range");
            }
            all.add(new long[] {initial, value});
          }
          value = 0;
        } else {
          if (value == 0) {
            throw options.usageError(in, numberedFrom1(fields));
          }
          all.add(new long[] {value, value});
          value = 0;
        }
        left = false;
        right = false;
      } else if (c >= '0' && c <= '9') {
        int start = i;
        while (i < n && Character.isDigit(list.charAt(i))) {
          int d = list.charAt(i++) - '0';
          if (value > (Long.MAX_VALUE - d) / 10) {
            while (i < n && Character.isDigit(list.charAt(i))) {
              i++;
            }
            throw options.usageError(
                in,
                (fields ? "field number " : "byte/character offset ")
                    + Quoting.locale(list.substring(start, i))
                    + " is too large");
          }
          value = value * 10 + d;
        }
        i--;
        if (dash) {
          right = true;
        } else {
          left = true;
        }
      } else {
        throw options.usageError(
            in,
            (fields ? "invalid field value " : "invalid byte/character position ")
                + Quoting.locale(list.substring(i)));
      }
    }
    return of(all, complement);
  }

  private static String numberedFrom1(boolean fields) {
    return fields ? "fields are numbered from 1" : "byte/character positions are numbered from 1";
  }

  private static Ranges of(List<long[]> all, boolean complement) {
    all.sort((a, b) -> Long.compare(a[0], b[0]));
    List<long[]> merged = new ArrayList<>();
    for (long[] r : all) {
      long[] top = merged.isEmpty() ? null : merged.get(merged.size() - 1);
      if (top != null && r[0] <= top[1]) {
        top[1] = Math.max(top[1], r[1]);
      } else {
        merged.add(r);
      }
    }
    if (complement) {
      List<long[]> other = new ArrayList<>();
      long next = 1;
      for (long[] r : merged) {
        if (r[0] > next) {
          other.add(new long[] {next, r[0] - 1});
        }
        next = r[1] == Long.MAX_VALUE ? -1 : r[1] + 1;
        if (next < 0) {
          break;
        }
      }
      if (next > 0) {
        other.add(new long[] {next, Long.MAX_VALUE});
      }
      merged = other;
    }
    long[] bounds = new long[merged.size() * 2];
    for (int i = 0; i < merged.size(); i++) {
      bounds[2 * i] = merged.get(i)[0];
      bounds[2 * i + 1] = merged.get(i)[1];
    }
    return new Ranges(bounds);
  }
}
