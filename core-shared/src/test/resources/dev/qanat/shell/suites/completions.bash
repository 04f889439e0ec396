# What Debian's completions give for the lines that are the arguments.
COMP_WORDBREAKS=$' \t\n"\'><=;|&(:' # as it is in a shell with a terminal
XDG_DATA_DIRS=$COMPLETIONS/usr/share # not the machine's
. "$COMPLETIONS/usr/share/bash-completion/bash_completion"

complete_line() {
  local how function
  COMP_LINE=$1 COMP_POINT=${#1} COMP_KEY=9 COMP_TYPE=9 COMPREPLY=()
  read -ra COMP_WORDS <<<"$1"
  [[ $1 == *' ' ]] && COMP_WORDS+=('')
  COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
  complete -p "$COMP_WORDS" &>/dev/null || _completion_loader "$COMP_WORDS"
  how=$(complete -p "$COMP_WORDS")
  if [[ $how == *' -F '* ]]; then
    function=${how#* -F }
    "${function%% *}" "$COMP_WORDS" "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
  else
    how=${how#complete}
    mapfile -t COMPREPLY < <(eval "compgen ${how% *} -- '${COMP_WORDS[COMP_CWORD]}'")
  fi
  printf '%s [%s]\n' "$1" "$how"
  printf '  %q\n' "${COMPREPLY[@]}" | LC_ALL=C sort -u | head -n 40
}

mkdir -p a/b 'with blank' .hidden
touch a/c.tar.gz a/d.sh x.py Makefile 'two words.txt'
known=variable
for line; do
  complete_line "$line"
done
