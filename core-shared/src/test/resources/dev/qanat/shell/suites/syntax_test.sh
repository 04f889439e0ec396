#!/bin/sh
testOne() {
  assertTrue 'unterminated
}
. shunit2
