package dev.qanat.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The expectations are what glibc 2.36 prints. */
class CFormatTest {
  @ParameterizedTest(name = "{0} of {1}")
  @CsvSource({
    "%f, 2.0005, 2.000500",
    "%.3f, 2.0005, 2.001",
    "%.2f, 1.005, 1.00",
    "%.0f, 0.5, 0",
    "%.0f, 1.5, 2",
    "%.0f, 9.5, 10",
    "%.1f, 0.25, 0.2",
    "%.1f, 0.35, 0.3",
    "%.20f, 0.1, 0.10000000000000000555",
    "%.0f, 1e22, 10000000000000000000000",
    "%.1f, 1e23, 99999999999999991611392.0",
    "%e, 0, 0.000000e+00",
    "%.2e, 999.9, 1.00e+03",
    "%E, 1e-300, 1.000000E-300",
    "%g, 100000, 100000",
    "%g, 1000000, 1e+06",
    "%g, 0.0001, 0.0001",
    "%g, 0.00001, 1e-05",
    "%#g, 1, 1.00000",
    "%.17g, 0.1, 0.10000000000000001",
    "%g, 4.9E-324, 4.94066e-324",
    "%a, 1, 0x1p+0",
    "%A, 3.14, 0X1.91EB851EB851FP+1",
    "%.1a, 1.97, 0x2.0p+0",
    "%+.1f, 3, +3.0",
    "%08.2f, -3.14159, -0003.14",
    "%F, Infinity, INF",
    "%05g, -Infinity, ' -inf'",
  })
  void reals(String format, double value, String expected) {
    assertEquals(expected, CFormat.format(format, value));
  }

  @ParameterizedTest(name = "{0} of {1}")
  @CsvSource({
    "%d, -9223372036854775808, -9223372036854775808",
    "%u, -1, 18446744073709551615",
    "%x, -1, ffffffffffffffff",
    "%o, -1, 1777777777777777777777",
    "%#x, 255, 0xff",
    "%#o, 8, 010",
    "%#X, 0, 0",
    "%05d, -42, -0042",
    "%.5d, 42, 00042",
    "%-6d|, 42, '42    |'",
    "%+d, 5, +5",
    "%.0d|, 0, |",
  })
  void integers(String format, long value, String expected) {
    assertEquals(expected, CFormat.format(format, value));
  }

  @ParameterizedTest(name = "long double {0} of {1}")
  @CsvSource({
    "%.20Lf, 0.1, 0.10000000000000000000",
    "%La, 1, 0x8p-3",
    "%La, 3.14, 0xc.8f5c28f5c28f5c3p-2",
    "%.30Lf, 0.3, 0.300000000000000000010842021725",
    "%Lg, 1e4930, 1e+4930",
    "%.1Lf, 0x1.8p1, 3.0",
    "%Lf, -nan, -nan",
  })
  void longDoubles(String format, String value, String expected) {
    assertEquals(expected, CFormat.format(format, LongDouble.parse(value, 0).value()));
  }

  @Test
  void widthAndPrecisionComeFromArguments() {
    assertEquals("[ 3.14|ab  ]", CFormat.format("[%*.*f|%-4s]", 5, 2, 3.14159, "ab"));
  }

  @Test
  void longDoubleArithmeticCarriesSixtyFourBits() {
    LongDouble tenth = LongDouble.parse("0.1", 0).value();
    LongDouble sum = LongDouble.ZERO;
    for (int i = 0; i < 10; i++) {
      sum = sum.add(tenth);
    }
    assertEquals(
        "1.00000000000000000000",
        CFormat.format("%.20Lf", tenth.multiply(LongDouble.valueOf(10L))));
    assertEquals("1.0", CFormat.format("%.1Lf", sum));
    assertEquals(
        "0.333333333333333333342", LongDouble.ONE.divide(LongDouble.valueOf(3L)).toString());
  }
}
