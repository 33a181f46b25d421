#!/usr/bin/env bash
# Runs every check, the tests last, so that one run shows all there is to mend. Needs scripts/setup.sh dev.
set -uo pipefail
cd "$(dirname "$0")/.."
failed=()

check() {
    echo "== $*"
    .venv/bin/python -m "$@" || failed+=("$*")
}

check ruff check .
check ruff format --check .
check mypy
[ ${#failed[@]} -eq 0 ] || echo "== FAILED before the tests: $(IFS=,; echo "${failed[*]}")"
check pytest -n 2 --dist loadfile
[ ${#failed[@]} -eq 0 ]
