package dev.qanat.shell.interp.builtin;

/**
 * The pages of {@code help} for builtins: after a line {@code @name} what it is for, in one line,
 * then how it behaves, its options and its exit status. Names that share a page share a line.
 */
final class HelpPages {
  private HelpPages() {}

  static final String COMMANDS =
      """
      @:
      Do nothing, successfully.

      Its arguments are expanded and its redirections done, and that is all.

      Exit Status:
      Always 0.
      @. source
      Run the commands of a file in this shell.

      A FILENAME without a slash is looked for in PATH, and then in the working directory unless
      the shell is in POSIX mode. ARGUMENTS, if there are any, are the positional parameters
      while the file runs.

      Exit Status:
      That of the last command run; 1 if the file cannot be read.
      @[
      Evaluate a conditional expression.

      The same as `test', except that the last argument must be a `]'.
      @alias
      Define or show aliases.

      NAME=VALUE makes NAME stand for VALUE where a command's first word is read. A VALUE that
      ends in a blank lets the next word be an alias too. A NAME alone is shown, and without
      names, all of them.

      Options:
        -p	show all aliases as commands that define them

      Exit Status:
      0, or 1 if a NAME is no alias or cannot be one.
      @bg
      Let stopped jobs go on in the background.

      Without a JOB_SPEC, the current job.

      Exit Status:
      0, or 1 if there is no such job or no job control.
      @bind
      Show or change what keys do in the line editor.

      Options:
        -m keymap	the keymap the other options are about
        -l		list the names of all functions
        -P		list functions and their keys
        -p		the same, in a form that can be read back
        -S		list the key sequences that insert macros
        -s		the same, in a form that can be read back
        -V		list variables and their values
        -v		the same, in a form that can be read back
        -q name	tell which keys call a function
        -u name	unbind all keys of a function
        -r keyseq	unbind a key sequence
        -f file	read bindings from a file
        -x seq:cmd	run a shell command when the keys are typed
        -X		list the keys bound with -x

      Exit Status:
      0, or 1 for an unknown option or name.
      @break
      Leave a loop.

      Ends the N innermost for, while, until or select loops; N is 1 unless given.

      Exit Status:
      0, unless N is less than 1.
      @builtin
      Run a builtin even if a function has its name.

      Exit Status:
      That of SHELL-BUILTIN; 1 if there is no such builtin.
      @caller
      Show where the running function was called.

      Prints the line and file of the call; with EXPR, the line, function and file of the call
      that many frames up.

      Exit Status:
      0, or 1 where no function runs or there are not so many frames.
      @cd
      Change the working directory.

      Goes to DIR, to HOME without one, to OLDPWD for `-'. A DIR that does not begin with a
      slash or a dot is looked for in the directories of CDPATH first. With the shell option
      cdable_vars, a DIR that is not there may be a variable that names one.

      Options:
        -L	treat `..' as taking off the last name, links not followed (the default)
        -P	follow links first
        -e	with -P: fail when the new directory cannot be named
        -@	show a file's extended attributes as a directory, where systems can

      Exit Status:
      0 when the directory was changed.
      @command
      Run a command that is no function, or tell what a name means.

      Options:
        -p	look in a PATH that has the standard utilities
        -v	print what would run
        -V	describe what would run

      Exit Status:
      That of COMMAND, or 1 if nothing of that name is found.
      @compgen
      Print the completions that options generate for a word.

      Takes the options of `complete' but -p, -r, -D, -E and -I, and prints the matches of WORD.

      Exit Status:
      0 if there were matches.
      @complete
      Say how the arguments of commands are completed.

      Options:
        -p	show declarations in a form that can be read back
        -r	remove declarations, all of them without a NAME
        -D	for commands without a declaration of their own
        -E	for an empty line
        -I	for the first word of a line
        -o option	bashdefault, default, dirnames, filenames, noquote, nosort, nospace, plusdirs
        -A action	what to generate: alias, builtin, command, file, function, user, ...
        -G pattern	file names that match the pattern
        -W words	the words of a list
        -F function	what the function leaves in COMPREPLY
        -C command	the lines the command prints
        -X pattern	leave out what matches; with `!' what does not
        -P prefix	put before each
        -S suffix	put behind each
        -a -b -c -d -e -f -g -j -k -s -u -v	short for the actions alias, builtin, command,
      		directory, export, file, group, job, keyword, service, user and variable

      Exit Status:
      0, or 1 after an error.
      @compopt
      Change the options of a completion.

      Changes those of each NAME, or, in a completion function, of the running completion.
      Without options, shows them.

      Options:
        -o option	switch on
        +o option	switch off
        -D -E -I	those of the special declarations

      Exit Status:
      0, or 1 if a NAME has no declaration.
      @continue
      Begin the next turn of a loop.

      With N, of the N-th loop outwards.

      Exit Status:
      0, unless N is less than 1.
      @declare typeset
      Declare variables, with values and attributes.

      Without names, shows variables. In a function, NAMEs become local, unless -g is given. A
      `+' in place of the `-' takes an attribute away.

      Options:
        -p	show each NAME's attributes and value
        -f	functions in place of variables
        -F	functions, only by name
        -g	the global variable, in a function
        -I	begin with the value the outer variable has
        -a	indexed array
        -A	associative array
        -i	integer: values are evaluated
        -l	values become lower case
        -u	values become upper case
        -n	reference to another variable
        -r	read-only
        -t	traced
        -x	exported

      Exit Status:
      0, or 1 for a name or value that is not valid.
      @dirs
      Show the directory stack.

      +N and -N show one entry, counted from the left or the right, from zero.

      Options:
        -c	empty the stack
        -l	write the home directory in full
        -p	one entry a line
        -v	one entry a line, numbered

      Exit Status:
      0, or 1 if there is no such entry.
      @disown
      Take jobs out of the table of jobs.

      Options:
        -a	all jobs
        -h	keep them in the table, but send them no SIGHUP
        -r	running jobs only

      Exit Status:
      0, or 1 if there is no such job.
      @echo
      Print the arguments, with blanks between them.

      Options:
        -n	no newline at the end
        -e	read backslash escapes: \\a \\b \\c \\e \\f \\n \\r \\t \\v \\\\ \\0nnn \\xHH \\uHHHH
      		\\UHHHHHHHH
        -E	do not read them

      Exit Status:
      0, unless writing fails.
      @enable
      Switch builtins on and off.

      A builtin that is off gives way to a program of its name.

      Options:
        -n	switch off, or list those that are off
        -a	list all, on and off
        -p	list in a form that can be read back
        -s	only POSIX's special builtins
        -f -d	load builtins from a file, and remove them

      Exit Status:
      0, or 1 if a NAME is no builtin.
      @eval
      Run the arguments as a command.

      They are joined by blanks and read anew.

      Exit Status:
      That of the command; 0 if there is none.
      @exec
      Replace the shell by a command.

      Without a COMMAND, its redirections hold for the shell from now on.

      Options:
        -a name	what the command gets as its name
        -c	with an empty environment
        -l	as a login shell: a dash before its name

      Exit Status:
      0 without a COMMAND; otherwise there is one only if it cannot be run.
      @exit
      End the shell.

      Exit Status:
      N, or that of the last command.
      @export
      Mark variables for the environment of programs.

      Options:
        -f	functions in place of variables
        -n	take the mark away
        -p	show what is exported

      Exit Status:
      0, or 1 for a name that is not valid.
      @false
      Fail.

      Exit Status:
      Always 1.
      @fc
      List, edit or repeat commands of the history.

      FIRST and LAST are numbers, counted back from the end when negative, or the beginning of
      a command.

      Options:
        -e ename	the editor; else FCEDIT, EDITOR or ed
        -l	list
        -n	without numbers
        -r	newest first
        -s	run one again, PAT replaced by REP

      Exit Status:
      That of what was run; 1 after an error.
      @fg
      Bring a job to the foreground.

      Without a JOB_SPEC, the current job.

      Exit Status:
      That of the command; 1 if there is no job control.
      @getopts
      Read options from arguments.

      Each call puts the next option's letter into NAME, its argument into OPTARG and the index
      of the next argument into OPTIND. A letter with a colon behind it in OPTSTRING takes an
      argument. With a colon in front, errors are not printed: NAME is `?' for an unknown
      option, `:' for a missing argument, and OPTARG the letter. OPTERR=0 silences errors too.

      Exit Status:
      0 while there are options.
      @hash
      Remember where commands are, or show it.

      Options:
        -d	forget each NAME
        -l	show in a form that can be read back
        -p path	take PATH for the place of NAME
        -r	forget all
        -t	print where each NAME is

      Exit Status:
      0, unless a NAME is not found.
      @help
      Show help for builtins and other words of the shell.

      PATTERN may be the beginning of a name. Without one, lists all.

      Options:
        -d	one line about each
        -m	in the form of a manual page
        -s	only the synopsis

      Exit Status:
      0, unless nothing matches.
      @history
      Show or change the list of commands typed.

      With N, shows the last N. HISTTIMEFORMAT adds times.

      Options:
        -c	forget all
        -d offset	forget one entry, or from START-END
        -a	append what is new to the file
        -n	read what is new in the file
        -r	read the file
        -w	write the file
        -p	expand the arguments as history is, and print them
        -s	add the arguments as one entry

      Exit Status:
      0, or 1 after an error.
      @jobs
      List jobs.

      Options:
        -l	with process numbers
        -n	only those that changed since the last notice
        -p	only process numbers
        -r	running ones
        -s	stopped ones
        -x	run COMMAND, job specifications replaced by process numbers

      Exit Status:
      0, or 1 if there is no such job; with -x that of COMMAND.
      @kill
      Send a signal to processes and jobs.

      The signal is SIGTERM unless another is given.

      Options:
        -s sig	a signal's name
        -n sig	a signal's number
        -l	list signals; with an argument, turn names into numbers and back
        -L	the same

      Exit Status:
      0 if a signal was sent.
      @let
      Evaluate arithmetic.

      Each ARG is an expression of 64-bit integers, with C's operators.

      Exit Status:
      1 if the last one is 0, else 0.
      @local
      Make variables that are local to a function.

      Takes the options of `declare'. A `-' as NAME makes changes of `set' options local.

      Exit Status:
      0; 1 outside of a function, or for a name that is not valid.
      @logout
      End a login shell.

      Exit Status:
      N, or that of the last command; 1 if this is no login shell.
      @mapfile readarray
      Read lines into an array.

      Options:
        -d delim	what ends a line; an empty one is a NUL
        -n count	so many lines at most
        -O origin	from this index on, keeping what the array has
        -s count	leave out so many lines first
        -t	without what ends them
        -u fd	read from a descriptor
        -C callback	run it with index and line
        -c quantum	each so many lines (5000)

      Exit Status:
      0, unless the array cannot be assigned to.
      @popd
      Take a directory off the stack and go to the new top.

      +N and -N take off another, counted from the left or the right, from zero.

      Options:
        -n	change only the stack

      Exit Status:
      0, unless there is no such entry or the directory cannot be entered.
      @printf
      Print in a format.

      Knows the conversions of printf(3), and besides
        %b	an argument with backslash escapes
        %q	an argument quoted so that the shell can read it back
        %Q	the same, with the precision applied before quoting
        %(fmt)T	a time in strftime(3)'s format; -1 is now, -2 the shell's start
      The format is used again while there are arguments left.

      Options:
        -v var	assign to VAR in place of printing

      Exit Status:
      0, unless an argument is not valid or writing fails.
      @pushd
      Go to a directory and keep the old one on the stack.

      Without arguments, swaps the two at the top. +N and -N turn the stack so that the entry
      counted from the left or the right, from zero, is at the top.

      Options:
        -n	change only the stack

      Exit Status:
      0, unless there is no such entry or the directory cannot be entered.
      @pwd
      Print the working directory.

      Options:
        -L	as it was named, links included (the default)
        -P	without links

      Exit Status:
      0, unless it cannot be told.
      @read
      Read a line and split it into variables.

      The line is split by IFS; the last NAME gets the rest. Without names, REPLY gets the line.

      Options:
        -a array	the words become the array's elements
        -d delim	what ends the line; an empty one is a NUL
        -e	edit the line, at a terminal
        -i text	begin editing with TEXT
        -n nchars	end after so many characters
        -N nchars	read exactly so many, delimiters not minded
        -p prompt	shown at a terminal
        -r	backslashes mean themselves
        -s	do not show what is typed
        -t timeout	seconds, with a fraction; 0 asks whether there is input
        -u fd	read from a descriptor

      Exit Status:
      0, unless the input ended, time ran out (above 128) or a variable cannot be assigned to.
      @readonly
      Make variables or functions unchangeable.

      Options:
        -a	indexed arrays
        -A	associative arrays
        -f	functions
        -p	show what is read-only

      Exit Status:
      0, or 1 for a name that is not valid.
      @return
      Return from a function or sourced file.

      Exit Status:
      N, or that of the last command; 2 elsewhere.
      @set
      Change shell options and positional parameters, or show variables.

      A `+' in place of the `-' switches an option off. Arguments left over become $1, $2 and
      so on; after `--' even if there are none. `-' ends options and switches -x and -v off.

      Options:
        -a	allexport	export variables when they are assigned
        -b	notify	tell at once when a job ends
        -e	errexit	exit when a command fails
        -f	noglob	no file name expansion
        -h	hashall	remember where commands are
        -k	keyword	all assignments of a command go to its environment
        -m	monitor	job control
        -n	noexec	read commands, do not run them
        -p	privileged	do not trust the environment
        -t	onecmd	exit after one command
        -u	nounset	unset variables are errors
        -v	verbose	print lines as they are read
        -x	xtrace	print commands as they are run
        -B	braceexpand	brace expansion
        -C	noclobber	`>' does not overwrite files
        -E	errtrace	functions inherit the trap on ERR
        -H	histexpand	history expansion with `!'
        -P	physical	cd and pwd follow links
        -T	functrace	functions inherit the traps on DEBUG and RETURN
        -o name	by name; besides these emacs, history, ignoreeof, interactive-comments,
      		nolog, pipefail, posix and vi

      Exit Status:
      0, unless an option is not valid.
      @shift
      Drop positional parameters.

      $N+1 becomes $1, and so on; N is 1 unless given.

      Exit Status:
      0, unless N is negative or larger than $#.
      @shopt
      Change or show shell options.

      Options:
        -o	the options of `set -o'
        -p	show in a form that can be read back
        -q	show nothing, only the status
        -s	switch on
        -u	switch off

      Exit Status:
      0 if all OPTNAMEs are on, or were changed.
      @suspend
      Stop the shell until it gets SIGCONT.

      Options:
        -f	even a login shell, or one without job control

      Exit Status:
      0, unless the shell cannot be stopped.
      @test
      Evaluate a conditional expression.

      Files: -a -e is there, -b block device, -c character device, -d directory, -f regular
      file, -g set-group-id, -h -L link, -k sticky, -p FIFO, -r readable, -s not empty, -S
      socket, -t FD is a terminal, -u set-user-id, -w writable, -x executable, -O owned by you,
      -G of your group, -N modified since it was read. FILE1 -nt FILE2 newer, -ot older, -ef the
      same file.

      Strings: -z empty, -n or alone not empty, = == equal, != different, < > in order.

      Other: -o OPTION is on, -v VAR is set, -R VAR is a reference. Numbers: -eq -ne -lt -le
      -gt -ge. ! EXPR, EXPR -a EXPR, EXPR -o EXPR, ( EXPR ).

      Exit Status:
      0 if true, 1 if false, 2 if it makes no sense.
      @times
      Print the processor time used by the shell and its children.

      Exit Status:
      Always 0.
      @trap
      Run a command when a signal or an event arrives.

      ARG `-' or a missing one resets, an empty one ignores. EXIT (0) is the shell's end, DEBUG
      comes before each command, ERR after one that fails, RETURN after a function or sourced
      file. Without arguments, shows the traps.

      Options:
        -l	list signals
        -p	show the traps of the signals given

      Exit Status:
      0, unless a SIGNAL_SPEC is not valid.
      @true
      Succeed.

      Exit Status:
      Always 0.
      @type
      Tell what names mean as commands.

      Options:
        -a	all meanings
        -f	no functions
        -P	look in PATH, whatever else the name means
        -p	print the file that would run, if it is one
        -t	print one word: alias, keyword, function, builtin or file

      Exit Status:
      0 if all names mean something.
      @ulimit
      Show or set limits of the shell and what it starts.

      LIMIT is a number, or soft, hard or unlimited.

      Options:
        -S	the soft limit
        -H	the hard limit
        -a	all limits
        -b	socket buffers		-c	core files
        -d	data segment		-e	scheduling priority
        -f	files written		-i	pending signals
        -k	kqueues			-l	locked memory
        -m	resident memory		-n	open files
        -p	pipe buffer		-q	message queues
        -r	real-time priority	-s	stack
        -t	processor seconds	-u	processes
        -v	virtual memory		-x	file locks
        -P	pseudoterminals		-R	real-time without pause
        -T	threads

      Exit Status:
      0, unless a limit cannot be set.
      @umask
      Show or set the permissions new files do not get.

      MODE is octal, or symbolic and then of what they do get.

      Options:
        -p	show in a form that can be read back
        -S	show symbolically

      Exit Status:
      0, unless MODE is not valid.
      @unalias
      Remove aliases.

      Options:
        -a	all of them

      Exit Status:
      0, unless a NAME is no alias.
      @unset
      Remove variables or functions.

      Without options, a variable, and if there is none, a function.

      Options:
        -f	functions
        -v	variables
        -n	references themselves, not what they refer to

      Exit Status:
      0, unless a NAME is read-only.
      @wait
      Wait for jobs and background processes.

      Without an ID, for all of them.

      Options:
        -n	only for the next that ends
        -p var	put its number into VAR
        -f	until it has ended, not only changed

      Exit Status:
      That of the last ID; 127 if it is none of the shell's.
      """;
}
