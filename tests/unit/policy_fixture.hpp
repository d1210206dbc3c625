// A policy folder to be altered by a test: policy.json and one team, whole and good.
#pragma once

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <map>
#include <string>

#include "policy/policy.hpp"
#include "seal/bech32.hpp"
#include "seal/x25519_identity.hpp"
#include "temporary_folder.hpp"

namespace fieldnote::testing {

// The organisation's key in tests; made anew by each run.
// Always the same, as the lots of a dataset are drawn by it, and nobody's.
inline const seal::X25519Identity& organisation_key() {
  static const seal::X25519Identity key =
      seal::X25519Identity::parse(
          seal::bech32_encode("AGE-SECRET-KEY-", platform::as_bytes(std::string(32, '\x42'))))
          .value();
  return key;
}

class PolicyFolder {
 public:
  PolicyFolder() {
    std::filesystem::create_directory(folder_ / "teams.d");
    organisation = boost::json::parse(R"({
      "organisation": "Example Corp",
      "notice": { "purpose": "Train the support copilot", "lawful_basis": "Works agreement",
                  "contact": "privacy@corp.example", "more": "https://corp.example/fieldnote" },
      "review_window": "24h",
      "retention": { "days": 30, "megabytes": 512 },
      "extension_ids": ["abcdefghijklmnopabcdefghijklmnop"],
      "release": { "min_participants": 10 } })")
                       .as_object();
    organisation["recipients"] =
        boost::json::array{boost::json::string(organisation_key().recipient().text())};
    teams["support"] = boost::json::parse(R"({
      "members": { "groups": ["support"], "users": ["alice"] },
      "sites": [ { "url": "https://crm.example.com/*", "app": "crm" },
                 { "url": "https://*.tickets.example.com/*", "app": "tickets" } ],
      "exclude": ["https://crm.example.com/hr/*"],
      "tasks": ["Refund an order"],
      "capture": { "values": "placeholder", "keys": "episodes", "outline": true },
      "fields": [ { "match": "#subject", "values": "clear" },
                  { "match": "#salary", "values": "withheld" } ] })")
                           .as_object();
  }

  boost::json::object& team(const std::string& name = "support") { return teams[name]; }

  // Writes what is in the members below, and reads it as the host does.
  [[nodiscard]] Result<policy::Policy> read() const {
    write();
    return policy::read_policy(path());
  }
  void write() const {
    write_file(folder_ / "policy.json", boost::json::serialize(organisation));
    for (const auto& [name, team] : teams)
      write_file(path() / "teams.d" / (name + ".json"), boost::json::serialize(team));
  }

  [[nodiscard]] const std::filesystem::path& path() const { return folder_.path(); }

  boost::json::object organisation;
  std::map<std::string, boost::json::object> teams;

 private:
  TemporaryFolder folder_;
};

// The member of that team.
inline platform::Account alice() {
  return {"alice", {"users"}};
}

}  // namespace fieldnote::testing
