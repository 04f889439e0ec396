@test "never ends" {
  if true; then
}
