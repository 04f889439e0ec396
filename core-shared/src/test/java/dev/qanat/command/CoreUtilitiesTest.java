package dev.qanat.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The core utilities do what the machine's do: each line of the table is run by both. */
class CoreUtilitiesTest {
  @TestFactory
  Stream<DynamicTest> behaveAsTheMachinesOwn() throws IOException {
    try (InputStream in = getClass().getResourceAsStream("core-utilities.txt")) {
      return Differential.tests(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }
}
