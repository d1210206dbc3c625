// What the organisation decided (DESIGN: policy): the organisation's part and one part a team. Read
// from `policy.json` and `teams.d/*.json`; a policy with any fault is refused as a whole.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "model/words.hpp"
#include "platform/account.hpp"
#include "platform/file.hpp"
#include "policy/site.hpp"
#include "seal/digest.hpp"
#include "seal/x25519_recipient.hpp"

namespace fieldnote::policy {

struct Notice {
  std::string purpose;
  std::string lawful_basis;
  std::string contact;
  std::string more;  // empty where there is nothing more to read
};

struct Site {
  SitePattern pattern;
  std::string app;
};

struct FieldRule {
  std::string match;  // a CSS selector, judged in the page
  model::Disclosure values;
};

struct Team {
  std::string name;
  std::vector<std::string> groups;
  std::vector<std::string> users;
  std::vector<Site> sites;
  std::vector<SitePattern> exclude;
  std::vector<std::string> tasks;
  model::Disclosure values = model::Disclosure::placeholder;
  std::string keys = "episodes";
  bool outline = true;
  std::vector<FieldRule> fields;

  [[nodiscard]] bool has(const platform::Account& account) const;
};

// Who can read bundles, as the notice tells it: by fingerprint and, where the policy gives one, by
// name.
struct Reader {
  seal::X25519Recipient key;
  std::string name;

  [[nodiscard]] std::string text() const {
    return name.empty() ? key.fingerprint() : name + " (" + key.fingerprint() + ')';
  }
};

struct Policy {
  std::string organisation;
  Notice notice;
  std::vector<Reader> recipients;
  std::chrono::hours review_window{24};
  unsigned retention_days = 30;
  unsigned retention_megabytes = 512;
  std::vector<std::string> shared_accounts;
  bool recording = true;
  std::vector<std::string> extension_ids;  // empty: whatever the native messaging manifest allows
  bool allow_portal = false;  // a caller that does not name itself (xdg portal) may start the host
  unsigned min_participants = 10;
  std::vector<Team> teams;

  seal::Digest digest;  // of the files, in the order of their names

  [[nodiscard]] std::vector<seal::X25519Recipient> keys() const;

  // What is allowed but worth a second look, one sentence each.
  std::vector<std::string> warnings;
};

// One file of a policy; `path` is what errors name.
struct PolicyFile {
  platform::fs::path path;
  std::string text;
};

// Judges a policy from its files: policy.json first, then the teams in the order of their names.
[[nodiscard]] Result<Policy> parse_policy(std::vector<PolicyFile> files);

// `root_or_us`: files that anybody else could have written are refused, as the host does.
// `anybody`: who wrote them does not matter, because nothing is recorded by them: a checkout.
enum class Writers { root_or_us, anybody };

// Reads the files under `folder` and judges them.
[[nodiscard]] Result<Policy> read_policy(const platform::fs::path& folder,
                                         Writers writers = Writers::root_or_us);

}  // namespace fieldnote::policy
