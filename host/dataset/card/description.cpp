#include "dataset/card/description.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

namespace fieldnote::dataset {
namespace {

namespace fs = platform::fs;
namespace json = boost::json;

template <class Counts>
json::object counted(const Counts& counts) {
  json::object out;
  for (const auto& [what, count] : counts) out[what] = count;
  return out;
}

json::object by_reason(const std::array<std::uint64_t, learnable_words.size()>& learnable) {
  json::object out;
  for (std::size_t i = 0; i < learnable.size(); ++i)
    if (learnable[i] > 0) out[learnable_words[i]] = learnable[i];
  return out;
}

// Without where they lay, which may name people, and without keys.
json::array named(const std::vector<SkippedFile>& files) {
  json::array out;
  for (const SkippedFile& skipped : files) {
    const std::string name = fs::path(skipped.file).filename().string();
    std::string why = skipped.why;
    if (skipped.foreign) why = "was sealed by a key that is not on the roster";
    if (why.starts_with(skipped.file + ": ")) why.erase(0, skipped.file.size() + 2);
    for (std::size_t at = why.find(skipped.file); at != std::string::npos;
         at = why.find(skipped.file, at + name.size()))
      why.replace(at, skipped.file.size(), name);
    out.push_back(json::object{{"file", name}, {"why", why}});
  }
  return out;
}

// Of the rules that leave something out, those that are given.
json::object selection_of(const SelectionRules& rules) {
  json::object out;
  json::array outcomes;
  for (const Outcome outcome : rules.outcomes)
    outcomes.push_back(json::value(word_of(outcome_words, outcome)));
  if (!outcomes.empty()) out["outcome"] = std::move(outcomes);
  const auto flag = [&out](const char* name, bool given) {
    if (given) out[name] = true;
  };
  const auto number = [&out](const char* name, const std::optional<std::size_t>& given) {
    if (given) out[name] = *given;
  };
  flag("with_instruction", rules.with_instruction);
  if (rules.min_learnable > 0) out["min_learnable"] = rules.min_learnable;
  if (rules.min_steps > 0) out["min_steps"] = rules.min_steps;
  number("max_steps", rules.max_steps);
  flag("whole_outlines", rules.whole_outlines);
  flag("dedup", rules.drops_duplicates());
  number("max_per_participant", rules.max_per_participant);
  number("max_per_app", rules.max_per_app);
  number("max_per_task", rules.max_per_task);
  if (rules.splits)
    out["splits"] = {{"held_out", rules.held_out}, {"validation", rules.validation}};
  return out;
}

json::object sizes_of(const ExportReport& report) {
  json::object out;
  for (const auto& [split, size] : report.splits)
    out[split] = {{"trajectories", size.trajectories}, {"steps", size.steps}};
  return out;
}

// What changes the bytes of a dataset, beside its bundles. How many threads wrote it does not.
json::object options_of(const ExportReport& report, const ExportOptions& options) {
  json::array formats;
  for (const FormatName name : options.formats)
    formats.push_back(json::value(word_of(format_words, name)));
  json::object out{{"formats", std::move(formats)},
                   {"rows", options.format.row_a_step ? "step" : "trajectory"},
                   {"max_tokens", options.format.max_tokens},
                   {"min_people", report.min_people},
                   {"internal", report.internal},
                   {"approved", options.approved.size()},
                   {"selection", selection_of(options.selection)}};
  if (options.seed) out["seed"] = *options.seed;
  return out;
}

void tell_options(seal::Sha256& digest, const ExportReport& report, const ExportOptions& options) {
  for (const std::string& approved : options.approved)
    digest.update(platform::as_bytes(approved + '\n'));
  digest.update(platform::as_bytes("fieldnote " FIELDNOTE_VERSION " " +
                                   json::serialize(options_of(report, options))));
}

}  // namespace

std::string dataset_id(const ExportReport& report, const ExportOptions& options) {
  seal::Sha256 id;
  for (const UsedBundle& bundle : report.used)
    id.update(platform::as_bytes(bundle.digest.hex() + '\n'));
  for (const seal::Digest& digest : report.asking)
    id.update(platform::as_bytes("asks " + digest.hex() + '\n'));
  tell_options(id, report, options);
  return id.finish().hex();
}

seal::Digest work_digest(const Survey& survey, const std::vector<std::string>& teams,
                         const ExportReport& report, const ExportOptions& options) {
  seal::Sha256 work;
  const auto tell = [&work](const std::string& line) {
    work.update(platform::as_bytes(line + '\n'));
  };
  for (std::size_t i = 0; i < survey.people.size(); ++i) {
    const PersonFiles& person = survey.people[i];
    tell("person " + std::to_string(static_cast<std::uint32_t>(person.person)) + ' ' + teams[i]);
    for (const GoodChain& chain : person.chains) {
      tell("key " + chain.key.text());
      for (const seal::Digest& digest : chain.asking) tell("asks " + digest.hex());
      for (const GoodFile& file : chain.files) tell("bundle " + file.digest.hex());
    }
  }
  tell_options(work, report, options);
  return work.finish();
}

std::string describe(const ExportReport& report, const ExportOptions& options) {
  json::array bundles, files;
  for (const UsedBundle& bundle : report.used)
    bundles.push_back(json::object{{"digest", bundle.digest.hex()}, {"events", bundle.events}});
  for (const ShardFile& file : report.files)
    files.push_back(json::object{{"file", file.name},
                                 {"rows", file.rows},
                                 {"bytes", file.bytes},
                                 {"sha256", file.digest.hex()}});
  json::object out{{"schema", 1},
                   {"program", "fieldnote " FIELDNOTE_VERSION},
                   {"id", report.id},
                   {"title", options.terms.title},
                   {"license", options.terms.license.id},
                   {"options", options_of(report, options)},
                   {"trajectories", report.trajectories},
                   {"steps", report.steps},
                   {"learnable", by_reason(report.statistics.learnable)},
                   {"splits", sizes_of(report)},
                   {"left_out", counted(report.left_out)},
                   {"internal", report.internal},
                   {"synthetic", report.synthetic},
                   {"min_people", report.min_people},
                   {"files", std::move(files)},
                   {"release",
                    {{"released", counted(report.release.released)},
                     {"held_back", counted(report.release.held_back)},
                     {"detected", counted(report.release.detected)},
                     {"cut_runs", report.release.cut_runs}}},
                   {"bundles", std::move(bundles)},
                   {"skipped", named(report.skipped)},
                   {"foreign", report.foreign},
                   {"broken", named(report.broken)},
                   {"doubles", report.doubles},
                   {"withdrawn", report.withdrawn},
                   {"ledger", report.ledger.to_json()}};
  if (!options.terms.license.name.empty()) out["license_name"] = options.terms.license.name;
  if (!options.terms.license.link.empty()) out["license_link"] = options.terms.license.link;
  if (!options.terms.parent.empty()) out["parent"] = options.terms.parent;
  if (!options.terms.delete_after.empty()) out["delete_after"] = options.terms.delete_after;
  return json::serialize(out) + '\n';
}

}  // namespace fieldnote::dataset
