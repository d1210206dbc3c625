// Files that cross over: sealed here and opened by another implementation of age, and back.
#include <unistd.h>

#include <algorithm>
#include <array>
#include <boost/test/unit_test.hpp>
#include <fstream>
#include <iostream>

#include "peer.hpp"
#include "platform/file.hpp"
#include "seal/age_reader.hpp"
#include "seal/age_writer.hpp"
#include "seal/armor.hpp"

namespace fieldnote::conformance {
namespace {

namespace fs = std::filesystem;
using platform::Bytes;
using platform::ByteView;
using platform::MemorySink;
using platform::MemorySource;
using seal::X25519Identity;
using seal::X25519Recipient;

// About the edges of a chunk, and more than one of them.
constexpr std::array<std::size_t, 6> sizes = {0, 1, 65'535, 65'536, 65'537, 1 << 20};

struct Folder {
  Folder() {
    std::string name = (fs::temp_directory_path() / "fieldnote-interop-XXXXXX").string();
    BOOST_TEST_REQUIRE(::mkdtemp(name.data()) != nullptr);
    path = name;
  }
  ~Folder() { fs::remove_all(path); }
  fs::path path;
};

Bytes numbered(std::size_t size) {
  Bytes bytes(size);
  for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<std::byte>(i ^ (i >> 8));
  return bytes;
}

void write_file(const fs::path& path, ByteView bytes) {
  const auto text = platform::as_text(bytes);
  std::ofstream(path, std::ios::binary)
      .write(text.data(), static_cast<std::streamsize>(text.size()));
}

Bytes read_file(const fs::path& path) {
  const std::string text = platform::read_all(path, 1 << 30).value();
  const ByteView bytes = platform::as_bytes(text);
  return {bytes.begin(), bytes.end()};
}

void write_and_finish(Result<seal::AgeWriter> writer, ByteView plaintext) {
  writer.value().write(plaintext).value();
  writer.value().finish().value();
}

// `to`: recipients, or a passphrase with the work that it takes.
template <class... To>
Bytes sealed(ByteView plaintext, bool armored, const To&... to) {
  MemorySink sink;
  if (!armored) {
    write_and_finish(seal::AgeWriter::open(sink, to...), plaintext);
    return sink.take();
  }
  seal::ArmorWriter armor(sink);
  write_and_finish(seal::AgeWriter::open(armor, to...), plaintext);
  armor.finish().value();
  return sink.take();
}

template <class With>
Bytes opened(ByteView file, const With& with) {
  MemorySource source(file);
  auto reader = seal::AgeReader::open(source, with).value();
  Bytes plaintext;
  std::array<std::byte, 65536> room;
  while (const std::size_t count = reader.read(room).value())
    plaintext.insert(plaintext.end(), room.begin(),
                     room.begin() + static_cast<std::ptrdiff_t>(count));
  return plaintext;
}

std::string text_of(const X25519Identity& identity) {
  return std::string(identity.text().view());
}

// Says so and returns true where the peer is not there.
bool skipped(const Peer& peer) {
  const auto missing = peer.missing();
  if (missing) std::cout << "SKIPPED: " << *missing << '\n';
  return missing.has_value();
}

void check_that_the_peer_opens_ours(const Peer& peer, const fs::path& folder) {
  std::vector<X25519Identity> identities;
  std::vector<X25519Recipient> recipients;
  for (int i = 0; i < 3; ++i) {
    identities.push_back(X25519Identity::generate());
    recipients.push_back(identities.back().recipient());
  }
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    for (const bool armored : {false, true}) {
      BOOST_TEST_CONTEXT(sizes[i] << " bytes, armored: " << armored) {
        const Bytes plaintext = numbered(sizes[i]);
        write_file(folder / "in.age",
                   sealed(plaintext, armored, std::span<const X25519Recipient>(recipients)));
        const auto& one = identities[i % identities.size()];
        BOOST_TEST_REQUIRE(peer.open(folder / "in.age", folder / "out", text_of(one)));
        BOOST_TEST((read_file(folder / "out") == plaintext));
        fs::remove(folder / "out");
      }
    }
  }
}

void check_that_we_open_the_peers(const Peer& peer, const fs::path& folder) {
  std::vector<X25519Identity> identities;
  std::vector<std::string> recipients;
  for (int i = 0; i < 3; ++i) {
    identities.push_back(X25519Identity::generate());
    recipients.push_back(identities.back().recipient().text());
  }
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    for (const bool armored : {false, true}) {
      BOOST_TEST_CONTEXT(sizes[i] << " bytes, armored: " << armored) {
        const Bytes plaintext = numbered(sizes[i]);
        write_file(folder / "in", plaintext);
        BOOST_TEST_REQUIRE(peer.seal(folder / "in", folder / "out.age", recipients, armored));
        const std::span<const X25519Identity> one(&identities[i % identities.size()], 1);
        BOOST_TEST((opened(read_file(folder / "out.age"), one) == plaintext));
        fs::remove(folder / "out.age");
      }
    }
  }
}

void check_that_keys_agree(const Peer& peer) {
  for (int i = 0; i < 5; ++i) {
    const X25519Identity identity = X25519Identity::generate();
    BOOST_TEST(peer.recipient(text_of(identity)) == identity.recipient().text());
  }
}

BOOST_FIXTURE_TEST_SUITE(interop_age, Folder)

BOOST_AUTO_TEST_CASE(debians_age_opens_ours) {
  const DebianAge age(path);
  if (!skipped(age)) check_that_the_peer_opens_ours(age, path);
}

BOOST_AUTO_TEST_CASE(we_open_debians_age) {
  const DebianAge age(path);
  if (!skipped(age)) check_that_we_open_the_peers(age, path);
}

BOOST_AUTO_TEST_CASE(keys_agree_with_age_keygen) {
  const DebianAge age(path);
  if (skipped(age)) return;
  check_that_keys_agree(age);
  const std::string key_file = age.new_key_file();
  const auto identities = seal::parse_identities(key_file).value();
  BOOST_TEST_REQUIRE(identities.size() == 1U);
  BOOST_TEST(key_file.find(identities.front().recipient().text()) != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(interop_npm, Folder)

BOOST_AUTO_TEST_CASE(age_encryption_opens_ours) {
  const NpmAge age;
  if (!skipped(age)) check_that_the_peer_opens_ours(age, path);
}

BOOST_AUTO_TEST_CASE(we_open_age_encryption) {
  const NpmAge age;
  if (!skipped(age)) check_that_we_open_the_peers(age, path);
}

BOOST_AUTO_TEST_CASE(keys_agree_with_age_encryption) {
  const NpmAge age;
  if (!skipped(age)) check_that_keys_agree(age);
}

BOOST_AUTO_TEST_CASE(passphrases_cross_over) {
  const NpmAge age;
  if (skipped(age)) return;
  const Bytes plaintext = numbered(1000);
  const seal::SecretText passphrase("correct horse");
  write_file(path / "ours.age", sealed(plaintext, false, passphrase, 10U));
  BOOST_TEST_REQUIRE(age.open(path / "ours.age", path / "out", "passphrase:correct horse"));
  BOOST_TEST((read_file(path / "out") == plaintext));

  write_file(path / "in", plaintext);
  BOOST_TEST_REQUIRE(
      age.seal(path / "in", path / "theirs.age", {"passphrase:correct horse"}, true));
  BOOST_TEST((opened(read_file(path / "theirs.age"), passphrase) == plaintext));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace fieldnote::conformance
