@test "first of one" {
  [ "$SUITE" = ready ]
}

# bats test_tags=slow
@test "second of one" {
  echo out
  [ -f "$BATS_SUITE_TMPDIR/mark" ]
}
