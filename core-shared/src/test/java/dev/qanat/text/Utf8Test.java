package dev.qanat.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

class Utf8Test {
  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  @Test
  void invalidBytesBecomeLoneSurrogates() {
    assertEquals("a\uDCFFb", Utf8.decode(bytes('a', 0xFF, 'b')));
    assertEquals("\uDCC3", Utf8.decode(bytes(0xC3)));
    assertEquals("\uDCC0\uDC80", Utf8.decode(bytes(0xC0, 0x80)), "overlong");
    assertEquals("\uDCED\uDCA0\uDC80", Utf8.decode(bytes(0xED, 0xA0, 0x80)), "a surrogate");
    assertEquals(
        "\uDCF4\uDC90\uDC80\uDC80", Utf8.decode(bytes(0xF4, 0x90, 0x80, 0x80)), "too large");
    assertEquals("é€😀", Utf8.decode(Utf8.encode("é€😀")));
  }

  @Test
  void everyByteStringSurvives() {
    Random random = new Random(7);
    int[] likely = {'a', 0xC3, 0xA9, 0xE2, 0x82, 0xAC, 0xF0, 0x9F, 0x98, 0x80, 0xED, 0xA0};
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = new byte[random.nextInt(9)];
      for (int k = 0; k < bytes.length; k++) {
        bytes[k] =
            (byte)
                (random.nextInt(4) == 0
                    ? random.nextInt(256)
                    : likely[random.nextInt(likely.length)]);
      }
      String text = Utf8.decode(bytes);
      assertArrayEquals(bytes, Utf8.encode(text));
      assertArrayEquals(bytes, new ByteBuilder().append(text).toByteArray());
      StringBuilder appended = new StringBuilder();
      Utf8.decode(bytes, 0, bytes.length, appended);
      assertEquals(text, appended.toString());
    }
  }

  @Test
  void aSurrogateThatIsNoByteBecomesTheReplacementCharacter() {
    assertArrayEquals(bytes(0xEF, 0xBF, 0xBD), Utf8.encode("\uD800"));
  }

  @Test
  void aSequenceCutByTheChunkIsKeptBack() {
    byte[] euro = Utf8.encode("x€");
    assertEquals(0, Utf8.incompleteTail(euro, 0, 4));
    assertEquals(2, Utf8.incompleteTail(euro, 0, 3));
    assertEquals(1, Utf8.incompleteTail(euro, 0, 2));
    assertEquals(0, Utf8.incompleteTail(euro, 0, 1));
  }

  @Test
  void widthsAreThoseOfTheTerminal() {
    assertEquals(1, Utf8.width('a'));
    assertEquals(2, Utf8.width(0x4E2D));
    assertEquals(2, Utf8.width(0x1F600));
    assertEquals(0, Utf8.width(0x301));
    assertEquals(0, Utf8.width(0));
    assertEquals(-1, Utf8.width(7));
  }

  @Test
  void numbersAreAppendedInDecimal() {
    assertEquals(
        "-9223372036854775808", new ByteBuilder().appendDecimal(Long.MIN_VALUE).toString());
    assertEquals(
        "-0042|  7",
        new ByteBuilder()
            .appendDecimal(-42, 5, '0')
            .append('|')
            .appendDecimal(7, 3, ' ')
            .toString());
  }
}
