#include "recorder/standing.hpp"

#include <array>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <chrono>
#include <ctime>

namespace fieldnote::recorder {
namespace {

std::string now_utc() {
  const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  std::tm parts{};
  gmtime_r(&now, &parts);
  std::array<char, 32> text{};
  std::strftime(text.data(), text.size(), "%FT%TZ", &parts);
  return text.data();
}

}  // namespace

std::string_view word(State state) {
  switch (state) {
    case State::recording:
      return "recording";
    case State::paused:
      return "paused";
    case State::ask:
      return "ask";
    case State::declined:
      return "declined";
    case State::off:
      return "off";
    case State::not_listed:
      return "not_listed";
    case State::shared_account:
      return "shared_account";
    case State::refused:
      break;
  }
  return "refused";
}

Judgement judge(const Result<policy::Policy>& policy, const policy::Assignment* assignment,
                const std::optional<spool::Consent>& consent,
                const std::optional<spool::Pause>& pause, const platform::Moment& now) {
  if (!policy || assignment == nullptr)
    return {State::refused, "The policy on this computer has an error, so nothing is recorded: " +
                                (policy ? std::string("no assignment") : policy.error().sentence)};
  switch (assignment->standing()) {
    case policy::Standing::off:
      return {State::off, policy->organisation + " has switched recording off."};
    case policy::Standing::not_listed:
      return {State::not_listed, "You are in no team that takes part, so nothing is recorded."};
    case policy::Standing::shared_account:
      return {State::shared_account,
              "This account is used by several people, so nothing is recorded."};
    case policy::Standing::listed:
      break;
  }
  if (!consent) return {State::ask, "You have not been asked yet, so nothing is recorded."};
  if (!consent->yes) return {State::declined, "You said no, so nothing is recorded."};
  if (consent->notice != assignment->notice_digest())
    return {State::ask,
            "The notice has changed since you said yes, so nothing is recorded until you answer "
            "again."};
  if (pause && !pause->is_over(now))
    return {State::paused, pause->until ? "You paused recording for a while."
                                        : "You paused recording until you resume it."};
  return {State::recording, "You said yes: your work on the listed sites is recorded."};
}

std::string receipt(const policy::Policy& policy, const policy::Assignment& assignment, bool yes) {
  namespace json = boost::json;
  json::array teams;
  for (const policy::Team* team : assignment.teams()) {
    json::array sites;
    for (const policy::Site& site : team->sites) sites.emplace_back(site.pattern.text());
    json::array exclude;
    for (const policy::SitePattern& pattern : team->exclude) exclude.emplace_back(pattern.text());
    teams.push_back(json::object{{"name", team->name},
                                 {"sites", std::move(sites)},
                                 {"exclude", std::move(exclude)},
                                 {"values", json::string(model::word(team->values))}});
  }
  json::array recipients;
  for (const auto& recipient : policy.recipients) recipients.emplace_back(recipient.text());
  return json::serialize(json::object{{"kind", "consent_receipt"},
                                      {"answer", yes ? "yes" : "no"},
                                      {"at", now_utc()},
                                      {"notice", assignment.notice_digest().hex()},
                                      {"organisation", policy.organisation},
                                      {"purpose", policy.notice.purpose},
                                      {"lawful_basis", policy.notice.lawful_basis},
                                      {"contact", policy.notice.contact},
                                      {"recipients", std::move(recipients)},
                                      {"review_window_hours", policy.review_window.count()},
                                      {"retention_days", policy.retention_days},
                                      {"teams", std::move(teams)}});
}

}  // namespace fieldnote::recorder
