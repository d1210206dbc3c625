// The dictionary of one scope: equal strings get equal placeholders, `<EMAIL_2>`, and where a
// masked string turns up again in a text of the page, the placeholder stands there too. It lives in
// memory only, for one host process and one stream. Not thread-safe.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace fieldnote::redact {

class Placeholders {
 public:
  // Shorter strings are masked where they were typed, but not looked for elsewhere: "no" is in
  // every second sentence.
  static constexpr std::size_t least_echo = 4;
  static constexpr std::size_t most_echo = 400;

  // The placeholder of `text`; the label is that of the first class it was seen as. White space
  // around it does not count; an empty text stays empty.
  [[nodiscard]] std::string_view mask(std::string_view text, std::string_view label);

  // Whether a string masked before occurs in `text`.
  [[nodiscard]] bool echoes(std::string_view text) const;

  // `text` with every string masked before replaced by its placeholder, the longest first.
  [[nodiscard]] std::string replace_echoes(std::string_view text) const;

  // Whether so much is remembered that a new scope should begin.
  [[nodiscard]] bool full() const { return bytes_ > most_bytes; }
  void clear();

 private:
  static constexpr std::size_t most_bytes = 2 << 20;

  struct Entry {
    std::string text;
    std::string placeholder;
  };

  // Which beginnings were ever masked, by a hash: one look at 8 KiB ends nearly every search.
  std::array<std::uint64_t, 1024> seen_{};

  [[nodiscard]] bool may_begin(const char* at) const;

  // The longest masked string that begins at `at`; nullptr where none does.
  [[nodiscard]] const Entry* entry_at(std::string_view text, std::size_t at) const;

  std::unordered_map<std::string, Entry> entries_;
  // By the first four bytes, longest first; entries are stable in the map.
  std::unordered_map<std::uint32_t, std::vector<const Entry*>> by_beginning_;
  std::map<std::string, unsigned, std::less<>> numbers_;
  std::size_t bytes_ = 0;
};

}  // namespace fieldnote::redact
