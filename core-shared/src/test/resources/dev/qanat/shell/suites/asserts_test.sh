#!/bin/sh
# Every assertion of shunit2, passing, failing and skipped.

oneTimeSetUp() {
  echo "one time set up: ${SHUNIT_TMPDIR:+has a directory}"
  printf 'a\nb\n' >"${SHUNIT_TMPDIR}/expected"
}

oneTimeTearDown() {
  echo "one time tear down"
}

setUp() {
  count=$((${count:-0} + 1))
}

tearDown() {
  unset temporary
}

testEquals() {
  assertEquals 1 1
  assertEquals 'with a message' 'a b' 'a b'
  assertNotEquals 1 2
  assertSame x x
  assertNotSame x y
}

testEqualsFails() {
  assertEquals 1 2
  assertEquals 'with a message' 'a b' 'c d'
  assertNotEquals 'the same' 1 1
  assertSame x y
  assertNotSame 'the same' x x
}

testContains() {
  assertContains 'a long line' long
  assertNotContains 'a long line' short
  assertContains 'missing' 'a long line' short
  assertNotContains 'there' 'a long line' long
}

testNull() {
  assertNull ''
  assertNotNull x
  assertNull 'not empty' x
  assertNotNull 'empty' ''
}

testTrue() {
  assertTrue 0
  assertTrue '[ 34 -gt 23 ]'
  assertTrue 'false' '[ -r /no/such/file ]'
  assertFalse 1
  assertFalse "[ 'apples' = 'oranges' ]"
  assertFalse 'true' '[ 1 -eq 1 ]'
}

testFailures() {
  fail 'failed on purpose'
  fail
  failNotEquals 'not equal' 1 2
  failSame 'same' 1 1
  failNotSame 'not same' 1 2
  failFound 'found' x
  failNotFound 'not found' x
}

testSkipping() {
  assertTrue 'before' 0
  startSkipping
  assertTrue 'skipped' 1
  isSkipping && echo skipping
  endSkipping
  assertTrue 'after' 0
}

testMacros() {
  ${_ASSERT_EQUALS_} 1 1
  ${_ASSERT_EQUALS_} '"with a line"' 1 2
  ${_ASSERT_TRUE_} '"a true one"' 1
  ${_FAIL_} '"a failure"'
  ${_ASSERT_NULL_} x
  ${_ASSERT_CONTAINS_} '"no"' abc x
}

testArguments() {
  assertEquals
  assertTrue 1 2 3
}

date() { echo "a mocked date"; }

testMocks() {
  assertEquals 'a mocked date' "$(date)"
}

testOutput() {
  printf 'a\nb\n' >"${SHUNIT_TMPDIR}/actual"
  diff "${SHUNIT_TMPDIR}/expected" "${SHUNIT_TMPDIR}/actual"
  assertTrue 'they differ' $?
  ( assertTrue 1 ) >"${SHUNIT_TMPDIR}/out" 2>&1
  assertContains "$(cat "${SHUNIT_TMPDIR}/out")" 'ASSERT'
}

testCommandThatFails() {
  result=$(no_such_command 2>&1) || status=$?
  assertEquals 127 "${status}"
}

. shunit2
