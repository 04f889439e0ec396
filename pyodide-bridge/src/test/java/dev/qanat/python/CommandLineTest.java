package dev.qanat.python;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Command lines as CPython reads them. */
class CommandLineTest {
  /** Words; source of the program; its text; its arguments; flags. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-c print(1) a b    | COMMAND | print(1) | [a, b]      | {}",
        "-cpass             | COMMAND | pass     | []          | {}",
        "-uc pass -u        | COMMAND | pass     | [-u]        | {unbuffered=1}",
        "-OO -B s.py -c x   | FILE    | s.py     | [-c, x]     | {optimize=2, dont_write_bytecode=1}",
        "-m json.tool -h    | MODULE  | json.tool | [-h]       | {}",
        "- a                | STDIN   | -        | [a]         | {}",
        "-- -odd.py         | FILE    | -odd.py  | []          | {}",
        "-W error -x s.py   | FILE    | s.py     | []          | {skip_first_line=1}",
        "-X utf8 -i         |         | ''       | []          | {inspect=1}",
        "''                 | FILE    | ''       | []          | {}",
      })
  void optionsEndWithTheProgram(
      String words, CommandLine.Kind kind, String what, String arguments, String flags)
      throws Exception {
    CommandLine line = CommandLine.parse(List.of(words.split(" +", -1)));
    assertEquals(kind, line.kind());
    assertEquals(what, line.what());
    assertEquals(arguments, line.arguments().toString());
    assertEquals(flags, line.flags().toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-c           | Argument expected for the -c option",
        "-z           | unknown option -z",
        "--nope       | unknown option --nope",
        "-v           | option -v is not there in this build of CPython",
        "-X importtime | option -X importtime is not there in this build of CPython",
      })
  void whatCannotBeRunIsSaid(String words, String message) {
    List<String> args = List.of(words.split(" "));
    CommandLine.Bad e = assertThrows(CommandLine.Bad.class, () -> CommandLine.parse(args));
    assertEquals(message, e.getMessage());
  }
}
