package dev.qanat.shell.interp.builtin;

/** The pages of {@code help} for reserved words and variables, in the form of {@link HelpPages}. */
final class HelpSyntax {
  private HelpSyntax() {}

  static final String WORDS =
      """
      @%
      Continue a job.

      The same as `fg' with the job; with a `&' behind it the same as `bg'.

      Exit Status:
      That of the job.
      @(( ... ))
      Evaluate arithmetic.

      The same as `let' with EXPRESSION as its quoted argument.

      Exit Status:
      1 if the value is 0, else 0.
      @[[ ... ]]
      Evaluate a conditional expression.

      Knows the primaries of `test'; words are neither split nor taken for file patterns. The
      right side of == and != is a pattern, that of =~ an extended regular expression whose
      groups are left in BASH_REMATCH. Sides of -eq and its like are arithmetic.
      ( EXPR ), ! EXPR, EXPR && EXPR and EXPR || EXPR combine.

      Exit Status:
      0 if true, 1 if false, 2 if it makes no sense.
      @case
      Run the commands of the first pattern that matches.

      `;;' ends, `;&' runs on into the next commands, `;;&' goes on testing patterns.

      Exit Status:
      That of the last command; 0 if nothing matched.
      @coproc
      Run a command in the background with pipes to and from it.

      NAME[0] is the descriptor to read from, NAME[1] the one to write to, NAME_PID its
      process. NAME is COPROC unless given.

      Exit Status:
      0.
      @for
      Run commands for each word.

      NAME is each of WORDS in turn; without `in', each positional parameter.

      Exit Status:
      That of the last command.
      @for ((
      Count with arithmetic expressions.

      EXP1 is evaluated first, EXP2 before each turn, EXP3 after it; the loop ends when EXP2 is
      0. An empty one counts as 1.

      Exit Status:
      That of the last command.
      @function
      Define a function.

      The arguments of a call are its positional parameters, its name is in FUNCNAME.

      Exit Status:
      0, unless NAME is read-only.
      @if
      Run commands if others succeed.

      Exit Status:
      That of the last command; 0 if no condition was true.
      @select
      Let the user choose among words.

      The WORDS are listed on standard error and PS3 asks for a number. NAME is the word of that
      number, REPLY the line that was read. The loop ends with `break' or the input.

      Exit Status:
      That of the last command.
      @time
      Tell how long a pipeline took.

      TIMEFORMAT says in what form.

      Options:
        -p	in POSIX's form

      Exit Status:
      That of the pipeline.
      @until
      Run commands as long as others fail.

      Exit Status:
      That of the last command.
      @while
      Run commands as long as others succeed.

      Exit Status:
      That of the last command.
      @{ ... }
      Group commands.

      They run in this shell; redirections behind the brace are for all of them.

      Exit Status:
      That of the last command.
      @variables
      Variables that mean something to the shell.

      BASH_VERSION	the version of bash this is like
      CDPATH	directories in which cd looks
      GLOBIGNORE	patterns of files that `*' and the like leave out
      HISTFILE	the file of the history
      HISTFILESIZE	how many lines it has at most
      HISTIGNORE	patterns of commands that are not remembered
      HISTSIZE	how many commands are remembered
      HOME	your directory
      HOSTNAME	the name of this machine
      HOSTTYPE	its kind
      IFS	what splits words
      IGNOREEOF	how many ends of input an interactive shell ignores
      MACHTYPE	the system in full
      OSTYPE	the operating system
      PATH	directories in which commands are looked for
      PROMPT_COMMAND	run before each prompt
      PS1	the prompt
      PS2	the prompt for a command's further lines
      PS4	before each line that `set -x' prints
      PWD	the working directory
      SHELLOPTS	the options of `set -o' that are on
      TERM	the kind of terminal
      TIMEFORMAT	the form of what `time' prints
      TMOUT	seconds `read' and prompts wait
      auto_resume	one word may continue a stopped job
      histchars	the characters of history expansion
      """;
}
