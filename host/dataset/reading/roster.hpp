// The organisation's list of who takes part: participant keys, a number a person, no names. A
// person may have any number of keys (a new computer, a key made again); they count once.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "platform/file.hpp"
#include "seal/participant_key.hpp"

namespace fieldnote::dataset {

// A person, as the roster numbers them. It orders and counts, and is in no dataset.
enum class Person : std::uint32_t {};

class Roster {
 public:
  static constexpr std::size_t max_size = 16 << 20;

  // `text`: JSON with comments (manifest/schema/roster.schema.json). `path` is what errors name.
  [[nodiscard]] static Result<Roster> parse(const platform::fs::path& path, std::string text);
  [[nodiscard]] static Result<Roster> read(const platform::fs::path& path);

  [[nodiscard]] std::optional<Person> person_of(const seal::ParticipantPublicKey& key) const;
  // Empty where the roster does not say.
  [[nodiscard]] const std::string& team_of(Person person) const;
  [[nodiscard]] std::size_t people() const { return people_; }

 private:
  std::map<seal::ParticipantPublicKey, Person> people_by_key_;
  std::map<Person, std::string> teams_;
  std::size_t people_ = 0;
};

}  // namespace fieldnote::dataset
