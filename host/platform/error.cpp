#include "platform/error.hpp"

#include <boost/throw_exception.hpp>
#include <stdexcept>

namespace fieldnote {

void throw_exception_from_error(const Error& error, const boost::source_location& where) {
  boost::throw_exception(std::runtime_error(error.sentence), where);
}

Error os_error(int number, std::string_view what) {
  const boost::system::error_code code(number, boost::system::system_category());
  return {code, std::string(what) + ": " + code.message()};
}

}  // namespace fieldnote
