#include "seal/base64.hpp"

#include <array>
#include <cstdint>

#include "seal/seal_error.hpp"

namespace fieldnote::seal {
namespace {

constexpr std::string_view alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::uint8_t no_digit = 0xff;

constexpr std::array<std::uint8_t, 256> digit_values = [] {
  std::array<std::uint8_t, 256> values{};
  values.fill(no_digit);
  for (std::size_t i = 0; i < alphabet.size(); ++i)
    values[static_cast<unsigned char>(alphabet[i])] = static_cast<std::uint8_t>(i);
  return values;
}();

Error refuse(std::string why) {
  return seal_error(SealError::bad_base64, "not base64: " + std::move(why));
}

// The text without its padding, of which there must be exactly as much as the length asks for.
Result<std::string_view> without_padding(std::string_view text) {
  if (text.size() % 4 != 0)
    return refuse("its length is no multiple of 4, so it was cut or joined");
  for (int i = 0; i < 2 && text.ends_with('='); ++i) text.remove_suffix(1);
  return text;
}

}  // namespace

std::string base64_encode(ByteView bytes, Base64Padding padding) {
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  for (; !bytes.empty(); bytes = bytes.subspan(std::min<std::size_t>(3, bytes.size()))) {
    const std::size_t count = std::min<std::size_t>(3, bytes.size());
    std::uint32_t group = 0;
    for (std::size_t i = 0; i < 3; ++i)
      group = group << 8 | (i < count ? std::to_integer<std::uint32_t>(bytes[i]) : 0);
    for (std::size_t i = 0; i <= count; ++i) text += alphabet[group >> (18 - 6 * i) & 63];
    if (padding == Base64Padding::padded) text.append(3 - count, '=');
  }
  return text;
}

Result<Bytes> base64_decode(std::string_view text, Base64Padding padding) {
  if (padding == Base64Padding::padded) {
    const auto digits = without_padding(text);
    if (!digits) return digits.error();
    text = *digits;
  }
  if (text.size() % 4 == 1) return refuse("a single character is left over, so it was cut");

  Bytes bytes;
  bytes.reserve(text.size() / 4 * 3 + 2);
  std::uint32_t bits = 0;  // those not given out yet are the lowest `count`
  unsigned count = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::uint8_t value = digit_values[static_cast<unsigned char>(text[i])];
    if (value == no_digit)
      return refuse("character " + std::to_string(i + 1) + " is outside the alphabet");
    bits = bits << 6 | value;
    count += 6;
    if (count >= 8) {
      count -= 8;
      bytes.push_back(static_cast<std::byte>(bits >> count));
      bits &= (1U << count) - 1;
    }
  }
  if (bits != 0) return refuse("its last character has bits set that belong to no byte");
  return bytes;
}

}  // namespace fieldnote::seal
