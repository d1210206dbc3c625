#include "policy/assignment.hpp"

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

namespace fieldnote::policy {
namespace {

namespace json = boost::json;

json::object team_terms(const Team& team) {
  json::array sites;
  for (const Site& site : team.sites)
    sites.push_back({{"url", site.pattern.text()}, {"app", site.app}});
  json::array exclude;
  for (const SitePattern& pattern : team.exclude) exclude.push_back(json::string(pattern.text()));
  json::array fields;
  for (const FieldRule& rule : team.fields)
    fields.push_back({{"match", rule.match}, {"values", json::string(model::word(rule.values))}});
  return {{"name", team.name},  {"sites", sites},
          {"exclude", exclude}, {"values", json::string(model::word(team.values))},
          {"keys", team.keys},  {"outline", team.outline},
          {"fields", fields}};
}

// The terms as one text: what is asked for, and nothing else.
std::string terms(const Policy& policy, const std::vector<const Team*>& teams) {
  json::array recipients;
  for (const auto& recipient : policy.recipients)
    recipients.push_back(json::string(recipient.text()));
  json::array all;
  for (const Team* team : teams) all.push_back(team_terms(*team));
  return json::serialize(json::object{{"organisation", policy.organisation},
                                      {"purpose", policy.notice.purpose},
                                      {"lawful_basis", policy.notice.lawful_basis},
                                      {"contact", policy.notice.contact},
                                      {"recipients", recipients},
                                      {"review_window_hours", policy.review_window.count()},
                                      {"retention_days", policy.retention_days},
                                      {"min_participants", policy.min_participants},
                                      {"teams", all}});
}

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
  notice_digest_ = seal::sha256(platform::as_bytes(terms(policy, teams_)));
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
