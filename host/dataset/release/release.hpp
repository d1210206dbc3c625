// The release gate: which clear texts may enter a dataset. Those that enough people showed, and
// those that a named person approved; all others become placeholders.
#pragma once

#include <set>
#include <string>
#include <string_view>

#include "dataset/release/sightings.hpp"
#include "model/dialect.hpp"
#include "model/event_texts.hpp"

namespace fieldnote::dataset {

struct ReleaseRules {
  unsigned people = 1;    // from how many a text must have been seen
  bool internal = false;  // not to be handed on: the tool's own words need one person only
  std::set<std::string, std::less<>> approved;  // by a named person, see `approval`
};

// Whether what stands there is the tool's, not a person's: what may be approved.
[[nodiscard]] constexpr bool is_vocabulary(Clear where) {
  return where != Clear::typed && where != Clear::instruction && where != Clear::pattern;
}

// A text as it is approved, for one place: `counted` as `countable` gives it.
[[nodiscard]] std::string approval(Clear where, std::string_view counted);

[[nodiscard]] Clear place_of(model::TextPlace place);
// Of a task's words: those on a list are the tool's, any others a person's own.
[[nodiscard]] constexpr Clear place_of_task(bool own) {
  return own ? Clear::instruction : Clear::interface_text;
}

// A text as it is counted: `Order of <EMAIL> for <TEXT>`. Which placeholder it was differs from
// person to person, as does how much an outline left out.
[[nodiscard]] std::string countable(std::string_view text);

// Whether nothing of it is clear.
[[nodiscard]] bool is_masked(std::string_view text);

// Whether what stands behind a line of this role may be a field's value, and not the page's words.
[[nodiscard]] bool holds_a_value(std::string_view role);

// Calls `f(place, text)` for each text of a line of an outline; `text` is a reference and may be
// changed. What a field holds is what somebody typed.
template <class F>
void each_text(model::DialectLine& line, F&& f) {
  using enum model::TextPlace;
  if (line.name) f(name, *line.name);
  if (line.value)
    f(line.role == "/url" ? url : holds_a_value(line.role) ? typed : name, *line.value);
}

class Release {
 public:
  Release(const Sightings& sightings, ReleaseRules rules)
      : sightings_(&sightings), rules_(std::move(rules)) {}

  [[nodiscard]] bool lets_pass(Clear where, std::string_view text) const;
  // `run`: a form of an ActionRun.
  [[nodiscard]] bool lets_run_pass(std::string_view run) const;
  // Whether words of the tools must be seen from several people at all.
  [[nodiscard]] bool asks_for_more_than_one() const {
    return !rules_.internal && rules_.people > 1;
  }
  [[nodiscard]] const ReleaseRules& rules() const { return rules_; }

 private:
  const Sightings* sightings_;
  ReleaseRules rules_;
};

}  // namespace fieldnote::dataset
