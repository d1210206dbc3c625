#!/bin/bash
# 1 GiB, made on the fly, is sealed and opened in less than 32 MiB each, and comes back the same.
#   memory_test.sh SEAL_TOOL BYTES LIMIT-KIB      a limit of 0 is not held (sanitizers take their own)
set -euo pipefail
tool=$1 bytes=$2 limit=$3
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

mapfile -t key < <("$tool" keygen)
"$tool" generate "$bytes" | "$tool" seal "$folder/seal" "${key[1]}" | "$tool" open "$folder/open" "${key[0]}" |
  "$tool" check "$bytes"

for step in seal open; do
  peak=$(<"$folder/$step")
  echo "$step of $bytes bytes took $peak KiB of memory at most"
  if ((limit > 0 && peak >= limit)); then
    echo "which is not below $limit KiB" >&2
    exit 1
  fi
done
