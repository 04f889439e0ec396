package dev.qanat.shell.interp;

import dev.qanat.sched.Task;
import dev.qanat.vfs.Descriptors;
import dev.qanat.vfs.OpenFile;

/** A pipeline the shell started, in the background or under job control. */
public final class Job {
  final int number;
  final Task[] tasks;
  final String text;
  boolean background;

  /** The commands of a pipeline, one for each task; null for anything else. */
  String[] stages;

  /** Its end or stop has been told. */
  boolean told;

  boolean stoppedTold;
  private boolean shownRunning;
  boolean disowned;
  boolean noHangup;

  /** The variable of a coprocess, or null. */
  String coproc;

  /** The shell's descriptors that lead to a coprocess, and what they were given. */
  int[] coprocFds;

  OpenFile[] coprocFiles;

  Job(int number, Task[] tasks, String text, boolean background) {
    this.number = number;
    this.tasks = tasks;
    this.text = text;
    this.background = background;
  }

  /** Closes those descriptors of a table that still lead to the coprocess. */
  void closeCoprocFiles(Descriptors d) {
    for (int i = 0; i < coprocFds.length; i++) {
      if (d.get(coprocFds[i]) == coprocFiles[i]) {
        d.close(coprocFds[i]);
      }
    }
  }

  /** Notes that a listing showed the job; whether it shows nothing new. */
  public boolean show() {
    boolean stopped = stopped();
    boolean known = finished() ? told : stopped ? stoppedTold : shownRunning;
    if (stopped) {
      stoppedTold = true;
    } else if (!finished()) {
      shownRunning = true;
    }
    return known;
  }

  public int number() {
    return number;
  }

  public String text() {
    return text;
  }

  /** The process whose number {@code $!} gave. */
  public Task last() {
    return tasks[tasks.length - 1];
  }

  public Task[] tasks() {
    return tasks;
  }

  public int group() {
    return tasks[0].group();
  }

  public boolean finished() {
    for (Task t : tasks) {
      if (!t.finished()) {
        return false;
      }
    }
    return true;
  }

  public boolean stopped() {
    boolean any = false;
    for (Task t : tasks) {
      if (!t.finished()) {
        if (!t.stopped()) {
          return false;
        }
        any = true;
      }
    }
    return any;
  }

  /** The signal that stopped it. */
  int stopSignal() {
    int signal = dev.qanat.sched.Signal.STOP;
    for (Task t : tasks) {
      if (t.stopped()) {
        signal = t.stopSignal();
      }
    }
    return signal;
  }

  public int status() {
    return last().status();
  }

  public boolean isForeground() {
    return !background;
  }

  public boolean wasTold() {
    return told;
  }

  public void tell() {
    told = true;
  }

  public void keepOnHangup() {
    noHangup = true;
  }

  public void continueInBackground() {
    background = true;
    stoppedTold = false;
    for (Task t : tasks) {
      t.signal(dev.qanat.sched.Signal.CONT);
    }
  }
}
