// JSON from outside to a tree, strictly: a key that stands twice in one object is refused
// (Boost.JSON alone keeps the last, and a second "exclude" would silently undo the first), as is
// anything deeper than 32 levels.
#pragma once

#include <boost/json/value.hpp>
#include <string>
#include <string_view>

#include "platform/error.hpp"

namespace fieldnote::model {

enum class Comments : bool { refused, allowed };

struct JsonFault {
  std::size_t offset = 0;  // bytes into the text
  std::string what;        // "the key \"sites\" stands twice"
};

// `text` with blanks where comments stand, `//` and `/* */`; offsets and line feeds stay. A comment
// without an end is left, for the parser to complain of. (Boost.JSON 1.81 knows comments, but not
// those that end in `**/`, nor, where it is fed in pieces, one before the first value.)
[[nodiscard]] std::string without_comments(std::string_view text);

// The value, or where and why not.
[[nodiscard]] boost::system::result<boost::json::value, JsonFault> parse_strict(
    std::string_view text, Comments comments);

[[noreturn]] void throw_exception_from_error(const JsonFault& fault,
                                             const boost::source_location& where);

}  // namespace fieldnote::model
