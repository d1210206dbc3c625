#include "policy/site.hpp"

#include <arpa/inet.h>
#include <libpsl.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "policy/policy_error.hpp"
#include "policy/shared_hosts.hpp"

namespace fieldnote::policy {
namespace {

bool is_digits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

bool is_unreserved(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '.' || c == '_' || c == '~';
}

bool is_hex(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

// What a browser may write with a percent sign in a path, or may leave as it is.
bool is_encoded(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte <= 0x20 || byte >= 0x7F ||
         std::string_view("\"<>\\^`{|}").find(c) != std::string_view::npos;
}

std::optional<std::uint16_t> parse_port(std::string_view text) {
  std::uint16_t port = 0;
  if (!is_digits(text)) return std::nullopt;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (failed != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return port;
}

std::uint16_t own_port(std::string_view scheme) {
  return scheme == "https" ? 443 : 80;
}

// host and port of an authority without credentials; an IPv6 address keeps its brackets.
std::optional<std::pair<std::string_view, std::uint16_t>> split_authority(std::string_view text,
                                                                          std::uint16_t port) {
  const std::size_t bracket = text.rfind(']');
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos || (bracket != std::string_view::npos && colon < bracket))
    return std::pair(text, port);
  const auto written = parse_port(text.substr(colon + 1));
  if (!written) return std::nullopt;
  return std::pair(text.substr(0, colon), *written);
}

bool is_host(std::string_view host) {
  if (host.starts_with('['))
    return host.ends_with(']') &&
           host.find_first_not_of("0123456789abcdef:.[]") == std::string_view::npos;
  if (host.empty() || host.size() > 253 || host.front() == '.' || host.back() == '.') return false;
  if (host.find("..") != std::string_view::npos) return false;
  return host.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-._") ==
         std::string_view::npos;
}

// An IPv6 address in brackets as browsers write it (RFC 5952); nothing where it is none.
std::optional<std::string> as_browsers_write(const std::string& host) {
  in6_addr bytes{};
  std::array<char, INET6_ADDRSTRLEN> text{};
  if (host.size() < 2 ||
      ::inet_pton(AF_INET6, host.substr(1, host.size() - 2).c_str(), &bytes) != 1)
    return std::nullopt;
  ::inet_ntop(AF_INET6, &bytes, text.data(), text.size());
  return '[' + std::string(text.data()) + ']';
}

// Whether a path, comparable, holds `.` or `..` as a segment: a browser never shows one.
bool has_dot_segment(std::string_view path) {
  while (!path.empty()) {
    path.remove_prefix(1);
    const std::string_view segment = path.substr(0, path.find('/'));
    if (segment == "." || segment == "..") return true;
    path.remove_prefix(segment.size());
  }
  return false;
}

bool is_address(std::string_view host) {
  return host.starts_with('[') || host.find_first_not_of("0123456789.") == std::string_view::npos;
}

Error malformed(std::string_view text, std::string_view why) {
  return {PolicyError::site, "the site \"" + std::string(text) + "\": " + std::string(why)};
}

}  // namespace

std::optional<std::string> too_wide(const std::string& host) {
  if (is_address(host))
    return "a wildcard before an address matches nothing; write the address alone";
  if (host.find('.') == std::string::npos)
    return "a wildcard over the bare label \"" + host + "\" is too wide; list the hosts one by one";
  if (psl_is_public_suffix(psl_builtin(), host.c_str()) != 0)
    return "a wildcard over \"" + host +
           "\", under which anybody can register, is too wide; name the organisation's own domain";
  if (std::find(shared_hosts.begin(), shared_hosts.end(), std::string_view(host)) !=
      shared_hosts.end())
    return "a wildcard over \"" + host +
           "\", which many organisations share, is too wide; write the organisation's own host";
  return std::nullopt;
}

std::optional<Address> Address::parse(std::string_view url) {
  Address address;
  const std::size_t colon = url.find("://");
  if (colon == std::string_view::npos) return std::nullopt;
  address.scheme = url.substr(0, colon);
  if (address.scheme != "http" && address.scheme != "https") return std::nullopt;
  const std::string_view rest = url.substr(colon + 3);
  const std::size_t end = std::min(rest.find_first_of("/?#"), rest.size());
  const std::string_view authority = rest.substr(0, end);
  if (authority.find('@') != std::string_view::npos) return std::nullopt;
  const auto split = split_authority(authority, own_port(address.scheme));
  if (!split || !is_host(split->first)) return std::nullopt;
  std::tie(address.host, address.port) = *split;
  const std::string_view tail = rest.substr(end);
  address.path = tail.substr(0, std::min(tail.find_first_of("?#"), tail.size()));
  if (address.path.empty()) address.path = "/";
  return address;
}

std::string comparable_path(std::string_view path) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string out;
  out.reserve(path.size());
  for (std::size_t i = 0; i < path.size(); ++i) {
    auto byte = static_cast<unsigned char>(path[i]);
    const bool written =
        path[i] == '%' && i + 2 < path.size() && is_hex(path[i + 1]) && is_hex(path[i + 2]);
    if (written) std::from_chars(path.data() + i + 1, path.data() + i + 3, byte, 16);
    const char c = static_cast<char>(byte);
    if (written ? !is_unreserved(c) : is_encoded(c)) {
      out += '%';
      out += digits[byte >> 4];
      out += digits[byte & 15];
    } else {
      out += c;
    }
    if (written) i += 2;
  }
  return out;
}

Result<SitePattern> SitePattern::parse(std::string_view text) {
  SitePattern pattern;
  pattern.text_ = text;
  const std::size_t colon = text.find("://");
  if (colon == std::string_view::npos)
    return malformed(text, "has no scheme; write https://" + std::string(text) +
                               (text.ends_with('*') ? "" : "/*"));
  pattern.scheme_ = text.substr(0, colon);
  if (pattern.scheme_ != "https" && pattern.scheme_ != "http")
    return malformed(
        text, "has the scheme \"" + pattern.scheme_ + "\"; only https and http can be recorded");
  const std::string_view rest = text.substr(colon + 3);
  const std::size_t slash = rest.find('/');
  if (slash == std::string_view::npos)
    return malformed(text, "has no path; write " + std::string(text) + "/* for all of it");
  std::string_view authority = rest.substr(0, slash);
  if (authority.find('@') != std::string_view::npos)
    return malformed(text, "holds credentials; take them away");
  if (authority.starts_with("*.")) {
    pattern.any_subdomain_ = true;
    authority.remove_prefix(2);
  }
  if (authority.find('*') != std::string_view::npos)
    return malformed(text, "a * can stand only as *. before a host and at the end of the path");
  const auto split = split_authority(authority, own_port(pattern.scheme_));
  if (!split) return malformed(text, "the port is not a number from 0 to 65535");
  pattern.host_ = split->first;
  pattern.port_ = split->second;
  std::transform(pattern.host_.begin(), pattern.host_.end(), pattern.host_.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  if (!is_host(pattern.host_))
    return malformed(text,
                     "\"" + pattern.host_ +
                         "\" is not a host name in ASCII (write an international name as xn--...)");
  if (pattern.host_.starts_with('[')) {
    const auto written = as_browsers_write(pattern.host_);
    if (!written) return malformed(text, pattern.host_ + " is no IPv6 address");
    if (*written != pattern.host_)
      return malformed(text, "write the address as browsers do, " + *written);
  }
  if (pattern.any_subdomain_)
    if (auto why = too_wide(pattern.host_)) return malformed(text, *why);
  std::string_view path = rest.substr(slash);
  if (path.find_first_of("?#") != std::string_view::npos)
    return malformed(text,
                     "queries and fragments are never compared; take away what follows ? or #");
  pattern.path_prefix_ = path.ends_with('*');
  if (pattern.path_prefix_) path.remove_suffix(1);
  if (path.find('*') != std::string_view::npos)
    return malformed(text, "a * can stand only as *. before a host and at the end of the path");
  if (std::any_of(path.begin(), path.end(),
                  [](char c) { return (c >= 0 && c <= 0x20) || c == 0x7F || c == '\\'; }))
    return malformed(text, "the path holds a blank or a backslash; write a blank as %20");
  pattern.path_ = comparable_path(path);
  if (has_dot_segment(pattern.path_))
    return malformed(text, "a browser never shows . or .. in a path; write it as it is shown");
  return pattern;
}

std::string SitePattern::canonical() const {
  return scheme_ + "://" + (any_subdomain_ ? "*." : "") + host_ + ':' + std::to_string(port_) +
         path_ + (path_prefix_ ? "*" : "");
}

bool SitePattern::is_of_host(const Address& address) const {
  if (address.port != port_ || address.scheme != scheme_) return false;
  if (!any_subdomain_) return address.host == host_;
  return address.host.size() > host_.size() + 1 && address.host.ends_with(host_) &&
         address.host[address.host.size() - host_.size() - 1] == '.';
}

bool SitePattern::matches(const Address& address, std::string_view path) const {
  if (!is_of_host(address)) return false;
  return path_prefix_ ? path.starts_with(path_) : path == path_;
}

bool SitePattern::may_match_route(const Address& route) const {
  constexpr std::string_view any_segment = ":id";
  if (!is_of_host(route)) return false;
  const std::string kept = comparable_path(route.path);
  std::string_view path = kept;
  std::string_view wanted = path_;
  // A segment at a time: what is `:id` now can have been anything.
  while (!path.empty() && !wanted.empty()) {
    const std::string_view segment = path.substr(0, path.find('/', 1));
    const std::string_view meant = wanted.substr(0, wanted.find('/', 1));
    const bool is_last = meant.size() == wanted.size();
    const bool same = segment == meant || (is_last && path_prefix_ && segment.starts_with(meant));
    if (!same && segment.substr(1) != any_segment) return false;
    path.remove_prefix(segment.size());
    wanted.remove_prefix(meant.size());
  }
  // `/hr/*` means `/hr`, too, when it is excluded.
  if (path.empty()) return wanted.empty() || (path_prefix_ && wanted == "/");
  return path_prefix_;
}

bool SitePattern::covers(const SitePattern& other) const {
  if (scheme_ != other.scheme_ || port_ != other.port_) return false;
  const bool same_host = other.host_ == host_;
  const bool below = other.host_.size() > host_.size() && other.host_.ends_with(host_) &&
                     other.host_[other.host_.size() - host_.size() - 1] == '.';
  const bool host_covered = any_subdomain_ ? below || (same_host && other.any_subdomain_)
                                           : same_host && !other.any_subdomain_;
  if (!host_covered) return false;
  return path_prefix_ ? other.path_.starts_with(path_)
                      : !other.path_prefix_ && other.path_ == path_;
}

bool SitePattern::excludes(const Address& address, std::string_view path) const {
  if (matches(address, path)) return true;
  const bool folder_itself = path_prefix_ && path_.size() > 1 && path_.ends_with('/') &&
                             path == path_.substr(0, path_.size() - 1);
  return folder_itself && matches(address, path_);
}

}  // namespace fieldnote::policy
