@test "in the subdirectory" {
  skip later
}
