#include "dataset/release/clearance.hpp"

#include "redact/entity.hpp"
#include "redact/route.hpp"

namespace fieldnote::dataset {

const Clearance::Cleared& Clearance::of(model::TextPlace place, std::string_view text) {
  auto& judged = judged_[static_cast<std::size_t>(place)];
  if (const Cleared* known = judged.find(text)) return *known;
  long_one_ = judge(place, text);
  judged.put(text, long_one_);
  return long_one_;
}

Clearance::Cleared Clearance::judge(model::TextPlace place, std::string_view text) {
  Cleared cleared;
  cleared.passes = lets_pass(place_of(place), text);
  if (!cleared.passes) return cleared;
  // Of an address only the path: the site itself is one that the policy lists.
  const std::size_t path = place == model::TextPlace::url ? redact::origin_size(text) : 0;
  cleared.text = std::string(text.substr(0, path)) + looked_through(text.substr(path));
  cleared.has_placeholders = cleared.text.find('<', path) != std::string::npos;
  // A selector cannot be masked in part: one that tells too much is left out.
  if (place == model::TextPlace::selector && cleared.text != text) cleared.passes = false;
  return cleared;
}

const std::string& Clearance::looked_through(std::string_view text) {
  if (looked_through_.size() > most_remembered) looked_through_.clear();
  const auto [at, is_new] = looked_through_.try_emplace(std::string(text));
  if (!is_new) return at->second;
  std::string& out = at->second;
  std::size_t end = 0;
  for (const redact::Finding& finding : detectors_.find(text, {})) {
    const redact::EntityFacts& facts = redact::facts_of(finding.entity);
    ++detected_[std::string(facts.word)];
    out += text.substr(end, finding.range.begin - end);
    out += '<' + std::string(facts.label) + '>';
    end = finding.range.end;
  }
  out += text.substr(end);
  return out;
}

}  // namespace fieldnote::dataset
