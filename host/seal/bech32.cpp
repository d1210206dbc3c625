#include "seal/bech32.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

#include "seal/seal_error.hpp"
#include "seal/secret.hpp"

namespace fieldnote::seal {
namespace {

constexpr std::string_view alphabet = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
constexpr std::size_t checksum_size = 6;

Error refuse(std::string why) {
  return seal_error(SealError::bad_bech32, "not Bech32: " + std::move(why));
}

bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}
bool is_lower(char c) {
  return c >= 'a' && c <= 'z';
}
char to_lower(char c) {
  return is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c;
}
char to_upper(char c) {
  return is_lower(c) ? static_cast<char>(c - 'a' + 'A') : c;
}

// The BCH code of BIP 173 ("Checksum"), fed one five-bit value at a time.
class Checksum {
 public:
  explicit Checksum(std::string_view prefix) {
    for (const char c : prefix) add(static_cast<std::uint8_t>(to_lower(c)) >> 5);
    add(0);
    for (const char c : prefix) add(static_cast<std::uint8_t>(to_lower(c)) & 31);
  }
  void add(unsigned value) {
    constexpr std::array<std::uint32_t, 5> generator = {0x3b6a57b2, 0x26508e6d, 0x1ea119fa,
                                                        0x3d4233dd, 0x2a1462b3};
    const std::uint32_t top = state_ >> 25;
    state_ = (state_ & 0x1ffffff) << 5 ^ value;
    for (std::size_t i = 0; i < generator.size(); ++i)
      if ((top >> i & 1) != 0) state_ ^= generator[i];
  }
  [[nodiscard]] std::uint32_t state() const { return state_; }

 private:
  std::uint32_t state_ = 1;
};

Result<void> check_characters(std::string_view text) {
  if (std::any_of(text.begin(), text.end(), [](char c) { return c < 33 || c > 126; }))
    return refuse("it has white space or characters outside ASCII");
  if (std::any_of(text.begin(), text.end(), is_upper) &&
      std::any_of(text.begin(), text.end(), is_lower))
    return refuse("it mixes upper and lower case");
  return {};
}

// Checks `digits` with its checksum, and appends the bytes that it means to `data`.
Result<void> decode_digits(std::string_view prefix, std::string_view digits, Bytes& data) {
  Checksum checksum(prefix);
  const std::size_t data_digits = digits.size() - checksum_size;
  data.reserve(data_digits * 5 / 8);
  std::uint32_t bits = 0;  // those not given out yet are the lowest `count`
  unsigned count = 0;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    const std::size_t value = alphabet.find(to_lower(digits[i]));
    if (value == std::string_view::npos)
      return refuse("character " + std::to_string(prefix.size() + 2 + i) +
                    " is outside the alphabet");
    checksum.add(static_cast<unsigned>(value));
    if (i >= data_digits) continue;
    bits = bits << 5 | static_cast<std::uint32_t>(value);
    count += 5;
    if (count >= 8) {
      count -= 8;
      data.push_back(static_cast<std::byte>(bits >> count));
      bits &= (1U << count) - 1;
    }
  }
  if (checksum.state() != 1) return refuse("its checksum is wrong, so a character was mistyped");
  if (count >= 5 || bits != 0) return refuse("it does not end with a whole byte");
  return {};
}

}  // namespace

std::string bech32_encode(std::string_view prefix, ByteView data) {
  std::string text(prefix);
  text.reserve(prefix.size() + 1 + (data.size() * 8 + 4) / 5 + checksum_size);
  text += '1';
  Checksum checksum(prefix);
  const auto put = [&](std::uint32_t value) {
    checksum.add(value);
    text += alphabet[value];
  };
  std::uint32_t bits = 0;  // those not written yet are the lowest `count`
  unsigned count = 0;
  for (const std::byte byte : data) {
    bits = (bits << 8 | std::to_integer<std::uint32_t>(byte)) & 0xfff;
    for (count += 8; count >= 5; count -= 5) put(bits >> (count - 5) & 31);
  }
  if (count > 0) put(bits << (5 - count) & 31);

  for (std::size_t i = 0; i < checksum_size; ++i) checksum.add(0);
  const std::uint32_t sum = checksum.state() ^ 1;
  for (std::size_t i = 0; i < checksum_size; ++i) text += alphabet[sum >> (25 - 5 * i) & 31];
  if (std::any_of(prefix.begin(), prefix.end(), is_upper))
    std::transform(text.begin(), text.end(), text.begin(), to_upper);
  return text;
}

Result<Bech32> bech32_decode(std::string_view text) {
  if (auto good = check_characters(text); !good) return good.error();
  const std::size_t separator = text.rfind('1');
  if (separator == std::string_view::npos || separator == 0)
    return refuse("it has no prefix that ends with 1");
  const std::string_view digits = text.substr(separator + 1);
  if (digits.size() < checksum_size) return refuse("it is too short to have a checksum");

  Bech32 decoded{std::string(text.substr(0, separator)), {}};
  if (auto good = decode_digits(decoded.prefix, digits, decoded.data); !good) {
    wipe(decoded.data);  // a mistyped secret is nearly the secret
    return good.error();
  }
  return decoded;
}

}  // namespace fieldnote::seal
