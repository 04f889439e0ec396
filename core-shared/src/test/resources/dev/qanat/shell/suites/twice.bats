@test "same name" {
  true
}

@test "same name" {
  true
}
