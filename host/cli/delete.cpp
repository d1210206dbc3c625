// fieldnote delete: held events are gone, from the database and from its log, before this says so.
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <iostream>
#include <memory>

#include "cli/choosing.hpp"
#include "cli/own_spool.hpp"
#include "cli/terminal.hpp"
#include "recorder/deletion.hpp"
#include "recorder/each_held.hpp"
#include "recorder/selection.hpp"

namespace fieldnote::cli {
namespace {

struct Options {
  Choice choice;
  bool all = false;
  bool yes = false;
  bool as_json = false;
};

Result<std::uint64_t> count_chosen(spool::Spool& spool, const channel::Which& which) {
  const auto selection = recorder::Selection::make(spool, which);
  if (!selection) return selection.error();
  model::EventReader reader;
  std::uint64_t count = 0;
  const auto look_at = [&](const spool::HeldRow& row,
                           const recorder::HeldLines& lines) -> Result<void> {
    if (row.damaged && which.only_all()) count += static_cast<std::uint64_t>(row.events);
    for (std::size_t i = 0; i < lines.events.size(); ++i) {
      const auto event = reader.read_held(lines.events[i]);
      if (!event) return event.error();
      if (selection->holds(row, i, **event)) ++count;
    }
    return {};
  };
  if (const auto done = recorder::each_held(spool, look_at); !done) return done.error();
  return count;
}

Exit erase(const Options& options) {
  auto spool = open_own_spool(Missing::is_none);
  if (!spool) return fail(spool.error());
  if (!*spool) {
    std::cout << (options.as_json ? "{\"events\":0}" : "Nothing is held on this computer.") << '\n';
    return Exit::good;
  }
  auto which = read_choice(**spool, options.choice);
  if (!which) return fail(which.error());
  which->all = options.all;
  if (which->empty())
    return fail(
        "say what is to be deleted: --event, --app, --site, --task, --text, --since, or --all");
  if (!options.yes) {
    const auto count = count_chosen(**spool, *which);
    if (!count) return fail_own(count.error(), **spool);
    if (*count == 0) {
      std::cout << "Nothing that is held is chosen by that.\n";
      return Exit::good;
    }
    if (!confirm("Delete " + counted(*count, "event") + " for good?"))
      return fail("nothing was deleted; say --yes where nobody can be asked");
  }
  const auto deleted = recorder::delete_held(**spool, *which);
  if (!deleted) return fail_own(deleted.error(), **spool);
  if (options.as_json) {
    std::cout << boost::json::serialize(boost::json::object{{"events", deleted->events},
                                                            {"left_before", deleted->left_before}})
              << '\n';
    return Exit::good;
  }
  std::cout << styled(
                   "Deleted " + counted(static_cast<std::uint64_t>(deleted->events), "event") + '.',
                   Style::bold)
            << " Nobody is told.\n";
  if (deleted->left_before > 0)
    std::cout << counted(static_cast<std::uint64_t>(deleted->left_before), "event")
              << " had been sealed a moment before; `fieldnote withdraw` asks for them back.\n";
  return Exit::good;
}

}  // namespace

void add_delete(CLI::App& program, Exit& exit) {
  CLI::App* command =
      program.add_subcommand("delete", "Deletes what is held on this computer and was not sent");
  auto options = std::make_shared<Options>();
  add_choice(*command, options->choice);
  command->add_flag("--all", options->all, "Everything that is held");
  command->add_flag("--yes", options->yes, "Does not ask");
  command->add_flag("--json", options->as_json, "For scripts: one JSON object");
  command->callback([options, &exit] { exit = erase(*options); });
}

}  // namespace fieldnote::cli
