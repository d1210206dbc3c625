// Makes an event that was admitted fit to be held: value, names, selectors and address. What is
// masked keeps its identity within the scope. Not thread-safe.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "model/arena.hpp"
#include "model/event.hpp"
#include "policy/assignment.hpp"
#include "redact/placeholders.hpp"

namespace fieldnote::redact {

using Counts = std::map<std::string, std::uint64_t, std::less<>>;

class Redactor {
 public:
  Redactor();

  // Changes `event` in place; new texts live in `arena`. Counts what was taken away by disclosure
  // and class, or by place.
  void redact(model::Event& event, const policy::Team& team, model::Arena& arena, Counts& counts);

  // 8 hex digits; placeholders of different scopes have nothing to do with each other.
  [[nodiscard]] std::string_view scope() const { return scope_; }

 private:
  void begin_scope();
  void redact_value(model::Value& value, std::string_view rule, const policy::Team& team,
                    model::Arena& arena, Counts& counts);
  void redact_target(model::Target& target, model::Arena& arena, Counts& counts);
  void redact_selectors(model::Target& target, Counts& counts);
  // `most`: code points, as the schema says.
  std::string_view without_echoes(std::string_view text, std::string_view place, std::size_t most,
                                  model::Arena& arena, Counts& counts);

  std::string scope_;
  std::string routed_, route_;  // the last address and its route
  Placeholders placeholders_;
};

}  // namespace fieldnote::redact
