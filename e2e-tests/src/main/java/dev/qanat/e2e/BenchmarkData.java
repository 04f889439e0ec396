package dev.qanat.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** The files the benchmarks work on: the same bytes on every machine. */
final class BenchmarkData {
  private static final String[] WORDS =
      ("alpha bravo charlie delta echo foxtrot golf hotel india juliet kilo lima mike november"
              + " oscar papa quebec romeo sierra tango uniform victor whiskey xray yankee zulu")
          .split(" ");

  private int state;

  private BenchmarkData(int seed) {
    state = seed;
  }

  /** The next number of a linear congruential generator, in [0, n). */
  private int next(int n) {
    state = state * 1664525 + 1013904223;
    return (int) ((state & 0xffffffffL) * n >>> 32);
  }

  /** Makes a file by name in a folder, unless it is there. */
  static void make(Path folder, String name) throws IOException {
    Path file = folder.resolve(name);
    if (Files.exists(file)) {
      return;
    }
    switch (name) {
      case "text20.txt" -> Files.write(file, words(20_000_000));
      case "text50.txt" -> Files.write(file, words(50_000_000));
      case "nums.txt" -> Files.write(file, numbers(200_000));
      case "lines.txt" -> Files.write(file, lines(100_000));
      case "script.sh" -> Files.write(file, script(10_000));
      case "big.json" -> Files.write(file, json(10_000_000));
      case "tree" -> tree(file);
      default -> throw new IllegalArgumentException(name);
    }
  }

  /** Lines of eight words; every fiftieth has {@code foo} as its fourth. */
  private static byte[] words(int bytes) {
    BenchmarkData r = new BenchmarkData(42);
    byte[] out = new byte[bytes];
    int n = 0;
    for (int line = 1; n < bytes - 1; line++) {
      for (int k = 0; k < 8; k++) {
        String word = line % 50 == 0 && k == 3 ? "foo" : WORDS[r.next(WORDS.length)];
        if (k > 0 && n < bytes - 1) {
          out[n++] = ' ';
        }
        for (int i = 0; i < word.length() && n < bytes - 1; i++) {
          out[n++] = (byte) word.charAt(i);
        }
      }
      if (n < bytes - 1) {
        out[n++] = '\n';
      }
    }
    out[bytes - 1] = '\n';
    return out;
  }

  private static byte[] numbers(int lines) {
    BenchmarkData r = new BenchmarkData(7);
    StringBuilder s = new StringBuilder();
    for (int i = 0; i < lines; i++) {
      s.append(r.next(1000)).append(" row").append(i).append('\n');
    }
    return s.toString().getBytes(StandardCharsets.US_ASCII);
  }

  /** Lines of three to seven words. */
  private static byte[] lines(int lines) {
    BenchmarkData r = new BenchmarkData(11);
    StringBuilder s = new StringBuilder();
    for (int i = 0; i < lines; i++) {
      s.append(i);
      for (int k = 2 + r.next(5); k > 0; k--) {
        s.append(' ').append(WORDS[r.next(WORDS.length)]);
      }
      s.append('\n');
    }
    return s.toString().getBytes(StandardCharsets.US_ASCII);
  }

  /** A shell script such as people write: functions, loops, conditions, quotes, here-documents. */
  private static byte[] script(int lines) {
    String piece =
        """
# Prepare release @ of the package; see the manual
prepare_@() {
  local name="$1" version=${2:-1.0.@} file
  if [[ -z "$name" || ! -d "$HOME/build/$name" ]]; then
    echo "usage: prepare_@ name [version]" >&2
    return 1
  fi
  for file in "$HOME/build/$name"/*.{txt,md} /etc/defaults; do
    [ -f "$file" ] || continue
    case "${file##*/}" in
      README*|*.md) docs+=("$file") ;;
      *.txt) count=$((count + 1)); grep -q "v$version" "$file" && found=yes ;;
    esac
  done
  while IFS=: read -r user _ uid rest; do
    printf '%-10s %5d\\n' "$user" "$uid" | tee -a "$log" > /dev/null
  done < <(sort -t: -k3n /etc/passwd | head -n @)
  cat <<END_@
Name: $name
Built: $(date +%F) by ${USER:-nobody}
END_@
  tar -czf "out/$name-$version.tar.gz" --exclude='*.o' -C build "$name" 2>> "$log" || exit 2
}
prepare_@ demo "$(cat VERSION 2>/dev/null)" && echo done; x[@]=${x[@]:-none}
""";
    StringBuilder s = new StringBuilder();
    for (int i = 1, n = 0; n < lines; i++) {
      s.append(piece.replace("@", String.valueOf(i)).replace("\\\\", "\\"));
      n += 25;
    }
    return s.toString().getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] json(int bytes) {
    BenchmarkData r = new BenchmarkData(9);
    StringBuilder s = new StringBuilder("[");
    for (int i = 0; s.length() < bytes; i++) {
      s.append(i > 0 ? ",\n" : "");
      s.append(
          String.format(
              Locale.ROOT,
              "{\"id\":%d,\"n\":%d,\"name\":\"%s-%d\",\"tags\":[\"%s\",\"%s\"],"
                  + "\"nested\":{\"ok\":%b,\"f\":%d.%03d}}",
              i,
              r.next(1000),
              WORDS[r.next(26)],
              i,
              WORDS[r.next(26)],
              WORDS[r.next(26)],
              r.next(2) == 0,
              r.next(1000),
              r.next(1000)));
    }
    return s.append("]\n").toString().getBytes(StandardCharsets.US_ASCII);
  }

  private static void tree(Path root) throws IOException {
    for (int d = 0; d < 100; d++) {
      Path folder = Files.createDirectories(root.resolve("d" + d));
      for (int f = 0; f < 100; f++) {
        Files.writeString(
            folder.resolve("f" + f + (f % 2 == 0 ? ".txt" : ".md")),
            "file " + f + " of folder " + d + "\n" + (f == 13 ? "a needle here\n" : "some text\n"));
      }
    }
  }
}
