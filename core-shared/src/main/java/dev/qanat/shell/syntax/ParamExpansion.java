package dev.qanat.shell.syntax;

/**
 * A parameter expansion: {@code $x}, {@code ${x[1]:-word}}, {@code ${!x}}, {@code ${#x[@]}}. bash
 * finds the errors in one only when it expands it; such an expansion has the operation {@link
 * Operation#BAD}.
 *
 * @param name a variable's name, digits for a positional parameter, or one of {@code @*#?-$!_}
 * @param subscript or null
 * @param indirect {@code ${!name…}}: the parameter is the one whose name this one holds
 * @param length {@code ${#name}}
 * @param operation what is done to the value
 * @param colon {@code :} before {@code - = ? +}: a null value counts as unset
 * @param operand the word or pattern behind the operator; null where there is none
 * @param replacement behind the second {@code /}; null where there is none
 * @param offset of a {@link Operation#SUBSTRING}
 * @param count its length, or null
 * @param transform the letter of {@code ${name@X}}
 * @param source as written, with {@code $}; what error messages quote
 */
public record ParamExpansion(
    String name,
    Subscript subscript,
    boolean indirect,
    boolean length,
    Operation operation,
    boolean colon,
    Word operand,
    Word replacement,
    Arithmetic offset,
    Arithmetic count,
    char transform,
    String source) {

  /** What {@code ${name…}} does to the value. */
  public enum Operation {
    /** The value itself. */
    NONE,
    /** {@code -}: the operand when unset. */
    DEFAULT,
    /** {@code =}: the same, and assign it. */
    ASSIGN,
    /** {@code ?}: an error when unset. */
    ERROR,
    /** {@code +}: the operand when set. */
    ALTERNATE,
    /** {@code #}. */
    REMOVE_SHORT_PREFIX,
    /** {@code ##}. */
    REMOVE_LONG_PREFIX,
    /** {@code %}. */
    REMOVE_SHORT_SUFFIX,
    /** {@code %%}. */
    REMOVE_LONG_SUFFIX,
    /** {@code :offset} or {@code :offset:count}. */
    SUBSTRING,
    /**
     * {@code /pattern/replacement}; a pattern that expands to {@code #…} or {@code %…} is anchored.
     */
    REPLACE_FIRST,
    /** {@code //}. */
    REPLACE_ALL,
    /** {@code /#}. */
    REPLACE_PREFIX,
    /** {@code /%}. */
    REPLACE_SUFFIX,
    /** {@code ^}. */
    UPPER_FIRST,
    /** {@code ^^}. */
    UPPER_ALL,
    /** {@code ,}. */
    LOWER_FIRST,
    /** {@code ,,}. */
    LOWER_ALL,
    /** {@code ~}. */
    TOGGLE_FIRST,
    /** {@code ~~}. */
    TOGGLE_ALL,
    /** {@code @U} and so on; the letter is in {@link ParamExpansion#transform()}. */
    TRANSFORM,
    /** {@code ${!name*}}: the names that start with it, joined as {@code $*} is. */
    NAMES_STAR,
    /** {@code ${!name@}}: the same as {@code $@}. */
    NAMES_AT,
    /** {@code ${!name[@]}} or {@code ${!name[*]}}: the keys; the subscript says which. */
    KEYS,
    /** Not an expansion: {@code bad substitution} when reached. */
    BAD
  }

  /** A plain {@code $name} or {@code ${name}}. */
  static ParamExpansion plain(String name, String source) {
    return new ParamExpansion(
        name, null, false, false, Operation.NONE, false, null, null, null, null, '\0', source);
  }

  /** Whether nothing but the parameter stands there: {@code $x}, {@code ${x}}, {@code ${x[i]}}. */
  public boolean isPlain() {
    return operation == Operation.NONE && !indirect && !length;
  }

  /** The number of a positional parameter, or -1; {@code $0} is 0. */
  public int position() {
    char c = name.isEmpty() ? ' ' : name.charAt(0);
    if (c < '0' || c > '9') {
      return -1;
    }
    int value = 0;
    for (int i = 0; i < name.length(); i++) {
      value = Math.min(value, 99_999_999) * 10 + (name.charAt(i) - '0');
    }
    return value;
  }
}
