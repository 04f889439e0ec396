load helper

setup() {
  [[ $BATS_TEST_DESCRIPTION != *"in setup"* ]]
}

teardown() {
  [[ $BATS_TEST_DESCRIPTION != *"in teardown"* ]]
}

@test "a failing command" {
  echo "printed before"
  false
  echo "never printed"
}

@test "a failing comparison" {
  run echo one
  [ "$output" = two ]
}

@test "a failing condition" {
  x=abc
  [[ $x == b* ]]
}

@test "failing arithmetic" {
  n=3
  ((n > 5))
}

@test "a failing function of a helper" {
  assert_equal 1 2
}

outer() {
  inner "$@"
}
inner() {
  [ "$1" = good ]
}
@test "a failure deep in functions" {
  outer good
  outer bad
}

@test "a command that does not exist" {
  no_such_command --at all
}

@test "fails in setup" {
  true
}

@test "fails in teardown" {
  true
}

@test "fails in both setup is first in setup in teardown" {
  true
}

@test "an unset variable" {
  set -u
  echo "$no_such_variable"
}

@test "a failing pipeline" {
  set -o pipefail
  echo a | false | cat
}

@test "a failing subshell" {
  (
    cd /
    exit 4
  )
}

@test "a failure in a loop" {
  for i in 1 2 3; do
    [ "$i" -lt 2 ]
  done
}

@test "a failing command substitution" {
  x=$(
    echo partial
    exit 9
  )
}

@test "exit in a test" {
  exit 1
}

@test "return in a test" {
  return 2
}

@test "run with the wrong status" {
  run -0 sh -c 'echo text; exit 1'
}

@test "a status that was to fail" {
  run ! true
}

@test "a command over several lines" {
  grep -q \
    needle \
    /dev/null
}

@test "eval fails" {
  eval 'true
false'
}

@test "the last one passes" {
  true
}
