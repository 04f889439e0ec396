package dev.qanat.command.file;

import dev.qanat.text.CFormat;
import dev.qanat.text.Utf8;
import dev.qanat.text.time.TimeFormat;
import dev.qanat.text.time.Zone;

/** Formats known by the bytes they begin with: archives, pictures, documents and programs. */
final class BinaryTypes {
  private final byte[] b;
  private final int n;

  private BinaryTypes(byte[] b, int n) {
    this.b = b;
    this.n = n;
  }

  /** Null when no format is recognised. */
  static ContentType of(byte[] b, int n) {
    BinaryTypes t = new BinaryTypes(b, n);
    String mime = t.tar();
    if (mime != null) {
      return ContentType.data(mime, "application/x-tar");
    }
    return t.find();
  }

  private ContentType find() {
    switch (u8(0)) {
      case 0x1f:
        return u8(1) == 0x8b
            ? is(gzip(), "application/gzip")
            : u8(1) == 0x9d
                ? is("compress'd data " + (u8(2) & 31) + " bits", "application/x-compress")
                : null;
      case 'B':
        return begins("BZh") && n > 3
            ? is(
                "bzip2 compressed data, block size = " + (char) u8(3) + "00k",
                "application/x-bzip2")
            : begins("BM") ? bitmap() : null;
      case 0xfd:
        return begins("\u00fd7zXZ\0")
            ? is(
                "XZ compressed data, checksum "
                    + switch (u8(7) & 15) {
                      case 0 -> "NONE";
                      case 1 -> "CRC32";
                      case 4 -> "CRC64";
                      case 10 -> "SHA-256";
                      default -> "unknown";
                    },
                "application/x-xz")
            : null;
      case 0x28:
        return begins("\u0028\u00b5\u002f\u00fd")
            ? is(
                "Zstandard compressed data (v0.8+), Dictionary ID: " + dictionary(),
                "application/zstd")
            : null;
      case 4:
        return begins("\u0004\"M\u0018")
            ? is("LZ4 compressed data (v1.4+)", "application/x-lz4")
            : null;
      case '7':
        return begins("7z\u00bc\u00af'\u001c")
            ? is(
                "7-zip archive data, version " + u8(6) + "." + u8(7), "application/x-7z-compressed")
            : null;
      case 'R':
        return begins("Rar!\u001a\u0007\u0001\0")
            ? is("RAR archive data, v5", "application/x-rar")
            : begins("RIFF") ? riff() : null;
      case '!':
        return begins("!<arch>\n") ? is("current ar archive", "application/x-archive") : null;
      case 'P':
        return begins("PK")
            ? zip()
            : begins("PAR1") ? is("Apache Parquet", ContentType.BYTES) : null;
      case 0x89:
        return begins("\u0089PNG\r\n\u001a\n") ? png() : null;
      case 0xff:
        return u8(1) == 0xd8 && u8(2) == 0xff ? is("JPEG image data" + jpeg(), "image/jpeg") : null;
      case 'G':
        return begins("GIF8")
            ? is(
                "GIF image data, version " + ascii(3, 3) + ", " + le16(6) + " x " + le16(8),
                "image/gif")
            : null;
      case '%':
        return begins("%PDF-") ? pdf() : null;
      case 'S':
        return begins("SQLite format 3\0") ? is(sqlite(), "application/vnd.sqlite3") : null;
      case 0x7f:
        return begins("\u007fELF") ? ElfType.of(b, n) : null;
      case 0:
        return zero();
      case 0xca:
        return begins("\u00ca\u00fe\u00ba\u00be") && be16(6) > 30
            ? is(
                "compiled Java class data, version " + be16(6) + "." + be16(4) + java(be16(6)),
                "application/x-java-applet")
            : null;
      case 'I':
        return begins("ID3")
            ? is("Audio file with ID3 version 2." + u8(3) + "." + u8(4), "audio/mpeg")
            : begins("II*\0")
                ? is(
                    "TIFF image data, little-endian, direntries="
                        + (le32(4) + 2 <= n ? le16((int) le32(4)) : 0),
                    "image/tiff")
                : null;
      case 'M':
        return begins("MM\0*")
            ? is(
                "TIFF image data, big-endian, direntries="
                    + (be32(4) + 2 <= n ? be16((int) be32(4)) : 0),
                "image/tiff")
            : null;
      case 'O':
        return begins("OggS") ? is("Ogg data", "application/ogg") : null;
      case 'f':
        return begins("fLaC") ? is("FLAC audio bitstream data", "audio/flac") : null;
      case 'w':
        return begins("wOFF")
            ? is("Web Open Font Format, " + font(), "font/woff")
            : begins("wOF2")
                ? is("Web Open Font Format (Version 2), " + font(), "font/woff2")
                : null;
      case 0x93:
        return begins("\u0093NUMPY")
            ? is(
                "NumPy array, version " + u8(6) + "." + u8(7) + ", header length " + le16(8),
                ContentType.BYTES)
            : null;
      case '{':
        return begins("{\\rtf1") && n > 8
            ? new ContentType("Rich Text Format data, version 1, ANSI", "text/rtf", false, false)
            : null;
      default:
        return null;
    }
  }

  private static ContentType is(String description, String mime) {
    return ContentType.data(description, mime);
  }

  private ContentType zero() {
    if (begins("\0asm")) {
      long version = le32(4);
      return is(
          "WebAssembly (wasm) binary module version 0x"
              + Long.toHexString(version)
              + (version == 1 ? " (MVP)" : ""),
          version == 1 ? "application/wasm" : ContentType.BYTES);
    }
    if (n >= 12 && ascii(4, 4).equals("ftyp")) {
      String brand = ascii(8, 4);
      return switch (brand) {
        case "isom" -> is("ISO Media, MP4 Base Media v1 [ISO 14496-12:2003]", "video/mp4");
        case "mp41" -> is("ISO Media, MP4 v1 [ISO 14496-1:ch13]", "video/mp4");
        case "mp42" -> is("ISO Media, MP4 v2 [ISO 14496-14]", "video/mp4");
        case "M4A " -> is("ISO Media, Apple iTunes ALAC/AAC-LC (.M4A) Audio", "audio/x-m4a");
        case "qt  " ->
            is("ISO Media, Apple QuickTime movie, Apple QuickTime (.MOV/QT)", "video/quicktime");
        case "avif" -> is("ISO Media, AVIF Image", "image/avif");
        default -> is("ISO Media", "video/mp4");
      };
    }
    return null;
  }

  private String font() {
    return be32(4) == 0x10000 ? "TrueType" : ascii(4, 4).equals("OTTO") ? "CFF" : "unknown";
  }

  private static String java(int major) {
    return major < 45 || major > 69
        ? ""
        : major < 49
            ? " (Java 1." + Math.max(1, major - 44) + ")"
            : major < 53
                ? " (Java 1." + (major - 44) + ")"
                : major <= 63 ? " (Java SE " + (major - 44) + ")" : "";
  }

  private String dictionary() {
    int flag = u8(4) & 3;
    if (flag == 0) {
      return "None";
    }
    int p = (u8(4) & 32) != 0 ? 5 : 6;
    return String.valueOf(flag == 1 ? u8(p) : flag == 2 ? le16(p) : le32(p));
  }

  private String gzip() {
    int flags = u8(3);
    int p = 10 + ((flags & 4) != 0 ? 2 + le16(10) : 0);
    StringBuilder s = new StringBuilder("gzip compressed data");
    s.append((flags & 1) != 0 ? ", ASCII" : "").append((flags & 2) != 0 ? ", has CRC" : "");
    s.append((flags & 4) != 0 ? ", extra field" : "");
    if ((flags & 8) != 0) {
      int end = p;
      while (end < n && b[end] != 0) {
        end++;
      }
      s.append(", was \"").append(Utf8.decode(b, Math.min(p, n), Math.max(0, end - p))).append('"');
    }
    s.append((flags & 16) != 0 ? ", has comment" : "")
        .append((flags & 32) != 0 ? ", encrypted" : "");
    if (le32(4) > 0) {
      s.append(", last modified: ")
          .append(TimeFormat.strftime("%a %b %e %H:%M:%S %Y", le32(4), Zone.UTC));
    }
    s.append(u8(8) == 2 ? ", max compression" : u8(8) == 4 ? ", max speed" : "");
    String[] systems = {
      "FAT filesystem (MS-DOS, OS/2, NT)",
      "Amiga",
      "VMS",
      "Unix",
      "VM/CMS",
      "Atari",
      "HPFS filesystem (OS/2, NT)",
      "MacOS",
      "Z-System",
      "CP/M",
      "TOPS/20",
      "NTFS filesystem (NT)"
    };
    if (u8(9) < systems.length) {
      s.append(", from ").append(systems[u8(9)]);
    }
    return s.append(n >= 8 ? ", original size modulo 2^32 " + le32(n - 4) : "").toString();
  }

  private String tar() {
    if (n < 512 || b[0] == 0) {
      return null;
    }
    long sum = 0;
    for (int i = 0; i < 512; i++) {
      sum += i >= 148 && i < 156 ? ' ' : u8(i);
    }
    long stored = 0;
    int i = 148;
    while (i < 156 && b[i] == ' ') {
      i++;
    }
    int digits = i;
    while (i < 156 && b[i] >= '0' && b[i] <= '7') {
      stored = stored * 8 + b[i++] - '0';
    }
    if (i == digits || stored != sum) {
      return null;
    }
    return ascii(257, 8).equals("ustar  \0")
        ? "POSIX tar archive (GNU)"
        : ascii(257, 6).equals("ustar\0") ? "POSIX tar archive" : "tar archive";
  }

  private ContentType zip() {
    if (begins("PK\u0005\u0006")) {
      return is("Zip archive data (empty)", "application/zip");
    }
    if (!begins("PK\u0003\u0004")) {
      return null;
    }
    int length = le16(26);
    String first = ascii(30, length);
    if (first.equals("mimetype")) {
      String mime = ascii(30 + length + le16(28), (int) Math.min(80, le32(18)));
      if (mime.startsWith("application/epub+zip")) {
        return is("EPUB document", "application/epub+zip");
      }
      String office = "application/vnd.oasis.opendocument.";
      if (mime.startsWith(office)) {
        String kind = mime.substring(office.length());
        String name =
            switch (kind) {
              case "text" -> "Text";
              case "spreadsheet" -> "Spreadsheet";
              case "presentation" -> "Presentation";
              case "graphics" -> "Drawing";
              case "chart" -> "Chart";
              case "formula" -> "Formula";
              case "database" -> "Database";
              case "image" -> "Image";
              default -> null;
            };
        if (name != null) {
          return is("OpenDocument " + name, mime);
        }
      }
    }
    if (first.startsWith("[Content_Types].xml")
        || first.startsWith("_rels/.rels")
        || first.startsWith("docProps")) {
      ContentType office = office();
      if (office != null) {
        return office;
      }
    }
    if (le16(30 + length) == 0xcafe && le16(28) > 0) {
      return is("Java archive data (JAR)", "application/java-archive");
    }
    int version = u8(4);
    String method =
        switch (le16(8)) {
          case 0 -> "store";
          case 1 -> "Shrinking";
          case 6 -> "Imploding";
          case 8 -> "deflate";
          case 9 -> "deflate64";
          case 12 -> "bzip2";
          case 14 -> "lzma";
          default -> "[0x" + Integer.toHexString(le16(8)) + "]";
        };
    return is(
        "Zip archive data, at least v"
            + version / 10
            + "."
            + version % 10
            + " to extract, compression method="
            + method,
        "application/zip");
  }

  /** Office files are known by their third entry, or the fourth. */
  private ContentType office() {
    int entry = 1;
    for (int i = 30; i + 34 < n && entry < 4; i++) {
      if (b[i] == 'P' && b[i + 1] == 'K' && b[i + 2] == 3 && b[i + 3] == 4 && ++entry >= 3) {
        String name = ascii(i + 30, 5);
        String format = "application/vnd.openxmlformats-officedocument.";
        if (name.startsWith("word/")) {
          return is("Microsoft Word 2007+", format + "wordprocessingml.document");
        }
        if (name.startsWith("ppt/")) {
          return is("Microsoft PowerPoint 2007+", format + "presentationml.presentation");
        }
        if (name.startsWith("xl/")) {
          return is("Microsoft Excel 2007+", format + "spreadsheetml.sheet");
        }
      }
    }
    return null;
  }

  private ContentType png() {
    String kind =
        switch (u8(25)) {
          case 0 -> "-bit grayscale";
          case 2 -> "-bit/color RGB";
          case 3 -> "-bit colormap";
          case 4 -> "-bit gray+alpha";
          case 6 -> "-bit/color RGBA";
          default -> "-bit";
        };
    return is(
        "PNG image data, "
            + be32(16)
            + " x "
            + be32(20)
            + ", "
            + u8(24)
            + kind
            + (u8(28) == 1 ? ", interlaced" : ", non-interlaced"),
        "image/png");
  }

  private String jpeg() {
    StringBuilder s = new StringBuilder();
    int p = 2;
    while (p + 4 <= n && u8(p) == 0xff) {
      int marker = u8(p + 1);
      int length = be16(p + 2);
      if (marker == 0xe0 && ascii(p + 4, 5).equals("JFIF\0") && p == 2) {
        s.append(", JFIF standard ")
            .append(u8(11))
            .append('.')
            .append(CFormat.format("%02d", (long) u8(12)));
        s.append(
            u8(13) == 1
                ? ", resolution (DPI)"
                : u8(13) == 2 ? ", resolution (DPCM)" : u8(13) == 0 ? ", aspect ratio" : "");
        s.append(", density ")
            .append(be16(14))
            .append('x')
            .append(be16(16))
            .append(", segment length ")
            .append(length);
      } else if (marker == 0xe1 && ascii(p + 4, 6).equals("Exif\0\0")) {
        int tiff = p + 10;
        boolean little = u8(tiff) == 'I';
        int first = (int) (little ? le32(tiff + 4) : be32(tiff + 4));
        s.append(", Exif standard: [TIFF image data, ")
            .append(little ? "little" : "big")
            .append("-endian, direntries=");
        s.append(little ? le16(tiff + first) : be16(tiff + first)).append(']');
      } else if (marker == 0xfe) {
        s.append(", comment: \"").append(ascii(p + 4, length - 2)).append('"');
      } else if (marker >= 0xc0
          && marker <= 0xcf
          && marker != 0xc4
          && marker != 0xc8
          && marker != 0xcc) {
        s.append(
            marker == 0xc0
                ? ", baseline"
                : marker == 0xc1 ? ", extended sequential" : marker == 0xc2 ? ", progressive" : "");
        return s.append(", precision ")
            .append(u8(p + 4))
            .append(", ")
            .append(be16(p + 7))
            .append('x')
            .append(be16(p + 5))
            .append(", components ")
            .append(u8(p + 9))
            .toString();
      } else if (marker == 0xd9 || marker == 0xda) {
        break;
      }
      p += 2 + Math.max(2, length);
    }
    return s.toString();
  }

  private ContentType riff() {
    String kind = ascii(8, 4);
    if (kind.equals("WEBP")) {
      String more =
          ascii(12, 4).equals("VP8 ")
              ? ", VP8 encoding, "
                  + (le16(26) & 0x3fff)
                  + "x"
                  + (le16(28) & 0x3fff)
                  + ", Scaling: [none]x[none], YUV color, decoders should clamp"
              : "";
      return is("RIFF (little-endian) data, Web/P image" + more, "image/webp");
    }
    if (kind.equals("WAVE")) {
      String format =
          switch (le16(20)) {
            case 1 -> ", Microsoft PCM";
            case 3 -> ", IEEE Float";
            case 6 -> ", ITU G.711 A-law";
            case 7 -> ", ITU G.711 mu-law";
            default -> "";
          };
      int bits = le16(34);
      int channels = le16(22);
      return is(
          "RIFF (little-endian) data, WAVE audio"
              + format
              + (bits > 0 ? ", " + bits + " bit" : "")
              + ", "
              + (channels == 1 ? "mono" : channels == 2 ? "stereo" : channels + " channels")
              + " "
              + le32(24)
              + " Hz",
          "audio/x-wav");
    }
    return is(
        "RIFF (little-endian) data" + (kind.equals("AVI ") ? ", AVI" : ""),
        kind.equals("AVI ") ? "video/x-msvideo" : ContentType.BYTES);
  }

  private ContentType bitmap() {
    if (le32(14) != 40) {
      return null;
    }
    StringBuilder s = new StringBuilder("PC bitmap, Windows 3.x format");
    s.append(", ")
        .append(le32(18))
        .append(" x ")
        .append((int) le32(22))
        .append(" x ")
        .append(le16(28));
    s.append(le32(34) > 0 ? ", image size " + le32(34) : "");
    if (le32(38) > 0 && le32(42) > 0) {
      s.append(", resolution ").append(le32(38)).append(" x ").append(le32(42)).append(" px/m");
    }
    s.append(le32(46) > 0 ? ", " + le32(46) + " important colors" : "");
    return is(s + ", cbSize " + le32(2) + ", bits offset " + le32(10), "image/bmp");
  }

  private ContentType pdf() {
    String version = ascii(5, 3);
    String head = ascii(0, Math.min(n, 256));
    int count = head.indexOf("/Count ");
    String pages = "";
    if (count >= 0) {
      int end = count + 7;
      while (end < head.length() && Character.isDigit(head.charAt(end))) {
        end++;
      }
      if (end > count + 7) {
        pages =
            ", "
                + head.substring(count + 7, end)
                + " page"
                + (head.substring(count + 7, end).equals("1") ? "" : "s");
      }
    }
    return is("PDF document, version " + version + pages, "application/pdf");
  }

  private String sqlite() {
    StringBuilder s = new StringBuilder("SQLite 3.x database");
    add(s, ", application id ", be32(68));
    add(s, ", user version ", be32(60));
    s.append(", last written using SQLite version ").append(be32(96));
    int page = be16(16);
    s.append(page == 4096 ? "" : ", page size " + (page == 1 ? 65536 : page));
    s.append(u8(18) == 1 ? "" : ", writer version " + u8(18));
    s.append(u8(19) == 1 ? "" : ", read version " + u8(19));
    s.append(u8(20) == 0 ? "" : ", unused bytes " + u8(20));
    s.append(", file counter ").append(be32(24)).append(", database pages ").append(be32(28));
    add(s, ", 1st free page ", be32(32));
    add(s, ", free pages ", be32(36));
    s.append(", cookie 0x").append(Long.toHexString(be32(40))).append(", schema ").append(be32(44));
    add(s, ", cache page size ", be32(48));
    add(s, ", largest root page ", be32(52));
    s.append(
        switch ((int) be32(56)) {
          case 1 -> ", UTF-8";
          case 2 -> ", UTF-16 little endian";
          case 3 -> ", UTF-16 big endian";
          default -> ", unknown 0x" + Long.toHexString(be32(56)) + " encoding";
        });
    add(s, ", vacuum mode ", be32(64));
    return s.append(", version-valid-for ").append(be32(92)).toString();
  }

  private static void add(StringBuilder s, String words, long value) {
    if (value != 0) {
      s.append(words).append(value);
    }
  }

  private boolean begins(String bytes) {
    return ascii(0, bytes.length()).equals(bytes);
  }

  private String ascii(int from, int length) {
    StringBuilder s = new StringBuilder();
    for (int i = Math.max(0, from); i < from + length && i < n; i++) {
      s.append((char) u8(i));
    }
    return s.toString();
  }

  private int u8(int i) {
    return i >= 0 && i < n ? b[i] & 255 : 0;
  }

  private int le16(int i) {
    return u8(i) | u8(i + 1) << 8;
  }

  private int be16(int i) {
    return u8(i) << 8 | u8(i + 1);
  }

  private long le32(int i) {
    return le16(i) | (long) le16(i + 2) << 16;
  }

  private long be32(int i) {
    return (long) be16(i) << 16 | be16(i + 2);
  }
}
