// The participant's own store, for commands by which they see and steer what is held: opened, then
// locked in as the host is, before anything of it is read.
#pragma once

#include <optional>

#include "cli/commands.hpp"
#include "platform/account.hpp"
#include "policy/assignment.hpp"
#include "spool/spool.hpp"

namespace fieldnote::cli {

// Nothing where there is none yet and none is wanted.
enum class Missing : bool { is_made, is_none };
[[nodiscard]] Result<std::optional<spool::Spool>> open_own_spool(Missing missing);

// Prints the error; damage is marked, so that the next start sets the store aside.
Exit fail_own(const Error& error, const spool::Spool& spool);

// The policy and what it means for this account; read before the sandbox closes.
class OwnPolicy {
 public:
  explicit OwnPolicy(const std::string& folder);
  OwnPolicy(const OwnPolicy&) = delete;
  OwnPolicy& operator=(const OwnPolicy&) = delete;
  [[nodiscard]] const Result<policy::Policy>& policy() const { return policy_; }
  [[nodiscard]] const policy::Assignment* assignment() const {
    return assignment_ ? &*assignment_ : nullptr;
  }

 private:
  Result<policy::Policy> policy_;
  std::optional<policy::Assignment> assignment_;
};

}  // namespace fieldnote::cli
