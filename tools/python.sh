#!/bin/sh
# Prints the first of the interpreters named, or of the usual names, that is Python 3.11 or newer.
# Exits 3 with one sentence when there is none.
set -u
[ $# -gt 0 ] || set -- python3 python3.13 python3.12 python3.11 python

for name in "$@"; do
  # Started, not only looked up: a version manager leaves names behind that start nothing.
  if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    echo "$name"
    exit 0
  fi
done

cat >&2 <<EOF
Python 3.11 or newer is needed, and none of these is one: $*.
Install it, then run make again, or name one: make PYTHON=/path/to/python3.12 …

  Debian, Ubuntu   sudo apt-get install python3 python3-venv
  Fedora           sudo dnf install python3
  macOS            brew install python
  Windows          winget install Python.Python.3.13
EOF
exit 3
