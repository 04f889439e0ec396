# bats file_tags=other
teardown_file() {
  echo "file teardown" >&3
  [ -z "$BREAK_FILE" ]
}

# bats test_tags=fast
@test "only of b" {
  true
}

@test "fails of b" {
  echo "why" 
  false
}
