#include "redact/detectors.hpp"

#include <algorithm>

namespace fieldnote::redact {

Context Detectors::context(std::string_view label, std::string_view nearby,
                           std::optional<Entity> expected) {
  return {label, nearby, expected};
}

const std::vector<Finding>& Detectors::find(std::string_view text, const Context& context) {
  matches_.clear();
  gather(text, context, 0, {}, matches_);
  settle(text, matches_, findings_);
  return findings_;
}

std::vector<Match> Detectors::find_by(std::string_view detector, std::string_view text,
                                      const Context& context) {
  const auto rows = detector_table().detectors;
  const auto at = std::find_if(rows.begin(), rows.end(),
                               [&](const Detector& row) { return row.name == detector; });
  std::vector<Match> found;
  if (at != rows.end())
    gather(text, context, 0, static_cast<std::uint16_t>(at - rows.begin()), found);
  return found;
}

void Detectors::gather(std::string_view text, const Context& context, unsigned depth, Only only,
                       std::vector<Match>& out) {
  Search& search = searches_[depth];
  search.run(text, context, patterns_, only, out);
  if (depth == most_depth) return;
  const Normalised& normalised = search.normalised();
  std::vector<Match> within;
  if (Unescaped& unescaped = unescaped_[depth]; unescaped.assign(normalised.text())) {
    gather(unescaped.text(), context, depth + 1, only, within);
    for (Match& match : within) {
      match.range = normalised.original(unescaped.encoded(match.range));
      out.push_back(match);
    }
  }
  // What a token hides cannot be taken out of it: the token is found.
  each_base64_text(normalised.text(), [&](Range token, std::string_view decoded) {
    within.clear();
    gather(decoded, context, depth + 1, only, within);
    for (const Match& match : within)
      if (detector_table().detectors[match.detector].entity)
        out.push_back({match.detector, normalised.original(token), match.score});
  });
}

}  // namespace fieldnote::redact
