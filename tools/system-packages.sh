#!/bin/sh
# Sees to what no Python package brings: system-packages.sh PYTHON NEED...
#
# A NEED is `venv` (Debian ships it apart from Python), `pango` (the three libraries that set the
# report's pages) or `poppler` (the tests read PDF files with it). The slow tests need three more:
# `java` (runs veraPDF), `softhsm` (a key that never leaves its token) and `chromium` (shows HTML).
# Installs with apt where that takes no password; otherwise says the one command and exits 3.
set -u
python=$1
shift
here=$(dirname "$0")

# A test names libraries here that no machine has.
: "${PANGO_LIBRARIES:=pango-1.0 pangoft2-1.0 harfbuzz-subset}"
: "${OS_RELEASE:=/etc/os-release}"

# Every name under which the browser that the tests drive is installed somewhere.
BROWSERS="chromium chromium-browser chromium-headless-shell google-chrome chrome"

is_there() {
  case $1 in
    venv) "$python" -c 'import ensurepip, venv' 2>/dev/null ;;
    # shellcheck disable=SC2086 # the names are words
    pango) "$python" "$here/loads.py" $PANGO_LIBRARIES 2>/dev/null ;;
    poppler)
      for command in pdftotext pdftoppm pdfsig; do
        command -v "$command" >/dev/null || return 1
      done
      ;;
    java) has_java_compiler ;;
    # Windows has no package of it; the tests that need it are skipped there.
    softhsm) [ "${OS:-}" = Windows_NT ] || command -v softhsm2-util >/dev/null ;;
    chromium)
      for command in $BROWSERS; do
        ! command -v "$command" >/dev/null || return 0
      done
      return 1
      ;;
    *)
      echo "system-packages.sh knows no “$1”; it knows venv, pango, poppler, java, softhsm and chromium." >&2
      exit 2
      ;;
  esac
}

# Java 17 or newer, with the compiler that runs a source file; some ship it with the runtime.
has_java_compiler() {
  case $(java --list-modules 2>/dev/null) in
    *jdk.compiler@1[7-9]* | *jdk.compiler@[2-9][0-9]*) ;;
    *) return 1 ;;
  esac
}

# Ubuntu has Chromium as a snap only; asked for it, apt installs nothing else either.
is_ubuntu() {
  # shellcheck disable=SC1090 # as the system calls it
  (. "$OS_RELEASE" && [ "${ID:-}" = ubuntu ]) 2>/dev/null
}

# Sets `missing` to the needs among the arguments that are not there.
look_for() {
  missing=
  for need in "$@"; do
    is_there "$need" || missing="$missing $need"
  done
}

# Prints what one system's package manager calls the missing needs.
package_names() {
  for need in $missing; do
    case $1/$need in
      debian/venv) echo "$(basename "$python")-venv" ;;
      debian/pango) echo libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 ;;
      fedora/pango | macos/pango) echo pango ;;
      windows/pango) echo mingw-w64-ucrt-x86_64-pango ;;
      debian/poppler | fedora/poppler) echo poppler-utils ;;
      macos/poppler) echo poppler ;;
      windows/poppler) echo mingw-w64-ucrt-x86_64-poppler ;;
      debian/java) echo default-jre-headless ;;
      fedora/java) echo java-latest-openjdk-devel ;;
      macos/java) echo temurin ;;
      winget/java) echo EclipseAdoptium.Temurin.21.JDK ;;
      debian/softhsm) echo softhsm2 ;;
      fedora/softhsm | macos/softhsm) echo softhsm ;;
      debian/chromium) is_ubuntu || echo chromium ;;
      fedora/chromium | macos/chromium) echo chromium ;;
      snap/chromium) ! is_ubuntu || echo chromium ;;
      winget/chromium) echo Hibbiki.Chromium ;;
    esac
  done | tr '\n' ' ' | sed 's/ $//'
}

say_line() {
  names=$(package_names "$3")
  [ -z "$names" ] || printf '  %-16s %s %s\n' "$1" "$2" "$names"
}

say_how() {
  echo
  for need in $missing; do
    case $need in
      venv) echo "This Python cannot make virtual environments: its package for that is missing." ;;
      # shellcheck disable=SC2086
      pango) "$python" "$here/loads.py" $PANGO_LIBRARIES ;;
      poppler) echo "Not found on this machine: pdftotext, pdftoppm or pdfsig, which the tests use." ;;
      java) echo "Not found on this machine: Java 17 or newer with its compiler, which the slow tests use." ;;
      softhsm) echo "Not found on this machine: softhsm2-util, which the slow tests use." ;;
      chromium) echo "Not found on this machine: Chromium or Chrome, which the slow tests use." ;;
    esac
  done
  echo "Install with one command, then run make again:"
  echo
  say_line "Debian, Ubuntu" "sudo apt-get install --no-install-recommends" debian
  say_line "Ubuntu" "sudo snap install" snap
  say_line "Fedora" "sudo dnf install" fedora
  # Homebrew's own Python is the one that finds Homebrew's libraries.
  say_line "macOS" "brew install python" macos
  say_line "Windows, MSYS2" "pacman -S" windows
  say_line "Windows" "winget install" winget
  echo
}

# Runs apt-get as root without ever asking for a password.
apt_get() {
  set -- env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=120 "$@"
  [ "$(id -u)" -eq 0 ] || set -- sudo -n "$@"
  "$@" </dev/null
}

may_apt() {
  command -v apt-get >/dev/null || return 1
  [ "$(id -u)" -eq 0 ] || sudo -n true 2>/dev/null
}

install_with_apt() {
  names=$(package_names debian)
  echo "Installing with apt: $names"
  # shellcheck disable=SC2086 # the names are words
  set -- install -y --no-install-recommends $names
  # A fresh or an old machine has no lists, or stale ones; only then are they fetched.
  apt_get "$@" 2>/dev/null || { apt_get update && apt_get "$@"; }
}

look_for "$@"
if [ -n "$missing" ] && may_apt; then
  install_with_apt || echo "apt could not install them." >&2
  look_for "$@"
fi
[ -z "$missing" ] || { say_how >&2; exit 3; }
