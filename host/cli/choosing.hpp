// Options that choose held events, the same for every command that takes them.
#pragma once

#include <memory>

#include "channel/request.hpp"
#include "cli/commands.hpp"
#include "spool/spool.hpp"

namespace fieldnote::cli {

struct Choice {
  std::vector<std::string> events;
  std::string app, site, task, text, since;
};

// --event, --app, --site, --task, --text, --since
void add_choice(CLI::App& command, Choice& choice);

// Errors say which option it was. Tasks are found by their id or their words.
[[nodiscard]] Result<channel::Which> read_choice(spool::Spool& spool, const Choice& choice);

// 15m, 2h, 1d; nothing where it is none of these.
[[nodiscard]] std::optional<std::chrono::minutes> read_duration(std::string_view text);

// "45 min", "3 h", "2 d": as much as a person wants to know.
[[nodiscard]] std::string duration_text(std::chrono::seconds length);

// Asks a yes or no on the terminal; no where nobody is there to answer.
[[nodiscard]] bool confirm(const std::string& question);

}  // namespace fieldnote::cli
