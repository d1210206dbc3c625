// What can be wrong with a policy; the sentence of an error names file, line and JSON pointer.
#pragma once

#include <boost/system/error_code.hpp>

namespace fieldnote::policy {

enum class PolicyError {
  syntax = 1,
  unknown_key,
  missing_key,
  wrong_type,
  out_of_range,
  recipient,
  site,
  teams
};
[[nodiscard]] boost::system::error_code make_error_code(PolicyError error);

}  // namespace fieldnote::policy

template <>
struct boost::system::is_error_code_enum<fieldnote::policy::PolicyError> : std::true_type {};
