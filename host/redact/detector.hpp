// One row of the table that detectors/*.json is compiled into (table/make_table.cpp); what each
// member means to the one who writes a row is in README.md beside this file.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string_view>

#include "redact/entity.hpp"
#include "redact/signs.hpp"
#include "redact/validators.hpp"

namespace fieldnote::redact {

// What brings a row into play: one of its keywords, or something that one scan over the text knows.
enum class Trigger : std::uint8_t {
  keyword,
  digits,
  word,
  iban,
  at,
  hex_groups,
  comma,
  token,
  short_words,
  capital_words,
  text,
};
inline constexpr std::array<std::string_view, 11> trigger_words{
    "keyword", "digits", "word",        "iban",          "at",  "hex_groups",
    "comma",   "token",  "short_words", "capital_words", "text"};

struct Bounds {
  std::uint32_t least = 0;
  std::uint32_t most = std::numeric_limits<std::uint32_t>::max();
  [[nodiscard]] constexpr bool hold(std::size_t n) const { return n >= least && n <= most; }
};

struct Detector {
  std::string_view name;
  std::optional<Entity> entity;  // none: what it finds is allowed to stay
  Trigger trigger = Trigger::keyword;
  std::string_view pattern;  // RE2; empty: the window of the trigger is the span
  Bounds length;             // bytes of the span
  Bounds digits;             // digits in the span
  Validator validator = nullptr;
  float entropy = 0;  // least bits a character, after Shannon
  float score = 0;
  bool context_required = false;
  bool whole = false;       // the pattern, if there is one, is from ^ to $
  std::uint32_t reach = 0;  // bytes after a keyword that are looked at
  NeededSigns signs;        // of the pattern
};

// A keyword or a context word, folded (lower-case, without accents), at least 3 bytes long.
struct Literal {
  std::string_view text;
  bool open_before = false;  // may stand inside of a word, as in *telefon*
  bool open_after = false;
  std::uint16_t first_use = 0, last_use = 0;  // range in `uses`
};

struct LiteralUse {
  std::uint16_t detector;
  bool keyword;  // else a context word
};

struct DetectorTable {
  std::span<const Detector> detectors;
  std::span<const Literal> literals;  // sorted by text
  std::span<const LiteralUse> uses;
};

// The compiled table.
[[nodiscard]] const DetectorTable& detector_table();

}  // namespace fieldnote::redact
