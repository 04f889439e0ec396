package dev.qanat.shell.interp;

import java.util.ArrayList;
import java.util.List;

/** A builtin whose arguments may be assignments: {@code declare}, {@code local}, {@code export}. */
public interface DeclarationBuiltin extends Builtin {
  /** As {@link Builtin#run}; each argument is a String or a {@link DeclaredAssignment}. */
  int declare(Shell sh, List<Object> args);

  @Override
  default int run(Shell sh, List<String> args) {
    return declare(sh, new ArrayList<>(args));
  }
}
