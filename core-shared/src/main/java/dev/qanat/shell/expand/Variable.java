package dev.qanat.shell.expand;

/**
 * A shell variable: attributes and a value, which is a scalar, an indexed or an associative array,
 * or nothing yet. Read freely; changed only through {@link Variables}, because a subshell shares it
 * until one of the two changes it. Do not keep one across a change.
 */
public final class Variable {
  public static final int EXPORT = 1;
  public static final int READONLY = 2;
  public static final int INTEGER = 4;
  public static final int LOWERCASE = 8;
  public static final int UPPERCASE = 16;
  public static final int CAPITALIZE = 32;
  public static final int TRACE = 64;
  public static final int NAMEREF = 128;
  public static final int INDEXED = 256;
  public static final int ASSOCIATIVE = 512;

  /** Assignments are ignored: {@code FUNCNAME}, {@code GROUPS}. */
  public static final int NO_ASSIGN = 1024;

  /** Cannot be unset: {@code BASH_SOURCE}. */
  public static final int NO_UNSET = 2048;

  /** From this length on, appending collects in a builder. */
  private static final int LONG_TEXT = 256;

  final String name;
  int attributes;

  /** Number of the frame it belongs to; 0 for a global one. */
  int level;

  /** Came from the assignments in front of a command. */
  boolean temporary;

  /** A function's local variable that took the place of a temporary one. */
  boolean ofCommand;

  /** Who gets its value and attributes when its command is over. */
  enum Handing {
    NOBODY,
    /** The scope around the command. */
    ONCE,
    /** That, and when it ends the one around it, down to the global variables. */
    DOWN,
    /** What an assignment behind the command would change. */
    ASSIGNED
  }

  Handing handing = Handing.NOBODY;

  /** Somebody wants to know of changes. */
  boolean watched;

  /** The variable of the same name that this one hides; or null. */
  Variable hidden;

  /** Computes the value; or null. */
  DynamicVariable dynamic;

  /** The computed value has been asked for. */
  boolean asked;

  /** Whose variable this is: only the holder of this token may change it in place. */
  Object owner;

  /** The same for the array or map. */
  Object elementsOwner;

  private String text;
  private StringBuilder appended; // the text so far, while it grows; text is null when it is older
  private int scanned; // of the appended text, how much has been counted
  private int characters; // and how many characters that is
  private long number; // the value as a number, when numeric
  private boolean numeric;
  private IndexedArray array;
  private AssociativeArray map;
  private boolean arrayAssigned;

  Variable(String name, int level, Object owner) {
    this.name = name;
    this.level = level;
    this.owner = owner;
  }

  /** A copy that belongs to somebody else; elements stay shared until they are changed. */
  Variable copy(Object newOwner) {
    Variable v = new Variable(name, level, newOwner);
    v.attributes = attributes;
    v.temporary = temporary;
    v.ofCommand = ofCommand;
    v.handing = handing;
    v.watched = watched;
    v.hidden = hidden;
    v.dynamic = dynamic;
    v.elementsOwner = elementsOwner;
    v.text = appended != null ? value() : text;
    v.number = number;
    v.numeric = numeric;
    v.array = array;
    v.map = map;
    v.arrayAssigned = arrayAssigned;
    return v;
  }

  public String name() {
    return name;
  }

  /** The attribute bits. */
  public int attributes() {
    return attributes;
  }

  /** Whether it has one of these attributes. */
  public boolean has(int bits) {
    return (attributes & bits) != 0;
  }

  /** Whether it belongs to a function or to a command's temporary environment. */
  public boolean isLocal() {
    return level > 0;
  }

  /** Whether it has a value; an array has one as soon as it was assigned, even {@code ()}. */
  public boolean hasValue() {
    return has(INDEXED | ASSOCIATIVE) ? arrayAssigned : text != null || numeric || appended != null;
  }

  /** The scalar value, or that of element 0 of an array; null when unset. */
  public String value() {
    if (text != null) {
      return text;
    }
    if (numeric) {
      text = Long.toString(number);
    } else if (appended != null) {
      text = appended.toString();
    } else if (array != null) {
      return array.get(0);
    } else if (map != null) {
      return map.get("0");
    }
    return text;
  }

  /** A computed variable with the value it has at this moment. */
  Variable picture(ShellContext shell) {
    Variable p = new Variable(name, level, null);
    p.attributes = attributes;
    IndexedArray elements = dynamic.array(shell);
    if (elements != null) {
      p.setArray(elements);
      return p;
    }
    AssociativeArray pairs = dynamic.map(shell);
    if (pairs != null) {
      p.setMap(pairs);
      return p;
    }
    p.setText(dynamic.value(shell));
    return p;
  }

  /** The value, computed if that is what the variable does; null when unset. */
  String valueNow(ShellContext shell) {
    return dynamic != null ? picture(shell).value() : value();
  }

  /** The value of the first exported one of this and those it hides; or null. */
  String exportedValue(ShellContext shell) {
    for (Variable at = this; at != null; at = at.hidden) {
      if (!at.has(EXPORT)) {
        continue;
      }
      if (at.has(INDEXED | ASSOCIATIVE)) {
        return null;
      }
      String value = at.valueNow(shell);
      if (value != null) {
        return value;
      }
    }
    return null;
  }

  /** What an append would add to: of a long text that grows, only something of its length. */
  CharSequence textOrNull() {
    return appended != null ? appended : value();
  }

  /** Bytes held, roughly. */
  long heldBytes() {
    long bytes = 64;
    if (text != null) {
      bytes += 2L * text.length();
    }
    if (appended != null) {
      bytes += 2L * appended.capacity();
    }
    if (array != null) {
      bytes += array.heldBytes();
    }
    if (map != null) {
      bytes += map.heldBytes();
    }
    return bytes;
  }

  /** The number of the last count of memory that met it. */
  int counted;

  /** The number of characters of a text that grows, without making a String of it; else -1. */
  int growingCharacters() {
    if (appended == null || text != null) {
      return -1;
    }
    characters += CharacterPositions.count(appended, scanned, appended.length());
    scanned = appended.length();
    return characters;
  }

  /** The elements of an indexed array; null for anything else. Not to be changed. */
  public IndexedArray array() {
    return array;
  }

  /** The elements of an associative array; null for anything else. Not to be changed. */
  public AssociativeArray map() {
    return map;
  }

  /** Whether {@link #number()} is the value. */
  boolean isNumeric() {
    return numeric;
  }

  long number() {
    return number;
  }

  /** Remembers what the text says as a number. */
  void rememberNumber(long value) {
    if (text != null) {
      number = value;
      numeric = true;
    }
  }

  void setText(String value) {
    text = value;
    appended = null;
    numeric = false;
  }

  void setNumber(long value) {
    text = null;
    appended = null;
    number = value;
    numeric = true;
  }

  void append(String more) {
    if (appended == null) {
      String old = value();
      if (old == null || old.length() < LONG_TEXT) {
        setText(old == null ? more : old.concat(more));
        return;
      }
      appended = new StringBuilder(Math.max(old.length() * 2, 1024)).append(old);
      scanned = 0;
      characters = 0;
    }
    appended.append(more);
    text = null;
    numeric = false;
  }

  /** Becomes an indexed array if it is none; a scalar's value becomes element 0. */
  void toIndexed(Object changer) {
    if (has(ASSOCIATIVE)) {
      throw new ExpansionError(name + ": cannot convert associative to indexed array");
    }
    if (!has(INDEXED)) {
      String scalar = value();
      setArray(null);
      if (scalar != null) {
        arrayFor(changer).set(0, scalar);
      }
    }
  }

  /** Becomes an associative array if it is none; a scalar's value becomes element 0. */
  void toAssociative(Object changer) {
    if (has(INDEXED)) {
      throw new ExpansionError(name + ": cannot convert indexed to associative array");
    }
    if (!has(ASSOCIATIVE)) {
      String scalar = value();
      setMap(null);
      if (scalar != null) {
        mapFor(changer).put("0", scalar);
      }
    }
  }

  /** Takes over the value of a variable it hides, whose elements stay shared. */
  void takeValue(Variable outer) {
    if (outer.array != null) {
      setArray(outer.array);
    } else if (outer.map != null) {
      setMap(outer.map);
    } else if (outer.dynamic == null) {
      setText(outer.value());
    }
  }

  /** Changes attributes as {@code declare} does: a letter case takes the place of another. */
  void changeAttributes(int add, int remove) {
    int cases = add & ValueConversion.CASES;
    if (cases != 0) {
      attributes &= ~ValueConversion.CASES;
    }
    attributes = (attributes | add) & ~remove;
    if ((cases & cases - 1) != 0) {
      attributes &= ~ValueConversion.CASES; // two of them at once cancel each other
    }
  }

  void setArray(IndexedArray elements) {
    setText(null);
    array = elements;
    map = null;
    arrayAssigned = elements != null;
    attributes = attributes & ~ASSOCIATIVE | INDEXED;
  }

  void setMap(AssociativeArray elements) {
    setText(null);
    map = elements;
    array = null;
    arrayAssigned = elements != null;
    attributes = attributes & ~INDEXED | ASSOCIATIVE;
  }

  /** The elements, to be changed by {@code changer}. */
  IndexedArray arrayFor(Object changer) {
    if (array == null) {
      array = new IndexedArray();
    } else if (elementsOwner != changer) {
      array = array.copy();
    }
    elementsOwner = changer;
    arrayAssigned = true;
    return array;
  }

  /** The elements, to be changed by {@code changer}. */
  AssociativeArray mapFor(Object changer) {
    if (map == null) {
      map = new AssociativeArray();
    } else if (elementsOwner != changer) {
      map = map.copy();
    }
    elementsOwner = changer;
    arrayAssigned = true;
    return map;
  }
}
