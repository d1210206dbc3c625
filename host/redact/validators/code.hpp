// A number as people write it, with blanks, dots, hyphens, small letters, seen as what is meant:
// its letters (as capitals) and digits.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace fieldnote::redact::validate {

class Code {
 public:
  static constexpr std::size_t most = 64;

  // What is longer than `most`, or has a letter outside of ASCII, becomes empty: nothing holds of
  // it.
  explicit Code(std::string_view span);

  [[nodiscard]] std::string_view text() const { return {text_.data(), size_}; }
  [[nodiscard]] std::string_view text(std::size_t at, std::size_t count) const {
    return text().substr(at, count);
  }
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] char operator[](std::size_t at) const { return text_[at]; }

  // Whether it is as long as `shape` and each character of its kind: 9 a digit, A a letter, *
  // either, any other stands for itself (small letters for their capitals).
  [[nodiscard]] bool is(std::string_view shape) const;
  [[nodiscard]] bool digits(std::size_t count) const;

  // The digit at a place that is() said to have one.
  [[nodiscard]] int digit(std::size_t at) const { return text_[at] - '0'; }
  // The number that `count` digits make, at most 18.
  [[nodiscard]] std::int64_t number(std::size_t at, std::size_t count) const;

 private:
  std::array<char, most> text_{};
  std::size_t size_ = 0;
};

}  // namespace fieldnote::redact::validate
