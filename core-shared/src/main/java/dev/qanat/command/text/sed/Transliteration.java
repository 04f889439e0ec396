package dev.qanat.command.text.sed;

import dev.qanat.text.ByteBuilder;
import dev.qanat.text.Utf8;
import java.util.HashMap;
import java.util.Map;

/** The {@code y} command: characters and what each becomes. */
final class Transliteration {
  private final byte[][] ascii = new byte[128][];
  private final Map<Integer, byte[]> others = new HashMap<>();

  /** The first mapping of a character counts. */
  void add(int from, int to) {
    byte[] encoded = new byte[4];
    int length = Utf8.encode(to, encoded, 0);
    byte[] target = java.util.Arrays.copyOf(encoded, length);
    if (from < 128) {
      ascii[from] = ascii[from] == null ? target : ascii[from];
    } else {
      others.putIfAbsent(from, target);
    }
  }

  void apply(byte[] text, int length, ByteBuilder out) {
    for (int p = 0; p < length; ) {
      int b = text[p];
      if (b >= 0) {
        byte[] target = ascii[b];
        if (target == null) {
          out.append(b);
        } else {
          out.append(target);
        }
        p++;
        continue;
      }
      int size = Math.max(1, Utf8.sequenceLength(text, p, length));
      byte[] target = others.get(Utf8.codePointAt(text, p, length));
      if (target == null) {
        out.append(text, p, size);
      } else {
        out.append(target);
      }
      p += size;
    }
  }
}
