package dev.qanat.command.text.sed;

import dev.qanat.command.Command;
import dev.qanat.command.Invocation;
import dev.qanat.command.Locale;
import dev.qanat.command.Options;
import dev.qanat.command.Options.Given;
import dev.qanat.command.Options.Parsed;
import dev.qanat.command.Output;
import dev.qanat.text.ByteBuilder;
import dev.qanat.text.Utf8;
import dev.qanat.text.regex.Regex;
import dev.qanat.text.regex.RegexException;
import dev.qanat.vfs.Descriptors;
import dev.qanat.vfs.FileStat;
import dev.qanat.vfs.FileType;
import dev.qanat.vfs.OpenFile;
import dev.qanat.vfs.OpenFlags;
import dev.qanat.vfs.VfsException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code sed}: edits a stream of lines by a script. */
public final class Sed implements Command {
  private static final Options OPTIONS =
      Options.of("sed")
          .version("GNU sed", "4.9")
          .usage("[OPTION]... {script-only-if-no-other-script} [input-file]...")
          .usageInErrors()
          .flag('n', "quiet", "suppress automatic printing of pattern space")
          .alias("silent", "quiet")
          .flag((char) 0, "debug", "annotate program execution")
          .value('e', "expression", "script", "add the script to the commands to be executed")
          .value(
              'f',
              "file",
              "script-file",
              "add the contents of script-file to the commands to be executed")
          .flag((char) 0, "follow-symlinks", "follow symlinks when processing in place")
          .optional(
              'i', "in-place", "SUFFIX", "edit files in place (makes backup if SUFFIX supplied)")
          .value(
              'l', "line-length", "N", "specify the desired line-wrap length for the `l' command")
          .flag((char) 0, "posix", "disable all GNU extensions.")
          .flag('E', "regexp-extended", "use extended regular expressions in the script")
          .alias('r', "regexp-extended")
          .flag('s', "separate", "consider files as separate rather than as a single stream.")
          .flag((char) 0, "sandbox", "operate in sandbox mode (disable e/r/w commands).")
          .flag('u', "unbuffered", "flush the output buffers more often")
          .flag('z', "null-data", "separate lines by NUL characters")
          .flag('b', "binary", "open files in binary mode (no effect)")
          .epilogue(
              """
              If no -e, --expression, -f, or --file option is given, then the first
              non-option argument is taken as the sed script to interpret.  All
              remaining arguments are names of input files; if no input files are
              specified, then the standard input is read.""");

  @Override
  public int run(Invocation in) {
    Parsed parsed = OPTIONS.parse(in);
    ScriptText script = new ScriptText();
    boolean scriptGiven = false;
    boolean extended = false;
    boolean quiet = false;
    boolean separate = false;
    boolean inPlace = false;
    boolean followLinks = false;
    boolean posix = false;
    boolean sandbox = false;
    boolean unbuffered = false;
    String suffix = null;
    int delimiter = '\n';
    int lineLength = 70;
    for (Given given : parsed.options()) {
      switch (given.id()) {
        case "quiet" -> quiet = true;
        case "expression" -> {
          script.addExpression(given.value());
          scriptGiven = true;
        }
        case "file" -> {
          script.addFile(given.value(), readScript(in, given.value()));
          scriptGiven = true;
        }
        case "follow-symlinks" -> followLinks = true;
        case "in-place" -> {
          inPlace = true;
          separate = true;
          suffix = given.value() == null || given.value().isEmpty() ? suffix : given.value();
        }
        case "line-length" -> lineLength = leadingNumber(given.value());
        case "posix" -> posix = true;
        case "regexp-extended" -> extended = true;
        case "separate" -> separate = true;
        case "sandbox" -> sandbox = true;
        case "unbuffered" -> unbuffered = true;
        case "null-data" -> delimiter = 0;
        case "debug" -> throw in.fail(1, "--debug is not supported");
        default -> {} // -b changes nothing here
      }
    }
    List<String> operands = new ArrayList<>(parsed.operands());
    if (!scriptGiven) {
      if (operands.isEmpty()) {
        Output err = in.stderr();
        err.write(OPTIONS.helpText(in.name()));
        err.flush();
        return 1;
      }
      script.addExpression(operands.remove(0));
    }
    quiet |= script.startsQuiet();

    OutputFile out = new OutputFile(in.stdout());
    Map<String, OutputFile> files = new LinkedHashMap<>();
    Map<String, OpenFile> opened = new LinkedHashMap<>();
    InPlace editing = inPlace ? new InPlace(in, out, suffix, followLinks) : null;
    InputFiles input =
        new InputFiles(
            in, operands.isEmpty() ? List.of("-") : operands, separate, inPlace, editing);
    int regexFlags =
        (Locale.isBytes(in.env()) ? Regex.BYTES : 0) | (delimiter == 0 ? Regex.NUL_LINES : 0);
    Executor executor = null;
    try {
      List<SedCommand> commands =
          new ScriptParser(
                  script,
                  extended,
                  regexFlags,
                  sandbox,
                  name -> open(in, name, out, editing != null, files, opened))
              .parse();
      Executor.Settings settings =
          new Executor.Settings(quiet, unbuffered, delimiter, lineLength, posix);
      executor = new Executor(in, commands, input, out, settings, text -> shell(in, text));
      int status = executor.run();
      input.finish();
      for (OutputFile file : files.values()) {
        file.out.flush();
      }
      return status != 0 ? status : input.status;
    } catch (ScriptException e) {
      throw in.fail(e.status, e.getMessage());
    } catch (RegexException e) {
      throw in.fail(4, e.getMessage());
    } finally {
      if (editing != null) {
        editing.abandon();
      }
      if (executor != null) {
        executor.close();
      }
      for (OpenFile file : opened.values()) {
        file.release();
      }
    }
  }

  private static int leadingNumber(String value) {
    int number = 0;
    for (int i = 0; i < value.length() && value.charAt(i) >= '0' && value.charAt(i) <= '9'; i++) {
      number = Math.min(number * 10 + value.charAt(i) - '0', 1 << 20);
    }
    return number;
  }

  private static String readScript(Invocation in, String name) {
    try {
      byte[] bytes = name.equals("-") ? in.stdin().readAll() : in.files().readFile(name);
      return Utf8.decode(bytes);
    } catch (VfsException e) {
      throw in.fail(4, "couldn't open file " + name + ": " + e.reason());
    }
  }

  /** The file of a w command: opened, and emptied, once for the whole script. */
  private static OutputFile open(
      Invocation in,
      String name,
      OutputFile out,
      boolean editing,
      Map<String, OutputFile> files,
      Map<String, OpenFile> opened) {
    OutputFile file = files.get(name);
    if (file == null) {
      if (name.equals("/dev/stdout")) {
        file = editing ? new OutputFile(in.stdout()) : out;
      } else if (name.equals("/dev/stderr")) {
        file = new OutputFile(in.stderr());
      } else {
        try {
          OpenFile target = in.files().open(name, OpenFlags.REPLACE, 0666);
          opened.put(name, target);
          file = new OutputFile(new Output(target));
        } catch (VfsException e) {
          throw in.fail(4, "couldn't open file " + name + ": " + e.reason());
        }
      }
      files.put(name, file);
    }
    return file;
  }

  /** Runs a shell command with its standard output caught. */
  private static byte[] shell(Invocation in, String text) {
    Capture capture = new Capture();
    Descriptors table = in.files().descriptors().copy();
    table.set(1, capture);
    Command shell = in.programs().shell(text);
    try {
      in.run(shell, in.child(List.of("sh"), in.files().with(table), in.env()));
    } finally {
      table.closeAll();
    }
    return capture.bytes.toByteArray();
  }

  /** Keeps what is written to it. */
  private static final class Capture extends OpenFile {
    final ByteBuilder bytes = new ByteBuilder();

    @Override
    public int read(byte[] b, int off, int len) {
      return -1;
    }

    @Override
    public void write(byte[] b, int off, int len) {
      bytes.append(b, off, len);
    }

    @Override
    public FileStat stat() {
      return FileStat.of(FileType.FIFO, 0, 0, null);
    }

    @Override
    public String path() {
      return "pipe:[sed]";
    }
  }
}
