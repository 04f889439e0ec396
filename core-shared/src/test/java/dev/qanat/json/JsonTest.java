package dev.qanat.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "[1,-2.5,true,false,null,\"a\\n\\u0001é\"]",
        "{\"a\":{\"b\":[]},\"c\":{}}",
        "[[[[[]]]]]",
        "\"😀\"",
      })
  void whatIsReadIsWrittenBack(String text) {
    assertEquals(text, JsonParser.parse(text).toString());
  }

  @Test
  void chunksMayBeCutAnywhere() {
    byte[] text = "{\"ké\":[1.25,\"a\\u00e9\\\\\",tru".getBytes(StandardCharsets.UTF_8);
    JsonParser p = new JsonParser();
    for (byte b : text) {
      p.feed(new byte[] {b}, 0, 1);
      assertEquals(null, p.next());
    }
    p.feed("e]} 7".getBytes(), 0, 5);
    assertEquals("{\"ké\":[1.25,\"aé\\\\\",true]}", p.next().toString());
    assertEquals(null, p.next());
    assertEquals("7", p.finish().toString());
  }

  @Test
  void numbersCanBeKeptAsWritten() {
    String text = "[1.000,12345678901234567890123,1E5]";
    assertEquals(text, JsonParser.parseKeepingNumbers(text.getBytes()).toString());
    assertEquals("[1,12345678901234568000000,100000]", JsonParser.parse(text).toString());
  }

  @Test
  void olderVersionsStayAsTheyWere() {
    JsonArray a = JsonArray.of(JsonValue.of(1), JsonValue.of(2));
    JsonArray b = a.with(0, JsonValue.of(9));
    JsonArray c = b.append(JsonValue.of(3)).with(1, JsonValue.TRUE);
    assertEquals("[1,2]", a.toString());
    assertEquals("[9,2]", b.toString());
    assertEquals("[9,true,3]", c.toString());
    JsonObject o = JsonObject.of("a", JsonValue.of(1));
    JsonObject p = o.with(JsonString.of("b"), JsonValue.NULL).without(JsonString.of("a"));
    assertEquals("{\"a\":1}", o.toString());
    assertEquals("{\"b\":null}", p.toString());
  }

  @Test
  void errorsSayWhere() {
    JsonException e = assertThrows(JsonException.class, () -> JsonParser.parse("{\"a\" 1}"));
    assertEquals("Expected separator between values at line 1, column 7", e.getMessage());
  }
}
