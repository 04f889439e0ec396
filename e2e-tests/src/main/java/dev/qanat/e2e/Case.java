package dev.qanat.e2e;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One case of the conformance protocol: a script and the files it finds. Bytes that are not UTF-8
 * come as {@code {"latin1": "…"}}.
 *
 * @param timeout seconds
 */
public record Case(
    String id,
    byte[] code,
    Map<String, byte[]> files,
    List<String> needs,
    String cwd,
    Map<String, String> env,
    double timeout) {
  private static final Gson GSON = new Gson();

  /** What a case came to. */
  public record Outcome(String id, byte[] stdout, byte[] stderr, int status, boolean timedOut) {
    String toJson() {
      JsonObject o = new JsonObject();
      o.addProperty("id", id);
      if (timedOut) {
        o.addProperty("timeout", true);
      } else {
        o.add("stdout", text(stdout));
        o.add("stderr", text(stderr));
        o.addProperty("status", status);
      }
      return GSON.toJson(o);
    }
  }

  static Case parse(String line) {
    JsonObject o = GSON.fromJson(line, JsonObject.class);
    String cwd = o.has("cwd") ? o.get("cwd").getAsString() : "/w";
    Map<String, String> env = new LinkedHashMap<>();
    if (o.has("env")) {
      o.getAsJsonObject("env")
          .entrySet()
          .forEach(e -> env.put(e.getKey(), e.getValue().getAsString()));
    }
    Map<String, byte[]> files = new LinkedHashMap<>();
    addFiles(o, "files", cwd, files);
    addFiles(o, "abs_files", "", files);
    addFiles(o, "root_files", env.getOrDefault("REPO_ROOT", "/root_files"), files);
    List<String> needs = new ArrayList<>();
    if (o.has("needs")) {
      o.getAsJsonArray("needs").forEach(n -> needs.add(n.getAsString()));
    }
    return new Case(
        o.get("id").getAsString(),
        bytes(o.get("code")),
        files,
        needs,
        cwd,
        env,
        o.has("timeout") ? o.get("timeout").getAsDouble() : 10);
  }

  private static void addFiles(JsonObject o, String key, String below, Map<String, byte[]> files) {
    if (o.has(key) && o.get(key).isJsonObject()) {
      for (Map.Entry<String, JsonElement> e : o.getAsJsonObject(key).entrySet()) {
        String name = e.getKey();
        while (name.startsWith("/")) {
          name = name.substring(1);
        }
        files.put(below + "/" + name, bytes(e.getValue()));
      }
    }
  }

  private static byte[] bytes(JsonElement e) {
    return e.isJsonObject()
        ? e.getAsJsonObject().get("latin1").getAsString().getBytes(StandardCharsets.ISO_8859_1)
        : e.getAsString().getBytes(StandardCharsets.UTF_8);
  }

  private static JsonElement text(byte[] b) {
    String utf8 = new String(b, StandardCharsets.UTF_8);
    if (java.util.Arrays.equals(utf8.getBytes(StandardCharsets.UTF_8), b)) {
      return new com.google.gson.JsonPrimitive(utf8);
    }
    JsonObject o = new JsonObject();
    o.addProperty("latin1", new String(b, StandardCharsets.ISO_8859_1));
    return o;
  }
}
