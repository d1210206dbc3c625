// One person's computer: a policy that lists them, the organisation's key, a state folder, and the
// real programs to be run on it. Gone with the test.
#pragma once

#include <string>
#include <vector>

#include "browser.hpp"
#include "dataset/reading/bundle_reader.hpp"
#include "process.hpp"
#include "seal/x25519_identity.hpp"

namespace fieldnote::fault {

// Reads event lines, as `fieldnote held --json` prints them.
void add_events(std::string_view lines, std::vector<Stored>& to);

// How a command went.
struct Outcome {
  End end;
  std::string output;
  std::string errors;
};

class Workplace {
 public:
  using Environment = std::map<std::string, std::string>;

  Workplace();
  // With the state folder somewhere else, such as on a file system of its own.
  explicit Workplace(const fs::path& state_home);
  Workplace(const Workplace&) = delete;
  Workplace& operator=(const Workplace&) = delete;
  ~Workplace();

  // `fieldnote-host` as the browser starts it, `fieldnote` as a person does.
  [[nodiscard]] Process host(const Environment& environment = {}, int log = -1) const;
  [[nodiscard]] Process command(const std::vector<std::string>& arguments,
                                const Environment& environment = {}, int log = -1) const;
  [[nodiscard]] Outcome run(const std::vector<std::string>& arguments,
                            const Environment& environment = {}, int log = -1) const;
  // Another build of it from now on.
  void use_command(const fs::path& program) { command_ = program; }
  [[nodiscard]] Outcome seal(const Environment& environment = {}, int log = -1) const;

  // All that is stored, as the organisation and the person would find it: bundles by number, whose
  // chain is checked, then what is held.
  [[nodiscard]] std::vector<Stored> stored() const;
  [[nodiscard]] std::vector<Stored> held() const;
  [[nodiscard]] std::vector<Stored> sealed() const;
  // The bundles that are here, by number.
  [[nodiscard]] std::vector<dataset::Bundle> opened() const;

  // A browser works on: a host is started, takes all, ends in time, and nothing is amiss. Returns
  // what is amiss, or nothing.
  [[nodiscard]] std::string fault_in_working_on(Browser& browser,
                                                const Environment& environment = {}) const;

  // A new computer, with the same policy.
  void forget();

  [[nodiscard]] const fs::path& folder() const { return folder_; }
  [[nodiscard]] const fs::path& state_home() const { return state_home_; }
  [[nodiscard]] fs::path state() const { return state_home_ / "fieldnote"; }
  // The organisation's secret key, which no person's computer has.
  [[nodiscard]] fs::path identity() const { return folder_ / "organisation.key"; }
  [[nodiscard]] fs::path spool() const { return state() / "spool.db"; }
  [[nodiscard]] fs::path bundles() const { return state() / "bundles"; }

 private:
  [[nodiscard]] Process::Start start(const char* program, std::vector<std::string> arguments,
                                     const Environment& environment, int log) const;

  fs::path folder_;
  fs::path state_home_;
  fs::path command_ = FIELDNOTE_COMMAND;
  std::vector<seal::X25519Identity> identities_;
};

// Environment that puts `forgetful` under a program that works in this workplace.
[[nodiscard]] Workplace::Environment forgetful_under(const Workplace& workplace);

}  // namespace fieldnote::fault
