#!/usr/bin/env bash
# Style, types and tests of the training pipeline, on tiny data. Ends with pytest's own summary line.
# The environment is made once, in training/.venv, and made anew when the pins change. PYTHON may name a Python 3.11.
set -euo pipefail
cd "$(dirname "$0")/.."
environment=training/.venv
pins=$(sha256sum training/pyproject.toml | cut -d' ' -f1)
if [ "$(cat "$environment/pins" 2>/dev/null)" != "$pins" ]; then
	"${PYTHON:-python3.11}" -m venv --clear "$environment"
	"$environment/bin/pip" install --quiet --disable-pip-version-check 'training/[check]'
	rm -rf training/build training/*.egg-info
	echo "$pins" >"$environment/pins"
fi
"$environment/bin/ruff" format --quiet --check training
"$environment/bin/ruff" check --quiet training
"$environment/bin/mypy" --config-file training/pyproject.toml --cache-dir training/.mypy_cache -p training
exec "$environment/bin/pytest" -c training/pyproject.toml training/tests
