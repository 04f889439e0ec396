package dev.qanat.e2e;

/** Runs cases, each in a workspace of its own. */
interface CaseRunner extends AutoCloseable {
  Case.Outcome run(Case c);

  @Override
  void close();
}
