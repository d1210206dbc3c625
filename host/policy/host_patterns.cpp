#include "policy/host_patterns.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "policy/policy_error.hpp"

namespace fieldnote::policy {
namespace {

// `*.` in front, or nothing; the host; its schemes.
struct Reach {
  bool http = false;
  bool https = false;
  void add(const Reach& other) {
    http |= other.http;
    https |= other.https;
  }
};

// "desk.corp.example" or "*.corp.example" to how it is reached.
using Hosts = std::map<std::string, Reach>;

std::string_view without_wildcard(std::string_view host) {
  return host.starts_with("*.") ? host.substr(2) : host;
}

std::size_t labels(std::string_view host) {
  return 1 + static_cast<std::size_t>(std::count(host.begin(), host.end(), '.'));
}

bool is_address(std::string_view host) {
  return host.starts_with('[') || host.find_first_not_of("0123456789.") == std::string_view::npos;
}

// The host without its first label; empty for a bare label or an address.
std::string parent_of(std::string_view host) {
  if (is_address(host)) return {};
  const std::size_t dot = host.find('.');
  return dot == std::string_view::npos ? std::string() : std::string(host.substr(dot + 1));
}

// Takes away what a wildcard reaches anyhow.
void drop_covered(Hosts& hosts) {
  for (auto at = hosts.begin(); at != hosts.end();) {
    std::string above = at->first.starts_with("*.") ? parent_of(at->first.substr(2)) : at->first;
    if (!at->first.starts_with("*.")) above = parent_of(above);
    bool covered = false;
    for (; !above.empty() && !covered; above = parent_of(above)) {
      const auto wide = hosts.find("*." + above);
      covered = wide != hosts.end() && wide->second.http >= at->second.http &&
                wide->second.https >= at->second.https;
    }
    at = covered ? hosts.erase(at) : std::next(at);
  }
}

// Folds hosts with `depth` labels above them into `*.parent`, the fullest parents first, until few
// enough are left.
void fold_at(std::size_t depth, Hosts& hosts, std::vector<std::string>& folded) {
  std::map<std::string, std::vector<std::string>> families;
  for (const auto& [host, reach] : hosts) {
    const std::string parent = host.starts_with("*.") && labels(without_wildcard(host)) == depth
                                   ? std::string(without_wildcard(host))
                                   : parent_of(without_wildcard(host));
    if (!parent.empty() && labels(parent) == depth && !too_wide(parent))
      families[parent].push_back(host);
  }
  std::vector<std::pair<std::size_t, std::string>> order;
  for (const auto& [parent, members] : families)
    if (members.size() > 1) order.emplace_back(members.size(), parent);
  std::sort(order.rbegin(), order.rend());
  for (const auto& [count, parent] : order) {
    if (hosts.size() <= max_host_patterns) return;
    Reach reach;
    for (const std::string& member : families[parent]) {
      reach.add(hosts[member]);
      hosts.erase(member);
    }
    hosts["*." + parent].add(reach);
    folded.push_back("*." + parent);
  }
}

std::string pattern(const std::string& host, const Reach& reach) {
  return std::string(reach.http && reach.https ? "*"
                     : reach.http              ? "http"
                                               : "https") +
         "://" + host;
}

}  // namespace

Result<HostPatterns> host_patterns(const std::vector<const Team*>& teams) {
  Hosts hosts;
  for (const Team* team : teams)
    for (const Site& site : team->sites) {
      Reach& reach = hosts[(site.pattern.any_subdomain() ? "*." : "") + site.pattern.host()];
      (site.pattern.is_http() ? reach.http : reach.https) = true;
    }
  HostPatterns result;
  drop_covered(hosts);
  std::size_t deepest = 0;
  for (const auto& [host, reach] : hosts) deepest = std::max(deepest, labels(host));
  for (std::size_t depth = deepest; depth >= 2 && hosts.size() > max_host_patterns; --depth)
    fold_at(depth, hosts, result.folded);
  drop_covered(hosts);
  if (hosts.size() > max_host_patterns)
    return Error{PolicyError::site,
                 "the sites lie on " + std::to_string(hosts.size()) +
                     " hosts that no common domain of the organisation's own folds, and a browser "
                     "takes " +
                     std::to_string(max_host_patterns) +
                     "; render for fewer teams at a time (--team), one set a kind of machine"};
  for (const auto& [host, reach] : hosts) result.patterns.push_back(pattern(host, reach));
  std::erase_if(result.folded, [&](const std::string& host) { return !hosts.contains(host); });
  std::sort(result.patterns.begin(), result.patterns.end());
  return result;
}

}  // namespace fieldnote::policy
