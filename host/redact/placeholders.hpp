// The dictionary of one scope: equal strings get equal placeholders, `<EMAIL_2>`, and where a
// masked string turns up again in a text of the page, the placeholder stands there too, whatever
// its case and white space. It lives in memory only, for one host process and one stream. Looking a
// text over is linear in it. Not thread-safe.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "redact/echo_form.hpp"

namespace fieldnote::redact {

class Placeholders {
 public:
  // Shorter strings are masked where they were typed, but not looked for elsewhere: "no" is in
  // every second sentence.
  static constexpr std::size_t least_echo = 4;
  static constexpr std::size_t most_echo = 400;

  // Whether a masked string is looked for in other texts. A title of one word is not, or it would
  // take that word out of every button.
  enum class Search : std::uint8_t { everywhere, nowhere };

  struct Entry {
    std::string key;                // how it is compared
    std::string name;               // EMAIL_2
    std::string placeholder;        // <TEXT_7 EMAIL_2>
    const Entry* within = nullptr;  // the longest other that this one begins with
    bool searched = false;
  };

  // A masked string found again.
  struct Echo {
    Range range;
    const Entry* entry;
  };

  // The entry of a string, and whether it is new: then its placeholder is `<NAME>`, and the caller
  // may add to it what the string has in it. The label is that of the first time. White space
  // around it, its case and, by the label, its separators do not count. nullptr: nothing but white
  // space.
  std::pair<Entry*, bool> mask(std::string_view text, std::string_view label,
                               Search search = Search::everywhere);

  // The entry of a string that was masked before; nullptr where it was not.
  [[nodiscard]] const Entry* known(std::string_view text, std::string_view label);

  // The masked strings that occur in `text`, ascending, the longest first and none within another.
  // Good until the next call.
  [[nodiscard]] const std::vector<Echo>& echoes(std::string_view text);

  // Which four bytes occur in a text, by a hash: one that was looked over once need not be again
  // for each string that is masked later.
  using Beginnings = std::array<std::uint64_t, 8>;
  [[nodiscard]] Beginnings beginnings_of(std::string_view text);

  // How many strings are looked for, in this scope.
  [[nodiscard]] std::size_t version() const { return searched_.size(); }

  // Whether one of those that came after `version` may occur in a text with these beginnings.
  [[nodiscard]] bool may_echo(const Beginnings& beginnings, std::size_t version) const;

  // Whether so much is remembered that a new scope should begin.
  [[nodiscard]] bool full() const { return bytes_ > most_bytes; }
  void clear();

 private:
  static constexpr std::size_t most_bytes = 2 << 20;

  // Strings with the same first four bytes, sorted; `within` is right unless they are new.
  struct Bucket {
    std::vector<Entry*> entries;
    bool is_new = false;
  };

  [[nodiscard]] bool may_begin(const char* at) const;
  void search_for(Entry& entry);
  [[nodiscard]] const Entry* longest_at(std::string_view text);
  static void link(Bucket& bucket);

  // Which beginnings were ever masked, by a hash: one look at 8 KiB ends nearly every search.
  std::array<std::uint64_t, 1024> seen_{};
  std::unordered_map<std::string, Entry> entries_;  // stable
  std::unordered_map<std::uint32_t, Bucket> by_beginning_;
  std::map<std::string, unsigned, std::less<>> numbers_;
  std::size_t bytes_ = 0;
  std::vector<std::uint32_t> searched_;  // their beginnings, in the order of masking
  EchoForm form_;
  std::vector<Echo> echoes_;
};

}  // namespace fieldnote::redact
