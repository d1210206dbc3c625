#include <utf8proc.h>

#include "redact/field_words.hpp"
#include "redact/normalised.hpp"

namespace fieldnote::redact {
namespace {

constexpr std::size_t most_bytes = 800;  // 200 characters and more

bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}
bool is_lower(char c) {
  return c >= 'a' && c <= 'z';
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// "newPass" to "new Pass", "IDNumber" to "ID Number".
std::string taken_apart(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char before = i > 0 ? text[i - 1] : ' ';
    const char after = i + 1 < text.size() ? text[i + 1] : ' ';
    if (is_upper(text[i]) &&
        (is_lower(before) || is_digit(before) || (is_upper(before) && is_lower(after))))
      out += ' ';
    out += text[i];
  }
  return out;
}

// Letters, marks and numbers of any script.
bool is_of_word(utf8proc_int32_t value) {
  const auto category = utf8proc_category(value);
  return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_NO;
}

// The beginning of `text`, without half a character at its end.
std::string_view beginning(std::string_view text) {
  if (text.size() <= most_bytes) return text;
  std::size_t end = most_bytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return text.substr(0, end);
}

}  // namespace

FieldTokens::FieldTokens(std::string_view text) {
  Normalised normalised;
  normalised.assign(beginning(text));
  const std::string apart = taken_apart(normalised.text());
  normalised.assign(apart);
  const std::string_view folded = normalised.folded();
  text_.reserve(folded.size() + 8);
  const auto end_token = [&] {
    if (text_.empty() || text_.back() == ' ') return;
    ends_.push_back(static_cast<std::uint32_t>(text_.size()));
    text_ += ' ';
  };
  for (std::size_t at = 0; at < folded.size();) {
    utf8proc_int32_t value = static_cast<unsigned char>(folded[at]);
    utf8proc_ssize_t size = 1;
    if (value >= 0x80) {
      size = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(folded.data() + at),
                              static_cast<utf8proc_ssize_t>(folded.size() - at), &value);
      if (size <= 0) {
        size = 1;
        value = ' ';
      }
    }
    const std::string_view character = folded.substr(at, static_cast<std::size_t>(size));
    at += static_cast<std::size_t>(size);
    if (!is_of_word(value)) {
      end_token();
      continue;
    }
    if (size == 1 && is_digit(character[0]) && !text_.empty() && is_lower(text_.back()))
      end_token();
    // Greek has another sigma at the end of words.
    text_ += value == 0x3C2 ? std::string_view("σ") : character;
  }
  end_token();
}

std::string_view FieldTokens::row(std::size_t at, std::size_t count) const {
  const std::size_t begin = at == 0 ? 0 : ends_[at - 1] + 1;
  return std::string_view(text_).substr(begin, ends_[at + count - 1] - begin);
}

std::string FieldTokens::whole() const {
  std::string out;
  for (std::size_t i = 0; i < size(); ++i) {
    const std::string_view token = row(i, 1);
    if (token.find_first_not_of("0123456789") == std::string_view::npos) continue;
    if (!out.empty()) out += ' ';
    out += token;
  }
  return out;
}

}  // namespace fieldnote::redact
