package dev.qanat.command.file;

/**
 * What a file's bytes are: the words of file(1) and the MIME type.
 *
 * @param text what is said of the character set follows the description
 * @param executable … with the word executable
 */
record ContentType(String description, String mime, boolean text, boolean executable) {
  static final String BYTES = "application/octet-stream";

  static ContentType data(String description, String mime) {
    return new ContentType(description, mime, false, false);
  }

  static ContentType text(String description, String mime) {
    return new ContentType(description, mime, true, false);
  }

  static ContentType script(String description, String mime) {
    return new ContentType(description, mime, true, true);
  }
}
