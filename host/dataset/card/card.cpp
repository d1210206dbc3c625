#include "dataset/card/card.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <chrono>
#include <cstdio>
#include <map>

namespace fieldnote::dataset {
namespace {

namespace json = boost::json;

// A JSON string is a YAML one.
std::string yaml_text(std::string_view text) {
  return json::serialize(json::string(text));
}

// In a line of Markdown: nothing of it is markup.
std::string plain(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\n' || c == '\r') {
      out += ' ';
      continue;
    }
    if (std::string_view("\\`*_{}[]<>#|!&~").find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

std::string_view size_category(std::uint64_t rows) {
  if (rows < 1'000) return "n<1K";
  if (rows < 10'000) return "1K<n<10K";
  if (rows < 100'000) return "10K<n<100K";
  if (rows < 1'000'000) return "100K<n<1M";
  if (rows < 10'000'000) return "1M<n<10M";
  return "10M<n<100M";
}

// "steps-00003.jsonl.zst" -> "steps"; empty for what is no shard.
std::string_view shards_of(std::string_view file) {
  if (!file.ends_with(".jsonl.zst")) return {};
  file = file.substr(file.rfind('/') + 1);
  return file.substr(0, file.rfind('-'));
}

// The folder of its split; empty where there are no splits.
std::string_view split_of(std::string_view file) {
  const std::size_t slash = file.find('/');
  return slash == std::string_view::npos ? std::string_view() : file.substr(0, slash);
}

// By configuration, then split: the pattern of its files.
std::map<std::string, std::map<std::string, std::string>> configurations(
    const ExportReport& report) {
  std::map<std::string, std::map<std::string, std::string>> all;
  for (const ShardFile& file : report.files) {
    const std::string name(shards_of(file.name));
    if (name.empty()) continue;
    const std::string split(split_of(file.name));
    all[name][split.empty() ? "train" : split] =
        (split.empty() ? std::string() : split + '/') + name + "-*.jsonl.zst";
  }
  return all;
}

std::string front_matter(const ExportReport& report, const ExportOptions& options) {
  std::string out = "---\n";
  const License& license = options.terms.license;
  out += "license: " + license.id + '\n';
  if (!license.name.empty()) out += "license_name: " + license.name + '\n';
  if (!license.link.empty()) out += "license_link: " + yaml_text(license.link) + '\n';
  out += "pretty_name: " + yaml_text(options.terms.title) + '\n';
  out += "size_categories:\n- " + std::string(size_category(report.steps)) + '\n';
  out +=
      "source_datasets:\n- original\nannotations_creators:\n- no-annotation\ntask_categories:\n"
      "- text-generation\ntags:\n- web-agents\n- computer-use\n- tool-use\n- trajectories\n"
      "- accessibility-snapshots\n";
  if (report.synthetic) out += "- synthetic\n";
  const auto all = configurations(report);
  if (!all.empty()) out += "configs:\n";
  for (const auto& [name, splits] : all) {
    out += "- config_name: " + name + '\n';
    if (name == "steps") out += "  default: true\n";
    out += "  data_files:\n";
    for (const std::string_view split : split_words)
      if (const auto files = splits.find(std::string(split)); files != splits.end())
        out += "  - split: " + files->first + "\n    path: " + yaml_text(files->second) + '\n';
  }
  return out + "---\n";
}

std::string counted(std::uint64_t count, std::string_view one, std::string_view many) {
  return std::to_string(count) + ' ' + std::string(count == 1 ? one : many);
}

template <class Counts>
std::string table(std::string_view what, std::string_view count, const Counts& counts) {
  std::vector<std::pair<std::uint64_t, std::string>> rows;
  for (const auto& [name, number] : counts) rows.emplace_back(number, name);
  std::stable_sort(rows.begin(), rows.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  std::string out = "| " + std::string(what) + " | " + std::string(count) + " |\n| --- | ---: |\n";
  for (const auto& [number, name] : rows)
    out += "| " + plain(name) + " | " + std::to_string(number) + " |\n";
  return out + '\n';
}

std::string warnings(const ExportReport& report) {
  std::string out;
  if (report.internal)
    out +=
        "> **Not to be handed on.** Made with `--internal`: the words of the tools themselves may "
        "come from one person.\n\n";
  if (report.synthetic)
    out += "> **Simulated.** At least some of the work is made up by `fieldnote simulate`.\n\n";
  return out;
}

std::string what_it_is(const ExportReport& report) {
  std::string by;
  for (const std::string& name : report.organisations)
    by += (by.empty() ? " of " : ", ") + plain(name);
  const Statistics& told = report.statistics;
  std::string out = counted(told.steps, "step", "steps") + " in " +
                    counted(told.trajectories, "trajectory", "trajectories") + ": work of " +
                    counted(report.people, "person", "people") + by + " in " +
                    counted(told.apps.size(), "web tool", "web tools") +
                    ", recorded by Fieldnote with their knowledge "
                    "and consent.\n\n";
  if (told.done() > 0)
    out += std::to_string(told.learned() * 100 / told.done()) +
           " % of what somebody did can be learned from what is seen before it.\n\n";
  return out;
}

constexpr std::string_view made_for =
    "Made for agents that read *snapshots*: the page as an accessibility tree with refs, in the "
    "form that Playwright's `ariaSnapshot` (mode `ai`, dialect `playwright-ai/1.65`) gives. There "
    "are no screenshots, no coordinates to aim at, and no pages' HTML: for agents that look at "
    "pixels it is of no use.\n\n"
    "`<EMAIL_2>`, `<TEXT_7>` stand for what was typed or shown and may not be told. Equal strings "
    "have equal placeholders within one trajectory and nowhere else.\n\n";

std::string parquet(bool has_splits) {
  const std::string split = has_splits ? "train/" : "";
  return "## To Parquet\n\nOne statement of DuckDB" +
         std::string(has_splits ? " for each split" : "") +
         ":\n\n```sql\nCOPY (SELECT * FROM read_json('" + split +
         "steps-*.jsonl.zst', format = 'newline_delimited', columns = {\n"
         "  trajectory: 'VARCHAR', step: 'INTEGER', app: 'VARCHAR', url: 'VARCHAR', tab: "
         "'INTEGER', "
         "frame: 'INTEGER',\n"
         "  in_task: 'BOOLEAN', observation: 'JSON', action: 'JSON', source: 'JSON', stand_in: "
         "'VARCHAR',\n"
         "  cause: 'INTEGER', effect: 'JSON', learnable: 'BOOLEAN', why: 'VARCHAR'}))\n"
         "TO 'steps.parquet' (FORMAT parquet, COMPRESSION zstd)\n```\n\n";
}

constexpr std::string_view about_splits =
    "`test_participant`, `test_app` and `test_task` are of people, tools and tasks of which "
    "nothing "
    "is in `train` or `validation`: they were drawn by lot, each held out whole, and none that has "
    "more than a quarter of all. Of what is left, `validation` has all of one person's work on a "
    "task or none of it.\n\n";

constexpr std::string_view about_duplicates =
    "Near-duplicates were left out before anything else was drawn: of trajectories of one tool "
    "that "
    "are at least 0.8 alike (Jaccard, by MinHash), both in their runs of five actions and in the "
    "lines of the outlines that were seen, the first by lot stays.\n\n";

std::string selection(const ExportReport& report, const ExportOptions& options) {
  if (options.selection.takes_all()) return {};
  std::string out;
  if (!report.splits.empty()) {
    out += "## Splits\n\n| split | trajectories | steps |\n| --- | ---: | ---: |\n";
    for (const std::string_view split : split_words)
      if (const auto at = report.splits.find(split); at != report.splits.end())
        out += "| " + at->first + " | " + std::to_string(at->second.trajectories) + " | " +
               std::to_string(at->second.steps) + " |\n";
    out += '\n' + std::string(about_splits);
  }
  out += "## What was left out\n\n";
  if (options.selection.drops_duplicates()) out += about_duplicates;
  if (report.left_out.empty()) return out + "Nothing.\n\n";
  Statistics::Counts reasons;
  for (const auto& [reason, count] : report.left_out) {
    std::string words = reason;
    std::replace(words.begin(), words.end(), '_', ' ');
    reasons[words] = count;
  }
  return out + table("reason", "trajectories", reasons);
}

std::string collected(const ExportReport& report) {
  std::string out =
      "## How it was collected\n\nA browser extension recorded what people did on pages that their "
      "team had listed, after they had said yes to a notice, and only while they could see it. "
      "They could read and delete all of it before it left their computers, and take it back "
      "later";
  out += report.withdrawn > 0 ? "; " + counted(report.withdrawn, "event", "events") +
                                    " were taken back and are not here"
                              : std::string();
  out += ". Passwords, one-time codes and card data were never read.";
  if (!report.first_week.empty())
    out +=
        report.first_week == report.last_week
            ? " It was sealed in the week " + report.first_week + '.'
            : " It was sealed in the weeks " + report.first_week + " to " + report.last_week + '.';
  return out +
         "\n\nRows bear no participant, no account, no device and no time. Order and names of "
         "trajectories tell nothing of whose they are.\n\n";
}

std::string runs(const ExportReport& report) {
  if (report.internal || report.min_people < 2) return {};
  const std::uint64_t cuts = report.release.cut_runs;
  std::string out =
      "What was done one after the other may point at somebody too: every run of three actions in "
      "a trajectory was done by at least " +
      counted(report.min_people, "person", "people") + '.';
  if (cuts > 0)
    out += " To that end work was cut in two " +
           (cuts == 1 ? std::string("once") : std::to_string(cuts) + " times") +
           "; what belonged together is not told.";
  return out + "\n\n";
}

std::string gate(const ExportReport& report, const ExportOptions& options) {
  const std::string approved = options.approved.empty()
                                   ? std::string()
                                   : ' ' + counted(options.approved.size(), "string", "strings") +
                                         " of the tools " +
                                         (options.approved.size() == 1 ? "was" : "were") +
                                         " approved by " + plain(options.approved_by) + '.';
  return "## What is in clear\n\nA name, label, option, typed value, part of an address or wording "
         "of a task stands in clear where at least " +
         counted(report.min_people, "person", "people") + " showed it" +
         (report.internal ? " (words of the tools: one, for inside use)" : std::string()) +
         ", or a named person approved it; else a placeholder stands there. Detectors for personal "
         "data and secrets looked at all of it a third time." +
         approved + "\n\n" + runs(report) +
         table("in clear, by place", "texts", report.release.released) +
         table("held back, by place", "texts", report.release.held_back) +
         (report.release.detected.empty()
              ? std::string()
              : table("found at the third look", "texts", report.release.detected));
}

std::string limits(const ExportOptions& options) {
  std::string out =
      "## What to know before training\n\n"
      "* A step says in `learnable` whether a model can learn it from what is seen before it, and "
      "in `why` why not: leave the others out of the loss, and in as context.\n"
      "* Outlines are long. Trainers that cut at the end cut off the action.\n"
      "* What people do is no proof that it is right. `outcome` says how a task ended, where the "
      "person said so.\n"
      "* It is work of employed people: do not use it to judge any of them, and do not try to find "
      "out who they are.\n"
      "* People may take back what they recorded: `fieldnote dataset check` says whether this "
      "dataset has to be made anew. A trained model does not forget.\n";
  if (!options.terms.delete_after.empty())
    out += "* **Delete it after " + options.terms.delete_after + ".**\n";
  return out + '\n';
}

// The Sunday of an ISO week, "2026-W48"; empty for what is none.
std::string last_day(const std::string& week) {
  using namespace std::chrono;
  int year_number = 0, week_number = 0;
  if (std::sscanf(week.c_str(), "%4d-W%2d", &year_number, &week_number) != 2) return {};
  // The first week is the one that has 4 January in it.
  const sys_days fourth = year(year_number) / January / 4;
  const sys_days monday = fourth - days(weekday(fourth).iso_encoding() - 1);
  const year_month_day sunday(monday + days(7 * (week_number - 1) + 6));
  std::array<char, 16> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02u-%02u", static_cast<int>(sunday.year()),
                static_cast<unsigned>(sunday.month()), static_cast<unsigned>(sunday.day()));
  return text.data();
}

// Appendix 1 of the specification.
constexpr std::string_view croissant_context = R"({
"@language":"en","@vocab":"https://schema.org/","citeAs":"cr:citeAs","column":"cr:column","conformsTo":"dct:conformsTo",
"containedIn":"cr:containedIn","cr":"http://mlcommons.org/croissant/","rai":"http://mlcommons.org/croissant/RAI/",
"data":{"@id":"cr:data","@type":"@json"},"dataType":{"@id":"cr:dataType","@type":"@vocab"},"dct":"http://purl.org/dc/terms/",
"equivalentProperty":"cr:equivalentProperty","examples":{"@id":"cr:examples","@type":"@json"},"extract":"cr:extract",
"field":"cr:field","fileProperty":"cr:fileProperty","fileObject":"cr:fileObject","fileSet":"cr:fileSet","format":"cr:format",
"includes":"cr:includes","isArray":"cr:isArray","arrayShape":"cr:arrayShape","isLiveDataset":"cr:isLiveDataset",
"jsonPath":"cr:jsonPath","key":"cr:key","md5":"cr:md5","parentField":"cr:parentField","path":"cr:path",
"recordSet":"cr:recordSet","references":"cr:references","regex":"cr:regex","repeated":"cr:repeated","replace":"cr:replace",
"samplingRate":"cr:samplingRate","sc":"https://schema.org/","separator":"cr:separator","source":"cr:source",
"subField":"cr:subField","transform":"cr:transform","unArchive":"cr:unArchive","value":"cr:value"})";

json::object field(std::string_view set, std::string_view name, std::string_view type) {
  const std::string id = std::string(set) + '/' + std::string(name);
  return {{"@type", "cr:Field"},
          {"@id", id},
          {"name", name},
          {"dataType", type},
          {"source",
           {{"fileSet", {{"@id", std::string(set) + "-files"}}},
            {"extract", {{"jsonPath", "$." + std::string(name)}}}}}};
}

}  // namespace

std::string card(const ExportReport& report, const ExportOptions& options) {
  const Statistics& told = report.statistics;
  std::string out = front_matter(report, options) + "# " + plain(options.terms.title) + "\n\n" +
                    warnings(report) + what_it_is(report) + std::string(made_for);
  out +=
      "A page to look at: [`report.html`](report.html). For programs: `dataset.json`, "
      "`croissant.json`. What each form cannot carry: `FORMAT.loss.json`.\n\n";
  out += table("tool", "trajectories", told.apps) + table("action", "steps", told.kinds) +
         table("outcome", "trajectories", told.outcomes);
  out += selection(report, options) + collected(report) + gate(report, options);
  if (configurations(report).contains("steps")) out += parquet(!report.splits.empty());
  out += limits(options);
  out += "## Which it is\n\n`" + report.id + "`, by fieldnote " FIELDNOTE_VERSION;
  if (!options.terms.parent.empty()) out += ", in the place of `" + options.terms.parent + '`';
  return out + ".\n";
}

std::string croissant(const ExportReport& report, const ExportOptions& options) {
  json::array creators, distribution;
  for (const std::string& name : report.organisations)
    creators.push_back(json::object{{"@type", "sc:Organization"}, {"name", name}});
  for (const ShardFile& file : report.files) {
    if (file.is_folder()) {
      const bool is_flow = file.name.ends_with("recorder/");
      distribution.push_back(
          json::object{{"@type", "cr:FileSet"},
                       {"@id", file.name},
                       {"name", file.name},
                       {"encodingFormat", is_flow ? "application/json" : "text/javascript"},
                       {"includes", file.name + (is_flow ? "*.json" : "*.spec.mjs")}});
      continue;
    }
    distribution.push_back(json::object{{"@type", "cr:FileObject"},
                                        {"@id", file.name},
                                        {"name", file.name},
                                        {"contentUrl", file.name},
                                        {"contentSize", std::to_string(file.bytes) + " B"},
                                        {"encodingFormat", "application/jsonl+zstd"},
                                        {"sha256", file.digest.hex()}});
  }
  json::array sets;
  if (configurations(report).contains("steps")) {
    distribution.push_back(json::object{{"@type", "cr:FileSet"},
                                        {"@id", "steps-files"},
                                        {"name", "steps-files"},
                                        {"encodingFormat", "application/jsonl+zstd"},
                                        {"includes", "**/steps-*.jsonl.zst"}});
    json::array fields;
    for (const char* name : {"trajectory", "app", "url", "stand_in", "why"})
      fields.push_back(field("steps", name, "sc:Text"));
    for (const char* name : {"step", "tab", "frame", "cause"})
      fields.push_back(field("steps", name, "sc:Integer"));
    for (const char* name : {"in_task", "learnable"})
      fields.push_back(field("steps", name, "sc:Boolean"));
    for (const char* name : {"observation", "action", "effect", "source"})
      fields.push_back(field("steps", name, "sc:StructuredValue"));
    sets.push_back(json::object{{"@type", "cr:RecordSet"},
                                {"@id", "steps"},
                                {"name", "steps"},
                                {"key", {{{"@id", "steps/trajectory"}}, {{"@id", "steps/step"}}}},
                                {"field", std::move(fields)}});
  }
  json::object out{{"@context", json::parse(croissant_context)},
                   {"@type", "sc:Dataset"},
                   {"conformsTo", "http://mlcommons.org/croissant/1.1"},
                   {"name", options.terms.title},
                   {"description",
                    "Steps of work in web tools, with the page as an accessibility snapshot before "
                    "each action. For agents that read snapshots, not screenshots."},
                   {"license", options.terms.license.link.empty() ? options.terms.license.called()
                                                                  : options.terms.license.link},
                   {"identifier", report.id},
                   {"url", "urn:sha256:" + report.id},
                   {"version", "1.0.0"},
                   {"keywords", {"web agents", "tool use", "accessibility snapshots"}},
                   {"creator", std::move(creators)},
                   {"distribution", std::move(distribution)},
                   {"recordSet", std::move(sets)}};
  // When the newest of it was sealed: the day on which it is written would make other bytes.
  if (const std::string day = last_day(report.last_week); !day.empty()) out["datePublished"] = day;
  return json::serialize(out) + '\n';
}

}  // namespace fieldnote::dataset
