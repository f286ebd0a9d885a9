#!/usr/bin/env bash
# Makes .venv out of a hash-locked requirements file, and sees that a browser and Chinese fonts are
# there. Usage: scripts/setup.sh REQUIREMENTS. What cannot be installed is said in one line each;
# only a missing Python, a missing venv or a failing pip end the set-up.
set -u
cd "$(dirname "$0")/.." || exit 1
requirements=${1:?usage: scripts/setup.sh REQUIREMENTS}
python=${PYTHON:-python3}
log=build/setup.log
mkdir -p build

say() { printf 'setup: %s\n' "$*"; }
fail() { say "$*" >&2; exit 1; }

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

# Installs Debian packages, quietly. Returns 1 where that is not possible or not allowed.
apt_install() {
    command -v apt-get >/dev/null || return 1
    [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null || return 1
    local install=(env DEBIAN_FRONTEND=noninteractive apt-get install --yes --quiet
        --no-install-recommends -o DPkg::Lock::Timeout=120 "$@")
    as_root "${install[@]}" >>"$log" 2>&1 && return 0
    as_root apt-get update --quiet >>"$log" 2>&1
    as_root "${install[@]}" >>"$log" 2>&1
}

make_venv() {
    "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null ||
        fail "python 3.11 or newer is needed; name one with: make PYTHON=/path/to/python3 ..."
    [ -x .venv/bin/pip ] && return
    "$python" -m venv --clear .venv >>"$log" 2>&1 && return
    local series
    series=$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
    say "installing python3-venv"
    apt_install python3-venv || apt_install "$series"
    "$python" -m venv --clear .venv >>"$log" 2>&1 ||
        { rm -rf .venv; fail "python3-venv is missing and could not be installed; as root: apt-get install python3-venv"; }
}

install_packages() {
    say "installing $requirements into .venv"
    .venv/bin/pip install --quiet --quiet --disable-pip-version-check --require-hashes -r "$requirements" ||
        fail "pip could not install $requirements; its own words stand above"
    .venv/bin/pip install --quiet --quiet --disable-pip-version-check --no-deps --no-build-isolation \
        --editable . || fail "pip could not install the project itself"
}

# A browser that is there but lacks its libraries does not even tell its version.
runs() {
    timeout 60 "$1" --version >/dev/null 2>&1
}

system_browser() {
    local name
    for name in chromium chromium-browser google-chrome google-chrome-stable; do
        command -v "$name" >/dev/null && runs "$name" && return
    done
    return 1
}

playwright_browser() {
    local path
    for path in "${PLAYWRIGHT_BROWSERS_PATH:-$HOME/.cache/ms-playwright}"/chromium-*/chrome-linux*/chrome; do
        [ -x "$path" ] && runs "$path" && return
    done
    return 1
}

find_browser() {
    system_browser || playwright_browser && return
    say "installing a browser"
    timeout 600 .venv/bin/playwright install chromium >>"$log" 2>&1
    playwright_browser && return
    apt_install chromium && system_browser && return
    playwright_browser ||
        say "no browser: chromium could not be installed, so nothing will be called 打不开 or blank ($log)"
}

find_fonts() {
    compgen -G '/usr/share/fonts/*/noto/NotoSansCJK*' >/dev/null && return
    command -v fc-list >/dev/null && [ -n "$(fc-list :lang=zh family)" ] && return
    say "installing Chinese fonts"
    apt_install fonts-noto-cjk ||
        say "no Chinese fonts: fonts-noto-cjk could not be installed, so screenshots will show boxes ($log)"
}

make_venv
install_packages
[ "$requirements" = requirements.txt ] || exit 0 # the tools come second: the rest has been seen to
find_browser
find_fonts
