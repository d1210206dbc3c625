#pragma once

#include <boost/system/error_code.hpp>

namespace fieldnote::spool {

enum class SpoolError { unusable = 1, newer_schema, damaged, full, failed };
[[nodiscard]] boost::system::error_code make_error_code(SpoolError error);

}  // namespace fieldnote::spool

template <>
struct boost::system::is_error_code_enum<fieldnote::spool::SpoolError> : std::true_type {};
