// Keys, tokens and passwords: what proves one, and what only looks like one.
#include <cryptopp/crc.h>

#include <algorithm>
#include <array>
#include <boost/json/parse.hpp>
#include <cstdint>
#include <optional>
#include <string>

#include "redact/validators.hpp"

namespace fieldnote::redact::validate {
namespace {

constexpr std::string_view base62 =
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
constexpr std::string_view base64 =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// Base64 of either alphabet, with or without padding.
std::optional<std::string> decoded(std::string_view text) {
  while (!text.empty() && text.back() == '=') text.remove_suffix(1);
  std::string bytes;
  bytes.reserve(text.size() * 3 / 4);
  std::uint32_t bits = 0;
  int count = 0;
  for (const char c : text) {
    const auto value = base64.find(c == '-' ? '+' : c == '_' ? '/' : c);
    if (value == std::string_view::npos) return std::nullopt;
    bits = bits << 6 | static_cast<std::uint32_t>(value);
    count += 6;
    if (count >= 8) {
      count -= 8;
      bytes += static_cast<char>(bits >> count & 0xFF);
    }
  }
  return bytes;
}

std::optional<boost::json::object> decoded_object(std::string_view text) {
  constexpr std::size_t most = 16384;
  if (text.size() > most) return std::nullopt;
  const auto bytes = decoded(text);
  if (!bytes || !bytes->starts_with('{')) return std::nullopt;
  boost::system::error_code error;
  auto value = boost::json::parse(*bytes, error);
  if (error || !value.is_object()) return std::nullopt;
  return std::move(value.as_object());
}

std::size_t distinct(std::string_view text) {
  std::array<bool, 256> seen{};
  std::size_t count = 0;
  for (const char c : text) {
    bool& known = seen[static_cast<unsigned char>(c)];
    count += known ? 0 : 1;
    known = true;
  }
  return count;
}

bool contains_folded(std::string_view text, std::string_view small) {
  return std::search(text.begin(), text.end(), small.begin(), small.end(), [](char a, char b) {
           return (a >= 'A' && a <= 'Z' ? a | 0x20 : a) == b;
         }) != text.end();
}

// What stands for a secret in a manual or a template.
bool is_stand_in(std::string_view text) {
  if (text.find_first_not_of("xX*#._-") == std::string_view::npos) return true;
  if (text.size() >= 12 && distinct(text) < 4) return true;  // 000000000000
  const char first = text.front(), last = text.back();
  if ((first == '<' && last == '>') || (first == '{' && last == '}') ||
      (first == '[' && last == ']') || (first == '%' && last == '%') || first == '$')
    return true;
  for (const std::string_view word : {"example", "your_", "your-", "yourpassword", "placeholder",
                                      "changeme", "redacted", "xxxx", "****", "${", "{{", "<your"})
    if (contains_folded(text, word)) return true;
  return false;
}

bool is_hex_or_uuid(std::string_view text) {
  if (text.find_first_not_of("0123456789abcdefABCDEF-") != std::string_view::npos) return false;
  const auto digits =
      text.size() - static_cast<std::size_t>(std::count(text.begin(), text.end(), '-'));
  return digits == 32 || digits == 40 || digits == 56 || digits == 64 || digits == 96 ||
         digits == 128;
}

bool has_letter_and_digit(std::string_view text) {
  return std::any_of(text.begin(), text.end(), is_letter) &&
         std::any_of(text.begin(), text.end(), is_digit);
}

// PREFIX_ + 30 random characters + 6 of CRC-32 over them in base 62.
// https://github.blog/2021-04-05-behind-githubs-new-authentication-token-formats/
bool crc32_of_token(std::string_view span) {
  const auto underscore = span.rfind('_');
  if (underscore == std::string_view::npos || span.size() - underscore - 1 != 36) return false;
  const auto random = span.substr(underscore + 1, 30), check = span.substr(underscore + 31);
  CryptoPP::CRC32 crc;
  crc.Update(reinterpret_cast<const std::uint8_t*>(random.data()), random.size());
  std::array<std::uint8_t, 4> digest{};
  crc.Final(digest.data());
  std::uint64_t sum = 0;
  for (std::size_t i = digest.size(); i-- > 0;) sum = sum << 8 | digest[i];
  std::uint64_t wanted = 0;
  for (const char c : check) {
    const auto value = base62.find(c);
    if (value == std::string_view::npos) return false;
    wanted = wanted * 62 + value;
  }
  return sum == wanted;
}

}  // namespace

bool github_crc32(std::string_view span) {
  return crc32_of_token(span);
}

bool npm_crc32(std::string_view span) {
  return crc32_of_token(span);
}

// RFC 7515 and 7516: three or five parts, the first of which decodes to a JSON object with "alg" or
// "enc".
bool jwt(std::string_view span) {
  const auto parts = 1 + std::count(span.begin(), span.end(), '.');
  if (parts < 2 || parts > 5) return false;
  const auto header = decoded_object(span.substr(0, span.find('.')));
  return header && (header->contains("alg") || header->contains("enc") || header->contains("typ"));
}

// RFC 7617: user-id ":" password.
bool basic_credentials(std::string_view span) {
  const auto blank = span.find_last_of(" \t");
  const auto bytes = decoded(blank == std::string_view::npos ? span : span.substr(blank + 1));
  if (!bytes || bytes->size() < 3) return false;
  const auto colon = bytes->find(':');
  return colon != std::string::npos && std::none_of(bytes->begin(), bytes->end(), [](char c) {
           return static_cast<unsigned char>(c) < 0x20;
         });
}

// Base64 of a JSON object, as several makers' tokens are.
bool base64_json(std::string_view span) {
  const auto begin = span.find("eyJ");
  return begin != std::string_view::npos && decoded_object(span.substr(begin)).has_value();
}

bool not_a_stand_in(std::string_view span) {
  return !is_stand_in(span);
}

// Random: a letter and a digit, neither a UUID nor as long as a digest, nothing that stands in.
bool random_secret(std::string_view span) {
  return has_letter_and_digit(span) && !is_hex_or_uuid(span) && !is_stand_in(span);
}

bool random_mixed_case(std::string_view span) {
  const bool small =
      std::any_of(span.begin(), span.end(), [](char c) { return c >= 'a' && c <= 'z'; });
  const bool capital =
      std::any_of(span.begin(), span.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
  return small && capital && random_secret(span);
}

// What may stand behind "password:" and be one: not a word of the sentence.
bool password_like(std::string_view span) {
  if (is_stand_in(span)) return false;
  const auto plain = [](char c) {
    return (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80;
  };
  // A word, perhaps with a capital first letter and a mark of punctuation at its end.
  auto word = span;
  if (is_letter(word.front())) word.remove_prefix(1);
  while (!word.empty() && std::string_view(".,;:!?)").find(word.back()) != std::string_view::npos)
    word.remove_suffix(1);
  return !std::all_of(word.begin(), word.end(), plain);
}

}  // namespace fieldnote::redact::validate
