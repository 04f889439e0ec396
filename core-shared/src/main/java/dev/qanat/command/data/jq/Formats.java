package dev.qanat.command.data.jq;

import dev.qanat.json.JsonArray;
import dev.qanat.json.JsonNumber;
import dev.qanat.json.JsonString;
import dev.qanat.json.JsonValue;
import dev.qanat.json.JsonWriter;
import dev.qanat.text.ByteBuilder;
import java.util.Arrays;

/** jq's {@code @text @json @csv @tsv @html @uri @sh @base64 @base64d @base32 @base32d}. */
final class Formats {
  private static final byte[] BASE64 =
      ascii("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
  private static final byte[] BASE32 = ascii("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567");

  private Formats() {}

  private static byte[] ascii(String s) {
    return dev.qanat.text.Utf8.encode(s);
  }

  static JsonValue apply(String name, JsonValue v) {
    return switch (name) {
      case "text" -> text(v);
      case "json" -> json(v);
      case "csv" -> row(v, "csv", ',');
      case "tsv" -> row(v, "tsv", '\t');
      case "html" -> html(text(v));
      case "uri" -> uri(text(v));
      case "sh" -> shell(v);
      case "base64" -> base64(text(v));
      case "base64d" -> base64d(text(v));
      case "base32" -> base32(text(v));
      case "base32d" -> base32d(text(v));
      default -> throw new JqError(name + " is not a valid format");
    };
  }

  /** A string as it is, anything else as JSON. */
  static JsonString text(JsonValue v) {
    return v instanceof JsonString s ? s : json(v);
  }

  static JsonString json(JsonValue v) {
    ByteBuilder out = new ByteBuilder();
    JsonWriter.COMPACT.write(out, v);
    return JsonString.ofValid(out.toByteArray());
  }

  private static JsonString string(ByteBuilder out) {
    return JsonString.ofValid(out.toByteArray());
  }

  private static JsonValue row(JsonValue v, String name, int separator) {
    if (!(v instanceof JsonArray a)) {
      throw Ops.single(v, "cannot be " + name + "-formatted, only array");
    }
    ByteBuilder out = new ByteBuilder();
    for (int i = 0; i < a.size(); i++) {
      if (i > 0) {
        out.append(separator);
      }
      JsonValue x = a.at(i);
      if (x instanceof JsonString s) {
        if (separator == ',') {
          out.append('"');
          for (byte b : s.utf8()) {
            if (b == '"') {
              out.append('"');
            }
            out.append(b);
          }
          out.append('"');
        } else {
          for (byte b : s.utf8()) {
            switch (b) {
              case '\t' -> out.append("\\t");
              case '\n' -> out.append("\\n");
              case '\r' -> out.append("\\r");
              case '\\' -> out.append("\\\\");
              default -> out.append(b);
            }
          }
        }
      } else if (x instanceof JsonNumber n) {
        if (n.value() == n.value()) {
          JsonNumber.append(out, n.value());
        }
      } else if (x == JsonValue.TRUE || x == JsonValue.FALSE) {
        out.append(x == JsonValue.TRUE ? "true" : "false");
      } else if (x != JsonValue.NULL) {
        throw Ops.single(x, "is not valid in a csv row");
      }
    }
    return string(out);
  }

  private static JsonValue html(JsonString s) {
    ByteBuilder out = new ByteBuilder();
    for (byte b : s.utf8()) {
      switch (b) {
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '&' -> out.append("&amp;");
        case '\'' -> out.append("&apos;");
        case '"' -> out.append("&quot;");
        default -> out.append(b);
      }
    }
    return string(out);
  }

  private static JsonValue uri(JsonString s) {
    ByteBuilder out = new ByteBuilder();
    for (byte b : s.utf8()) {
      boolean plain =
          b >= 'a' && b <= 'z'
              || b >= 'A' && b <= 'Z'
              || b >= '0' && b <= '9'
              || b == '-'
              || b == '_'
              || b == '.'
              || b == '~';
      if (plain) {
        out.append(b);
      } else {
        String hex = "0123456789ABCDEF";
        out.append('%').append(hex.charAt(b >> 4 & 15)).append(hex.charAt(b & 15));
      }
    }
    return string(out);
  }

  private static JsonValue shell(JsonValue v) {
    JsonArray a = v instanceof JsonArray x ? x : JsonArray.of(v);
    ByteBuilder out = new ByteBuilder();
    for (int i = 0; i < a.size(); i++) {
      if (i > 0) {
        out.append(' ');
      }
      JsonValue x = a.at(i);
      if (x instanceof JsonArray || x instanceof dev.qanat.json.JsonObject) {
        throw Ops.single(x, "can not be escaped for shell");
      }
      if (x instanceof JsonString s) {
        out.append('\'');
        for (byte b : s.utf8()) {
          if (b == '\'') {
            out.append("'\\''");
          } else if (b == 0) {
            out.append("\\0");
          } else {
            out.append(b);
          }
        }
        out.append('\'');
      } else {
        out.append(json(x).utf8());
      }
    }
    return string(out);
  }

  private static JsonValue base64(JsonString s) {
    byte[] u = s.utf8();
    ByteBuilder out = new ByteBuilder(u.length * 4 / 3 + 4);
    for (int i = 0; i < u.length; i += 3) {
      int n = Math.min(3, u.length - i);
      int bits = (u[i] & 0xFF) << 16;
      bits |= n > 1 ? (u[i + 1] & 0xFF) << 8 : 0;
      bits |= n > 2 ? u[i + 2] & 0xFF : 0;
      for (int k = 0; k < 4; k++) {
        out.append(k > n ? '=' : BASE64[bits >> 18 - 6 * k & 63]);
      }
    }
    return string(out);
  }

  private static JsonValue base64d(JsonString s) {
    byte[] u = s.utf8();
    int n = u.length;
    while (n > 0 && u[n - 1] == '=') {
      n--;
    }
    ByteBuilder out = new ByteBuilder(n);
    int bits = 0;
    int count = 0;
    for (int i = 0; i < n; i++) {
      int d = digit(BASE64, u[i]);
      if (d < 0) {
        throw Ops.single(s, "is not valid base64 data");
      }
      bits = bits << 6 | d;
      if (++count == 4) {
        out.append(bits >> 16).append(bits >> 8).append(bits);
        bits = 0;
        count = 0;
      }
    }
    if (count == 1) {
      throw Ops.single(s, "trailing base64 byte found");
    }
    if (count == 2) {
      out.append(bits >> 4);
    } else if (count == 3) {
      out.append(bits >> 10).append(bits >> 2);
    }
    return JsonString.of(out.array(), 0, out.length());
  }

  private static int digit(byte[] alphabet, int c) {
    for (int i = 0; i < alphabet.length; i++) {
      if (alphabet[i] == c) {
        return i;
      }
    }
    return -1;
  }

  private static JsonValue base32(JsonString s) {
    byte[] u = s.utf8();
    ByteBuilder out = new ByteBuilder();
    for (int i = 0; i < u.length; i += 5) {
      byte[] group = Arrays.copyOf(Arrays.copyOfRange(u, i, Math.min(u.length, i + 5)), 5);
      int n = Math.min(5, u.length - i);
      long bits = 0;
      for (byte b : group) {
        bits = bits << 8 | b & 0xFF;
      }
      int digits = (n * 8 + 4) / 5;
      for (int k = 0; k < 8; k++) {
        out.append(k < digits ? BASE32[(int) (bits >> 35 - 5 * k) & 31] : '=');
      }
    }
    return string(out);
  }

  private static JsonValue base32d(JsonString s) {
    ByteBuilder out = new ByteBuilder();
    long bits = 0;
    int count = 0;
    for (byte b : s.utf8()) {
      if (b == '=') {
        break;
      }
      int d = digit(BASE32, b);
      if (d < 0) {
        throw Ops.single(s, "is not valid base32 data");
      }
      bits = bits << 5 | d;
      count += 5;
      if (count >= 8) {
        out.append((int) (bits >> count - 8));
        count -= 8;
      }
    }
    return JsonString.of(out.array(), 0, out.length());
  }
}
