// fieldnote held: the participant sees what is held on this device, each event as it will leave.
#include <array>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <iostream>
#include <map>
#include <memory>
#include <thread>

#include "cli/choosing.hpp"
#include "cli/describe.hpp"
#include "cli/own_spool.hpp"
#include "cli/terminal.hpp"
#include "model/event_reader.hpp"
#include "platform/paths.hpp"
#include "platform/sandbox.hpp"
#include "recorder/held_lines.hpp"
#include "recorder/review.hpp"
#include "recorder/selection.hpp"
#include "spool/damage.hpp"
#include "spool/spool.hpp"

namespace fieldnote::cli {
namespace {

namespace json = boost::json;

constexpr std::size_t rows_a_page = 64;
constexpr std::chrono::milliseconds between_looks{200};

struct Options {
  Choice choice;
  bool as_json = false;
  bool follow = false;
  bool outlines = false;
  bool keys = false;
  bool texts = false;
  bool counts = false;
};

// An event as people read it.
void print_event(const model::Event& event, const std::string& key, bool outlines) {
  if (!key.empty()) std::cout << styled(key, Style::dim) << "  ";
  std::cout << styled(model::word(event.kind), Style::bold)
            << std::string(13 - model::word(event.kind).size(), ' ') << describe_target(event);
  if (event.has_value) std::cout << "  " << styled(describe(event.value), Style::cyan);
  std::cout << "  " << styled(printable(event.url), Style::dim) << '\n';
  if (!outlines) return;
  for (const std::string_view line : event.outline.lines)
    std::cout << "             " << printable(line) << '\n';
}

Result<std::uint64_t> print_row(const spool::HeldRow& row, const Options& options,
                                const std::optional<recorder::Selection>& selection,
                                model::EventReader& reader) {
  std::uint64_t events = 0;
  const auto lines = recorder::split_held(row.lines);
  for (std::size_t i = 0; i < lines.events.size(); ++i) {
    if (options.as_json && !selection) {
      std::cout << lines.events[i] << '\n';
      ++events;
      continue;
    }
    const auto event = reader.read_held(lines.events[i]);
    if (!event) return event.error();
    if (selection && !selection->holds(row, i, **event)) continue;
    ++events;
    if (options.as_json) {
      std::cout << lines.events[i] << '\n';
      continue;
    }
    const channel::EventKey key{row.id, std::string((*event)->document), (*event)->n};
    print_event(**event, options.keys ? key.text() : "", options.outlines);
  }
  return events;
}

json::object parsed(const std::string& members) {
  return json::parse('{' + members.substr(1) + '}').as_object();
}

// What leaves in readable text: each string once.
Exit print_texts(spool::Spool& spool, const std::optional<channel::Which>& which, bool as_json) {
  channel::HeldTextsRequest request{which, {}};
  std::vector<std::vector<std::string>> rows{
      {"what leaves in readable text", "is", "events", "in"}};
  std::int64_t total = 0;
  do {
    const auto page = recorder::Review(spool).texts(request);
    if (!page) return fail_own(page.error(), spool);
    const json::object object = parsed(*page);
    total = object.at("total").as_int64();
    for (const json::value& text : object.at("texts").as_array()) {
      if (as_json) {
        std::cout << json::serialize(text) << '\n';
        continue;
      }
      const json::object& place = text.at("places").at(0).as_object();
      const json::value* url = place.if_contains("url");
      rows.push_back({printable(text.at("text").as_string()),
                      std::string(text.at("where").as_string()),
                      std::to_string(text.at("events").as_int64()),
                      printable(url != nullptr ? url->as_string() : place.at("app").as_string())});
    }
    const json::value* next = object.if_contains("next");
    request.after = next != nullptr ? std::string(next->as_string()) : "";
  } while (!request.after.empty());
  if (as_json) return Exit::good;
  if (rows.size() > 1) print_table(rows);
  std::cout << styled(counted(static_cast<std::uint64_t>(total), "text") +
                          " would leave as they stand here; all others are masked or left out.",
                      Style::bold)
            << '\n';
  return Exit::good;
}

Exit print_counts(spool::Spool& spool, bool as_json) {
  const auto counts = recorder::Review(spool).counts();
  if (!counts) return fail_own(counts.error(), spool);
  const json::object object = parsed(*counts);
  if (as_json) {
    std::cout << json::serialize(object) << '\n';
    return Exit::good;
  }
  std::map<std::string, std::string> words;
  for (const json::value& task : object.at("tasks").as_array())
    words[std::string(task.at("id").as_string())] = printable(task.at("words").as_string());
  std::vector<std::vector<std::string>> rows{{"app", "task", "events", "task id"}};
  for (const json::value& group : object.at("groups").as_array()) {
    const json::value* task = group.as_object().if_contains("task");
    const std::string id = task != nullptr ? std::string(task->as_string()) : "";
    rows.push_back({printable(group.at("app").as_string()), words[id],
                    std::to_string(group.at("events").as_int64()), id});
  }
  if (rows.size() > 1) print_table(rows);
  for (const auto& [name, what] : {std::pair<const char*, const char*>{"redacted", "masked"},
                                   {"refused", "refused"},
                                   {"lost", "lost"}}) {
    std::string list;
    for (const auto& [reason, count] : object.at("ledger").at(name).as_object())
      list +=
          (list.empty() ? "" : ", ") + std::to_string(count.as_int64()) + ' ' + std::string(reason);
    if (!list.empty()) std::cout << styled(what, Style::dim) << "  " << list << '\n';
  }
  std::cout << styled(counted(static_cast<std::uint64_t>(object.at("events").as_int64()), "event") +
                          " held on this computer, not sent.",
                      Style::bold)
            << '\n';
  return Exit::good;
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
  auto which = read_choice(*spool, options.choice);
  if (!which) return fail(which.error());
  const auto wanted = which->empty() ? std::nullopt : std::optional(*which);
  if (options.texts) return print_texts(*spool, wanted, options.as_json);
  if (options.counts) return print_counts(*spool, options.as_json);
  std::optional<recorder::Selection> selection;
  if (wanted) {
    auto made = recorder::Selection::make(*spool, *wanted);
    if (!made) return fail(made.error());
    selection = std::move(*made);
  }
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
      auto printed = print_row(row, options, selection, reader);
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
    std::cout << styled(counted(events, "event") +
                            (selection ? " of what is held." : " held on this computer, not sent."),
                        Style::bold)
              << '\n';
  return Exit::good;
}

}  // namespace

void add_held(CLI::App& program, Exit& exit) {
  CLI::App* command = program.add_subcommand(
      "held", "Shows what is held on this computer and not sent, each event as it would leave");
  auto options = std::make_shared<Options>();
  command->add_flag("--outlines", options->outlines,
                    "With the outlines of pages, line by line, as they would leave");
  add_choice(*command, options->choice);
  command->add_flag("--keys", options->keys, "With the key of each event, for `fieldnote delete`");
  auto* texts = command->add_flag("--texts", options->texts,
                                  "What would leave in readable text: each string once");
  auto* counts = command->add_flag("--counts", options->counts,
                                   "By app and task, and what was left out and why");
  texts->excludes(counts);
  command->add_flag(
      "--json", options->as_json,
      "One event a line, byte for byte as in a bundle; or one text a line, or the counts");
  command->add_flag("--follow", options->follow,
                    "Goes on, and shows events as they come, until it is stopped");
  command->callback([options, &exit] { exit = print_held(*options); });
}

}  // namespace fieldnote::cli
