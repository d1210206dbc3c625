// What is known of short texts that come again and again, such as the names of a tool's interface.
// Bounded: texts are remembered in two generations; when the younger is full the elder is
// forgotten, and what was asked for meanwhile is in the younger. Nothing private may be put in.
// Not thread-safe.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace fieldnote::redact {

template <class Value>
class TextMemory {
 public:
  // Longer texts hardly come again as they were.
  static constexpr std::size_t longest = 512;

  // What was put in for this text; nullptr: nothing, or it was forgotten. Good until the next call.
  [[nodiscard]] Value* find(std::string_view text) {
    if (text.size() > longest) return nullptr;
    if (const auto at = young_.find(text); at != young_.end()) return &at->second;
    const auto at = old_.find(text);
    if (at == old_.end()) return nullptr;
    auto moved = old_.extract(at);
    make_room();
    bytes_ += weight(text);
    return &young_.insert(std::move(moved)).position->second;
  }

  void put(std::string_view text, Value value) {
    if (text.size() > longest) return;
    make_room();
    bytes_ += weight(text);
    young_.insert_or_assign(std::string(text), value);
  }

  void clear() {
    young_.clear();
    old_.clear();
    bytes_ = 0;
  }

 private:
  // Of a generation.
  static constexpr std::size_t most_bytes = 512 * 1024;

  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>{}(text);
    }
  };
  using Texts = std::unordered_map<std::string, Value, Hash, std::equal_to<>>;

  static std::size_t weight(std::string_view text) {
    constexpr std::size_t of_a_node = 96;  // with its place in the table and what malloc takes
    return text.size() + sizeof(Value) + of_a_node;
  }

  void make_room() {
    if (bytes_ < most_bytes) return;
    old_ = std::move(young_);
    young_.clear();
    bytes_ = 0;
  }

  Texts young_, old_;
  std::size_t bytes_ = 0;  // of the younger, about
};

}  // namespace fieldnote::redact
