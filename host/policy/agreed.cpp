#include "policy/agreed.hpp"

#include <algorithm>
#include <boost/json/array.hpp>

#include "policy/comparison.hpp"

namespace fieldnote::policy {
namespace {

namespace json = boost::json;

json::object terms_of(const Team& team) {
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

json::value terms_of(const Reader& reader) {
  if (reader.name.empty()) return json::string(reader.key.text());
  return json::object{{"key", reader.key.text()}, {"name", reader.name}};
}

Reader read_reader(const json::value& terms) {
  if (const json::string* key = terms.if_string())
    return {seal::X25519Recipient::parse(*key).value(), {}};
  return {seal::X25519Recipient::parse(terms.at("key").as_string()).value(),
          std::string(terms.at("name").as_string())};
}

// Reads what `terms_of` wrote. Throws where it is something else, as Boost.JSON does.
Team read_team(const json::object& terms) {
  const auto text = [](const json::value& value) { return std::string(value.as_string()); };
  const auto level = [&](const json::value& value) {
    return model::from_word<model::Disclosure>(value.as_string()).value();
  };
  Team team;
  team.name = text(terms.at("name"));
  for (const json::value& site : terms.at("sites").as_array())
    team.sites.push_back({SitePattern::parse(text(site.at("url"))).value(), text(site.at("app"))});
  for (const json::value& pattern : terms.at("exclude").as_array())
    team.exclude.push_back(SitePattern::parse(text(pattern)).value());
  team.values = level(terms.at("values"));
  team.keys = text(terms.at("keys"));
  team.outline = terms.at("outline").as_bool();
  for (const json::value& rule : terms.at("fields").as_array())
    team.fields.push_back({text(rule.at("match")), level(rule.at("values"))});
  return team;
}

// What was agreed to, in the place of what the policy says today; the rest as today, so that it is
// no change.
Policy agreed_policy(const json::object& terms, Policy policy) {
  policy.organisation = std::string(terms.at("organisation").as_string());
  policy.notice.purpose = std::string(terms.at("purpose").as_string());
  policy.notice.lawful_basis = std::string(terms.at("lawful_basis").as_string());
  policy.recipients.clear();
  for (const json::value& recipient : terms.at("recipients").as_array())
    policy.recipients.push_back(read_reader(recipient));
  policy.review_window =
      std::chrono::hours(terms.at("review_window_hours").to_number<std::int64_t>());
  policy.retention_days = terms.at("retention_days").to_number<unsigned>();
  policy.min_participants = terms.at("min_participants").to_number<unsigned>();
  policy.teams.clear();
  for (const json::value& team : terms.at("teams").as_array())
    policy.teams.push_back(read_team(team.as_object()));
  return policy;
}

// Neither wider nor narrower may still be more for some fields; a site's app and the list of tasks
// take nothing.
bool is_more(const Change& change) {
  return change.direction == Direction::wider ||
         (change.direction == Direction::changed && change.subject == "fields");
}

}  // namespace

json::object terms_of(const Policy& policy, const std::vector<const Team*>& teams) {
  json::array recipients;
  for (const Reader& reader : policy.recipients) recipients.push_back(terms_of(reader));
  json::array all;
  for (const Team* team : teams) all.push_back(terms_of(*team));
  return {{"organisation", policy.organisation},
          {"purpose", policy.notice.purpose},
          {"lawful_basis", policy.notice.lawful_basis},
          {"contact", policy.notice.contact},
          {"recipients", recipients},
          {"review_window_hours", policy.review_window.count()},
          {"retention_days", policy.retention_days},
          {"min_participants", policy.min_participants},
          {"teams", all}};
}

bool asks_for_more(const json::object& agreed, const Policy& policy,
                   const std::vector<const Team*>& teams) {
  Policy now = policy;
  now.teams.clear();
  for (const Team* team : teams) {
    Team& one = now.teams.emplace_back(*team);
    // Who else is in the team is not what this person agrees to.
    one.groups.clear();
    one.users.clear();
    one.tasks.clear();
  }
  try {
    const std::vector<Change> changes = compare(agreed_policy(agreed, now), now);
    return std::any_of(changes.begin(), changes.end(), is_more);
  } catch (const std::exception&) {
    return true;
  }
}

}  // namespace fieldnote::policy
