"""What CPython needs to be a program of the computer in the tab."""
