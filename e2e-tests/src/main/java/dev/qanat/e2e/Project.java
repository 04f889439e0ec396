package dev.qanat.e2e;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the built parts of the project lie. */
public final class Project {
  private Project() {}

  /** The checkout's top folder. */
  public static Path root() {
    Path here = Path.of("").toAbsolutePath();
    for (Path p = here; p != null; p = p.getParent()) {
      if (Files.isDirectory(p.resolve("core-shared"))
          && Files.isDirectory(p.resolve("e2e-tests"))) {
        return p;
      }
    }
    try {
      Path classes =
          Path.of(Project.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return classes.getParent().getParent().getParent();
    } catch (java.net.URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The npm package as the build leaves it. */
  public static Path npmPackage() {
    return built(root().resolve("web-runtime/target/npm"));
  }

  /** The playground's files. */
  public static Path playground() {
    return built(root().resolve("demo-app/target/site"));
  }

  private static Path built(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new IllegalStateException(
          folder + " is missing; build first: mvn -B -DskipTests package");
    }
    return folder;
  }
}
