#include "dataset/reading/roster.hpp"

#include <limits>
#include <set>

#include "policy/document.hpp"

namespace fieldnote::dataset {

Result<Roster> Roster::parse(const platform::fs::path& path, std::string text) {
  auto document = policy::Document::parse(path, std::move(text));
  if (!document) return document.error();
  Roster roster;
  std::set<Person> numbers;
  policy::Node root = document->root();
  root.object({"participants"});
  for (policy::Node& entry : root.member("participants").items(0, 1'000'000)) {
    entry.object({"number", "keys"}, {"team"});
    const Person person{
        entry.member("number").number(1, std::numeric_limits<std::uint32_t>::max(), 1)};
    if (!numbers.insert(person).second)
      entry.member("number").fault(policy::PolicyError::out_of_range,
                                   "stands twice; list all keys of a person under one number");
    if (policy::Node team = entry.member("team"); team.there())
      roster.teams_.emplace(person, team.text(1, 64));
    for (const policy::Node& at : entry.member("keys").items(0, 1000)) {
      policy::Node node = at;
      const auto key = seal::ParticipantPublicKey::parse(node.text(44, 44));
      if (!key)
        node.fault(policy::PolicyError::out_of_range,
                   "is no participant key; `fieldnote keys participant` prints one");
      else if (!roster.people_by_key_.emplace(*key, person).second)
        node.fault(policy::PolicyError::out_of_range, "stands twice; a key is one person's");
    }
  }
  if (document->first_fault()) return *document->first_fault();
  roster.people_ = numbers.size();
  return roster;
}

Result<Roster> Roster::read(const platform::fs::path& path) {
  auto text = platform::read_all(path, max_size);
  if (!text) return text.error();
  return parse(path, std::move(*text));
}

const std::string& Roster::team_of(Person person) const {
  static const std::string none;
  const auto at = teams_.find(person);
  return at == teams_.end() ? none : at->second;
}

std::optional<Person> Roster::person_of(const seal::ParticipantPublicKey& key) const {
  const auto at = people_by_key_.find(key);
  return at == people_by_key_.end() ? std::nullopt : std::optional(at->second);
}

}  // namespace fieldnote::dataset
