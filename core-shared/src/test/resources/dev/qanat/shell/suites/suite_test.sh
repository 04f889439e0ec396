#!/bin/sh
suite() {
  suite_addTest checkOne
  suite_addTest checkTwo
}

checkOne() { assertTrue 0; }
checkTwo() { assertEquals 'two' 2 3; }
testNotInTheSuite() { fail never; }

. shunit2
