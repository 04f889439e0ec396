package dev.qanat.shell.interp;

import java.util.ArrayList;
import java.util.List;

/** What {@code pushd} pushed; the working directory lies on top of it and is not kept here. */
public final class DirectoryStack {
  /** Topmost first. */
  public final List<String> below = new ArrayList<>();

  DirectoryStack copy() {
    DirectoryStack d = new DirectoryStack();
    d.below.addAll(below);
    return d;
  }

  /** The stack as {@code dirs} shows it, the working directory first. */
  public List<String> all(Shell sh) {
    List<String> all = new ArrayList<>();
    all.add(sh.workingDirectory());
    all.addAll(below);
    return all;
  }

  String entry(Shell sh, int n, boolean fromRight) {
    List<String> all = all(sh);
    int i = fromRight ? all.size() - 1 - n : n;
    return i >= 0 && i < all.size() ? all.get(i) : null;
  }
}
