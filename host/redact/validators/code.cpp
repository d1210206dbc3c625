#include "redact/validators/code.hpp"

namespace fieldnote::redact::validate {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_capital(char c) {
  return c >= 'A' && c <= 'Z';
}

}  // namespace

Code::Code(std::string_view span) {
  for (char c : span) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    const bool foreign = static_cast<unsigned char>(c) >= 0x80;
    if (!foreign && !is_digit(c) && !is_capital(c)) continue;
    if (foreign || size_ == most) {
      size_ = 0;
      return;
    }
    text_[size_++] = c;
  }
}

bool Code::is(std::string_view shape) const {
  if (shape.size() != size_) return false;
  for (std::size_t i = 0; i < size_; ++i) {
    const char c = text_[i], kind = shape[i];
    const bool holds = kind == '9'   ? is_digit(c)
                       : kind == 'A' ? is_capital(c)
                       : kind == '*' ? true
                                     : c == (kind >= 'a' ? kind - 'a' + 'A' : kind);
    if (!holds) return false;
  }
  return true;
}

bool Code::digits(std::size_t count) const {
  if (size_ != count) return false;
  for (const char c : text())
    if (!is_digit(c)) return false;
  return true;
}

std::int64_t Code::number(std::size_t at, std::size_t count) const {
  std::int64_t number = 0;
  for (const char c : text(at, count)) number = 10 * number + (c - '0');
  return number;
}

}  // namespace fieldnote::redact::validate
