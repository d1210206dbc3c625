// Addresses and the patterns that a policy lists (DESIGN: policy, site):
// `scheme://host[:port]/path-prefix*`. The extension's extension/src/shared/site.ts follows the
// same rules; tests/unit/site_cases.json holds both to them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "platform/error.hpp"

namespace fieldnote::policy {

// An http or https address as a browser writes it (WHATWG URL, serialized), taken apart. Views into
// the text.
struct Address {
  std::string_view scheme;
  std::string_view host;   // lower case, IPv6 in brackets
  std::uint16_t port = 0;  // the scheme's own where none was written
  std::string_view path;   // from the first slash; no query, no fragment

  // Nothing where `url` is no such address or bears credentials.
  [[nodiscard]] static std::optional<Address> parse(std::string_view url);
};

// The path as it is compared (RFC 3986, 6.2.2): percent encodings of unreserved characters are
// decoded, the others have upper case digits, and what a browser would encode is encoded, so that
// `/%68r/` is `/hr/`. An excluded page must not be reached by another spelling.
[[nodiscard]] std::string comparable_path(std::string_view path);

// Why a wildcard over `host` would reach beyond one organisation; nothing where it does not.
[[nodiscard]] std::optional<std::string> too_wide(const std::string& host);

class SitePattern {
 public:
  // The sentence of the error says what is wrong with the pattern and what to write instead.
  [[nodiscard]] static Result<SitePattern> parse(std::string_view text);

  // `path` is `comparable_path(address.path)`.
  [[nodiscard]] bool matches(const Address& address, std::string_view path) const;

  // As `matches`, and for `/hr/*` also `/hr`: whoever excludes a folder means the page that bears
  // its name.
  [[nodiscard]] bool excludes(const Address& address, std::string_view path) const;

  // Of a held event only the route is kept, with `:id` for a segment that names a record: whether
  // an address of this route may have been matched, or excluded. In doubt it may.
  [[nodiscard]] bool may_match_route(const Address& route) const;

  // Whether every address that `other` matches is matched by this one too.
  [[nodiscard]] bool covers(const SitePattern& other) const;

  [[nodiscard]] const std::string& text() const { return text_; }
  // The same for every spelling of one pattern.
  [[nodiscard]] std::string canonical() const;
  [[nodiscard]] const std::string& host() const { return host_; }
  [[nodiscard]] bool any_subdomain() const { return any_subdomain_; }
  [[nodiscard]] std::uint16_t port() const { return port_; }
  // Whether the port is the scheme's own.
  [[nodiscard]] bool has_own_port() const { return port_ == (is_http() ? 80 : 443); }
  // Whether all of the host is meant: `/*`.
  [[nodiscard]] bool is_whole_host() const { return path_prefix_ && path_ == "/"; }
  [[nodiscard]] bool is_http() const { return scheme_ == "http"; }

 private:
  [[nodiscard]] bool is_of_host(const Address& address) const;

  std::string text_;
  std::string scheme_;
  std::string host_;            // without the `*.`
  bool any_subdomain_ = false;  // any number of labels before `host_`, at least one
  std::uint16_t port_ = 0;
  std::string path_;          // comparable, without the `*`
  bool path_prefix_ = false;  // whether the pattern ended in `*`
};

}  // namespace fieldnote::policy
