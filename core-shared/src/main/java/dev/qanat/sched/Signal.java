package dev.qanat.sched;

/** Signal numbers and names as on Linux (signal(7)). */
public final class Signal {
  public static final int HUP = 1;
  public static final int INT = 2;
  public static final int QUIT = 3;
  public static final int ABRT = 6;
  public static final int KILL = 9;
  public static final int USR1 = 10;
  public static final int SEGV = 11;
  public static final int USR2 = 12;
  public static final int PIPE = 13;
  public static final int ALRM = 14;
  public static final int TERM = 15;
  public static final int CHLD = 17;
  public static final int CONT = 18;
  public static final int STOP = 19;
  public static final int TSTP = 20;
  public static final int TTIN = 21;
  public static final int TTOU = 22;
  public static final int URG = 23;
  public static final int XCPU = 24;
  public static final int XFSZ = 25;
  public static final int WINCH = 28;

  /** One more than the highest number this system knows. */
  public static final int COUNT = 65;

  private static final String[] NAMES = {
    "EXIT", "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV",
    "USR2", "PIPE", "ALRM", "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG",
    "XCPU", "XFSZ", "VTALRM", "PROF", "WINCH", "IO", "PWR", "SYS"
  };

  private static final String[] DESCRIPTIONS = {
    "",
    "Hangup",
    "Interrupt",
    "Quit",
    "Illegal instruction",
    "Trace/breakpoint trap",
    "Aborted",
    "Bus error",
    "Floating point exception",
    "Killed",
    "User defined signal 1",
    "Segmentation fault",
    "User defined signal 2",
    "Broken pipe",
    "Alarm clock",
    "Terminated",
    "Stack fault",
    "Child exited",
    "Continued",
    "Stopped (signal)",
    "Stopped",
    "Stopped (tty input)",
    "Stopped (tty output)",
    "Urgent I/O condition",
    "CPU time limit exceeded",
    "File size limit exceeded",
    "Virtual timer expired",
    "Profiling timer expired",
    "Window changed",
    "I/O possible",
    "Power failure",
    "Bad system call"
  };

  private Signal() {}

  /** The name without {@code SIG}, or null when the number names no signal; 0 is {@code EXIT}. */
  public static String name(int signal) {
    if (signal >= 0 && signal < NAMES.length) {
      return NAMES[signal];
    }
    if (signal >= 34 && signal <= 64) {
      // bash counts up from RTMIN in the lower half and down from RTMAX in the upper half
      if (signal == 34) {
        return "RTMIN";
      }
      if (signal == 64) {
        return "RTMAX";
      }
      return signal <= 49 ? "RTMIN+" + (signal - 34) : "RTMAX-" + (64 - signal);
    }
    return null;
  }

  /** What a shell prints when a job dies of it, as strsignal(3) says it. */
  public static String description(int signal) {
    return signal >= 0 && signal < DESCRIPTIONS.length
        ? DESCRIPTIONS[signal]
        : "Real-time signal " + (signal - 34);
  }

  /** The number of {@code INT}, {@code SIGINT}, {@code int} or {@code 2}; -1 when it is none. */
  public static int parse(String text) {
    if (!text.isEmpty() && Character.isDigit(text.charAt(0))) {
      int n = 0;
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        if (c < '0' || c > '9' || n > COUNT) {
          return -1;
        }
        n = n * 10 + c - '0';
      }
      return n < COUNT && name(n) != null ? n : -1;
    }
    String upper = text.toUpperCase();
    if (upper.startsWith("SIG")) {
      upper = upper.substring(3);
    }
    for (int i = 0; i < COUNT; i++) {
      if (upper.equals(name(i))) {
        return i;
      }
    }
    return upper.equals("IOT") ? ABRT : upper.equals("CLD") ? CHLD : upper.equals("POLL") ? 29 : -1;
  }

  static boolean ignoredByDefault(int signal) {
    return signal == CHLD || signal == CONT || signal == URG || signal == WINCH;
  }

  static boolean stopsByDefault(int signal) {
    return signal == STOP || signal == TSTP || signal == TTIN || signal == TTOU;
  }
}
