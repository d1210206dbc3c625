// One form for everything that can go wrong because of the outside: a code that programs compare,
// and a sentence that people read: what is wrong, where, what to do. Exceptions are for bugs and
// for memory.
#pragma once

#include <boost/system/error_code.hpp>
#include <boost/system/result.hpp>
#include <string>
#include <string_view>
#include <utility>

namespace fieldnote {

struct Error {
  boost::system::error_code code;
  std::string sentence;

  // Puts the place in front: "policy.json:3: ..." from "...".
  [[nodiscard]] Error at(std::string_view place) && {
    sentence.insert(0, std::string(place) + ": ");
    return std::move(*this);
  }
};

template <class T>
using Result = boost::system::result<T, Error>;

// What `Result::value()` throws when nobody looked: a bug, or a command that ends with the
// sentence.
[[noreturn]] void throw_exception_from_error(const Error& error,
                                             const boost::source_location& where);

// An operating system call failed: `errno` with the name of what it was done to.
[[nodiscard]] Error os_error(int number, std::string_view what);

}  // namespace fieldnote
