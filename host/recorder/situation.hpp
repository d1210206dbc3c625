// How things stand for this person: the policy and what it means for them, what they answered, what
// they set. Read again whenever somebody may have changed it.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "channel/message.hpp"
#include "policy/assignment.hpp"
#include "recorder/standing.hpp"
#include "spool/spool.hpp"

namespace fieldnote::recorder {

class Situation {
 public:
  Situation(Result<policy::Policy> policy, platform::Account account);
  // The assignment points into the policy.
  Situation(const Situation&) = delete;
  Situation& operator=(const Situation&) = delete;

  [[nodiscard]] const Result<policy::Policy>& policy() const { return policy_; }
  // Nothing where the policy is refused.
  [[nodiscard]] const policy::Assignment* assignment() const {
    return assignment_ ? &*assignment_ : nullptr;
  }
  [[nodiscard]] const std::optional<spool::Consent>& consent() const { return consent_; }
  [[nodiscard]] const spool::Person& person() const { return person_; }
  [[nodiscard]] const Judgement& judgement() const { return judgement_; }
  [[nodiscard]] State state() const { return judgement_.state; }

  // Reads what was answered and set, and judges anew.
  [[nodiscard]] Result<void> refresh(spool::Spool& spool);
  // Judges anew: a pause may be over.
  [[nodiscard]] Result<void> judge_again();
  // In how long a pause ends by itself.
  [[nodiscard]] std::optional<std::chrono::milliseconds> pause_ends_in() const;

  // The terms under which a batch is recorded now; only while there is a consent.
  [[nodiscard]] spool::Terms terms() const;

  // As the extension is told it.
  [[nodiscard]] Result<channel::StandingNow> told(spool::Spool& spool) const;

 private:
  Result<policy::Policy> policy_;
  platform::Account account_;
  std::optional<policy::Assignment> assignment_;
  std::optional<spool::Consent> consent_;
  spool::Person person_;
  Judgement judgement_;
};

[[nodiscard]] Result<channel::HeldNow> held_now(spool::Spool& spool);

}  // namespace fieldnote::recorder
