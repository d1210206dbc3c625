#include "redact/settle.hpp"

#include <algorithm>
#include <limits>
#include <tuple>

#include "redact/placeholder_text.hpp"

namespace fieldnote::redact {
namespace {

struct Allowed {
  Range range;
  float score;
};

// What must not be found again, and what may stay; by place.
std::vector<Allowed> allowed_in(std::string_view text, const std::vector<Match>& matches) {
  std::vector<Allowed> allowed;
  for (std::size_t at = text.find('<'); at != std::string_view::npos; at = text.find('<', at)) {
    const std::size_t length = placeholder_length(text.substr(at));
    if (length > 0) allowed.push_back({{at, at + length}, std::numeric_limits<float>::max()});
    at += std::max<std::size_t>(1, length);
  }
  for (const Match& match : matches)
    if (!detector_table().detectors[match.detector].entity)
      allowed.push_back({match.range, match.score});
  std::sort(allowed.begin(), allowed.end(),
            [](const Allowed& a, const Allowed& b) { return a.range.begin < b.range.begin; });
  return allowed;
}

// Which of two names what they make together: less is better.
auto rank(const Finding& finding) {
  const EntityFacts& facts = facts_of(finding.entity);
  return std::tuple(facts.ceiling, -static_cast<std::int64_t>(finding.range.size()),
                    facts.priority);
}

}  // namespace

void settle(std::string_view text, std::vector<Match>& matches, std::vector<Finding>& out) {
  out.clear();
  if (matches.empty()) return;
  std::sort(matches.begin(), matches.end(), [](const Match& a, const Match& b) {
    if (a.range.begin != b.range.begin) return a.range.begin < b.range.begin;
    if (a.range.end != b.range.end) return a.range.end > b.range.end;
    return a.detector < b.detector;  // of equals, the first in the table
  });
  const std::vector<Allowed> allowed = allowed_in(text, matches);
  // How many of those that begin before are looked at: they hardly ever overlap.
  constexpr std::ptrdiff_t most_looked_at = 8;
  const auto may_stay = [&](const Match& match) {
    auto at = std::upper_bound(
        allowed.begin(), allowed.end(), match.range.begin,
        [](std::size_t place, const Allowed& other) { return place < other.range.begin; });
    for (std::ptrdiff_t i = 0; i < most_looked_at && at != allowed.begin(); ++i) {
      --at;
      if (at->range.end >= match.range.end && at->score >= match.score) return true;
    }
    return false;
  };
  Finding named;  // of those that overlap, the one that names them
  for (const Match& match : matches) {
    const Detector& row = detector_table().detectors[match.detector];
    if (!row.entity || may_stay(match)) continue;
    const Finding finding{*row.entity, row.name, match.range, match.score};
    if (out.empty() || out.back().range.end <= match.range.begin) {
      out.push_back(finding);
      named = finding;
      continue;
    }
    const Range both{out.back().range.begin, std::max(out.back().range.end, match.range.end)};
    if (rank(finding) < rank(named)) named = finding;
    out.back() = named;
    out.back().range = both;
  }
}

}  // namespace fieldnote::redact
