// fieldnote export: the organisation's side turns bundles into a dataset.
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <iostream>
#include <memory>

#include "cli/commands.hpp"
#include "cli/terminal.hpp"
#include "dataset/exporter.hpp"

namespace fieldnote::cli {
namespace {

constexpr std::size_t max_key_file = 64 * 1024;

struct Options {
  std::string identity;
  std::string out;
  std::vector<std::string> bundles;
  bool as_json = false;
};

void print_report(const dataset::ExportReport& report, const Options& options) {
  if (options.as_json) {
    boost::json::array skipped;
    for (const auto& [file, why] : report.skipped)
      skipped.push_back(boost::json::object{{"file", file}, {"why", why}});
    std::cout << boost::json::serialize(boost::json::object{{"bundles", report.bundles},
                                                            {"trajectories", report.trajectories},
                                                            {"steps", report.steps},
                                                            {"skipped", std::move(skipped)}})
              << '\n';
    return;
  }
  for (const auto& [file, why] : report.skipped)
    std::cout << styled("skipped ", Style::yellow) << printable(why) << '\n';
  std::cout << styled(counted(report.steps, "step"), Style::bold) << " in "
            << counted(report.trajectories, "trajectory") << " from "
            << counted(report.bundles, "bundle") << ", in " << options.out << '\n';
}

Exit export_bundles(const Options& options) {
  const auto text = platform::read_all(options.identity, max_key_file);
  if (!text) return fail(text.error());
  auto identities = seal::parse_identities(*text);
  if (!identities) return fail(std::move(identities.error()).at(options.identity));
  const std::vector<platform::fs::path> inputs(options.bundles.begin(), options.bundles.end());
  Progress progress("reading");
  const auto report = dataset::export_dataset(
      inputs, *identities, options.out,
      [&](std::size_t done, std::size_t of) { progress.update(done, of, "bundles"); });
  if (!report) return fail(report.error());
  print_report(*report, options);
  if (report->skipped.empty()) return Exit::good;
  return report->bundles == 0 ? Exit::failed : Exit::partly;
}

}  // namespace

void add_export(CLI::App& program, Exit& exit) {
  CLI::App* command = program.add_subcommand(
      "export", "Opens bundles with the organisation's key and writes a dataset");
  auto options = std::make_shared<Options>();
  command
      ->add_option("--identity", options->identity,
                   "The organisation's secret key, as `fieldnote keys new` wrote it")
      ->required();
  command->add_option("--out", options->out, "A new folder for the dataset")->required();
  command->add_option("bundles", options->bundles, "Bundles, or folders of them")->required();
  command->add_flag("--json", options->as_json, "For scripts: one JSON object");
  command->callback([options, &exit] { exit = export_bundles(*options); });
}

}  // namespace fieldnote::cli
