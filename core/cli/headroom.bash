# headroom.bash: completion for bash, from the program's own table of verbs and options.
# SPDX-License-Identifier: GPL-3.0-or-later

# The folder on the command line: the first word after the verb that is one.
_headroom_folder()
{
  local word
  for word in "${COMP_WORDS[@]:2}"; do
    if [[ $word != -* && -f ${word%/}/council.csv ]]; then
      printf '%s' "$word"
      return
    fi
  done
}

_headroom_words()
{
  mapfile -t COMPREPLY < <(compgen -W "$1" -- "$2")
}

_headroom_paths()
{
  compopt -o filenames 2> /dev/null
  mapfile -t COMPREPLY < <(compgen "-$1" -- "$2")
}

_headroom_plugins()
{
  "$program" plugin list --csv 2> /dev/null | sed -n '2,$s/,.*//p'
}

# The value of an option; fails where the option takes none.
_headroom_value()
{
  case $1 in
    -s | --scenario) _headroom_words "$("$program" __complete scenarios "$(_headroom_folder)" 2> /dev/null)" "$2" ;;
    --set | --find)
      compopt -o nospace 2> /dev/null
      mapfile -t COMPREPLY < <(compgen -S . -W "$(_headroom_plugins)" -- "$2")
      ;;
    --until)
      if [[ $verb == simulate ]]; then
        _headroom_words 'se<0.1% se<0.2%' "$2"
      else
        _headroom_words 'D1 D2 D3 D4' "$2"
      fi
      ;;
    --fail-if) _headroom_words 'D1 D2 D3 D4' "$2" ;;
    --sampler) _headroom_words 'rqmc mc' "$2" ;;
    --color) _headroom_words 'auto always never' "$2" ;;
    --plugin-path) _headroom_paths d "$2" ;;
    -o | --output)
      if [[ $verb$second == pluginnew ]]; then
        _headroom_paths d "$2"
      else
        _headroom_paths f "$2"
      fi
      ;;
    --width)
      if [[ $verb == chart ]]; then
        _headroom_words 'wide half narrow' "$2"
      fi
      ;;
    --audience) _headroom_words 'member officer peer' "$2" ;;
    --pack | --council-words | --samples | --uncertainty | --correlation) _headroom_paths f "$2" ;;
    --only) _headroom_words "$("$program" __complete tests 2> /dev/null)" "$2" ;;
    --seed | --draws | --threads | --deadline | --grain | --year | --title) ;;
    *) return 1 ;;
  esac
}

_headroom()
{
  local program=${COMP_WORDS[0]} word=${COMP_WORDS[COMP_CWORD]} last=${COMP_WORDS[COMP_CWORD - 1]}
  local verb=${COMP_WORDS[1]} second=''
  COMPREPLY=()
  if ((COMP_CWORD == 1)); then
    _headroom_words "$("$program" __complete verbs 2> /dev/null | cut -d ' ' -f 1) --help --version" "$word"
    return
  fi
  if [[ $verb == plugin ]]; then
    second=${COMP_WORDS[2]}
    if ((COMP_CWORD == 2)); then
      _headroom_words "$("$program" __complete verbs 2> /dev/null | sed -n 's/^plugin //p')" "$word"
      return
    fi
  fi
  if _headroom_value "$last" "$word"; then
    return
  fi
  if [[ $word == -* ]]; then
    _headroom_words "$("$program" __complete options "$verb" "$second" 2> /dev/null)" "$word"
  elif [[ $verb == chart && $COMP_CWORD == 2 ]]; then
    _headroom_words "$("$program" __complete pictures 2> /dev/null)" "$word"
  elif [[ $verb$second == pluginshow && $word != */* ]]; then
    _headroom_words "$(_headroom_plugins)" "$word"
  elif [[ $verb$second == pluginnew ]]; then
    return
  elif [[ $verb == plugin ]]; then
    _headroom_paths f "$word"
  else
    _headroom_paths d "$word"
  fi
}

complete -F _headroom headroom
