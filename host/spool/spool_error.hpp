#pragma once

#include <boost/system/error_code.hpp>

#include "platform/error.hpp"

namespace fieldnote::spool {

enum class SpoolError { unusable = 1, newer_schema, damaged, full, failed };
[[nodiscard]] boost::system::error_code make_error_code(SpoolError error);

// Whether an error, ours or the system's, is that there is no room on the disk.
[[nodiscard]] bool means_full(const Error& error);

}  // namespace fieldnote::spool

template <>
struct boost::system::is_error_code_enum<fieldnote::spool::SpoolError> : std::true_type {};
