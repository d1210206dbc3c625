// fieldnote held: the participant sees what is held on this device, each event as it will leave.
#include <array>
#include <iostream>
#include <memory>
#include <thread>

#include "cli/commands.hpp"
#include "cli/describe.hpp"
#include "cli/terminal.hpp"
#include "model/event_reader.hpp"
#include "platform/paths.hpp"
#include "platform/sandbox.hpp"
#include "recorder/ledger_line.hpp"
#include "spool/damage.hpp"
#include "spool/spool.hpp"

namespace fieldnote::cli {
namespace {

constexpr std::size_t rows_a_page = 64;
constexpr std::chrono::milliseconds between_looks{200};

struct Options {
  bool as_json = false;
  bool follow = false;
  bool outlines = false;
};

// An event as people read it.
void print_event(const model::Event& event, bool outlines) {
  std::cout << styled(model::word(event.kind), Style::bold)
            << std::string(13 - model::word(event.kind).size(), ' ') << describe_target(event);
  if (event.has_value) std::cout << "  " << styled(describe(event.value), Style::cyan);
  std::cout << "  " << styled(printable(event.url), Style::dim) << '\n';
  if (!outlines) return;
  for (const std::string_view line : event.outline.lines)
    std::cout << "             " << printable(line) << '\n';
}

Result<std::uint64_t> print_row(const spool::HeldRow& row, const Options& options,
                                model::EventReader& reader) {
  std::uint64_t events = 0;
  std::string_view rest = row.lines;
  while (!rest.empty()) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(line.size() + 1);
    if (recorder::parse_ledger_line(line)) continue;
    ++events;
    if (options.as_json) {
      std::cout << line << '\n';
      continue;
    }
    auto event = reader.read_held(line);
    if (!event) return event.error();
    print_event(**event, options.outlines);
  }
  return events;
}

// A store that was damaged and set aside holds events that cannot be shown any more: that is said,
// not passed over.
void tell_what_was_set_aside(const platform::fs::path& folder) {
  for (const auto& entry : platform::fs::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with("spool.db.damaged-") && !name.ends_with("-wal") && !name.ends_with("-shm"))
      std::cout << styled("A damaged store was set aside: ", Style::yellow) << entry.path().string()
                << '\n';
  }
}

Exit print_held(const Options& options) {
  const auto folder = platform::state_folder();
  if (!folder) return fail(folder.error());
  if (!options.follow && !platform::fs::exists(*folder / "spool.db")) {
    if (!options.as_json) std::cout << "Nothing is held on this computer.\n";
    return Exit::good;
  }
  auto spool = spool::Spool::open(*folder);
  if (!spool) return fail(spool.error());
  if (!options.as_json) tell_what_was_set_aside(*folder);
  const std::array<platform::fs::path, 1> writable{*folder};
  if (const auto level = platform::enter_sandbox(writable); !level) return fail(level.error());
  model::EventReader reader;
  std::int64_t after = 0;
  std::uint64_t events = 0;
  while (true) {
    auto rows = spool->held(after, rows_a_page);
    if (!rows) {
      if (rows.error().code == make_error_code(spool::SpoolError::damaged))
        spool::mark_damage(*folder);
      return fail(rows.error());
    }
    for (const spool::HeldRow& row : *rows) {
      auto printed = print_row(row, options, reader);
      if (!printed) return fail(printed.error());
      events += *printed;
      after = row.id;
    }
    std::cout << std::flush;
    if (!std::cout) return Exit::good;  // nobody reads any more
    if (!rows->empty()) continue;
    if (!options.follow) break;
    std::this_thread::sleep_for(between_looks);
  }
  if (!options.as_json)
    std::cout << styled(counted(events, "event") + " held on this computer, not sent.", Style::bold)
              << '\n';
  return Exit::good;
}

}  // namespace

void add_held(CLI::App& program, Exit& exit) {
  CLI::App* command = program.add_subcommand(
      "held", "Shows what is held on this computer and not sent, each event as it would leave");
  auto options = std::make_shared<Options>();
  command->add_flag("--json", options->as_json, "One event a line, byte for byte as in a bundle");
  command->add_flag("--outlines", options->outlines,
                    "With the outlines of pages, line by line, as they would leave");
  command->add_flag("--follow", options->follow,
                    "Goes on, and shows events as they come, until it is stopped");
  command->callback([options, &exit] { exit = print_held(*options); });
}

}  // namespace fieldnote::cli
