// Bundles made by hand: whole and good ones, and any that a test wants wrong.
#pragma once

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>
#include <string>
#include <string_view>

#include "policy_fixture.hpp"
#include "recorder/bundle_writer.hpp"
#include "seal/age_writer.hpp"
#include "seal/base64.hpp"
#include "seal/zstd_stream.hpp"

namespace fieldnote::testing {

inline seal::ParticipantKey a_participant(unsigned char number = 1) {
  seal::Secret<32> seed;
  for (std::byte& byte : seed.bytes()) byte = static_cast<std::byte>(number);
  return seal::ParticipantKey(std::move(seed));
}

// age(zstd(text)), to the organisation.
inline std::string sealed(std::string_view text) {
  platform::MemorySink sink;
  const std::vector recipients{organisation_key().recipient()};
  auto age = seal::AgeWriter::open(sink, recipients);
  BOOST_TEST_REQUIRE(age.has_value());
  seal::ZstdWriter zstd(*age);
  BOOST_TEST_REQUIRE(zstd.write(platform::as_bytes(text)).has_value());
  BOOST_TEST_REQUIRE(zstd.finish().has_value());
  BOOST_TEST_REQUIRE(age->finish().has_value());
  return std::string(platform::as_text(sink.bytes()));
}

inline std::string unpacked(std::string_view zst) {
  platform::MemorySource source(platform::as_bytes(zst));
  seal::ZstdReader zstd(source);
  std::string text;
  std::array<std::byte, 4096> room{};
  while (true) {
    const auto count = zstd.read(room);
    BOOST_TEST_REQUIRE(count.has_value());
    if (*count == 0) return text;
    text += platform::as_text(std::span(room).first(*count));
  }
}

// The text of a bundle, signed as it stands.
inline std::string signed_text(std::string text,
                               const seal::ParticipantKey& key = a_participant()) {
  const seal::Signature signature = key.sign(platform::as_bytes(text));
  return text +
         boost::json::serialize(boost::json::object{
             {"kind", "signature"},
             {"ed25519", seal::base64_encode(signature, seal::Base64Padding::padded)}}) +
         '\n';
}

inline std::string header_line(std::int64_t events, std::int64_t n = 1, std::int64_t schema = 1,
                               const seal::ParticipantKey& key = a_participant()) {
  return boost::json::serialize(
             boost::json::object{{"kind", "header"},
                                 {"schema", schema},
                                 {"participant", key.public_key().text()},
                                 {"n", n},
                                 {"previous", nullptr},
                                 {"receipt", seal::sha256({}).hex()},
                                 {"events", events},
                                 {"ledger", {{"recorded", {{"click", events}}}}}}) +
         '\n';
}

// A good bundle of these lines.
inline std::string a_bundle(std::string_view lines, std::int64_t n = 1,
                            const seal::ParticipantKey& key = a_participant()) {
  const auto events = std::count(lines.begin(), lines.end(), '\n');
  return sealed(signed_text(header_line(events, n, 1, key) + std::string(lines), key));
}

}  // namespace fieldnote::testing
