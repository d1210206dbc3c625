#include "recorder/situation.hpp"

#include <algorithm>

#include "platform/calendar.hpp"
#include "policy/policy_error.hpp"
#include "recorder/pause.hpp"
#include "recorder/policy_message.hpp"
#include "recorder/tasks.hpp"

namespace fieldnote::recorder {

Situation::Situation(Result<policy::Policy> policy, platform::Account account)
    : policy_(std::move(policy)), account_(std::move(account)) {
  if (!policy_) return;
  assignment_.emplace(*policy_, account_);
  if (channel::fits(policy_message(*policy_, *assignment_))) return;
  assignment_.reset();
  policy_ = Error{policy::PolicyError::out_of_range,
                  "the teams of " + account_.user +
                      " list more than fits in one message to the browser (1 MiB); list fewer "
                      "sites, or shorter ones"};
}

Result<void> Situation::refresh(spool::Spool& spool) {
  auto last = spool.last_consent();
  if (!last) return last.error();
  auto person = spool.person();
  if (!person) return person.error();
  consent_ = std::move(*last);
  person_ = std::move(*person);
  return judge_again();
}

Result<void> Situation::judge_again() {
  const auto now = platform::now();
  if (!now) return now.error();
  judgement_ = judge(policy_, assignment(), consent_, person_.pause, *now);
  return {};
}

std::optional<std::chrono::milliseconds> Situation::pause_ends_in() const {
  const auto now = platform::now();
  const auto left = now ? left_of(person_.pause, *now) : std::nullopt;
  return left ? std::optional<std::chrono::milliseconds>(*left) : std::nullopt;
}

spool::Terms Situation::terms() const {
  std::string recipients;
  for (const policy::Reader& reader : policy_->recipients) {
    if (!recipients.empty()) recipients += ' ';
    recipients += reader.key.text();
  }
  return {policy_->digest,
          assignment_->notice_digest(),
          seal::sha256(platform::as_bytes(consent_->receipt)),
          policy_->organisation,
          policy_->min_participants,
          std::move(recipients),
          policy_->review_window};
}

Result<channel::StandingNow> Situation::told(spool::Spool& spool) const {
  channel::StandingNow told;
  told.state = word(judgement_.state);
  told.why = judgement_.why;
  const auto now = platform::now();
  if (!now) return now.error();
  if (const auto& pause = person_.pause; pause && !pause->is_over(*now)) {
    told.pause.emplace().since = channel::moment_text(pause->since);
    if (pause->until) told.pause->until = channel::moment_text(*pause->until);
  }
  if (person_.task) {
    auto task = spool.task(*person_.task);
    if (!task) return task.error();
    if (*task) told.task = recorder::told(**task);
  }
  // Counted by whoever stored last, in this browser or another.
  const auto counted = spool.person();
  if (!counted) return counted.error();
  if (counted->day == platform::local_day()) told.today = counted->today;
  auto held = held_now(spool);
  if (!held) return held.error();
  told.held = *held;
  return told;
}

Result<channel::HeldNow> held_now(spool::Spool& spool) {
  const auto now = spool.held_now();
  if (!now) return now.error();
  const auto person = spool.person();
  if (!person) return person.error();
  channel::HeldNow held{now->events, now->up_to, person->told, std::nullopt};
  if (!now->first_leaves) return held;
  const auto clock = spool.clock_now();
  if (!clock) return clock.error();
  held.leaves_in = std::max(std::chrono::seconds(0), *now->first_leaves - clock->use).count();
  return held;
}

}  // namespace fieldnote::recorder
