package dev.qanat.command.text;

import dev.qanat.command.Command;
import dev.qanat.command.Invocation;
import dev.qanat.command.Options;
import dev.qanat.sched.Sched;
import dev.qanat.text.Quoting;
import dev.qanat.text.Utf8;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** factor: numbers as products of primes. */
public final class Factor implements Command {
  private static final Options OPTIONS =
      Options.of("factor")
          .usage("[NUMBER]...\nOPTION")
          .about(
              "Print the prime factors of each specified integer NUMBER.  If none\nare specified on the command line, read them from standard input.");

  @Override
  public int run(Invocation in) {
    List<String> ops = OPTIONS.parse(in).operands();
    boolean ok = true;
    if (!ops.isEmpty()) {
      for (String s : ops) {
        ok &= one(in, s);
      }
      return ok ? 0 : 1;
    }
    while (in.stdin().nextLine()) {
      String line =
          Utf8.decode(in.stdin().data, in.stdin().start, in.stdin().end - in.stdin().start);
      for (String s : line.trim().split("[ \t]+")) {
        if (!s.isEmpty()) {
          ok &= one(in, s);
        }
      }
    }
    return ok ? 0 : 1;
  }

  private static boolean one(Invocation in, String text) {
    String s = text.trim();
    s = s.startsWith("+") ? s.substring(1) : s;
    boolean good = !s.isEmpty() && s.length() < 40;
    for (int i = 0; i < s.length(); i++) {
      good &= Character.isDigit(s.charAt(i));
    }
    if (!good) {
      in.error(Quoting.locale(text) + " is not a valid positive integer");
      return false;
    }
    BigInteger n = new BigInteger(s);
    StringBuilder out = new StringBuilder(n + ":");
    List<BigInteger> factors = new ArrayList<>();
    for (long d = 2;
        d < 100_000 && BigInteger.valueOf(d).multiply(BigInteger.valueOf(d)).compareTo(n) <= 0;
        d += d == 2 ? 1 : 2) {
      BigInteger b = BigInteger.valueOf(d);
      while (n.mod(b).signum() == 0) {
        factors.add(b);
        n = n.divide(b);
      }
    }
    split(n, factors);
    Collections.sort(factors);
    for (BigInteger f : factors) {
      out.append(' ').append(f);
    }
    in.stdout().line(out.toString());
    return true;
  }

  private static void split(BigInteger n, List<BigInteger> out) {
    if (n.compareTo(BigInteger.ONE) <= 0) {
      return;
    }
    if (n.isProbablePrime(40)) {
      out.add(n);
      return;
    }
    // Pollard's rho
    for (long c = 1; ; c++) {
      BigInteger k = BigInteger.valueOf(c);
      BigInteger x = BigInteger.TWO;
      BigInteger y = x;
      BigInteger d = BigInteger.ONE;
      while (d.equals(BigInteger.ONE)) {
        Sched.checkpoint();
        x = x.multiply(x).add(k).mod(n);
        y = y.multiply(y).add(k).mod(n);
        y = y.multiply(y).add(k).mod(n);
        d = x.subtract(y).abs().gcd(n);
      }
      if (!d.equals(n)) {
        split(d, out);
        split(n.divide(d), out);
        return;
      }
    }
  }
}
