// What a text hides in an encoding that a person does not read but a machine does: percent (RFC
// 3986), JSON escapes (RFC 8259, section 7), `\x41` and numbers of HTML (`&#64;`), decoded in
// place, and long base64 tokens (RFC 4648, sections 4 and 5) that decode to text. Linear.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "redact/normalised.hpp"

namespace fieldnote::redact {

class Unescaped {
 public:
  // Whether there was anything to decode.
  [[nodiscard]] bool assign(std::string_view text);

  [[nodiscard]] std::string_view text() const { return text_; }
  // What a range of text() stood as in what was assigned.
  [[nodiscard]] Range encoded(Range range) const { return {from_[range.begin], from_[range.end]}; }

 private:
  std::string text_;
  std::vector<std::uint32_t> from_;
};

// Calls `f(token, decoded)` for each base64 token of `text` that is text when decoded.
void each_base64_text(std::string_view text, const std::function<void(Range, std::string_view)>& f);

}  // namespace fieldnote::redact
