package dev.qanat.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DoubleReaderTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.1",
        "-0",
        "123456789012345678901234567890",
        "9007199254740993",
        "9007199254740992.99999999999999999999999999",
        "9007199254740993.00000000000000000000000001",
        "2.2250738585072011e-308",
        "2.2250738585072014e-308",
        "4.9e-324",
        "2.4703282292062327208e-324",
        "1.7976931348623158e308",
        "1.7976931348623159e308",
        "1e-400",
        "1e400",
        ".5",
        "5.",
      })
  void readsTheNearestDouble(String text) {
    assertEquals(Double.parseDouble(text), DoubleReader.parse(text));
  }

  @Test
  void stopsWhereTheNumberEnds() {
    DoubleReader r = new DoubleReader();
    byte[] b = "12e+x".getBytes();
    assertEquals(2, r.read(b, 0, b.length));
    assertEquals(12, r.value());
    assertEquals(0, r.read("abc".getBytes(), 0, 3));
    assertEquals(0, r.read(".e1".getBytes(), 0, 3));
  }

  @Test
  void theShortestDigitsReadBackAsTheSameDouble() {
    Random random = new Random(1);
    DecimalDigits digits = new DecimalDigits();
    for (int i = 0; i < 20_000; i++) {
      double v = Math.abs(Double.longBitsToDouble(random.nextLong()));
      if (Double.isNaN(v) || Double.isInfinite(v)) {
        continue;
      }
      digits.setShortest(v);
      String s = new String(digits.digits(), 0, digits.count());
      assertEquals(v, DoubleReader.parse(s + "e" + (digits.exponent() - s.length() + 1)));
    }
  }
}
