#include "policy/assignment.hpp"

#include <algorithm>
#include <boost/json/serialize.hpp>

#include "policy/agreed.hpp"

namespace fieldnote::policy {
namespace {

bool lists(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

Assignment::Assignment(const Policy& policy, const platform::Account& account) {
  for (const Team& team : policy.teams)
    if (team.has(account)) teams_.push_back(&team);
  if (lists(policy.shared_accounts, account.user))
    standing_ = Standing::shared_account;
  else if (teams_.empty())
    standing_ = Standing::not_listed;
  else if (!policy.recording)
    standing_ = Standing::off;
  if (standing_ != Standing::listed) teams_.clear();
  for (const Team* team : teams_) {
    for (const Site& site : team->sites) {
      sites_.add(site.pattern);
      matches_.push_back({team, &site});
    }
    for (const SitePattern& pattern : team->exclude) exclude_.add(pattern);
  }
  notice_digest_ =
      seal::sha256(platform::as_bytes(boost::json::serialize(terms_of(policy, teams_))));
}

std::optional<Assignment::Match> Assignment::match(std::string_view url) const {
  const auto address = Address::parse(url);
  if (!address) return std::nullopt;
  const std::string path = comparable_path(address->path);
  const auto excluded = exclude_.first(
      *address, [&](const SitePattern& pattern) { return pattern.excludes(*address, path); });
  if (excluded) return std::nullopt;
  const auto listed = sites_.first(
      *address, [&](const SitePattern& pattern) { return pattern.matches(*address, path); });
  if (!listed) return std::nullopt;
  return matches_[*listed];
}

}  // namespace fieldnote::policy
