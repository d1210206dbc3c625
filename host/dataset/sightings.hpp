// How many people a clear text was seen from. Texts are counted by keyed digests under a key that
// lives as long as the process: what is counted cannot be read, nor guessed at later.
#pragma once

#include <array>
#include <cstdint>
#include <mutex>
#include <span>
#include <string_view>
#include <unordered_map>

namespace fieldnote::dataset {

// Where a clear text stood. The same word counts for each place alone: what many chose from a list
// nobody may have typed.
enum class Clear : std::uint8_t {
  interface_text,  // names, labels, roles' texts of the tool itself
  option,
  typed,
  route,
  selector,
  instruction,
  pattern,  // a short run of actions
};
inline constexpr std::array<std::string_view, 7> clear_words{
    "interface_text", "option", "typed", "route", "selector", "instruction", "pattern"};

class Sightings {
 public:
  struct Mark {
    std::uint64_t a = 0, b = 0;
    friend bool operator==(const Mark&, const Mark&) = default;
  };
  struct MarkHash {
    std::size_t operator()(const Mark& mark) const { return mark.a; }
  };

  Sightings();
  // SipHash-2-4 with 128 bits.
  [[nodiscard]] Mark mark(Clear where, std::string_view counted) const;
  // One more person showed it. Safe from several threads.
  void add(std::span<const Mark> marks);
  // `counted`: as `countable` gives it.
  [[nodiscard]] std::uint32_t people(Clear where, std::string_view counted) const;

 private:
  std::array<std::byte, 16> key_{};
  std::unordered_map<Mark, std::uint32_t, MarkHash> people_;
  std::mutex guard_;
};

}  // namespace fieldnote::dataset
