#include "dataset/card/report_page.hpp"

#include <algorithm>
#include <cstdio>

namespace fieldnote::dataset {
namespace {

constexpr std::string_view head = R"(<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<style>
:root {
  color-scheme: light dark;
  --page: light-dark(#f5f4ee, #161a19); --paper: light-dark(#fffefa, #1f2423);
  --line: light-dark(#dcdacf, #38403d); --ink: light-dark(#1d2523, #ebeeec);
  --quiet: light-dark(#55605c, #a9b4b0); --bar: light-dark(#2f7d70, #5fae9f);
  --accent: light-dark(#14524a, #8fcfc1); --warn: light-dark(#fbecd2, #3a2f1a);
}
* { box-sizing: border-box; }
body { margin: 0; padding: clamp(1rem, 4vw, 3rem) 1rem; background: var(--page); color: var(--ink);
  font: 1rem/1.55 system-ui, "Segoe UI", Roboto, "Liberation Sans", sans-serif; }
main { max-width: 76rem; margin-inline: auto; }
h1 { margin: 0 0 .25rem; font-size: 1.75rem; text-wrap: balance; }
h2 { margin: 2.5rem 0 1rem; font-size: 1.25rem; }
h3 { margin: 0 0 .5rem; font-size: 1rem; }
p { max-width: 46rem; margin: .25rem 0 .75rem; }
.quiet { color: var(--quiet); }
.warn { background: var(--warn); padding: .75rem 1rem; border-radius: .5rem; max-width: none; }
.tiles, .plots { display: grid; gap: 1rem; }
.tiles { grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); margin-block: 1.5rem; }
.plots { grid-template-columns: repeat(auto-fill, minmax(min(30rem, 100%), 1fr)); }
.card { background: var(--paper); border: 1px solid var(--line); border-radius: .5rem; padding: 1rem; min-width: 0; }
.tiles b { display: block; font-size: 1.6rem; font-weight: 650; line-height: 1.2; }
svg { display: block; width: 100%; height: auto; overflow: visible; }
svg text { fill: var(--ink); font-size: 13px; }
svg .n { fill: var(--quiet); font-variant-numeric: tabular-nums; }
svg rect { fill: var(--bar); }
svg line { stroke: var(--line); }
details { margin-block: 1rem; }
summary { cursor: pointer; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .875rem; }
th, td { text-align: start; padding: .3rem .6rem; border-block-end: 1px solid var(--line); vertical-align: top;
  overflow-wrap: anywhere; }
th { color: var(--quiet); font-weight: 600; white-space: nowrap; }
td:first-child { color: var(--quiet); font-variant-numeric: tabular-nums; }
pre { margin: 0; padding: .75rem; overflow: auto; max-height: 28rem; font: .8125rem/1.5 ui-monospace, "Liberation Mono", monospace; }
code { font: .9em ui-monospace, "Liberation Mono", monospace; overflow-wrap: anywhere; }
</style>
)";

constexpr int row_height = 24, label_width = 165, plot_width = 420, bar_room = 195;
constexpr std::size_t most_label = 24, most_rows = 14;

using Rows = std::vector<std::pair<std::string, std::uint64_t>>;

std::string grouped(std::uint64_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, ",");
  return digits;
}

std::string percent(std::uint64_t part, std::uint64_t of) {
  return of == 0 ? "–" : std::to_string(part * 100 / of) + " %";
}

std::string in_words(std::string_view name) {
  std::string words(name);
  std::replace(words.begin(), words.end(), '_', ' ');
  return words;
}

// In whole characters.
std::string shortened(std::string_view text) {
  std::size_t characters = 0;
  for (std::size_t at = 0; at < text.size(); ++at)
    if ((static_cast<unsigned char>(text[at]) & 0xC0U) != 0x80U && ++characters > most_label)
      return std::string(text.substr(0, at)) + "…";
  return std::string(text);
}

template <class Counts>
Rows largest_first(const Counts& counts) {
  Rows rows;
  for (const auto& [name, count] : counts) rows.emplace_back(in_words(name), count);
  std::stable_sort(rows.begin(), rows.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  if (rows.size() <= most_rows) return rows;
  std::uint64_t rest = 0;
  for (std::size_t i = most_rows - 1; i < rows.size(); ++i) rest += rows[i].second;
  const std::size_t others = rows.size() - most_rows + 1;
  rows.resize(most_rows - 1);
  rows.emplace_back(std::to_string(others) + " others", rest);
  return rows;
}

std::string tile(std::string_view figure, std::string_view what) {
  return "<div class=\"card\"><b>" + escaped_html(figure) + "</b><span class=\"quiet\">" +
         escaped_html(what) + "</span></div>\n";
}

std::string count_tile(std::size_t count, std::string_view one, std::string_view more) {
  return tile(grouped(count), count == 1 ? one : more);
}

std::string plot(std::string_view title, std::string_view note, const Rows& rows) {
  std::string out = "<section class=\"card\"><h3>" + escaped_html(title) + "</h3>\n";
  if (!note.empty()) out += "<p class=\"quiet\">" + escaped_html(note) + "</p>\n";
  if (rows.empty()) return out + "<p class=\"quiet\">None.</p></section>\n";
  std::uint64_t most = 1;
  for (const auto& [name, count] : rows) most = std::max(most, count);
  const std::string height = std::to_string(row_height * static_cast<int>(rows.size()));
  const std::string axis = std::to_string(label_width);
  out += "<svg viewBox=\"0 0 " + std::to_string(plot_width) + ' ' + height +
         "\" role=\"img\" aria-label=\"" + escaped_html(title) + "\">\n<line x1=\"" + axis +
         "\" x2=\"" + axis + "\" y1=\"0\" y2=\"" + height + "\"/>\n";
  int y = 0;
  for (const auto& [name, count] : rows) {
    const double width =
        static_cast<double>(bar_room) * static_cast<double>(count) / static_cast<double>(most);
    const double shown = count == 0 ? 0.0 : std::max(width, 2.0);
    std::array<char, 32> number{};
    std::snprintf(number.data(), number.size(), "%.1f", shown);
    const std::string middle = std::to_string(y + 16);
    out += "<g><title>" + escaped_html(name) + ": " + grouped(count) + "</title><text x=\"" +
           std::to_string(label_width - 8) + "\" y=\"" + middle + "\" text-anchor=\"end\">" +
           escaped_html(shortened(name)) + "</text><rect x=\"" + axis + "\" y=\"" +
           std::to_string(y + 4) + "\" width=\"" + number.data() + "\" height=\"16\" rx=\"2\"/>";
    std::snprintf(number.data(), number.size(), "%.1f", label_width + shown + 6);
    out += "<text class=\"n\" x=\"" + std::string(number.data()) + "\" y=\"" + middle + "\">" +
           grouped(count) + "</text></g>\n";
    y += row_height;
  }
  return out + "</svg></section>\n";
}

Rows lengths(const Statistics& told) {
  Rows rows;
  const auto& counts = told.lengths;
  std::size_t last = counts.size();
  while (last > 0 && counts[last - 1] == 0) --last;
  std::size_t first = 0;
  while (first < last && counts[first] == 0) ++first;
  for (std::size_t i = first; i < last; ++i) {
    const std::size_t from = std::size_t{1} << i;
    std::string name = std::to_string(from);
    if (i + 1 == counts.size())
      name += " and more";
    else if (i > 0)
      name += " to " + std::to_string(2 * from - 1);
    rows.emplace_back(std::move(name), counts[i]);
  }
  return rows;
}

Rows why_not(const Statistics& told) {
  constexpr std::array<std::string_view, learnable_words.size()> words{
      "can be learned",        "followed by itself", "page not seen",
      "target not in outline", "value not told",     "value from nowhere"};
  Rows rows;
  for (std::size_t i = 0; i < words.size(); ++i)
    if (told.learnable[i] > 0) rows.emplace_back(words[i], told.learnable[i]);
  return rows;
}

Rows gaps(const ExportReport& report) {
  Rows rows = largest_first(report.ledger.lost);
  for (auto& [name, count] : rows) name = "lost: " + name;
  for (auto& [name, count] : largest_first(report.ledger.refused))
    rows.emplace_back("refused: " + name, count);
  const auto add = [&rows](const char* name, std::uint64_t count) {
    if (count > 0) rows.emplace_back(name, count);
  };
  add("bundles not readable", report.skipped.size() - report.foreign);
  add("bundles of unknown keys", report.foreign);
  add("chains with a gap", report.broken.size());
  add("cuts at rare actions", report.release.cut_runs);
  add("events taken back", report.withdrawn);
  add("events sealed twice", report.doubles);
  return rows;
}

Rows splits_of(const ExportReport& report) {
  Rows rows;
  for (const std::string_view split : split_words)
    if (const auto at = report.splits.find(split); at != report.splits.end())
      rows.emplace_back(in_words(split), at->second.trajectories);
  return rows;
}

std::string sample(const Sample& one, bool open) {
  std::string out = std::string(open ? "<details open" : "<details") +
                    " class=\"card\"><summary><code>" + escaped_html(one.id) +
                    "</code>: " + std::to_string(one.steps) +
                    (one.steps == 1 ? " step in " : " steps in ") + escaped_html(one.app);
  if (!one.instruction.empty()) out += ", “" + escaped_html(one.instruction) + "”";
  if (one.outcome != Outcome::unknown) {
    out += ", ";
    out += word_of(outcome_words, one.outcome);
  }
  out +=
      "</summary>\n<div class=\"scroll\"><table><tr><th>#<th>action<th>target<th>value<th>what "
      "the page did<th>learnable</tr>\n";
  for (std::size_t i = 0; i < one.first.size(); ++i) {
    const SampleStep& step = one.first[i];
    out += "<tr><td>" + std::to_string(i + 1) + "<td>" + escaped_html(in_words(step.kind)) +
           "<td>" + escaped_html(step.target) + "<td>" + escaped_html(step.value) + "<td>" +
           escaped_html(step.effect) + "<td>" +
           (step.why.empty() ? "yes" : escaped_html(in_words(step.why))) + "</tr>\n";
  }
  out += "</table></div>\n";
  if (one.first.size() < one.steps)
    out += "<p class=\"quiet\">and " + std::to_string(one.steps - one.first.size()) + " more</p>\n";
  if (!one.seen.empty())
    out += "<details><summary>The page before the first of them that was seen</summary><pre>" +
           escaped_html(one.seen) + "</pre></details>\n";
  return out + "</details>\n";
}

std::string opening(const ExportReport& report, const ExportOptions& options) {
  const Statistics& told = report.statistics;
  std::string out(head);
  out += "<title>" + escaped_html(options.terms.title) + "</title>\n<main>\n<h1>" +
         escaped_html(options.terms.title) + "</h1>\n<p class=\"quiet\">Dataset <code>" +
         report.id.substr(0, 16) + "</code>";
  for (const std::string& name : report.organisations) out += ", " + escaped_html(name);
  if (!report.first_week.empty())
    out += ", sealed " + escaped_html(report.first_week) +
           (report.first_week == report.last_week ? "" : " to " + escaped_html(report.last_week));
  out += ". Licence: " + escaped_html(options.terms.license.called()) + ".</p>\n";
  if (report.internal)
    out +=
        "<p class=\"warn\"><b>Not to be handed on.</b> Made with <code>--internal</code>: the "
        "words of the tools themselves may come from one person.</p>\n";
  if (report.synthetic)
    out += "<p class=\"warn\"><b>Simulated.</b> At least some of this work nobody did.</p>\n";
  if (!options.terms.delete_after.empty())
    out += "<p class=\"warn\">To be deleted after " + escaped_html(options.terms.delete_after) +
           ".</p>\n";
  out += "<div class=\"tiles\">\n" + count_tile(told.trajectories, "trajectory", "trajectories") +
         count_tile(told.steps, "step", "steps") + count_tile(report.people, "person", "people") +
         count_tile(report.bundles, "bundle", "bundles") +
         tile(percent(told.learned(), told.done()), "of what was done can be learned") +
         tile(grouped(report.min_people),
              report.internal ? "people must have typed a text for it to stand in clear"
                              : "people must show a text for it to stand in clear") +
         "</div>\n";
  return out;
}

}  // namespace

std::string escaped_html(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += c;
    }
  return out;
}

std::string report_page(const ExportReport& report, const ExportOptions& options) {
  const Statistics& told = report.statistics;
  std::string out = opening(report, options);
  out += "<h2>What is in it</h2>\n<div class=\"plots\">\n" +
         plot("Trajectories by tool", "", largest_first(told.apps));
  if (!told.teams.empty())
    out += plot("Trajectories by team", "Teams of too few people are told together.",
                largest_first(told.teams));
  out += plot("Steps by action", "", largest_first(told.kinds)) +
         plot("Trajectories by length in steps", "", lengths(told)) +
         plot("How tasks ended", "Trajectories; unknown where nobody said.",
              largest_first(told.outcomes)) +
         plot("Where instructions come from",
              "Trajectories; own: the person's words, list: the team's.",
              largest_first(told.instructions)) +
         (report.splits.empty() ? std::string()
                                : plot("Trajectories by split",
                                       "Tests are of people, tools and "
                                       "tasks that the rest has nothing of.",
                                       splits_of(report))) +
         "</div>\n<h2>What can be learned</h2>\n<div class=\"plots\">\n" +
         plot("Steps, and why not", "", why_not(told)) +
         plot("The page before an action", "Fresh: it had not changed since it was read.",
              largest_first(told.observations)) +
         "</div>\n<h2>What is masked</h2>\n<div class=\"plots\">\n" +
         plot("Redacted when it was recorded", "By class of the field, or place.",
              largest_first(report.ledger.redacted)) +
         plot("In clear at the gate", "Texts, by place.", largest_first(report.release.released)) +
         plot("Held back at the gate", "Texts that too few people showed, by place.",
              largest_first(report.release.held_back)) +
         plot("Found at the third look", "By kind of personal data or secret.",
              largest_first(report.release.detected)) +
         "</div>\n<h2>What is missing</h2>\n<div class=\"plots\">\n" +
         plot("Gaps, by reason", "", gaps(report)) +
         plot("Left out, by reason", "Trajectories that were not asked for, or are like others.",
              largest_first(report.left_out)) +
         "</div>\n<h2>Trajectories to look at</h2>\n<p class=\"quiet\">The first ones of the "
         "dataset, which are in no order that means anything.</p>\n";
  for (const Sample& one : told.samples) out += sample(one, &one == &told.samples.front());
  return out + "</main>\n</html>\n";
}

}  // namespace fieldnote::dataset
