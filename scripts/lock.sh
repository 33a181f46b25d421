#!/usr/bin/env bash
# Writes both locks from pyproject.toml, one for all platforms and Python versions. What is locked stays as it is
# where it still fits; `scripts/lock.sh --upgrade` (make lock UPGRADE=1) takes the newest of everything.
set -euo pipefail
cd "$(dirname "$0")/.."
python=.venv/bin/python
"$python" -m uv --version >/dev/null 2>&1 || "$python" -m pip install --quiet uv

# uv does not read pip's configuration, so what pip was told about indexes is passed on.
pip_setting() {
    "$python" -m pip config get "global.$1" 2>/dev/null || true
}
export UV_DEFAULT_INDEX=${UV_DEFAULT_INDEX:-${PIP_INDEX_URL:-$(pip_setting index-url)}}
export UV_INDEX=${UV_INDEX:-${PIP_EXTRA_INDEX_URL:-$(pip_setting extra-index-url)}}
export SSL_CERT_FILE=${SSL_CERT_FILE:-${PIP_CERT:-$(pip_setting cert)}}
for name in UV_DEFAULT_INDEX UV_INDEX SSL_CERT_FILE; do
    [ -n "${!name}" ] || unset "$name"
done

compile() {
    "$python" -m uv pip compile --quiet --universal --python-version 3.11 --index-strategy unsafe-best-match \
        --no-emit-index-url --no-annotate --custom-compile-command "make lock" pyproject.toml "$@"
}
compile --all-extras --output-file requirements-dev.lock "$@"
compile --constraints requirements-dev.lock --output-file requirements.lock "$@"
# scripts/setup.sh builds the project with the locked setuptools.
grep -q '^setuptools==' requirements.lock || { echo "requirements.lock lacks setuptools." >&2; exit 1; }
