// A text as equal texts are compared: NFKC, lower-case, every run of white space one blank; and the
// way back to the original's bytes. Keeps the text and its buffers; not thread-safe.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "redact/normalised.hpp"

namespace fieldnote::redact {

class EchoForm {
 public:
  // The same text again costs next to nothing.
  void assign(std::string_view original);

  [[nodiscard]] std::string_view text() const { return text_; }
  [[nodiscard]] Range original(Range range) const {
    return normalised_.original(plain_ ? range : Range{from_[range.begin], from_[range.end]});
  }

 private:
  std::string original_;
  Normalised normalised_;
  bool plain_ = true;  // the offsets are those of the normalised text
  std::string_view text_;
  std::string room_;
  std::vector<std::uint32_t> from_;
};

}  // namespace fieldnote::redact
