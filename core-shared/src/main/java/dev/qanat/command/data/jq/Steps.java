package dev.qanat.command.data.jq;

import dev.qanat.json.JsonArray;
import dev.qanat.json.JsonValue;

/** The steps of a path that is being followed, the last first. */
final class Steps {
  static final Steps NONE = new Steps(null, null, 0);

  private final Steps before;
  private final JsonValue key;
  private final int count;

  private Steps(Steps before, JsonValue key, int count) {
    this.before = before;
    this.key = key;
    this.count = count;
  }

  Steps then(JsonValue next) {
    return new Steps(this, next, count + 1);
  }

  JsonArray toArray() {
    JsonValue[] a = new JsonValue[count];
    Steps s = this;
    for (int i = count - 1; i >= 0; i--) {
      a[i] = s.key;
      s = s.before;
    }
    return JsonArray.of(a);
  }
}
