#include "doctor/finding.hpp"

namespace fieldnote::doctor {

std::string_view word(Level level) {
  switch (level) {
    case Level::warning:
      return "warning";
    case Level::error:
      return "error";
    case Level::ok:
      break;
  }
  return "ok";
}

}  // namespace fieldnote::doctor
