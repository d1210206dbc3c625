#include "redact/decoded.hpp"

#include <utf8proc.h>

#include <array>

namespace fieldnote::redact {
namespace {

constexpr std::size_t least_base64 = 16;

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// The number that `count` hex digits at `at` make; -1 where they are none.
std::int32_t hex_at(std::string_view text, std::size_t at, std::size_t count) {
  if (at + count > text.size()) return -1;
  std::int32_t value = 0;
  for (std::size_t i = at; i < at + count; ++i) {
    const int digit = hex_value(text[i]);
    if (digit < 0) return -1;
    value = value * 16 + digit;
  }
  return value;
}

struct Reference {
  std::int32_t value = 0;  // 0: there is none
  std::size_t end = 0;
};

// `&#64;` or `&#x40;` at `at`.
Reference reference_at(std::string_view text, std::size_t at) {
  constexpr std::size_t most_digits = 7;
  if (!text.substr(at).starts_with("&#")) return {};
  at += 2;
  const bool hex = at < text.size() && (text[at] == 'x' || text[at] == 'X');
  if (hex) ++at;
  std::int32_t value = 0;
  const std::size_t begin = at;
  for (; at < text.size() && at - begin < most_digits; ++at) {
    const int digit = hex_value(text[at]);
    if (digit < 0 || (!hex && digit > 9)) break;
    value = value * (hex ? 16 : 10) + digit;
  }
  const bool whole = at > begin && at < text.size() && text[at] == ';';
  return whole && utf8proc_codepoint_valid(value) ? Reference{value, at + 1} : Reference{};
}

constexpr std::array<std::int8_t, 256> base64_values = [] {
  std::array<std::int8_t, 256> table{};
  table.fill(-1);
  std::int8_t value = 0;
  for (const char c :
       std::string_view("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"))
    table[static_cast<unsigned char>(c)] = value++;
  table['+'] = table['-'] = 62;
  table['/'] = table['_'] = 63;
  return table;
}();

std::int8_t base64_value(char c) {
  return base64_values[static_cast<unsigned char>(c)];
}

bool is_text_byte(unsigned char c) {
  return c >= 0x20 ? c != 0x7F : c == '\t' || c == '\r' || c == '\n';
}

bool is_utf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    utf8proc_int32_t ignored = 0;
    const auto size = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data() + at),
                                       static_cast<utf8proc_ssize_t>(text.size() - at), &ignored);
    if (size <= 0) return false;
    at += static_cast<std::size_t>(size);
  }
  return true;
}

// Ends at the first byte that no text has: most tokens are none.
bool decode_text(std::string_view token, std::string& out) {
  out.clear();
  std::uint32_t bits = 0;
  int count = 0;
  for (const char c : token) {
    bits = bits << 6 | static_cast<std::uint32_t>(base64_value(c));
    count += 6;
    if (count < 8) continue;
    count -= 8;
    const auto byte = static_cast<unsigned char>(bits >> count);
    if (!is_text_byte(byte)) return false;
    out += static_cast<char>(byte);
  }
  return is_utf8(out);
}

}  // namespace

bool Unescaped::assign(std::string_view text) {
  bool any = false;
  text_.clear();
  from_.clear();
  if (text.find('%') == std::string_view::npos && text.find('\\') == std::string_view::npos &&
      text.find("&#") == std::string_view::npos)
    return false;
  const auto add = [&](std::string_view bytes, std::size_t from) {
    text_ += bytes;
    from_.resize(text_.size(), static_cast<std::uint32_t>(from));
  };
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t next = std::min(text.find_first_of("%\\&", at), text.size());
    for (; at < next; ++at) add(text.substr(at, 1), at);
    if (at == text.size()) break;
    std::size_t length = 1;
    std::array<utf8proc_uint8_t, 4> bytes{static_cast<utf8proc_uint8_t>(text[at])};
    std::size_t size = 1;
    const char escape = at + 1 < text.size() ? text[at + 1] : '\0';
    if (text[at] == '%') {
      if (const auto value = hex_at(text, at + 1, 2); value >= 0) {
        bytes[0] = static_cast<utf8proc_uint8_t>(value);
        length = 3;
      }
    } else if (text[at] == '&') {
      if (const auto [value, end] = reference_at(text, at); value > 0) {
        size = static_cast<std::size_t>(utf8proc_encode_char(value, bytes.data()));
        length = end - at;
      }
    } else if (escape == 'x') {
      if (const auto value = hex_at(text, at + 2, 2); value >= 0) {
        bytes[0] = static_cast<utf8proc_uint8_t>(value);
        length = 4;
      }
    } else if (escape == 'u') {
      auto value = hex_at(text, at + 2, 4);
      if (value >= 0) length = 6;
      const auto low = value >= 0xD800 && value < 0xDC00 && text.substr(at + 6).starts_with("\\u")
                           ? hex_at(text, at + 8, 4)
                           : -1;
      if (low >= 0xDC00 && low < 0xE000) {
        value = 0x10000 + ((value - 0xD800) << 10) + (low - 0xDC00);
        length = 12;
      }
      if (value >= 0) {
        if (value >= 0xD800 && value < 0xE000) value = 0xFFFD;
        size = static_cast<std::size_t>(utf8proc_encode_char(value, bytes.data()));
      }
    } else if (constexpr std::string_view escapes = "\"\\/nrtbf", meanings = "\"\\/\n\r\t\b\f";
               escape != '\0' && escapes.find(escape) != std::string_view::npos) {
      bytes[0] = static_cast<utf8proc_uint8_t>(meanings[escapes.find(escape)]);
      length = 2;
    }
    any = any || length > 1;
    add({reinterpret_cast<const char*>(bytes.data()), size}, at);
    at += length;
  }
  from_.push_back(static_cast<std::uint32_t>(text.size()));
  return any;
}

void each_base64_text(std::string_view text,
                      const std::function<void(Range, std::string_view)>& f) {
  if (text.size() < least_base64) return;
  std::string decoded;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (base64_value(text[at]) < 0) continue;
    const std::size_t begin = at;
    while (at < text.size() && base64_value(text[at]) >= 0) ++at;
    if (at - begin < least_base64 || !decode_text(text.substr(begin, at - begin), decoded))
      continue;
    std::size_t end = at;
    while (end < text.size() && text[end] == '=' && end - at < 2) ++end;
    f({begin, end}, decoded);
  }
}

}  // namespace fieldnote::redact
