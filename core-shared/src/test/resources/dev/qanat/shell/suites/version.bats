bats_require_minimum_version 99.0.0

@test "too old" {
  true
}
