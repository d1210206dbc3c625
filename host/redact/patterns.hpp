// The patterns of the table, each compiled when it is first needed. Not thread-safe.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

namespace re2 {
class RE2;
}

namespace fieldnote::redact {

class Patterns {
 public:
  Patterns();
  ~Patterns();
  Patterns(Patterns&&) noexcept;
  Patterns& operator=(Patterns&&) noexcept;

  // Of a detector that has one; which compiles, as a test holds for each.
  [[nodiscard]] const re2::RE2& of(std::uint16_t detector);

 private:
  std::vector<std::unique_ptr<re2::RE2>> compiled_;
};

}  // namespace fieldnote::redact
