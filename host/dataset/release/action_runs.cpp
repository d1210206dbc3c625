#include "dataset/release/action_runs.hpp"

#include <algorithm>

#include "dataset/reading/cutter.hpp"
#include "dataset/release/keyed_hash.hpp"

namespace fieldnote::dataset {
namespace {

// Sightings hide what is counted: these need not.
const KeyedHash& texts() {
  static const KeyedHash hash{KeyedHash::Key{}};
  return hash;
}

}  // namespace

bool is_consequence(const model::Event& action) {
  using model::Kind;
  switch (action.kind) {
    case Kind::submit:
    case Kind::copy:
    case Kind::cut:
    case Kind::paste:
    case Kind::tab_opened:
    case Kind::tab_closed:
    case Kind::tab_switched:
      return action.cause.has_value();
    case Kind::navigate:
      return action.cause.has_value() || action.navigation == model::Navigation::same_document ||
             action.navigation == model::Navigation::hash;
    case Kind::reset:
    case Kind::download:
      return true;
    default:
      return false;
  }
}

bool counts_in_run(const model::Event& event) {
  return is_action(event.kind) && !is_consequence(event);
}

RunWords words_of(const model::Event& action) {
  if (action.has_target) return {Clear::interface_text, action.target.name};
  if (action.kind == model::Kind::navigate) return {Clear::route, action.url};
  return {};
}

RunAction run_action(std::string_view app, const model::Event& action) {
  const std::string_view kind = model::word(action.kind);
  const std::string_view role = action.has_target ? action.target.role : std::string_view();
  const std::string_view words = words_of(action).text;
  RunAction one;
  one.untold = texts().of({app, kind, role});
  one.told = is_masked(words) ? one.untold : texts().of({app, kind, role, countable(words)});
  return one;
}

void ActionRun::next(const RunAction& action) {
  std::rotate(run_.begin(), run_.begin() + 1, run_.end());
  run_.back() = action;
  ++actions_;
}

}  // namespace fieldnote::dataset
