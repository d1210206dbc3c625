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

  struct Pattern {
    std::unique_ptr<re2::RE2> expression;
    // Which group is the span. 0 also where group 1 is all that is matched: then a match costs no
    // more than finding it.
    int span = 0;
  };

  // Of a detector that has one; which compiles, as a test holds for each.
  [[nodiscard]] const Pattern& of(std::uint16_t detector);

 private:
  std::vector<Pattern> compiled_;
};

}  // namespace fieldnote::redact
