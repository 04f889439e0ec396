setup_suite() {
  export SUITE=ready
  touch "$BATS_SUITE_TMPDIR/mark"
}

teardown_suite() {
  [ -z "$BREAK_SUITE" ]
}
