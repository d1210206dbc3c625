// How many people a clear text was seen from. Texts are counted by keyed digests under a key that
// lives as long as the process: what is counted cannot be read, nor guessed at later. Memory is
// bounded, however many texts there are: the rest lies on disk.
#pragma once

#include <array>
#include <cstdint>
#include <mutex>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "platform/spilled_sort.hpp"

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
    friend bool operator<(const Mark& one, const Mark& other) {
      return std::tie(one.a, one.b) < std::tie(other.a, other.b);
    }
  };
  struct MarkHash {
    std::size_t operator()(const Mark& mark) const { return mark.a; }
  };

  // `folder`: where there is room on disk.
  explicit Sightings(platform::fs::path folder = platform::fs::temp_directory_path());
  // SipHash-2-4 with 128 bits.
  [[nodiscard]] Mark mark(Clear where, std::string_view counted) const;
  // One more person showed it. Safe from several threads.
  [[nodiscard]] Result<void> add(const Mark& mark);
  // No more are added.
  [[nodiscard]] Result<void> finish();
  // `counted`: as `countable` gives it. Safe from several threads, once it is finished.
  [[nodiscard]] std::uint32_t people(Clear where, std::string_view counted) const;

  [[nodiscard]] const platform::fs::path& folder() const { return folder_; }

 private:
  struct Counted {
    Mark mark;
    std::uint32_t people = 0;
    std::uint32_t unused = 0;
  };
  static constexpr std::size_t most_in_memory = 256 << 10;  // marks that are not counted yet
  static constexpr std::size_t most_counted = 256 << 10;    // then, at about 56 bytes
  static constexpr std::size_t counted_a_block = 256;

  [[nodiscard]] Result<void> keep(const Counted& counted);
  [[nodiscard]] Result<void> write_block();
  [[nodiscard]] std::uint32_t people_on_disk(const Mark& mark) const;

  platform::fs::path folder_;
  std::array<std::byte, 16> key_{};
  std::mutex guard_;
  platform::SpilledSort<Mark> shown_;  // once for each person
  std::unordered_map<Mark, std::uint32_t, MarkHash> people_;
  // Where there are too many: in order, in blocks, of each the first.
  platform::SpillFile file_;
  std::vector<Counted> block_;
  std::vector<Mark> first_;
};

}  // namespace fieldnote::dataset
