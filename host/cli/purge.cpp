// fieldnote purge --site URL: what was recorded on a site does not leave this computer any more.
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <iostream>
#include <memory>

#include "cli/choosing.hpp"
#include "cli/own_spool.hpp"
#include "cli/terminal.hpp"
#include "platform/lock.hpp"
#include "recorder/unlisted.hpp"

namespace fieldnote::cli {
namespace {

namespace fs = platform::fs;

struct Options {
  std::string site;
  bool as_json = false;
  bool yes = false;
};

// Bundles that have not left: rows of the table whose file is still here.
Result<std::vector<spool::BundleRow>> bundles_here(spool::Spool& spool) {
  auto rows = spool.bundles();
  if (!rows) return rows.error();
  std::erase_if(*rows, [&](const spool::BundleRow& row) {
    return row.events == 0 || !fs::exists(spool.bundle_folder() / row.name);
  });
  return std::move(*rows);
}

// Nobody on this computer can look into a bundle, so all of them go. What was in them is counted.
Result<std::int64_t> remove_bundles(spool::Spool& spool,
                                    const std::vector<spool::BundleRow>& rows) {
  std::int64_t events = 0;
  for (const spool::BundleRow& row : rows) {
    std::error_code failed;
    if (fs::remove(spool.bundle_folder() / row.name, failed)) events += row.events;
    if (failed) return os_error(failed.value(), row.name);
  }
  if (auto synced = platform::sync_folder(spool.bundle_folder()); !synced) return synced.error();
  auto write = spool.write();
  if (!write) return write.error();
  if (events > 0)
    if (auto counted = write->add_gap("purged", events); !counted) return counted.error();
  if (auto done = write->commit(); !done) return done.error();
  return events;
}

void report(const Options& options, std::int64_t held, std::int64_t sealed, std::size_t bundles) {
  if (options.as_json) {
    std::cout << boost::json::serialize(
                     boost::json::object{{"held", held}, {"bundles", bundles}, {"bundled", sealed}})
              << '\n';
    return;
  }
  const auto events = [](std::int64_t count, const char* kind) {
    return counted(static_cast<std::uint64_t>(count), kind);
  };
  if (held == 0 && bundles == 0) {
    std::cout << "Nothing of " << options.site << " is held, and no bundle waits to leave.\n";
    return;
  }
  std::cout << styled("Deleted " + events(held, "held event"), Style::bold) << " of "
            << options.site;
  if (bundles > 0)
    std::cout << ", and " << counted(bundles, "bundle") << " with " << events(sealed, "event");
  std::cout << ". How many they were is told with what is recorded next.\n";
}

Exit purge(const Options& options) {
  const auto pattern = policy::SitePattern::parse(options.site);
  if (!pattern) return fail(pattern.error());
  auto spool = open_own_spool(Missing::is_none);
  if (!spool) return fail(spool.error());
  if (!*spool) {
    report(options, 0, 0, 0);
    return Exit::good;
  }
  // Not while a sealing takes up what is deleted here.
  auto lock = platform::LockFile::open((*spool)->folder() / "seal.lock");
  if (!lock) return fail(lock.error());
  const auto turn = lock->lock();
  if (!turn) return fail(turn.error());
  const auto bundles = bundles_here(**spool);
  if (!bundles) return fail_own(bundles.error(), **spool);
  const std::string question =
      "Delete what is held of " + options.site +
      (bundles->empty() ? std::string()
                        : ", and " + counted(bundles->size(), "bundle") +
                              " that nobody here can look into, whatever site is in it") +
      '?';
  if (!options.yes && !confirm(question))
    return fail("nothing was deleted; say --yes where nobody can be asked");
  const auto held = recorder::purge_site(**spool, *pattern);
  if (!held) return fail_own(held.error(), **spool);
  const auto sealed = remove_bundles(**spool, *bundles);
  if (!sealed) return fail_own(sealed.error(), **spool);
  report(options, *held, *sealed, bundles->size());
  return Exit::good;
}

}  // namespace

void add_purge(CLI::App& program, Exit& exit) {
  CLI::App* command = program.add_subcommand(
      "purge",
      "Deletes what this account holds of a site, and the bundles that have not left\n"
      "For administrators: a person deletes their own by `fieldnote delete`. What goes is counted");
  auto options = std::make_shared<Options>();
  command
      ->add_option("--site", options->site,
                   "As a policy lists it: https://crm.corp.example/hr/*, https://*.corp.example/*")
      ->required();
  command->add_flag("--yes", options->yes, "Does not ask");
  command->add_flag("--json", options->as_json, "For scripts: one JSON object");
  command->callback([options, &exit] { exit = purge(*options); });
}

}  // namespace fieldnote::cli
