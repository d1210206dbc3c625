#!/usr/bin/env bash
# complete.bash COMPLETION WORD...: what bash offers after these words, a line each.
source "$1"
shift
COMP_WORDS=("$@")
COMP_CWORD=$(($# - 1))
_fieldnote
printf '%s\n' "${COMPREPLY[@]}"
