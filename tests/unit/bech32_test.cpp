// Bech32 against the vectors of BIP 173, the keys that are written in it, and what they compute.
#include "seal/bech32.hpp"

#include <array>
#include <boost/test/unit_test.hpp>
#include <cctype>

#include "seal/digest.hpp"
#include "seal/primitives.hpp"
#include "seal/seal_error.hpp"
#include "seal/x25519_identity.hpp"

namespace fieldnote::seal {
namespace {

BOOST_AUTO_TEST_SUITE(bech32)

BOOST_AUTO_TEST_CASE(valid_texts_of_bip_173_come_back_the_same) {
  constexpr std::array<std::string_view, 8> valid = {
      "A12UEL5L",
      "a12uel5l",
      "an83characterlonghumanreadablepartthatcontainsthenumber1andtheexcludedcharactersbio1tt5tgs",
      // Beyond BIP 173's 90 characters, which age lifts.
      "an84characterslonghumanreadablepartthatcontainsthenumber1andtheexcludedcharactersbio1569pvx",
      "abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw",
      "11qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqc8247j",
      "split1checkupstagehandshakeupstreamerranterredcaperred2y9e3w",
      "?1ezyfcl",
  };
  for (const std::string_view text : valid) {
    BOOST_TEST_CONTEXT(text) {
      const auto decoded = bech32_decode(text);
      BOOST_TEST_REQUIRE(decoded.has_value());
      BOOST_TEST(bech32_encode(decoded->prefix, decoded->data) == text);
    }
  }
}

BOOST_AUTO_TEST_CASE(invalid_texts_of_bip_173_are_refused) {
  constexpr std::array<std::string_view, 13> invalid = {
      " 1nwldj5",  // prefix with a space
      "\x7f"
      "1axkwrx",  // prefix outside ASCII's visible part
      "\x80"
      "1eym55h",
      "pzry9x0s0muk",   // no separator
      "1pzry9x0s0muk",  // empty prefix
      "x1b4n0q5v",      // b is not in the alphabet
      "li1dgmt3",       // checksum too short
      "de1lg7wt\xff",   // checksum outside the alphabet
      "A1G7SGD8",       // checksum over the upper case prefix
      "10a06t8",        // empty prefix
      "1qzzfhee",       // empty prefix
      "A12uEL5L",       // mixed case
      "",
  };
  for (const std::string_view text : invalid) {
    BOOST_TEST_CONTEXT(text) {
      const auto decoded = bech32_decode(text);
      BOOST_TEST_REQUIRE(decoded.has_error());
      BOOST_TEST(decoded.error().code == make_error_code(SealError::bad_bech32));
    }
  }
}

BOOST_AUTO_TEST_CASE(every_mistyped_character_is_noticed) {
  const std::string text = bech32_encode("age", std::array<std::byte, 32>{});
  for (std::size_t i = 0; i < text.size(); ++i) {
    std::string mistyped = text;
    mistyped[i] = mistyped[i] == 'z' ? 'x' : 'z';
    BOOST_TEST(bech32_decode(mistyped).has_error(), "at " << i);
  }
}

BOOST_AUTO_TEST_CASE(padding_must_be_zero_and_short) {
  // By their checksums all of these are good.
  BOOST_TEST(bech32_decode("a1qy089ch6").has_value());   // one byte and two zero bits
  BOOST_TEST(bech32_decode("a1qpamnt9j").has_error());   // one of those two bits is set
  BOOST_TEST(bech32_decode("a1q3g6mn3").has_error());    // five bits are no byte
  BOOST_TEST(bech32_decode("a1qqqd87cpp").has_error());  // seven bits of padding
  for (std::size_t size = 0; size < 12; ++size) {
    const Bytes data(size, std::byte{0xff});
    const auto decoded = bech32_decode(bech32_encode("a", data));
    BOOST_TEST_REQUIRE(decoded.has_value());
    BOOST_TEST((decoded->data == data));
  }
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(age_keys)

// The recipient of age's own documentation.
constexpr std::string_view documented =
    "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p";

BOOST_AUTO_TEST_CASE(a_recipient_has_one_text) {
  const auto recipient = X25519Recipient::parse(documented);
  BOOST_TEST_REQUIRE(recipient.has_value());
  BOOST_TEST(recipient->text() == documented);
  BOOST_TEST((*recipient == X25519Recipient::parse(documented).value()));
  BOOST_TEST((*recipient != X25519Identity::generate().recipient()));
}

BOOST_AUTO_TEST_CASE(a_fingerprint_is_the_beginning_of_the_digest_of_the_text) {
  // printf %s age1ql3... | sha256sum | cut -c1-16
  BOOST_TEST(X25519Recipient::parse(documented).value().fingerprint() == "cf7e-5682-3131-5068");
}

BOOST_AUTO_TEST_CASE(what_is_no_recipient_is_refused) {
  const std::string identity(X25519Identity::generate().text().view());
  const std::string upper = "AGE1QL3Z7HJY54PW3HYWW5AYYFG7ZQGVC7W3J2ELW8ZMRJ2KG5SFN9AQMCAC8P";
  const std::string short_one = bech32_encode("age", std::array<std::byte, 31>{std::byte{9}});
  const std::string long_one = bech32_encode("age", std::array<std::byte, 33>{std::byte{9}});
  const std::string other = bech32_encode("agf", std::array<std::byte, 32>{std::byte{9}});
  for (const std::string& text : {std::string(), identity, upper, short_one, long_one, other,
                                  std::string(documented) + " ", std::string("age1pq1qqqq")}) {
    BOOST_TEST_CONTEXT(text) {
      const auto recipient = X25519Recipient::parse(text);
      BOOST_TEST_REQUIRE(recipient.has_error());
      BOOST_TEST(recipient.error().code == make_error_code(SealError::bad_key));
    }
  }
}

BOOST_AUTO_TEST_CASE(points_of_low_order_are_no_recipients) {
  // 0, 1, p - 1, p and p + 1 (https://cr.yp.to/ecdh.html#validate), as bytes from the lowest, with
  // and without the bit that X25519 ignores.
  std::vector<std::array<std::byte, 32>> points(5);
  points[1][0] = std::byte{1};
  for (std::size_t i = 2; i < 5; ++i) {
    points[i].fill(std::byte{0xff});
    points[i][0] = static_cast<std::byte>(0xec + i - 2);
    points[i][31] = std::byte{0x7f};
  }
  for (auto point : points) {
    BOOST_TEST(X25519Recipient::from_point(point).has_error());
    BOOST_TEST(X25519Recipient::parse(bech32_encode("age", point)).has_error());
    point[31] |= std::byte{0x80};
    BOOST_TEST(X25519Recipient::from_point(point).has_error());
  }
}

BOOST_AUTO_TEST_CASE(an_identity_has_one_text) {
  const X25519Identity identity = X25519Identity::generate();
  const SecretText text = identity.text();
  BOOST_TEST(text.view().starts_with("AGE-SECRET-KEY-1"));
  const auto parsed = X25519Identity::parse(text.view());
  BOOST_TEST_REQUIRE(parsed.has_value());
  BOOST_TEST((parsed->recipient() == identity.recipient()));
  BOOST_TEST(parsed->text().view() == text.view());
}

BOOST_AUTO_TEST_CASE(what_is_no_identity_is_refused_without_being_quoted) {
  const std::string text(X25519Identity::generate().text().view());
  std::string lower = text;
  for (char& c : lower) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  std::string mistyped = text;
  mistyped.back() = mistyped.back() == 'Q' ? 'P' : 'Q';
  for (const std::string& wrong : {lower, mistyped, text + " ", text.substr(0, text.size() - 1)}) {
    const auto identity = X25519Identity::parse(wrong);
    BOOST_TEST_REQUIRE(identity.has_error());
    BOOST_TEST(identity.error().code == make_error_code(SealError::bad_key));
    BOOST_TEST(identity.error().sentence.find(wrong.substr(20, 8)) == std::string::npos);
  }
}

BOOST_AUTO_TEST_CASE(a_key_file_is_read_as_age_keygen_writes_it) {
  const std::string one(X25519Identity::generate().text().view());
  const std::string two(X25519Identity::generate().text().view());
  const auto identities = parse_identities(
      "# created: 2026-03-01T10:00:00Z\n# public key: age1...\n" + one + "\n\n" + two + "\r\n");
  BOOST_TEST_REQUIRE(identities.has_value());
  BOOST_TEST_REQUIRE(identities->size() == 2U);
  BOOST_TEST((*identities)[0].text().view() == one);
  BOOST_TEST((*identities)[1].text().view() == two);
  BOOST_TEST(parse_identities(one).value().size() == 1U);  // no LF at the end
}

BOOST_AUTO_TEST_CASE(a_wrong_line_of_a_key_file_is_named_by_its_number_only) {
  const std::string key(X25519Identity::generate().text().view());
  const std::string wrong = key.substr(0, key.size() - 2);
  const auto identities = parse_identities("# one\n" + key + "\n" + wrong + "\n");
  BOOST_TEST_REQUIRE(identities.has_error());
  BOOST_TEST(identities.error().sentence.starts_with("line 3: "));
  BOOST_TEST(identities.error().sentence.find(wrong.substr(20, 8)) == std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_key_file_without_a_key_is_refused) {
  for (const std::string_view text : {"", "\n\n", "# only a comment\n"}) {
    const auto identities = parse_identities(text);
    BOOST_TEST_REQUIRE(identities.has_error());
    BOOST_TEST(identities.error().code == make_error_code(SealError::bad_key));
  }
}

BOOST_AUTO_TEST_CASE(x25519_of_rfc_7748_section_6_1) {
  const auto alice =
      Digest::from_hex("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a").value();
  const auto bob =
      Digest::from_hex("5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb").value();
  const auto secret =
      Digest::from_hex("4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742").value();
  BOOST_TEST(Digest{x25519_base(alice.bytes)}.hex() ==
             "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a");
  Key32 shared;
  BOOST_TEST(x25519(alice.bytes, x25519_base(bob.bytes), shared));
  BOOST_TEST(equal_in_constant_time(shared.bytes(), secret.bytes));
}

BOOST_AUTO_TEST_CASE(a_moved_secret_leaves_zeros_behind) {
  Secret<4> secret;
  secret.bytes()[2] = std::byte{7};
  const Secret<4> moved = std::move(secret);
  BOOST_TEST((moved.bytes()[2] == std::byte{7}));
  BOOST_TEST((secret.bytes()[2] == std::byte{0}));  // NOLINT: looking at what is left is the test
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace fieldnote::seal
