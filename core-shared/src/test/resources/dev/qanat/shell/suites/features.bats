#!/usr/bin/env bats
# What a suite of bats can ask for, passing.

bats_require_minimum_version 1.5.0

setup_file() {
  export FROM_FILE="set up once"
  echo "file setup" >"$BATS_FILE_TMPDIR/log"
}

teardown_file() {
  [ "$(grep -c 'test setup' "$BATS_FILE_TMPDIR/log")" -gt 3 ]
}

setup() {
  load helper
  local_value=fresh
  echo "test setup $BATS_TEST_NUMBER" >>"$BATS_FILE_TMPDIR/log"
}

teardown() {
  [[ -n $BATS_TEST_NAME ]]
  rm -f "$BATS_TEST_TMPDIR/left"
}

@test "a command that is true" {
  true
}

@test "run keeps status, output and lines" {
  run printf '%s\n' one '' 'two  three'
  [ "$status" -eq 0 ]
  [ "$output" = $'one\n\ntwo  three' ]
  [ "${#lines[@]}" -eq 2 ]
  [ "${lines[1]}" = "two  three" ]
}

@test "run keeps a failing status" {
  run sh -c 'echo oops; exit 3'
  [ "$status" -eq 3 ]
  [[ $output == oops ]]
}

@test "run checks the status it is told" {
  run -0 true
  run -7 sh -c 'exit 7'
  run ! false
  [ "$BATS_RUN_COMMAND" = false ]
}

@test "run separates the streams" {
  run --separate-stderr sh -c 'echo out; echo err1 >&2; echo err2 >&2; echo more'
  [ "$output" = $'out\nmore' ]
  [ "$stderr" = $'err1\nerr2' ]
  [ "${stderr_lines[1]}" = err2 ]
  [ "${#lines[@]}" = 2 ]
}

@test "run keeps empty lines when asked" {
  run --keep-empty-lines printf 'a\n\n\nb\n'
  [ "${#lines[@]}" -eq 4 ]
  [ "${lines[2]}" = "" ]
}

@test "functions can be run" {
  helper_greet() { echo "hello $1"; return "$2"; }
  run -4 helper_greet world 4
  [ "$output" = "hello world" ]
}

@test "helpers are loaded from a file" {
  run shout abc
  [ "$output" = ABC ]
}

@test "variables of setup_file are there, and setup's are fresh" {
  [ "$FROM_FILE" = "set up once" ]
  [ "$local_value" = fresh ]
  local_value=stale
}

@test "bats tells about the test" {
  [ "$BATS_TEST_DESCRIPTION" = "bats tells about the test" ]
  [ "$BATS_TEST_NAME" = test_bats_tells_about_the_test ]
  [ "${BATS_TEST_FILENAME##*/}" = features.bats ]
  [ "$BATS_TEST_DIRNAME" = "$PWD" ]
  [ "$BATS_SUITE_TEST_NUMBER" = "$BATS_TEST_NUMBER" ]
  [ "${#BATS_TEST_NAMES[@]}" -gt 10 ]
  [ -d "$BATS_TEST_TMPDIR" ] && [ -d "$BATS_FILE_TMPDIR" ] && [ -d "$BATS_SUITE_TMPDIR" ]
  echo "version $BATS_VERSION" >&3
}

@test "skipped without a reason" {
  skip
  false
}

@test "skipped for a reason" {
  skip "not on this machine"
}

@test "here-documents, loops and pipes" {
  total=0
  while read -r name count; do
    [[ $name == \#* ]] && continue
    ((total += count))
  done <<EOF
# name count
apples 3
pears $((2 * 2))
EOF
  [ "$total" -eq 7 ]
  run bash -c "seq 5 | tac | paste -sd,"
  [ "$output" = 5,4,3,2,1 ]
}

@test "special characters in names: 'quoted' \"double\" \$dollar \`back\` (a|b) é" {
  [[ $BATS_TEST_DESCRIPTION == *'$dollar'* ]]
}

# bats test_tags=slow,tag:one
@test "tagged" {
  [ "${#BATS_TEST_TAGS[@]}" -ge 0 ]
}

no_brace_on_this_line() { :; }
@test "a test in one line" { true; }

@test "descriptor 3 writes to the terminal" {
  echo "# a note" >&3
  echo "hidden" 
}

@test "bats_pipe-less failure of a pipeline counts with pipefail" {
  set -o pipefail
  run bash -o pipefail -c 'false | true'
  [ "$status" -eq 1 ]
}

@test "load fails loudly in run" {
  run load nosuch
  [ "$status" -ne 0 ]
}

@test "BATS_TEST_RETRIES can be set" {
  BATS_TEST_RETRIES=2
  n=$(cat "$BATS_FILE_TMPDIR/tries" 2>/dev/null || echo 0)
  echo $((n + 1)) >"$BATS_FILE_TMPDIR/tries"
  [ "$n" -lt 1 ] || true
}
