#!/bin/sh
testExits() { exit 3; }
. shunit2
