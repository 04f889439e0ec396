package dev.qanat.e2e;

import dev.qanat.sched.JvmSched;
import dev.qanat.sched.Sched;
import dev.qanat.vfs.Attributes;
import dev.qanat.vfs.FileContext;
import dev.qanat.vfs.StreamFile;
import dev.qanat.workspace.Session;
import dev.qanat.workspace.Workspace;
import java.io.ByteArrayOutputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Runs cases with the shell on the JVM, each in a workspace of its own. */
final class JvmCases implements CaseRunner {
  private final JvmSched sched = new JvmSched();

  JvmCases() {
    Sched.install(sched);
  }

  @Override
  public Case.Outcome run(Case c) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Session.Execution[] execution = new Session.Execution[1];
    CountDownLatch done = new CountDownLatch(1);
    int[] status = new int[1];
    sched.outside(
        () ->
            Sched.get()
                .spawn(
                    "case",
                    () -> {
                      try {
                        execution[0] = start(c, out, err);
                        status[0] = execution[0].await();
                      } finally {
                        done.countDown();
                      }
                    }));
    boolean inTime;
    try {
      inTime = done.await(Math.round(c.timeout() * 1000), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    sched.outside(
        () -> {
          if (execution[0] != null) {
            execution[0].cancel("the case is over"); // its background jobs too
          }
        });
    return new Case.Outcome(c.id(), out.toByteArray(), err.toByteArray(), status[0], !inTime);
  }

  private static Session.Execution start(
      Case c, ByteArrayOutputStream out, ByteArrayOutputStream err) {
    Workspace w = Workspace.inMemory();
    CaseHelpers.addTo(w.commands());
    FileContext files = w.files();
    files.mkdirs(c.cwd());
    if (c.needs().contains("legacy_tmp")) {
      files.mkdirs(c.cwd() + "/_tmp");
    }
    c.files()
        .forEach(
            (path, bytes) -> {
              files.mkdirs(path.substring(0, Math.max(1, path.lastIndexOf('/'))));
              files.writeFile(path, bytes);
              if (bytes.length > 1 && bytes[0] == '#' && bytes[1] == '!') {
                files.setAttributes(path, Attributes.mode(0755), true);
              }
            });
    Session.Options options = new Session.Options();
    options.cwd = c.cwd();
    options.env = c.env();
    return w.session("case")
        .start(
            "exec bash",
            StreamFile.of(c.code()),
            new StreamFile("pipe:[1]", null, out::write),
            new StreamFile("pipe:[2]", null, err::write),
            options);
  }

  @Override
  public void close() {}
}
