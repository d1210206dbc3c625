// The participant's signatures, against RFC 8032 and against those who would alter them.
#include "seal/participant_key.hpp"

#include <unistd.h>

#include <array>
#include <boost/test/unit_test.hpp>
#include <filesystem>

#include "seal/seal_error.hpp"

namespace fieldnote::seal {
namespace {

namespace fs = std::filesystem;
using platform::as_bytes;
using platform::Bytes;

Bytes from_hex(std::string_view text) {
  Bytes bytes;
  for (std::size_t i = 0; i < text.size(); i += 2)
    bytes.push_back(static_cast<std::byte>(std::stoi(std::string(text.substr(i, 2)), nullptr, 16)));
  return bytes;
}

template <std::size_t Size>
void fill(std::span<std::byte, Size> room, std::string_view hex) {
  const Bytes bytes = from_hex(hex);
  BOOST_TEST_REQUIRE(bytes.size() == Size);
  std::ranges::copy(bytes, room.begin());
}

ParticipantKey key_from_hex(std::string_view hex) {
  Secret<32> seed;
  fill(seed.bytes(), hex);
  return ParticipantKey(std::move(seed));
}

// RFC 8032, section 7.1.
struct Rfc8032Vector {
  std::string_view secret, public_key, message, signature;
};
constexpr std::array<Rfc8032Vector, 3> rfc_8032 = {{
    {"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
     "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
     "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b"
     "4"
     "6bd25bf5f0595bbe24655141438e7a100b"},
    {"4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
     "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
     "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11"
     "d"
     "8c387b2eaeb4302aeeb00d291612bb0c00"},
    {"c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
     "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
     "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc"
     "6"
     "594a7c15e9716ed28dc027beceea1ec40a"},
}};

BOOST_AUTO_TEST_SUITE(participant_key)

BOOST_AUTO_TEST_CASE(the_vectors_of_rfc_8032_hold) {
  for (const Rfc8032Vector& vector : rfc_8032) {
    const ParticipantKey key = key_from_hex(vector.secret);
    BOOST_TEST((from_hex(vector.public_key) ==
                Bytes(key.public_key().bytes.begin(), key.public_key().bytes.end())));
    const Bytes message = from_hex(vector.message);
    const Signature signature = key.sign(message);
    BOOST_TEST((from_hex(vector.signature) == Bytes(signature.begin(), signature.end())));
    BOOST_TEST(verify(key.public_key(), message, signature));
  }
}

BOOST_AUTO_TEST_CASE(every_change_is_noticed) {
  const ParticipantKey key = key_from_hex(rfc_8032[0].secret);
  const std::string message = "the lines of a bundle";
  Signature signature = key.sign(as_bytes(message));
  for (std::size_t bit = 0; bit < signature.size() * 8; ++bit) {
    signature[bit / 8] ^= std::byte{1} << (bit % 8);
    BOOST_TEST(!verify(key.public_key(), as_bytes(message), signature), "bit " << bit);
    signature[bit / 8] ^= std::byte{1} << (bit % 8);
  }
  BOOST_TEST(verify(key.public_key(), as_bytes(message), signature));
  BOOST_TEST(!verify(key.public_key(), as_bytes(message + "."), signature));
  BOOST_TEST(!verify(key.public_key(), {}, signature));
  BOOST_TEST(!verify(key_from_hex(rfc_8032[1].secret).public_key(), as_bytes(message), signature));
}

BOOST_AUTO_TEST_CASE(a_signature_cannot_be_turned_into_another_for_the_same_message) {
  const ParticipantKey key = key_from_hex(rfc_8032[0].secret);
  Signature signature = key.sign(as_bytes("m"));
  // S + L says the same as S to who does not ask that it be below L.
  const Bytes order = from_hex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
  unsigned carry = 0;
  for (std::size_t i = 0; i < order.size(); ++i) {
    carry += std::to_integer<unsigned>(signature[32 + i]) + std::to_integer<unsigned>(order[i]);
    signature[32 + i] = static_cast<std::byte>(carry);
    carry >>= 8;
  }
  BOOST_TEST(!verify(key.public_key(), as_bytes("m"), signature));
}

BOOST_AUTO_TEST_CASE(a_public_key_has_one_text) {
  const ParticipantPublicKey key = key_from_hex(rfc_8032[0].secret).public_key();
  BOOST_TEST(key.text() == "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=");
  BOOST_TEST((ParticipantPublicKey::parse(key.text()).value() == key));
  for (const std::string_view wrong : {"", "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo",
                                       "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURp=",
                                       "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHUQ=="}) {
    const auto parsed = ParticipantPublicKey::parse(wrong);
    BOOST_TEST_REQUIRE(parsed.has_error());
    BOOST_TEST(parsed.error().code == make_error_code(SealError::bad_key));
  }
}

BOOST_AUTO_TEST_CASE(a_participant_keeps_the_key) {
  std::string name = (fs::temp_directory_path() / "fieldnote-participant-XXXXXX").string();
  BOOST_TEST_REQUIRE(::mkdtemp(name.data()) != nullptr);
  const fs::path path = fs::path(name) / "participant.key";
  const auto made = ParticipantKey::load_or_create(path);
  const auto loaded = ParticipantKey::load_or_create(path);
  fs::permissions(path, fs::perms::group_read, fs::perm_options::add);
  const auto exposed = ParticipantKey::load_or_create(path);
  fs::remove_all(name);

  BOOST_TEST_REQUIRE(made.has_value());
  BOOST_TEST_REQUIRE(loaded.has_value());
  BOOST_TEST((loaded->public_key() == made->public_key()));
  BOOST_TEST(verify(made->public_key(), as_bytes("m"), loaded->sign(as_bytes("m"))));
  BOOST_TEST_REQUIRE(exposed.has_error());
  BOOST_TEST(exposed.error().code == make_error_code(SealError::key_file_refused));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace fieldnote::seal
