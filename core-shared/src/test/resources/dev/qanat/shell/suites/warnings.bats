@test "run with flags but no minimum version" {
  run -0 true
}

@test "run of a command that is not there" {
  run no_such_command
}
