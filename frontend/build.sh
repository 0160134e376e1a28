#!/usr/bin/env bash
# Builds missingnet/visualise/static/vendor from the lock (needs Node 20 or later and a package registry).
# Usage: frontend/build.sh [OUT]. The result is committed, so that nobody needs Node to run the service.
set -euo pipefail
cd "$(dirname "$0")"
out="$(realpath -m "${1:-../missingnet/visualise/static/vendor}")"
if ! cmp -s package-lock.json node_modules/.built-from; then
  npm ci --loglevel=error
  cp package-lock.json node_modules/.built-from
fi
node build.mjs "$out"
