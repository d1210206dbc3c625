#include "redact/echo_form.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <array>

namespace fieldnote::redact {
namespace {

bool is_blank(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}

// One blank after another, or another than a space.
bool has_odd_blanks(std::string_view text) {
  // All of it, without a way out: that is done many bytes at a time.
  bool before = false, odd = false;
  for (const char c : text) {
    const bool blank = is_blank(c);
    odd |= blank & (before | (c != ' '));
    before = blank;
  }
  return odd;
}

}  // namespace

void EchoForm::assign(std::string_view original) {
  if (original == original_) return;
  original_ = original;
  normalised_.assign(original_);
  const std::string_view text = normalised_.text();
  plain_ = normalised_.is_plain() && !has_odd_blanks(text);
  if (plain_) {
    text_ = normalised_.folded();
    return;
  }
  room_.clear();
  from_.clear();
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at + 1;
    if (is_blank(text[at])) {
      while (end < text.size() && is_blank(text[end])) ++end;
      room_ += ' ';
    } else if (static_cast<unsigned char>(text[at]) < 0x80) {
      room_ += static_cast<char>(text[at] + (text[at] >= 'A' && text[at] <= 'Z' ? 32 : 0));
    } else {
      utf8proc_int32_t value = 0;
      const auto size =
          utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data() + at),
                           static_cast<utf8proc_ssize_t>(text.size() - at), &value);
      std::array<utf8proc_uint8_t, 4> bytes{};
      const auto made =
          utf8proc_encode_char(size > 0 ? utf8proc_tolower(value) : 0xFFFD, bytes.data());
      room_.append(reinterpret_cast<const char*>(bytes.data()), static_cast<std::size_t>(made));
      end = at + static_cast<std::size_t>(std::max<utf8proc_ssize_t>(size, 1));
    }
    from_.resize(room_.size(), static_cast<std::uint32_t>(at));
    at = end;
  }
  from_.push_back(static_cast<std::uint32_t>(text.size()));
  text_ = room_;
}

}  // namespace fieldnote::redact
