#!/usr/bin/env bash
# Install what the tests need into a virtual environment of their own, find or install Chromium, and run every check.
set -euo pipefail
cd "$(dirname "$0")/.."

python="${PYTHON:-python3}"
"$python" -m venv .venv-tests
.venv-tests/bin/pip install --quiet --upgrade pip
.venv-tests/bin/pip install --quiet -r requirements.txt -r tests/requirements.txt
export PATH="$PWD/.venv-tests/bin:$PATH"

# Chromium: one that is already there, else the system's package manager, else Playwright's own build.
find_chromium() { command -v chromium || command -v chromium-browser || command -v google-chrome || true; }
if [ -z "$(find_chromium)" ] && command -v apt-get > /dev/null; then
  as_root=""
  [ "$(id -u)" -eq 0 ] || as_root="sudo -n"
  { $as_root apt-get update -qq && DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq chromium; } > /dev/null 2>&1 || true
fi
if [ -z "$(find_chromium)" ]; then
  python -m playwright install --with-deps chromium
fi
AIGC_DEMO_CHROMIUM="$(find_chromium)"
export AIGC_DEMO_CHROMIUM

ruff check .
ruff format --check .
mypy
python -m pytest -n 2 --dist loadscope --no-loadscope-reorder "$@"
