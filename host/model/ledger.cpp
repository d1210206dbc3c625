#include "model/ledger.hpp"

#include <boost/json/value.hpp>

namespace fieldnote::model {

void Ledger::add(const Ledger& other) {
  each(*this, [&](std::string_view category, Counts& mine) {
    each(other, [&](std::string_view theirs, const Counts& counts) {
      if (category != theirs) return;
      for (const auto& [reason, count] : counts) mine[reason] += count;
    });
  });
}

bool Ledger::empty() const {
  return recorded.empty() && redacted.empty() && refused.empty() && lost.empty();
}

boost::json::object Ledger::to_json() const {
  boost::json::object json;
  each(*this, [&](std::string_view category, const Counts& counts) {
    boost::json::object& reasons = json[category].emplace_object();
    for (const auto& [reason, count] : counts) reasons[reason] = count;
  });
  return json;
}

Ledger Ledger::from_json(const boost::json::object& json) {
  Ledger ledger;
  each(ledger, [&](std::string_view category, Counts& counts) {
    const auto* reasons = json.if_contains(category);
    if (reasons == nullptr || !reasons->is_object()) return;
    for (const auto& [reason, count] : reasons->get_object()) {
      boost::system::error_code failed;
      if (const auto number = count.to_number<std::uint64_t>(failed); !failed)
        counts[std::string(reason)] = number;
    }
  });
  return ledger;
}

}  // namespace fieldnote::model
