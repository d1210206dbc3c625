// Completions for bash, zsh and fish. Each knows, by the words typed so far, which command is
// meant, and offers its commands and options; where an option or a command takes a path, files.
#include <functional>

#include "cli/reference/command.hpp"

namespace fieldnote::cli {
namespace {

void each(const Command& command, const std::function<void(const Command&)>& visit) {
  visit(command);
  for (const Command& below : command.commands) each(below, visit);
}

// In single quotes, as all three shells read them.
std::string in_quotes(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'')
      out += "'\\''";
    else if (c == '\n')
      break;
    else
      out += c;
  }
  return out + '\'';
}

std::string paths_of_groups(const Command& program) {
  std::string paths;
  each(program, [&](const Command& command) {
    if (command.path.empty()) return;
    paths += (paths.empty() ? "" : " | ") + in_quotes(command.path);
  });
  return paths;
}

bool takes_files(const Command& command) {
  for (const OptionForm& option : command.options)
    if (option.names.empty() && option.is_path) return true;
  return false;
}

}  // namespace

std::string bash_completion(const Command& program) {
  std::string cases;
  std::string values;
  each(program, [&](const Command& command) {
    std::string words;
    for (const Command& below : command.commands) words += below.name + ' ';
    for (const OptionForm& option : command.options)
      for (const std::string& name : option.names) words += name + ' ';
    if (!words.empty()) words.pop_back();
    cases += "    " + in_quotes(command.path) + ") words=" + in_quotes(words) +
             (takes_files(command) ? " files=yes" : "") + " ;;\n";
    for (const OptionForm& option : command.options) {
      if (option.argument.empty()) continue;
      for (const std::string& name : option.names)
        values += "    " + in_quotes(command.path + ' ' + name) +
                  (option.is_path ? ") COMPREPLY=($(compgen -f -- \"$current\")); return ;;\n"
                                  : ") return ;;\n");
    }
  });
  return "# Completion of fieldnote(1) for bash; made from its own parser.\n"
         "_fieldnote() {\n"
         "  local current=${COMP_WORDS[COMP_CWORD]} path='' word words='' files='' next\n"
         "  for word in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do\n"
         "    next=\"${path:+$path }$word\"\n"
         "    case $next in\n"
         "    " +
         paths_of_groups(program) +
         ") path=$next ;;\n"
         "    esac\n"
         "  done\n"
         "  case \"$path ${COMP_WORDS[COMP_CWORD-1]}\" in\n" +
         values +
         "  esac\n"
         "  case $path in\n" +
         cases +
         "  esac\n"
         "  COMPREPLY=($(compgen -W \"$words\" -- \"$current\"))\n"
         "  [[ -z $files || $current == -* ]] || COMPREPLY+=($(compgen -f -- \"$current\"))\n"
         "}\n"
         "complete -o filenames -F _fieldnote fieldnote\n";
}

std::string zsh_completion(const Command& program) {
  std::string cases;
  const auto escaped = [](std::string text) {
    for (auto at = text.find(':'); at != text.npos; at = text.find(':', at + 2))
      text.insert(at, 1, '\\');
    return text;
  };
  each(program, [&](const Command& command) {
    cases += "    " + in_quotes(command.path) + ")\n";
    for (const Command& below : command.commands)
      cases += "      commands+=(" + in_quotes(below.name + ':' + escaped(below.summary())) + ")\n";
    for (const OptionForm& option : command.options)
      for (const std::string& name : option.names)
        cases += "      options+=(" + in_quotes(name + ':' + escaped(option.description)) + ")\n";
    cases += "      ;;\n";
  });
  return "#compdef fieldnote\n"
         "# Completion of fieldnote(1) for zsh; made from its own parser.\n"
         "local path_of='' word next\n"
         "local -a commands options\n"
         "for word in \"${(@)words[2,CURRENT-1]}\"; do\n"
         "  next=\"${path_of:+$path_of }$word\"\n"
         "  case $next in\n"
         "    " +
         paths_of_groups(program) +
         ") path_of=$next ;;\n"
         "  esac\n"
         "done\n"
         "case $path_of in\n" +
         cases +
         "esac\n"
         "if [[ $words[CURRENT] == -* ]]; then\n"
         "  _describe option options\n"
         "elif (( $#commands )); then\n"
         "  _describe command commands\n"
         "else\n"
         "  _files\n"
         "fi\n";
}

std::string fish_completion(const Command& program) {
  std::string lines =
      "# Completion of fieldnote(1) for fish; made from its own parser.\n"
      "function __fieldnote_path\n"
      "  set -l path\n"
      "  for word in (commandline -opc)[2..-1]\n"
      "    switch \"$path $word\"\n"
      "      case";
  each(program, [&](const Command& command) {
    if (!command.path.empty()) lines += ' ' + in_quotes(' ' + command.path);
  });
  lines +=
      "\n"
      "        set path \"$path $word\"\n"
      "    end\n"
      "  end\n"
      "  echo (string trim -- \"$path\")\n"
      "end\n"
      "function __fieldnote_at\n"
      "  test (__fieldnote_path) = \"$argv\"\n"
      "end\n";
  each(program, [&](const Command& command) {
    const std::string start =
        "complete -c fieldnote -n " + in_quotes("__fieldnote_at " + command.path) + ' ';
    if (!command.commands.empty() || !takes_files(command)) lines += start + "-f\n";
    for (const Command& below : command.commands)
      lines += start + "-a " + below.name + " -d " + in_quotes(below.summary()) + '\n';
    for (const OptionForm& option : command.options) {
      if (option.names.empty()) continue;
      lines += start;
      for (const std::string& name : option.names)
        lines +=
            name.starts_with("--") ? "-l " + name.substr(2) + ' ' : "-s " + name.substr(1) + ' ';
      if (!option.argument.empty()) lines += option.is_path ? "-rF " : "-x ";
      lines += "-d " + in_quotes(option.description) + '\n';
    }
  });
  return lines;
}

}  // namespace fieldnote::cli
