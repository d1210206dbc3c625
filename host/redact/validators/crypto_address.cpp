// Addresses, keys and seeds of crypto-currencies.
#include <cryptopp/keccak.h>
#include <cryptopp/sha.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "redact/validators.hpp"

namespace fieldnote::redact::validate {
namespace {

constexpr std::string_view base58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
constexpr std::string_view base32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";

constexpr std::size_t most_base58 = 120;

// Base58Check: what was encoded, its check sum proven and taken off.
std::optional<std::vector<std::uint8_t>> base58_checked(std::string_view text) {
  if (text.empty() || text.size() > most_base58) return std::nullopt;
  std::vector<std::uint8_t> bytes;  // lowest first
  for (const char c : text) {
    const auto digit = base58.find(c);
    if (digit == std::string_view::npos) return std::nullopt;
    auto carry = static_cast<unsigned>(digit);
    for (std::uint8_t& byte : bytes) {
      carry += 58U * byte;
      byte = static_cast<std::uint8_t>(carry);
      carry >>= 8;
    }
    for (; carry != 0; carry >>= 8) bytes.push_back(static_cast<std::uint8_t>(carry));
  }
  bytes.insert(bytes.end(), std::min(text.find_first_not_of('1'), text.size()), 0);
  std::reverse(bytes.begin(), bytes.end());
  if (bytes.size() < 5) return std::nullopt;

  const std::size_t size = bytes.size() - 4;
  std::array<std::uint8_t, CryptoPP::SHA256::DIGESTSIZE> digest{};
  CryptoPP::SHA256 sha;
  sha.CalculateDigest(digest.data(), bytes.data(), size);
  sha.CalculateDigest(digest.data(), digest.data(), digest.size());
  if (!std::equal(bytes.begin() + static_cast<std::ptrdiff_t>(size), bytes.end(), digest.begin()))
    return std::nullopt;
  bytes.resize(size);
  return bytes;
}

// BIP-173: what the check sum of human-readable part and data comes to.
std::uint32_t polymod(std::uint32_t check, std::uint8_t value) {
  constexpr std::array<std::uint32_t, 5> generator{0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd,
                                                   0x2a1462b3};
  const std::uint32_t top = check >> 25;
  check = (check & 0x1ffffff) << 5 ^ value;
  for (std::size_t i = 0; i < generator.size(); ++i)
    if ((top >> i & 1) != 0) check ^= generator[i];
  return check;
}

bool is_hex(std::string_view text) {
  return text.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
}

}  // namespace

bool base58check_address(std::string_view span) {
  const auto payload = base58_checked(span);
  return payload && payload->size() == 21;
}

bool base58check_key(std::string_view span) {
  const auto payload = base58_checked(span);
  if (!payload) return false;
  // WIF: a version, 32 bytes, maybe 01. BIP-32: 78 bytes, the last 33 of a private key led by 00.
  const bool wif = (payload->size() == 33 || (payload->size() == 34 && payload->back() == 1)) &&
                   (payload->front() == 0x80 || payload->front() == 0xEF);
  return wif || (payload->size() == 78 && (*payload)[45] == 0);
}

bool bech32(std::string_view span) {
  constexpr std::size_t most = 90;
  if (span.size() > most) return false;
  const bool upper =
      std::any_of(span.begin(), span.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
  const bool lower =
      std::any_of(span.begin(), span.end(), [](char c) { return c >= 'a' && c <= 'z'; });
  const auto separator = span.rfind('1');
  if ((upper && lower) || separator == std::string_view::npos || separator == 0) return false;
  const auto small = [](char c) { return static_cast<char>(c >= 'A' && c <= 'Z' ? c | 0x20 : c); };

  std::uint32_t check = 1;
  for (const char c : span.substr(0, separator))
    check = polymod(check, static_cast<std::uint8_t>(small(c)) >> 5);
  check = polymod(check, 0);
  for (const char c : span.substr(0, separator)) check = polymod(check, small(c) & 31);
  for (const char c : span.substr(separator + 1)) {
    const auto value = base32.find(small(c));
    if (value == std::string_view::npos) return false;
    check = polymod(check, static_cast<std::uint8_t>(value));
  }
  constexpr std::uint32_t original = 1, bech32m = 0x2bc830a3;
  return check == original || check == bech32m;
}

bool ethereum_address(std::string_view span) {
  if (!span.starts_with("0x") || span.size() != 42 || !is_hex(span.substr(2))) return false;
  std::array<char, 40> lower{};
  bool upper = false, small = false;
  for (std::size_t i = 0; i < lower.size(); ++i) {
    const char c = span[i + 2];
    upper = upper || (c >= 'A' && c <= 'F');
    small = small || c >= 'a';
    lower[i] = static_cast<char>(c >= 'A' && c <= 'F' ? c | 0x20 : c);
  }
  if (!upper || !small) return true;  // no check sum is spelled
  std::array<std::uint8_t, 32> digest{};
  CryptoPP::Keccak_256 keccak;
  keccak.Update(reinterpret_cast<const std::uint8_t*>(lower.data()), lower.size());
  keccak.Final(digest.data());
  for (std::size_t i = 0; i < lower.size(); ++i) {
    if (lower[i] <= '9') continue;
    const bool wants_upper = (digest[i / 2] >> (i % 2 == 0 ? 4 : 0) & 8) != 0;
    if (wants_upper != (span[i + 2] <= 'F')) return false;
  }
  return true;
}

}  // namespace fieldnote::redact::validate
