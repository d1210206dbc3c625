// Site patterns by host, so that a page is held against those of its own host alone, however many a
// person has.
#pragma once

#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "policy/site.hpp"

namespace fieldnote::policy {

class SiteIndex {
 public:
  // `pattern` must outlive the index. Patterns are numbered from 0 in the order of their coming.
  void add(const SitePattern& pattern) {
    auto& hosts = pattern.any_subdomain() ? below_ : exact_;
    hosts[pattern.host()].push_back({count_++, &pattern});
  }

  // The lowest number of a pattern for the address' host of which `holds` is true.
  template <class Holds>
  [[nodiscard]] std::optional<std::size_t> first(const Address& address, const Holds& holds) const {
    std::optional<std::size_t> lowest;
    const auto look = [&](const Hosts& hosts, std::string_view host) {
      const auto at = hosts.find(host);
      if (at == hosts.end()) return;
      for (const Entry& entry : at->second) {
        if (lowest && *lowest < entry.number) return;
        if (holds(*entry.pattern)) lowest = entry.number;
      }
    };
    look(exact_, address.host);
    for (std::size_t dot = address.host.find('.'); dot != std::string_view::npos;
         dot = address.host.find('.', dot + 1))
      look(below_, address.host.substr(dot + 1));
    return lowest;
  }

 private:
  struct Entry {
    std::size_t number;
    const SitePattern* pattern;
  };
  using Hosts = std::unordered_map<std::string_view, std::vector<Entry>>;
  std::size_t count_ = 0;
  Hosts exact_;
  Hosts below_;
};

}  // namespace fieldnote::policy
