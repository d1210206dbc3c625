#include "recorder/standing.hpp"

#include <array>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <chrono>
#include <ctime>

#include "policy/agreed.hpp"

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

// The receipt, in which the terms stand; nothing where it cannot be read.
boost::json::object agreed_to(const spool::Consent& consent) {
  boost::system::error_code failed;
  const boost::json::value receipt = boost::json::parse(consent.receipt, failed);
  return failed || !receipt.is_object() ? boost::json::object() : receipt.get_object();
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
  if (consent->notice != assignment->notice_digest() &&
      policy::asks_for_more(agreed_to(*consent), *policy, assignment->teams()))
    return {
        State::ask,
        "The notice asks for more than you said yes to, so nothing is recorded until you answer "
        "again."};
  if (pause && !pause->is_over(now))
    return {State::paused, pause->until ? "You paused recording for a while."
                                        : "You paused recording until you resume it."};
  return {State::recording, "You said yes: your work on the listed sites is recorded."};
}

std::string receipt(const policy::Policy& policy, const policy::Assignment& assignment, bool yes) {
  namespace json = boost::json;
  json::object receipt{{"kind", "consent_receipt"},
                       {"answer", yes ? "yes" : "no"},
                       {"at", now_utc()},
                       {"notice", assignment.notice_digest().hex()}};
  for (auto& [name, term] : policy::terms_of(policy, assignment.teams())) receipt[name] = term;
  return json::serialize(receipt);
}

}  // namespace fieldnote::recorder
