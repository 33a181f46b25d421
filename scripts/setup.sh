#!/usr/bin/env bash
# Makes .venv match a lock: `scripts/setup.sh run` (requirements.lock) or `dev` (requirements-dev.lock).
# Does nothing when it already does. PYTHON names the interpreter to use, else the first that suits is taken.
set -euo pipefail
cd "$(dirname "$0")/.."

fail() {
    echo "$*" >&2
    exit 1
}

case "${1:-}" in
    run) lock=requirements.lock ;;
    dev) lock=requirements-dev.lock ;;
    *) fail "Usage: scripts/setup.sh run|dev" ;;
esac
stamp=.venv/.installed-$1
unfinished=.venv/.installing  # stands while packages are being written: what an interruption left is not reused
log=.venv/install.log
# The place is part of the key: console scripts and the link to this project hold absolute paths.
key=$(cat requirements.lock requirements-dev.lock pyproject.toml <(pwd) | sha256sum | cut -d ' ' -f 1)

find_python() {
    local candidate recent=""
    for candidate in "${PYTHON:-python3}" python3.13 python3.12 python3.11; do
        "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue
        recent=$candidate
        if "$candidate" -c 'import ensurepip, venv' 2>/dev/null; then
            echo "$candidate"
            return
        fi
    done
    [ -n "$recent" ] || fail "Python 3.11 or newer is needed and was not found: install it, or name it with PYTHON=/path/to/python3."
    fail "$recent has no venv module: install it (on Debian and Ubuntu: apt-get install python3-venv)."
}

usable() {
    [ ! -e "$unfinished" ] && .venv/bin/python -m pip --version >/dev/null 2>&1
}

# The development lock holds all that the run lock holds.
current() {
    local file
    for file in "$stamp" .venv/.installed-dev; do
        if [ -f "$file" ] && [ "$(cat "$file")" = "$key" ]; then return 0; fi
    done
    return 1
}

pip_install() {
    if .venv/bin/python -m pip --disable-pip-version-check install --no-input --progress-bar off "$@" >>"$log" 2>&1; then
        return
    fi
    # Nothing was written yet, so the environment is as good as before.
    grep -q '^Installing collected packages' "$log" || rm -f "$unfinished"
    fail "The packages could not be installed, perhaps because no package index can be reached; $log says more, last: $(grep -E 'ERROR|error' "$log" | tail -n 1)"
}

if usable; then
    if current; then exit 0; fi
else
    python=$(find_python)
    echo "Creating .venv with $("$python" --version) …" >&2
    "$python" -m venv --clear .venv || fail "$python could not create .venv."
fi

echo "Installing $lock into .venv (minutes the first time; progress is in $log) …" >&2
touch "$unfinished"
rm -f "$stamp"
: >"$log"
pip_install --only-binary :all: -r "$lock"
pip_install --no-deps --no-build-isolation --editable .
rm "$unfinished"
echo "$key" >"$stamp"
