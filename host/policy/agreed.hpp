// The terms of a notice as a person agrees to them: kept in their receipt, and held against what
// the policy asks for later. Whatever widens is asked for again; what narrows is not.
#pragma once

#include <boost/json/object.hpp>

#include "policy/policy.hpp"

namespace fieldnote::policy {

// All that the notice asks for, and nothing else.
[[nodiscard]] boost::json::object terms_of(const Policy& policy,
                                           const std::vector<const Team*>& teams);

// Whether these teams of the policy ask for anything that was not agreed to. Terms that cannot be
// read agree to nothing.
[[nodiscard]] bool asks_for_more(const boost::json::object& agreed, const Policy& policy,
                                 const std::vector<const Team*>& teams);

}  // namespace fieldnote::policy
