// What the policy means for one account: its teams, what the notice says, and the answer to "may
// this page be recorded?"
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "policy/policy.hpp"
#include "policy/site_index.hpp"

namespace fieldnote::policy {

// Why this account is not recorded, whatever it says; `listed`: it may be asked.
enum class Standing { listed, off, not_listed, shared_account };

class Assignment {
 public:
  // `policy` must outlive the assignment.
  Assignment(const Policy& policy, const platform::Account& account);

  [[nodiscard]] Standing standing() const { return standing_; }
  // Sorted by name; empty unless `listed`.
  [[nodiscard]] const std::vector<const Team*>& teams() const { return teams_; }

  // The site that lists `url`, unless any team of the account excludes it.
  struct Match {
    const Team* team;
    const Site* site;
  };
  [[nodiscard]] std::optional<Match> match(std::string_view url) const;

  // Covers everything whose widening must be asked for again: recipients, sites, exclusions,
  // disclosures, fields, purpose, retention and window.
  [[nodiscard]] const seal::Digest& notice_digest() const { return notice_digest_; }

 private:
  Standing standing_ = Standing::listed;
  std::vector<const Team*> teams_;
  std::vector<Match> matches_;  // what `sites_` numbers
  SiteIndex sites_;
  SiteIndex exclude_;
  seal::Digest notice_digest_;
};

}  // namespace fieldnote::policy
