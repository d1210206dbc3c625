// Words of the tools that too few people showed for the gate to let them pass: listed with their
// places for a named person, who approves those that are the tool's and nobody's
// (`vocabulary.json`).
#pragma once

#include <cstdint>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "dataset/release/release.hpp"
#include "dataset/survey/survey.hpp"

namespace fieldnote::dataset {

struct RareText {
  Clear place = Clear::interface_text;
  std::string text;  // as it is counted
  std::string app;   // in which it was seen first
  std::uint32_t people = 0;
  std::uint64_t times = 0;
};

// Those that people typed, or the words of their tasks, are never among them, nor those in which a
// detector finds something. In the order of place, app and text. Reads all bundles again.
[[nodiscard]] Result<std::vector<RareText>> rare_texts(
    const Survey& survey, const Release& release, std::span<const seal::X25519Identity> identities);

[[nodiscard]] std::string vocabulary_json(std::span<const RareText> texts);

struct Vocabulary {
  std::string approved_by;
  std::set<std::string, std::less<>> approved;  // as ReleaseRules has them
};

// Refuses one that nobody has put a name under.
[[nodiscard]] Result<Vocabulary> read_vocabulary(const platform::fs::path& file);

}  // namespace fieldnote::dataset
