// What was recorded, redacted, refused and lost, counted by reason. It travels with the data, so
// that nothing is missing silently. How often a person paused, declined or deleted is not in it.
#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace fieldnote::model {

struct Ledger {
  using Counts = std::map<std::string, std::uint64_t, std::less<>>;
  Counts recorded;  // by kind
  Counts redacted;  // by field class or place
  Counts refused;   // by reason, in the host
  Counts lost;      // by reason, in the extension

  void add(const Ledger& other);
  [[nodiscard]] bool empty() const;
  [[nodiscard]] boost::json::object to_json() const;
  // Counts that are no whole numbers or categories that are unknown are left out: a ledger is read
  // for people.
  [[nodiscard]] static Ledger from_json(const boost::json::object& json);

  // Calls `f(category name, counts)` for the four, in the order above.
  template <class Self, class F>
  static void each(Self& self, F&& f) {
    f("recorded", self.recorded);
    f("redacted", self.redacted);
    f("refused", self.refused);
    f("lost", self.lost);
  }
};

}  // namespace fieldnote::model
