package dev.qanat.python;

/** What {@code python3 --help} prints: the options there are. */
final class Help {
  static final String TEXT =
      """
      usage: %s [option] ... [-c cmd | -m mod | file | -] [arg] ...
      Options:
      -B     : write no .pyc files on import (also PYTHONDONTWRITEBYTECODE=x)
      -c cmd : run the text; ends the options
      -E     : look at no PYTHON* variable
      -h     : print this and exit (also --help)
      -i     : prompt for more after the program
      -I     : isolated: as -E -P -s
      -m mod : run a module of the library as a script; ends the options
      -O     : leave out assert statements; -OO also leaves out docstrings
      -P     : do not put the script's directory at the start of sys.path
      -q     : print no version and copyright at the interactive start
      -s     : leave the user's site-packages out of sys.path
      -S     : do without the names that the site module adds
      -u     : write standard output and error without buffering (also PYTHONUNBUFFERED=x)
      -V     : print the version and exit (also --version); twice for more
      -W arg : control warnings (also PYTHONWARNINGS=arg)
      -x     : skip the first line of the source
      -X opt : set an option of the implementation
      Arguments:
      file   : run the script
      -      : run what comes on standard input (the default; interactive on a terminal)
      arg ...: arguments for the program, in sys.argv[1:]
      """;

  private Help() {}
}
