#include "cli/whole_number.hpp"

#include <charconv>
#include <string>

namespace fieldnote::cli {

CLI::Validator whole_number(std::uint64_t least, std::uint64_t most) {
  std::string range = "from " + std::to_string(least);
  if (most != std::numeric_limits<std::uint64_t>::max()) range += " to " + std::to_string(most);
  return CLI::Validator(
      [least, most, range](const std::string& text) {
        std::uint64_t number = 0;
        const char* const end = text.data() + text.size();
        const auto [rest, failed] = std::from_chars(text.data(), end, number);
        const bool good = failed == std::errc() && rest == end && number >= least && number <= most;
        return good ? std::string() : text + " is no whole number " + range;
      },
      range);
}

}  // namespace fieldnote::cli
