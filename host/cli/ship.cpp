// fieldnote ship --to DIR: bundles leave the device.
#include <sys/stat.h>

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <ctime>
#include <iostream>
#include <memory>

#include "cli/commands.hpp"
#include "cli/terminal.hpp"
#include "fleet/folder.hpp"
#include "platform/lock.hpp"
#include "platform/paths.hpp"

namespace fieldnote::cli {
namespace {

constexpr double a_day = 24 * 3600;

struct Options {
  std::string to;
  bool now = false;
  bool as_json = false;
};

// When something was shipped last is the time of this file: how often somebody's work leaves must
// not tell when they work.
bool was_shipped_today(const platform::fs::path& stamp) {
  struct stat facts {};
  if (::stat(stamp.c_str(), &facts) != 0) return false;
  const double age = std::difftime(std::time(nullptr), facts.st_mtime);
  return age >= 0 && age < a_day;
}

Exit ship(const Options& options) {
  const auto folder = platform::state_folder();
  if (!folder) return fail(folder.error());
  const platform::fs::path bundles = *folder / "bundles";
  if (!platform::fs::exists(bundles)) {
    if (!options.as_json) std::cout << "There are no bundles on this computer.\n";
    return Exit::good;
  }
  const platform::fs::path stamp = *folder / "ship.stamp";
  if (!options.now && was_shipped_today(stamp)) {
    if (!options.as_json)
      std::cout << "Bundles left within the last day already; say --now to ship again.\n";
    return Exit::good;
  }
  // Not while a sealing gives a bundle its name.
  auto lock = platform::LockFile::open(*folder / "seal.lock");
  if (!lock) return fail(lock.error());
  const auto turn = lock->lock();
  if (!turn) return fail(turn.error());
  Progress progress("shipping");
  const auto report = fleet::ship_to_folder(
      bundles, options.to,
      [&](std::size_t done, std::size_t of) { progress.update(done, of, "bundles"); });
  if (!report) return fail(report.error());
  auto stamped = platform::DurableFile::create(stamp, 0600, true);
  if (!stamped) return fail(stamped.error());
  if (auto done = stamped->commit(); !done) return fail(done.error());
  if (options.as_json)
    std::cout << boost::json::serialize(
                     boost::json::object{{"shipped", report->shipped}, {"bytes", report->bytes}})
              << '\n';
  else
    std::cout << styled(counted(report->shipped, "bundle"), Style::bold) << " shipped to "
              << options.to << ", " << report->bytes << " bytes.\n";
  return Exit::good;
}

}  // namespace

void add_ship(CLI::App& program, Exit& exit) {
  CLI::App* command = program.add_subcommand(
      "ship", "Moves sealed bundles to where the organisation collects them");
  auto options = std::make_shared<Options>();
  command->add_option("--to", options->to, "A folder, as of a mounted share")->required();
  command->add_flag("--now", options->now, "Even if something left within the last day");
  command->add_flag("--json", options->as_json, "For scripts: one JSON object");
  command->callback([options, &exit] { exit = ship(*options); });
}

}  // namespace fieldnote::cli
