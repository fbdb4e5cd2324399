#!/usr/bin/env bash
# Installs LiteLLM's proxy into a virtual environment under .cache/ (which git ignores), unless it is there already.
# Prints the path of the program. Newer releases than 1.99 ask for a certifi that is too new.
set -euo pipefail
folder="$(cd "$(dirname "$0")/../.." && pwd)/.cache/litellm"
if [ ! -x "$folder/bin/litellm" ]; then
  rm -rf "$folder"
  python3 -m venv "$folder" >&2
  "$folder/bin/pip" install --quiet --disable-pip-version-check 'litellm[proxy]>=1.99,<1.100' >&2
fi
echo "$folder/bin/litellm"
