#include "redact/normalised.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <cstring>

namespace fieldnote::redact {
namespace {

// Stream-safe text (UAX 15, section 13) has at most 30 marks in a row; more would make sorting them
// quadratic.
constexpr std::size_t most_marks = 30;
// Below it no letter has a canonical decomposition that NFKC would not compose again.
constexpr std::int32_t always_composed_below = 0x250;

struct CodePoint {
  std::int32_t value;
  std::size_t size;  // bytes; 1 and U+FFFD where it is no UTF-8
};

CodePoint code_point_at(std::string_view text, std::size_t at) {
  const auto c = static_cast<unsigned char>(text[at]);
  if (c < 0x80) return {c, 1};
  utf8proc_int32_t value = 0;
  const auto size = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data() + at),
                                     static_cast<utf8proc_ssize_t>(text.size() - at), &value);
  if (size <= 0) return {0xFFFD, 1};
  return {value, static_cast<std::size_t>(size)};
}

void append(std::string& out, std::int32_t value) {
  std::array<utf8proc_uint8_t, 4> bytes{};
  const auto size = utf8proc_encode_char(value, bytes.data());
  out.append(reinterpret_cast<const char*>(bytes.data()), static_cast<std::size_t>(size));
}

bool is_ascii(std::string_view text) {
  std::uint64_t high = 0;
  std::size_t i = 0;
  for (; i + 8 <= text.size(); i += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + i, 8);
    high |= word;
  }
  for (; i < text.size(); ++i) high |= static_cast<unsigned char>(text[i]);
  return (high & 0x8080808080808080U) == 0;
}

// Where the run of ASCII from `at` ends.
std::size_t ascii_end(std::string_view text, std::size_t at) {
  while (at < text.size() && static_cast<unsigned char>(text[at]) < 0x80) ++at;
  return at;
}

// Joins the character before it: a combining mark, or a half-width kana voicing mark that becomes
// one.
bool is_mark(std::int32_t value) {
  const utf8proc_property_t* property = utf8proc_get_property(value);
  return property->combining_class != 0 || property->category == UTF8PROC_CATEGORY_ME ||
         value == 0xFF9E || value == 0xFF9F;
}

// What people read as the ASCII character beside it, in numbers: hyphens, the minus and the blank
// of Braille, which NFKC leaves apart. '\0': another.
char ascii_twin(std::int32_t value) {
  if ((value >= 0x2010 && value <= 0x2013) || value == 0x2043 || value == 0x2212) return '-';
  return value == 0x2800 ? ' ' : '\0';
}

// The value of a decimal digit. Unicode has them in runs of ten that begin where the last hex digit
// is 0 or 6.
char ascii_digit(std::int32_t value) {
  const bool from_zero = utf8proc_category(value & ~0xF) == UTF8PROC_CATEGORY_ND;
  return static_cast<char>('0' + ((value & 0xF) - (from_zero ? 0 : 6)) % 10);
}

std::int32_t lower(std::int32_t value) {
  if (value < 0x80) return value >= 'A' && value <= 'Z' ? value + 32 : value;
  return value == 0x131 ? 'i' : utf8proc_tolower(value);
}

// Scripts whose letters are told apart by accents that people leave out.
bool sheds_accents(std::int32_t value) {
  return value < 0x590 || (value >= 0x1E00 && value < 0x2000);
}

// Of ASCII.
void append_lower(std::string& out, std::string_view text) {
  const std::size_t before = out.size();
  out.resize(before + text.size());
  std::transform(text.begin(), text.end(), out.begin() + static_cast<std::ptrdiff_t>(before),
                 [](char c) { return static_cast<char>(c + (c >= 'A' && c <= 'Z' ? 32 : 0)); });
}

void append_folded(std::string& out, std::int32_t value) {
  if (value == 0xDF) {
    out += "ss";
    return;
  }
  if (value < 0x80 || !sheds_accents(value)) return append(out, lower(value));
  std::array<utf8proc_int32_t, 16> parts{};
  int last_class = 0;
  const auto count = utf8proc_decompose_char(
      value, parts.data(), parts.size(),
      static_cast<utf8proc_option_t>(UTF8PROC_DECOMPOSE | UTF8PROC_STRIPMARK), &last_class);
  if (count < 0 || static_cast<std::size_t>(count) > parts.size()) return append(out, lower(value));
  for (int i = 0; i < count; ++i) append(out, lower(parts[static_cast<std::size_t>(i)]));
}

}  // namespace

void Normalised::assign(std::string_view original) {
  plain_ = is_ascii(original);
  if (plain_) {
    text_ = original;
    folded_.clear();
    append_lower(folded_, original);
    return;
  }
  normalise(original);
  fold();
}

void Normalised::add(std::string_view bytes, std::size_t from, std::size_t to) {
  room_ += bytes;
  from_.resize(room_.size(), static_cast<std::uint32_t>(from));
  to_.resize(room_.size(), static_cast<std::uint32_t>(to));
}

// ASCII, which stays as it is.
void Normalised::add_plain(std::string_view bytes, std::size_t from) {
  const std::size_t before = room_.size();
  room_ += bytes;
  from_.resize(room_.size());
  to_.resize(room_.size());
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    from_[before + i] = static_cast<std::uint32_t>(from + i);
    to_[before + i] = static_cast<std::uint32_t>(from + i + 1);
  }
}

void Normalised::normalise(std::string_view original) {
  room_.clear();
  from_.clear();
  to_.clear();
  std::string segment, made;
  std::array<utf8proc_int32_t, 1024> parts{};
  for (std::size_t at = 0; at < original.size();) {
    // The last of a run may have marks behind it.
    if (const std::size_t end = ascii_end(original, at);
        end > at + 1 || (end > at && end == original.size())) {
      const std::size_t plain = end == original.size() ? end : end - 1;
      add_plain(original.substr(at, plain - at), at);
      at = plain;
      continue;
    }
    const CodePoint base = code_point_at(original, at);
    std::size_t end = at + base.size;
    const utf8proc_property_t* property = utf8proc_get_property(base.value);
    segment.clear();
    if (property->ignorable == 0) append(segment, base.value);
    // A byte below 0xCC begins no mark.
    for (std::size_t marks = 0;
         end < original.size() && static_cast<unsigned char>(original[end]) >= 0xCC; ++marks) {
      const CodePoint next = code_point_at(original, end);
      const bool unseen = utf8proc_get_property(next.value)->ignorable != 0;
      if (marks == most_marks || (!unseen && !is_mark(next.value))) break;
      if (!unseen) append(segment, next.value);
      end += next.size;
    }
    const bool alone = segment.size() == base.size && base.value != 0xFFFD;
    const bool stays = property->decomp_seqindex == UINT16_MAX ||
                       (property->decomp_type == 0 && base.value < always_composed_below);
    if (segment.empty()) {
      // Nothing to be seen.
    } else if (property->category == UTF8PROC_CATEGORY_ND) {
      // With marks it is a digit still.
      const char digit = base.value < 0x80                         ? static_cast<char>(base.value)
                         : property->decomp_seqindex != UINT16_MAX ? '\0'
                                                                   : ascii_digit(base.value);
      if (digit != '\0') {
        add({&digit, 1}, at, end);
        at = end;
        continue;
      }
    } else if (const char twin = ascii_twin(base.value); alone && twin != '\0') {
      add({&twin, 1}, at, end);
      at = end;
      continue;
    }
    if (segment.empty() || (alone && (base.value < 0x80 || stays))) {
      add(segment, at, end);
    } else {
      constexpr auto options =
          static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_COMPOSE);
      auto count = utf8proc_decompose(reinterpret_cast<const utf8proc_uint8_t*>(segment.data()),
                                      static_cast<utf8proc_ssize_t>(segment.size()), parts.data(),
                                      static_cast<utf8proc_ssize_t>(parts.size()), options);
      if (count > 0 && static_cast<std::size_t>(count) <= parts.size())
        count = utf8proc_normalize_utf32(parts.data(), count, options);
      made.clear();
      for (utf8proc_ssize_t i = 0; i < count; ++i) append(made, parts[static_cast<std::size_t>(i)]);
      add(count > 0 ? std::string_view(made) : std::string_view(segment), at, end);
    }
    at = end;
  }
  text_ = room_;
}

void Normalised::fold() {
  folded_.clear();
  folded_from_.clear();
  for (std::size_t at = 0; at < text_.size();) {
    if (const std::size_t end = ascii_end(text_, at); end > at) {
      append_lower(folded_, text_.substr(at, end - at));
      for (folded_from_.reserve(folded_.size()); at < end; ++at)
        folded_from_.push_back(static_cast<std::uint32_t>(at));
      continue;
    }
    const CodePoint code_point = code_point_at(text_, at);
    append_folded(folded_, code_point.value);
    folded_from_.resize(folded_.size(), static_cast<std::uint32_t>(at));
    at += code_point.size;
  }
  folded_from_.push_back(static_cast<std::uint32_t>(text_.size()));
}

Range Normalised::original(Range range) const {
  if (plain_) return range;
  if (range.begin >= range.end) return {};
  return {from_[range.begin], to_[range.end - 1]};
}

std::string folded_words(std::string_view text) {
  Normalised normalised;
  normalised.assign(text);
  std::string apart;
  bool was_lower = false;
  for (const char c : normalised.text()) {
    const bool upper = c >= 'A' && c <= 'Z';
    if (upper && was_lower) apart += ' ';
    const bool blank = c == '_' || c == '-' || c == '.' || c == '[' || c == ']';
    apart += blank ? ' ' : c;
    was_lower = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
  }
  normalised.assign(apart);
  return std::string(normalised.folded());
}

}  // namespace fieldnote::redact
