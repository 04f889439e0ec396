package dev.qanat.shell.expand;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.List;
import org.junit.jupiter.api.Test;

class VariablesTest {
  /** Variables that belong to a shell without files. */
  private static Variables variables() {
    Variables v = new Variables();
    new MiniShell(v, null, new ExpandOptions());
    return v;
  }

  private static Variables fork(Variables v) {
    Variables child = v.fork();
    new MiniShell(child, null, new ExpandOptions());
    return child;
  }

  @Test
  void neitherSideOfAForkSeesTheOthersChanges() {
    Variables parent = variables();
    parent.set("x", "1");
    parent.setArray("a", Scope.VISIBLE, IndexedArray.of(List.of("p", "q")));
    Variables child = fork(parent);
    child.set("x", "2");
    child.setElement("a", Scope.VISIBLE, 0, "changed", false);
    child.unset("a");
    parent.set("y", "3");
    parent.setElement("a", Scope.VISIBLE, 1, "r", false);
    assertEquals("1", parent.get("x"));
    assertEquals("2", child.get("x"));
    assertNull(child.get("y"));
    assertNull(child.find("a"));
    assertEquals(List.of("p", "r"), parent.find("a").array().values());
  }

  @Test
  void generationsOfForksKeepTheirValues() {
    Variables v = variables();
    for (int i = 0; i < 300; i++) {
      v.set("v" + i, "old");
      Variables child = fork(v);
      child.set("v" + i, "of the child");
      v.set("last", Integer.toString(i));
      assertEquals(Integer.toString(i), v.get("last"));
      assertEquals(i == 0 ? null : Integer.toString(i - 1), child.get("last"));
    }
    assertEquals("old", v.get("v0"));
    assertEquals(301, v.names().size() - shellNames(v));
  }

  private static int shellNames(Variables v) {
    return (int) v.names().stream().filter(n -> !n.startsWith("v") && !n.equals("last")).count();
  }

  @Test
  void localsHideAndUncover() {
    Variables v = variables();
    v.set("x", "global");
    v.pushScope();
    v.declare("x", Scope.LOCAL, 0, 0);
    assertNull(v.get("x"));
    v.set("x", "local");
    v.pushScope();
    v.unset("x");
    assertEquals("global", v.get("x"));
    v.popScope();
    v.popScope();
    assertEquals("global", v.get("x"));
  }

  @Test
  void aLocalOfAForkedShellDoesNotLeak() {
    Variables v = variables();
    v.set("x", "global");
    v.pushScope();
    v.set("x", Scope.LOCAL, "local", false);
    Variables child = fork(v);
    child.set("x", "child's");
    child.declare("y", Scope.LOCAL, 0, 0);
    v.popScope();
    assertEquals("global", v.get("x"));
    assertEquals("child's", child.get("x"));
  }

  @Test
  void theEnvironmentIsMadeAnewOnlyAfterAChange() {
    Variables v = variables();
    v.set("x", "1");
    v.declare("x", Scope.VISIBLE, Variable.EXPORT, 0);
    assertEquals("1", v.environment().get("x"));
    assertSame(v.environment(), v.environment());
    v.set("y", "not exported");
    v.set("x", "2");
    assertEquals("{x=2}", v.environment().toString());
    v.pushTemporary(List.of("x", "z"), List.of("3", "4"));
    assertEquals("{x=3, z=4}", v.environment().toString());
    v.popTemporary();
    assertEquals("{x=2}", v.environment().toString());
  }

  @Test
  void anAssociativeArrayIsListedInBashsOrder() {
    AssociativeArray map = new AssociativeArray();
    for (String key : List.of("one", "two", "three", "four", "é")) {
      map.put(key, key);
    }
    map.remove("four");
    assertEquals(List.of("two", "three", "one", "é"), map.keys());
  }

  @Test
  void aSparseArrayKeepsItsOrder() {
    IndexedArray array = new IndexedArray();
    array.set(5_000_000_000L, "far");
    array.set(2, "two");
    array.add("next");
    array.remove(2);
    assertEquals(List.of("5000000000", "5000000001"), array.keys());
    assertEquals(5_000_000_000L, array.next(0));
    assertEquals(5_000_000_002L, array.end());
  }
}
