// fieldnote export: the organisation's side turns bundles into a dataset.
#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <charconv>
#include <chrono>
#include <iostream>
#include <memory>
#include <optional>
#include <set>
#include <thread>

#include "cli/access_log.hpp"
#include "cli/commands.hpp"
#include "cli/identity.hpp"
#include "cli/selection_options.hpp"
#include "cli/terminal.hpp"
#include "cli/whole_number.hpp"
#include "dataset/exporter.hpp"
#include "dataset/survey/vocabulary.hpp"
#include "platform/memory.hpp"

namespace fieldnote::cli {
namespace {

constexpr std::uint64_t most_people = 1'000'000, most_tokens = 1'000'000'000;

struct Options {
  IdentitySource identity;
  AccessOptions access;
  std::string roster;
  std::string out;
  std::vector<std::string> bundles;
  unsigned min_people = 0;
  bool internal = false;
  std::string vocabulary;
  dataset::Terms terms;
  dataset::SelectionRules selection;
  std::optional<std::uint64_t> seed;
  std::vector<std::string> formats{"steps"};
  std::string rows = "step";
  std::optional<std::size_t> max_tokens;
  unsigned threads = std::max(1U, std::thread::hardware_concurrency());
  bool as_json = false;
};

boost::json::array named(const std::vector<dataset::SkippedFile>& files) {
  boost::json::array out;
  for (const auto& [file, why, foreign] : files)
    out.push_back(boost::json::object{{"file", file}, {"why", why}});
  return out;
}

boost::json::object counts(const dataset::Statistics::Counts& all) {
  boost::json::object out;
  for (const auto& [what, count] : all) out[what] = count;
  return out;
}

const CLI::Validator is_digest(
    [](const std::string& text) {
      return seal::Digest::from_hex(text) ? std::string() : "is no id; dataset.json has it";
    },
    "ID");

// `--format steps atif` would look for bundles of that name.
const CLI::Validator is_no_format(
    [](const std::string& text) {
      const auto& words = dataset::format_words;
      const bool is_format = std::find(words.begin(), words.end(), text) != words.end();
      return is_format && !platform::fs::exists(text)
                 ? text + " is a format: join them by commas, as in --format steps," + text
                 : std::string();
    },
    "");

bool is_day_of_the_calendar(std::string_view text) {
  const auto number = [&](std::size_t at, std::size_t count) {
    int value = -1;
    const char* const end = text.data() + at + count;
    const auto [rest, failed] = std::from_chars(text.data() + at, end, value);
    return failed == std::errc() && rest == end ? value : -1;
  };
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  const int year = number(0, 4), month = number(5, 2), day = number(8, 2);
  return year > 0 && month > 0 && day > 0 &&
         std::chrono::year_month_day(std::chrono::year(year),
                                     std::chrono::month(static_cast<unsigned>(month)),
                                     std::chrono::day(static_cast<unsigned>(day)))
             .ok();
}

const CLI::Validator is_day(
    [](const std::string& text) {
      return is_day_of_the_calendar(text) ? std::string()
                                          : text + " is no day; write it as 2027-11-30";
    },
    "DATE");

// Events that a killed export had written, of all.
boost::json::object resumed(const dataset::ExportReport& report) {
  return {
      {"events", report.resumed_events}, {"of", report.events}, {"begun_anew", report.begun_anew}};
}

std::uint64_t learnable(const dataset::ExportReport& report, dataset::Learnable what) {
  return report.statistics.learnable[static_cast<std::size_t>(what)];
}

// Of what somebody did, and not of what followed from it.
void print_learnable(const dataset::ExportReport& report) {
  const std::uint64_t done = report.steps - learnable(report, dataset::Learnable::consequence);
  if (done == 0) return;
  const std::uint64_t learned = learnable(report, dataset::Learnable::yes);
  std::cout << learned * 100 / done
            << " % of what was done can be learned from what is seen before it"
            << (learned == done ? "" : "; why the rest cannot, dataset.json counts") << ".\n";
}

// "near_duplicate" -> "near duplicate"
std::string in_words(std::string_view name) {
  std::string words(name);
  std::replace(words.begin(), words.end(), '_', ' ');
  return words;
}

// What of all trajectories the dataset has, and where.
void print_selection(const dataset::ExportReport& report) {
  std::uint64_t left_out = 0;
  std::string why;
  for (const auto& [reason, count] : report.left_out) {
    left_out += count;
    why += (why.empty() ? "" : ", ") + in_words(reason) + ' ' + std::to_string(count);
  }
  if (left_out > 0)
    std::cout << (left_out == 1 ? "1 trajectory is" : counted(left_out, "trajectory") + " are")
              << " left out: " << why << ".\n";
  if (report.splits.empty()) return;
  std::vector<std::vector<std::string>> rows{{"split", "trajectories", "steps"}};
  for (const std::string_view split : dataset::split_words) {
    const auto at = report.splits.find(split);
    if (at != report.splits.end())
      rows.push_back(
          {at->first, std::to_string(at->second.trajectories), std::to_string(at->second.steps)});
  }
  print_table(rows);
}

void print_report(const dataset::ExportReport& report, const Options& options) {
  if (options.as_json) {
    std::cout << boost::json::serialize(
                     boost::json::object{{"id", report.id},
                                         {"bundles", report.bundles},
                                         {"people", report.people},
                                         {"trajectories", report.trajectories},
                                         {"steps", report.steps},
                                         {"learnable", learnable(report, dataset::Learnable::yes)},
                                         {"min_people", report.min_people},
                                         {"internal", report.internal},
                                         {"withdrawn", report.withdrawn},
                                         {"left_out", counts(report.left_out)},
                                         {"resumed", resumed(report)},
                                         {"skipped", named(report.skipped)},
                                         {"broken", named(report.broken)}})
              << '\n';
    return;
  }
  for (const auto& [file, why, foreign] : report.skipped)
    std::cout << styled("skipped ", Style::yellow) << printable(why) << '\n';
  for (const auto& [file, why, foreign] : report.broken)
    std::cout << styled("gap ", Style::yellow) << printable(why) << '\n';
  std::cout << styled(counted(report.steps, "step"), Style::bold) << " in "
            << counted(report.trajectories, "trajectory") << " from "
            << counted(report.bundles, "bundle") << " of " << counted(report.people, "participant")
            << ", in " << options.out << '\n';
  print_learnable(report);
  print_selection(report);
  if (report.withdrawn > 0)
    std::cout << counted(report.withdrawn, "event")
              << " left out: the people who recorded them asked them back.\n";
  if (report.internal)
    std::cout << styled("Not to be handed on", Style::yellow)
              << ": made with --internal, so the words of the tools may come from one person.\n";
}

// Each once, in the order of their names.
std::vector<dataset::FormatName> formats_of(const Options& options) {
  std::set<dataset::FormatName> formats;
  for (const std::string& word : options.formats) {
    const auto& words = dataset::format_words;
    const auto at = std::find(words.begin(), words.end(), word);
    formats.insert(static_cast<dataset::FormatName>(at - words.begin()));
  }
  return {formats.begin(), formats.end()};
}

std::size_t max_tokens_of(const Options& options) {
  if (options.max_tokens) return *options.max_tokens;
  return options.rows == "step" ? dataset::default_max_tokens : 0;
}

// Of those that are used.
boost::json::array digests_of(const dataset::ExportReport& report) {
  boost::json::array bundles;
  for (const dataset::UsedBundle& bundle : report.used) bundles.emplace_back(bundle.digest.hex());
  return bundles;
}

// To standard error, as it is said before the work is done.
void tell_resumption(const dataset::ExportReport& report, const std::string& out) {
  if (report.begun_anew)
    std::cerr << printable(out)
              << ".unfinished: what is there is of other bundles, options or another "
              << "version, or damaged; begun anew\n";
  else if (report.resumed_events > 0)
    std::cerr << "resumed: " << report.resumed_events << " of " << counted(report.events, "event")
              << " done\n";
}

Exit export_bundles(const Options& options) {
  if (const std::string fault = dataset::fault_in(options.terms.license); !fault.empty())
    return fail(fault);
  auto log = AccessLog::open(options.access, options.identity);
  if (!log) return fail(log.error());
  const auto identities = read_identities(options.identity);
  if (!identities) return fail(identities.error());
  const auto roster = dataset::Roster::read(options.roster);
  if (!roster) return fail(roster.error());
  dataset::ExportOptions wanted{
      .inputs = {options.bundles.begin(), options.bundles.end()},
      .out = options.out,
      .min_people = options.min_people,
      .internal = options.internal,
      .seed = options.seed,
      .threads = options.threads,
      .formats = formats_of(options),
      .format = {options.rows == "step", max_tokens_of(options)},
      .selection = options.selection,
      .terms = options.terms,
  };
  if (auto added = log->add({{"did", "export"}, {"state", "begun"}, {"out", options.out}}); !added)
    return fail(added.error());
  if (!options.vocabulary.empty()) {
    auto vocabulary = dataset::read_vocabulary(options.vocabulary);
    if (!vocabulary) return fail(vocabulary.error());
    wanted.approved = std::move(vocabulary->approved);
    wanted.approved_by = std::move(vocabulary->approved_by);
  }
  platform::keep_freed();
  Progress finding("looking"), reading("reading"), choosing("choosing"), writing("writing");
  boost::json::array opened;
  const auto report = dataset::export_dataset(
      wanted, *identities, *roster,
      {[&](std::size_t done, std::size_t of) { finding.update(done, of, "bundles"); },
       [&](std::size_t done, std::size_t of) { reading.update(done, of, "bundles"); },
       [&](std::size_t done, std::size_t of) { writing.update(done, of, "events"); },
       [&](std::size_t done, std::size_t of) { choosing.update(done, of, "events"); },
       [&](const dataset::ExportReport& so_far) { opened = digests_of(so_far); },
       [&](const dataset::ExportReport& so_far) {
         tell_resumption(so_far, options.out);
         writing.begin_at(so_far.resumed_events);
       }});
  boost::json::object line{{"did", "export"},
                           {"state", report ? "done" : "failed"},
                           {"out", options.out},
                           {"bundles", std::move(opened)}};
  if (report) line["dataset"] = report->id;
  const auto added = log->add(std::move(line));
  if (!report) return fail(report.error());
  if (!added) return fail(added.error());
  print_report(*report, options);
  if (report->skipped.empty()) return Exit::good;
  return report->bundles == 0 ? Exit::failed : Exit::partly;
}

}  // namespace

void add_export(CLI::App& program, Exit& exit) {
  CLI::App* command = program.add_subcommand(
      "export", "Opens bundles with the organisation's key and writes a dataset");
  auto options = std::make_shared<Options>();
  add_identity(*command, options->identity);
  add_access(*command, options->access);
  command
      ->add_option("--roster", options->roster,
                   "Who takes part: participant keys by number; others are refused")
      ->required();
  command
      ->add_option("--out", options->out,
                   "A new folder for the dataset; until it is whole, it is called OUT.unfinished: "
                   "an export that was killed goes on from there when it is run again")
      ->required();
  command
      ->add_option("--license", options->terms.license.id,
                   "What others may do with it, as model hubs write it: cc-by-4.0, apache-2.0; "
                   "other, for one of your own")
      ->required();
  command->add_option("--license-name", options->terms.license.name,
                      "What another licence is called: internal-use");
  command->add_option("--license-link", options->terms.license.link,
                      "Where the text of another licence is");
  command->add_option("--title", options->terms.title, "Of the card")->capture_default_str();
  command
      ->add_option("--parent", options->terms.parent,
                   "The id of the dataset that this one takes the place of")
      ->check(is_digest);
  command
      ->add_option("--delete-after", options->terms.delete_after,
                   "The day after which it must be gone: 2027-11-30")
      ->check(is_day);
  command->add_option("bundles", options->bundles, "Bundles, or folders of them")
      ->required()
      ->check(is_no_format);
  command
      ->add_option("--min-people", options->min_people,
                   "From how many people a text must come to be shown; at least what the "
                   "policy says")
      ->check(whole_number(1, most_people));
  command->add_option("--vocabulary", options->vocabulary,
                      "Words of the tools that a named person approved: what `fieldnote "
                      "vocabulary` wrote, read and signed");
  command->add_flag("--internal", options->internal,
                    "A dataset that is not handed on: the words of the tools themselves may come "
                    "from one person, typed ones never");
  command
      ->add_option("--format", options->formats,
                   "What to write, any of these joined by commas: steps, chat-openai, chat-hf, "
                   "atif, recorder, playwright; steps, if not given")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->check(CLI::IsMember(
          std::vector<std::string>(dataset::format_words.begin(), dataset::format_words.end())));
  command
      ->add_option(
          "--rows", options->rows,
          "Of chats: a row for each step, which ends in its action, or for each trajectory")
      ->check(CLI::IsMember({"step", "trajectory"}));
  command
      ->add_option("--max-tokens", options->max_tokens,
                   "Of a chat: the oldest outlines are left out until it fits, counting a token "
                   "as 3 bytes; 32768 for rows of steps, else no limit; 0: none")
      ->check(whole_number(0, most_tokens));
  add_selection(*command, options->selection);
  command
      ->add_option("--seed", options->seed,
                   "The same bundles, options, seed and key give the same bytes")
      ->check(whole_number(0));
  command->add_option("--threads", options->threads, "Cores to use; all, if not given")
      ->check(CLI::Range(1, 256));
  command->add_flag("--json", options->as_json, "For scripts: one JSON object");
  command->callback([options, &exit] { exit = export_bundles(*options); });
}

}  // namespace fieldnote::cli
