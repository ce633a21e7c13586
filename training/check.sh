#!/usr/bin/env bash
# Style, types and tests of the training pipeline, on tiny data. Ends with pytest's own summary line.
# Without torch, which is 4 GB: then its types are not known and the tests of the network are left out. `--torch` makes an
# environment with it, and once it is there it is used: nothing is left out any more.
# The environment is made once and made anew when the pins or the Python change. PYTHON may name a Python 3.11 or 3.12,
# SOTTO_TRAINING_ENV another place than training/.venv: one that several checkouts, or runs of CI, share.
set -euo pipefail
cd "$(dirname "$0")/.."
environment=${SOTTO_TRAINING_ENV:-training/.venv}
python=${PYTHON:-$(command -v python3.11 || command -v python3.12 || true)}
if [ -z "$python" ]; then
	echo 'The training pipeline needs Python 3.11 or 3.12. Install one, or name it: PYTHON=/path/to/python3.11' >&2
	exit 1
fi
has_torch() { [ -n "$(find "$environment"/lib/python*/site-packages -maxdepth 1 -name 'torch-*' 2>/dev/null)" ]; }
if [ "${1:-}" = --torch ] || has_torch; then extras=check,torch; else extras=check; fi
pins=$({ "$python" --version; echo "$extras"; cat training/pyproject.toml; } | sha256sum | cut -d' ' -f1)
install() {
	"$environment/bin/pip" install --quiet --disable-pip-version-check --retries 10 --timeout 60 "training/[$extras]"
}
if [ "$(cat "$environment/pins" 2>/dev/null)" != "$pins" ]; then
	"$python" -m venv --clear "$environment"
	# With torch, 2.5 GB come from an index that may stumble: what is there already is not fetched again.
	install || install || install
	rm -rf training/build training/*.egg-info
	echo "$pins" >"$environment/pins"
fi
"$environment/bin/ruff" format --quiet --check training
"$environment/bin/ruff" check --quiet training
mypy=("$environment/bin/mypy" --config-file training/pyproject.toml --cache-dir training/.mypy_cache -p training)
pytest=("$environment/bin/pytest" -c training/pyproject.toml training/tests)
if has_torch; then
	"${mypy[@]}"
	exec "${pytest[@]}"
fi
# What comes of torch may be anything, so these rules have nothing to go by.
"${mypy[@]}" --allow-subclassing-any --allow-untyped-decorators --no-warn-return-any --no-warn-unused-ignores
echo 'torch is not there: the tests of the network are left out. With it (4 GB): training/check.sh --torch'
exec "${pytest[@]}" --ignore training/tests/network
