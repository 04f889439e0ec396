package dev.qanat;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Holds the arrows between the packages: each may use only those above it. */
class ArchitectureTest {
  /** From the bottom of the house to its roof. */
  private static final String[] LAYERS = {
    "dev.qanat.sched..",
    "dev.qanat.text..",
    "dev.qanat.json..",
    "dev.qanat.vfs..",
    "dev.qanat.cache..",
    "dev.qanat.http..",
    "dev.qanat.resource..",
    "dev.qanat.terminal..",
    "dev.qanat.command",
    "dev.qanat.shell.edit..",
    "dev.qanat.shell.syntax..",
    "dev.qanat.shell.expand..",
    "dev.qanat.shell.interp..",
    "dev.qanat.command.(*)..",
    "dev.qanat.workspace.."
  };

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.qanat");

  @Test
  void eachPackageUsesOnlyThoseAboveIt() {
    for (int low = 0; low < LAYERS.length; low++) {
      for (int high = low + 1; high < LAYERS.length; high++) {
        noClasses()
            .that()
            .resideInAPackage(LAYERS[low])
            .should()
            .dependOnClassesThat()
            .resideInAPackage(LAYERS[high])
            .allowEmptyShould(true)
            .check(CLASSES);
      }
    }
  }

  @Test
  void commandsKnowNothingOfTheShell() {
    noClasses()
        .that()
        .resideInAPackage("dev.qanat.command.(*)..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.qanat.shell..")
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void theCoreTouchesNoPlatform() {
    noClasses()
        .that()
        .resideInAPackage("dev.qanat..")
        .and()
        .doNotHaveSimpleName("JvmSched")
        .and()
        .haveNameNotMatching(".*JvmSched.*")
        .should()
        .dependOnClassesThat()
        .haveNameMatching(
            "org\\.teavm\\..*|java\\.lang\\.Thread|java\\.io\\.File.*|java\\.nio\\.file\\..*"
                + "|java\\.util\\.concurrent\\..*|java\\.lang\\.reflect\\..*")
        .check(CLASSES);
  }
}
