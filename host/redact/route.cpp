#include "redact/route.hpp"

#include <algorithm>

#include "policy/site.hpp"

namespace fieldnote::redact {
namespace {

constexpr std::size_t longest_word = 40;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_hex(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F') || c == '-';
}

}  // namespace

bool names_a_record(std::string_view segment) {
  const auto digits = std::count_if(segment.begin(), segment.end(), is_digit);
  if (segment.size() > longest_word || segment.find('@') != std::string_view::npos ||
      segment.find('%') != std::string_view::npos)
    return true;
  if (digits == 0) return false;
  const bool all_digits = digits == static_cast<std::ptrdiff_t>(segment.size());
  // ABC-12, issue_7: a word, a hyphen, a number.
  const std::size_t joint = segment.find_last_of("-_.");
  const bool ends_in_number = joint != std::string_view::npos && joint + 1 < segment.size() &&
                              std::all_of(segment.begin() + static_cast<std::ptrdiff_t>(joint) + 1,
                                          segment.end(), is_digit);
  const bool hash = segment.size() >= 8 && std::all_of(segment.begin(), segment.end(), is_hex);
  return all_digits || digits >= 3 || ends_in_number || hash;
}

std::string route(std::string_view url) {
  const auto address = policy::Address::parse(url);
  if (!address) return {};
  const std::string_view origin =
      url.substr(0, static_cast<std::size_t>(address->host.end() - url.begin()));
  std::string out(origin);
  const bool own_port = address->port == (address->scheme == "https" ? 443 : 80);
  if (!own_port) out += ':' + std::to_string(address->port);
  std::string_view path = address->path;
  while (!path.empty()) {
    path.remove_prefix(1);
    const std::string_view segment = path.substr(0, path.find('/'));
    out += '/';
    out += names_a_record(segment) ? ":id" : segment;
    path.remove_prefix(segment.size());
  }
  return out;
}

}  // namespace fieldnote::redact
