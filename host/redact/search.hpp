// One search of one text by the whole table: which rows come into play, what they match, with which
// score. Keeps its buffers; not thread-safe.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "redact/detector.hpp"
#include "redact/normalised.hpp"
#include "redact/patterns.hpp"
#include "redact/triggers.hpp"

namespace fieldnote::redact {

// What is known about where a text stands.
struct Context {
  Context() = default;
  // `label`: the words on the field; `nearby`: those around it; `expected`: what its class stands
  // for.
  Context(std::string_view label, std::string_view nearby, std::optional<Entity> expected);

  // Rows with a context word on the field's label, and in its neighbourhood; sorted.
  std::vector<std::uint16_t> label, nearby;
  std::optional<Entity> expected;
  // By trigger: the rows that need context and have it by these three.
  std::array<std::vector<std::uint16_t>, trigger_words.size()> told;
};

// What a context word on the field's label is worth, or the field's class.
inline constexpr float by_label = 0.6F;

struct Match {
  std::uint16_t detector = 0;
  Range range;  // of the original text
  float score = 0;
};

// The one row that is asked for; none: all.
using Only = std::optional<std::uint16_t>;

class Search {
 public:
  // Adds to `out` what reaches its threshold. `text` must stay until the next run.
  void run(std::string_view text, const Context& context, Patterns& patterns, Only only,
           std::vector<Match>& out);

  [[nodiscard]] const Normalised& normalised() const { return normalised_; }

 private:
  struct Keyword {
    std::uint16_t detector;
    std::uint32_t at;  // where it begins in text()
  };
  struct Word {
    const Literal* literal;
    std::uint32_t at;
  };

  void look_up(Only only);
  void try_keywords();
  void try_triggers();
  void try_row(std::uint16_t detector, Range window);
  // Whether the span is one, after which `out_` has it.
  bool judge(std::uint16_t detector, Range span);
  bool holds(const Detector& row, std::string_view span) const;
  [[nodiscard]] float context_of(std::uint16_t detector, std::size_t begin) const;
  [[nodiscard]] bool may_have_context(std::uint16_t detector, Range window) const;
  [[nodiscard]] std::vector<Word>::const_iterator first_word_from(std::size_t place) const;

  Normalised normalised_;
  std::string parted_;  // its text with blanks for underscores; empty where it has none
  std::vector<CharacterMasks> masks_;
  Windows windows_;
  std::vector<Keyword> keywords_;
  std::vector<Word> words_;  // of context, by place
  // By row: the last window it was tried on.
  std::vector<std::uint64_t> tried_ = std::vector<std::uint64_t>(detector_table().detectors.size());
  std::uint64_t window_ = 0;  // of all that were ever looked at

  // Of this run.
  const Context* context_ = nullptr;
  Patterns* patterns_ = nullptr;
  Only only_;
  std::vector<Match>* out_ = nullptr;
};

}  // namespace fieldnote::redact
