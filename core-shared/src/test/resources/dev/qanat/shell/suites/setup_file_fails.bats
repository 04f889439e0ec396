setup_file() {
  echo "from the file's setup"
  false
}

@test "not run" {
  true
}

@test "nor this" {
  true
}
