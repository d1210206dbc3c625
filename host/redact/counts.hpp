// What was taken away, by disclosure and class ("withheld_password") or by what and where
// ("email_in_name"); it becomes part of the ledger.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace fieldnote::redact {

using Counts = std::map<std::string, std::uint64_t, std::less<>>;

// Counts one of `what`_`of`.
inline void count(Counts& counts, std::string_view what, std::string_view of) {
  std::string reason(what);
  reason += '_';
  reason += of;
  ++counts[reason];
}

}  // namespace fieldnote::redact
