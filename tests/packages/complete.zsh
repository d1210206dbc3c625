#!/usr/bin/env zsh
# complete.zsh FOLDER LINE: what zsh offers at the end of a line, a line each; FOLDER has the completion.
zmodload zsh/zpty

# A shell at a terminal, as a person has it. What it would offer it prints between two marks.
zpty shell zsh -f -i
offers() {
  zpty -w shell "$1"$'\C-M'
  zpty -r shell printed "*$2*"
}
offers "PROMPT= fpath=(${(q)1} \$fpath); autoload -Uz compinit; compinit -D -u" ''
offers 'compadd() {
  [[ ${@[1,(i)(-|--)]} == *-(O|A|D)\ * ]] && { builtin compadd "$@"; return; }
  local -a offered; builtin compadd -A offered "$@"; print -rl -- $offered
}' ''
offers 'tell() { print begin; compstate[insert]=; _main_complete; print end; }; zle -C tell complete-word tell; bindkey "^I" tell; print read''y' ready
zpty -w -n shell "$2"$'\t'
zpty -r shell printed $'*begin\r\n*end\r\n'
print -r -- ${${${printed##*begin$'\r\n'}%end*}//$'\r'/}
