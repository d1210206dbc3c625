// The commands of a program as its own parser knows them: what the man page and the completions are
// made from, so that neither can say anything else.
#pragma once

#include <string>
#include <vector>

#include "cli/commands.hpp"

namespace fieldnote::cli {

struct OptionForm {
  std::vector<std::string> names;  // "--out", "-o"; empty for a positional
  std::string argument;            // "FILE"; empty for a flag
  std::string description;
  std::string preset;  // what it is where it is not given; may be empty
  bool required = false;
  bool repeats = false;
  bool is_path = false;  // files are offered for it
};

struct Command {
  std::string name;         // "check"
  std::string path;         // "policy check"; empty for the program itself
  std::string description;  // the first line is a summary
  std::vector<OptionForm> options;
  std::vector<Command> commands;

  [[nodiscard]] std::string summary() const {
    return description.substr(0, description.find('\n'));
  }
};

// Without what is hidden from help.
[[nodiscard]] Command command_of(const CLI::App& app, const std::string& path = {});

[[nodiscard]] std::string man_page(const Command& program, const std::string& form,
                                   const std::string& date);
[[nodiscard]] std::string bash_completion(const Command& program);
[[nodiscard]] std::string zsh_completion(const Command& program);
[[nodiscard]] std::string fish_completion(const Command& program);

}  // namespace fieldnote::cli
