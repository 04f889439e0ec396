package dev.qanat.command.text;

import dev.qanat.command.Command;
import dev.qanat.command.Input;
import dev.qanat.command.Invocation;
import dev.qanat.command.Options;
import dev.qanat.command.Output;
import dev.qanat.text.Quoting;
import dev.qanat.vfs.VfsException;
import java.util.List;

/** tr: bytes exchanged, deleted or squeezed. */
public final class Tr implements Command {
  private static final Options OPTIONS =
      Options.of("tr")
          .usage("[OPTION]... STRING1 [STRING2]")
          .about(
              "Translate, squeeze, and/or delete characters from standard input,\nwriting to standard output.  STRING1 and STRING2 specify arrays of\ncharacters ARRAY1 and ARRAY2 that control the action.")
          .flag('c', "complement", "use the complement of ARRAY1")
          .flag('C', null, "use the complement of ARRAY1")
          .flag('d', "delete", "delete characters in ARRAY1, do not translate")
          .flag(
              's',
              "squeeze-repeats",
              "replace each sequence of a repeated character\nthat is listed in the last specified ARRAY,\nwith a single occurrence of that character")
          .flag('t', "truncate-set1", "first truncate ARRAY1 to length of ARRAY2")
          .stopAtOperand();

  @Override
  public int run(Invocation in) {
    Options.Parsed p = OPTIONS.parse(in);
    boolean delete = p.has("delete");
    boolean squeeze = p.has("squeeze-repeats");
    boolean complement = p.has("complement") || p.has("C");
    List<String> args = p.operands();
    int least = delete == squeeze ? 2 : 1;
    int most = delete && !squeeze ? 1 : 2;
    if (args.size() < least) {
      if (args.isEmpty()) {
        throw OPTIONS.usageError(in, "missing operand");
      }
      in.error("missing operand after " + Quoting.locale(args.get(args.size() - 1)));
      in.stderr()
          .line(
              squeeze
                  ? "Two strings must be given when both deleting and squeezing repeats."
                  : "Two strings must be given when translating.");
      throw OPTIONS.hint(in);
    }
    if (args.size() > most) {
      in.error("extra operand " + Quoting.locale(args.get(most)));
      if (args.size() == 2) {
        in.stderr().line("Only one string may be given when deleting without squeezing repeats.");
      }
      throw OPTIONS.hint(in);
    }
    boolean translate = args.size() == 2 && !delete;
    TrSet one = new TrSet(in, args.get(0));
    if (one.repeats > 0) {
      throw in.fail(1, "the [c*] repeat construct may not appear in string1");
    }
    one.expand(0);
    if (complement) {
      one.complement();
    }
    TrSet two = null;
    if (args.size() == 2) {
      two = new TrSet(in, args.get(1));
      if (two.repeats > 1) {
        throw in.fail(1, "only one [c*] repeat construct may appear in string2");
      }
      if (translate) {
        if (two.hasEquivalence) {
          throw in.fail(1, "[=c=] expressions may not appear in string2 when translating");
        }
        two.expand(one.length);
        prepare(in, one, two, complement, p.has("truncate-set1"));
      } else {
        if (two.repeats > 0) {
          throw in.fail(1, "the [c*] construct may appear in string2 only when translating");
        }
        two.expand(0);
      }
    }
    byte[] map = new byte[256];
    for (int i = 0; i < 256; i++) {
      map[i] = (byte) i;
    }
    if (translate) {
      for (int i = 0; i < Math.min(one.length, two.length); i++) {
        map[one.bytes[i] & 0xff] = two.bytes[i];
      }
    }
    boolean[] drop = delete ? one.members() : null;
    boolean[] once = squeeze ? (two != null ? two.members() : one.members()) : null;
    copy(in, map, drop, once);
    return 0;
  }

  private static void prepare(
      Invocation in, TrSet one, TrSet two, boolean complement, boolean truncate) {
    if (two.length == 0 && one.length > 0 && !truncate) {
      throw in.fail(1, "when not truncating set1, string2 must be non-empty");
    }
    if (two.hasOtherClass) {
      throw in.fail(
          1,
          "when translating, the only character classes that may appear in\nstring2 are 'upper' and 'lower'");
    }
    if (complement && one.hasClass && !(two.length >= 1 && two.allSame())) {
      throw in.fail(
          1,
          "when translating with complemented character classes,\nstring2 must map all characters in the domain to one");
    }
    for (int at : two.caseClasses) {
      if (complement || !one.caseClasses.contains(at)) {
        throw in.fail(1, "misaligned [:upper:] and/or [:lower:] construct");
      }
    }
    if (truncate) {
      one.length = Math.min(one.length, two.length);
    } else if (two.length < one.length) {
      if (two.endsInClass) {
        throw in.fail(
            1,
            "when translating with string1 longer than string2,\nthe latter string must not end with a character class");
      }
      two.pad(one.length);
    }
  }

  private static void copy(Invocation in, byte[] map, boolean[] drop, boolean[] once) {
    Input file = in.stdin();
    Output out = in.stdout();
    byte[] b = new byte[64 * 1024];
    int last = -1;
    while (true) {
      boolean more;
      try {
        more = file.nextChunk();
      } catch (VfsException e) {
        throw in.fail(1, "read error: " + e.reason());
      }
      if (!more) {
        return;
      }
      byte[] d = file.data;
      if (b.length < d.length) {
        b = new byte[d.length];
      }
      int n = 0;
      if (drop == null && once == null) {
        for (int i = file.start; i < file.end; i++) {
          b[n++] = map[d[i] & 0xff];
        }
      } else {
        for (int i = file.start; i < file.end; i++) {
          int c = d[i] & 0xff;
          if (drop != null && drop[c]) {
            continue;
          }
          c = map[c] & 0xff;
          if (once != null && c == last && once[c]) {
            continue;
          }
          last = c;
          b[n++] = (byte) c;
        }
      }
      out.write(b, 0, n);
    }
  }
}
