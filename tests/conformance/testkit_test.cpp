// Every vector of the age test kit that an X25519 identity or a passphrase can answer, opened as a
// user would; and, because the kit only decrypts, each good one written again byte for byte.
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <iostream>

#include "seal/age_reader.hpp"
#include "seal/armor.hpp"
#include "seal/header.hpp"
#include "seal/seal_error.hpp"
#include "seal/stream.hpp"
#include "testkit_vector.hpp"

namespace fieldnote::conformance {
namespace {

using platform::Bytes;
using platform::MemorySink;
using platform::MemorySource;
using seal::SealError;

struct Outcome {
  std::string verdict;  // in the kit's words
  Bytes released;
};

std::string verdict_of(const Error& error) {
  if (error.code == SealError::bad_armor) return "armor failure";
  if (error.code == SealError::bad_header) return "header failure";
  if (error.code == SealError::bad_mac) return "HMAC failure";
  if (error.code == SealError::no_match) return "no match";
  if (error.code == SealError::bad_payload) return "payload failure";
  return "an error that age does not have: " + error.sentence;
}

Result<void> drain(platform::ByteSource& source, Bytes& into) {
  std::array<std::byte, 1000> room;  // no divisor of a chunk
  while (true) {
    const auto count = source.read(room);
    if (!count) return count.error();
    if (*count == 0) return {};
    into.insert(into.end(), room.begin(), room.begin() + static_cast<std::ptrdiff_t>(*count));
  }
}

bool is_post_quantum(const std::string& identity) {
  return identity.starts_with("AGE-SECRET-KEY-PQ-");
}

// One that only a post-quantum identity could answer.
bool is_out_of_reach(const TestkitVector& vector) {
  return !vector.identities.empty() && vector.passphrases.empty() &&
         std::all_of(vector.identities.begin(), vector.identities.end(), is_post_quantum);
}

Result<seal::AgeReader> open(platform::ByteSource& source, const TestkitVector& vector) {
  if (!vector.passphrases.empty())
    return seal::AgeReader::open(source, seal::SecretText(vector.passphrases.front()));
  std::vector<seal::X25519Identity> identities;
  for (const std::string& identity : vector.identities)
    if (!is_post_quantum(identity))
      identities.push_back(seal::X25519Identity::parse(identity).value());
  return seal::AgeReader::open(source, identities);
}

Outcome run(const TestkitVector& vector) {
  MemorySource source(vector.file);
  auto reader = open(source, vector);
  if (!reader) return {verdict_of(reader.error()), {}};
  Outcome outcome{"success", {}};
  if (const auto drained = drain(*reader, outcome.released); !drained)
    outcome.verdict = verdict_of(drained.error());
  return outcome;
}

// Out of its armor, where it has one.
Bytes binary_file(const TestkitVector& vector) {
  if (vector.file.empty() || !seal::looks_armored(vector.file.front())) return vector.file;
  MemorySource source(vector.file);
  seal::ArmorReader armor(source);
  Bytes binary;
  drain(armor, binary).value();
  return binary;
}

// Reads header and payload with the kit's file key and expects to write the same file from it.
void check_round_trip(const TestkitVector& vector) {
  const Bytes binary = binary_file(vector);
  MemorySource source(binary);
  seal::BufferedSource buffered(source);
  const auto header = seal::read_header(buffered).value();
  seal::authenticate(header, *vector.file_key).value();
  seal::PayloadNonce nonce;
  BOOST_TEST(seal::read_fully(buffered, nonce).value() == nonce.size());
  const auto key = seal::payload_key(*vector.file_key, nonce);
  Bytes plaintext;
  seal::StreamReader reader(buffered, key);
  drain(reader, plaintext).value();

  MemorySink sink;
  const std::string text = seal::header_text(header.stanzas, *vector.file_key);
  sink.write(platform::as_bytes(text)).value();
  sink.write(nonce).value();
  seal::StreamWriter writer(sink, key);
  writer.write(plaintext).value();
  writer.finish().value();
  BOOST_TEST(sink.bytes() == binary);
}

BOOST_AUTO_TEST_SUITE(testkit)

BOOST_AUTO_TEST_CASE(every_vector_within_reach_ends_as_expected) {
  const auto vectors = load_testkit();
  if (!vectors) {
    std::cout << "SKIPPED: the age test kit is not there; name its folder in "
                 "FIELDNOTE_AGE_TESTKIT\n";
    return;
  }
  std::size_t count = 0;
  for (const TestkitVector& vector : *vectors) {
    if (is_out_of_reach(vector)) continue;
    BOOST_TEST_CONTEXT(vector.name) {
      ++count;
      const Outcome outcome = run(vector);
      BOOST_TEST(outcome.verdict == vector.expect);
      const seal::Digest nothing = seal::sha256({});
      BOOST_TEST(seal::sha256(outcome.released).hex() == vector.payload.value_or(nothing).hex());
    }
  }
  std::cout << count << " of " << vectors->size() << " vectors of the age test kit were run, "
            << vectors->size() - count << " need a post-quantum identity\n";
  BOOST_TEST(count > 0);
}

BOOST_AUTO_TEST_CASE(every_good_vector_is_written_again_byte_for_byte) {
  const auto vectors = load_testkit();
  if (!vectors) return;  // the case above says so
  std::size_t count = 0;
  for (const TestkitVector& vector : *vectors) {
    // Those for a post-quantum identity too: the file key stands in for it.
    if (vector.expect != "success" || !vector.file_key) continue;
    BOOST_TEST_CONTEXT(vector.name) {
      ++count;
      check_round_trip(vector);
    }
  }
  std::cout << count << " vectors were written again\n";
  BOOST_TEST(count > 0);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace fieldnote::conformance
