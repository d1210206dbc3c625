// Base64, digests and armor: every byte string has one text, give or take what armor allows around
// it.
#include "seal/armor.hpp"

#include <array>
#include <boost/test/unit_test.hpp>
#include <cctype>

#include "seal/base64.hpp"
#include "seal/digest.hpp"
#include "seal/seal_error.hpp"

namespace fieldnote::seal {
namespace {

using platform::as_bytes;
using platform::as_text;
using platform::MemorySink;
using platform::MemorySource;

BOOST_AUTO_TEST_SUITE(base64)

BOOST_AUTO_TEST_CASE(the_vectors_of_rfc_4648) {
  constexpr std::array<std::array<std::string_view, 3>, 7> vectors = {
      {{"", "", ""},
       {"f", "Zg==", "Zg"},
       {"fo", "Zm8=", "Zm8"},
       {"foo", "Zm9v", "Zm9v"},
       {"foob", "Zm9vYg==", "Zm9vYg"},
       {"fooba", "Zm9vYmE=", "Zm9vYmE"},
       {"foobar", "Zm9vYmFy", "Zm9vYmFy"}}};
  for (const auto& [plain, padded, unpadded] : vectors) {
    BOOST_TEST(base64_encode(as_bytes(plain), Base64Padding::padded) == padded);
    BOOST_TEST(base64_encode(as_bytes(plain), Base64Padding::unpadded) == unpadded);
    BOOST_TEST(as_text(base64_decode(padded, Base64Padding::padded).value()) == plain);
    BOOST_TEST(as_text(base64_decode(unpadded, Base64Padding::unpadded).value()) == plain);
  }
}

BOOST_AUTO_TEST_CASE(every_byte_value_comes_back) {
  Bytes bytes(256);
  for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<std::byte>(i);
  for (const auto padding : {Base64Padding::padded, Base64Padding::unpadded})
    BOOST_TEST((base64_decode(base64_encode(bytes, padding), padding).value() == bytes));
}

BOOST_AUTO_TEST_CASE(other_texts_for_the_same_bytes_are_refused) {
  for (const std::string_view text :
       {"Zh==", "Zm9=", "Zg=", "Zg", "Zg===", "Z===", "====", "Zg==Zg==", "Zm9v\n", " Zm9v",
        "Zm9v====", "Zm9-", "Zm_v", "Zm=v"})
    BOOST_TEST(base64_decode(text, Base64Padding::padded).has_error(), text);
  for (const std::string_view text :
       {"Zh", "Zm9", "Z", "Zg==", "Zm8=", "Zm9v\n", "Zm9v\r", "Zm 9v", "Zm9vY"})
    BOOST_TEST(base64_decode(text, Base64Padding::unpadded).has_error(), text);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(digest)

BOOST_AUTO_TEST_CASE(sha256_of_fips_180_4) {
  constexpr std::string_view abc =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
  BOOST_TEST(sha256(as_bytes("abc")).hex() == abc);
  Sha256 hash;
  hash.update(as_bytes("a"));
  hash.update(as_bytes("bc"));
  BOOST_TEST(hash.finish().hex() == abc);
  hash.update(as_bytes("abc"));
  BOOST_TEST(hash.finish().hex() == abc);  // starts empty again
}

BOOST_AUTO_TEST_CASE(a_digest_has_one_text) {
  const Digest digest = sha256({});
  BOOST_TEST((Digest::from_hex(digest.hex()).value() == digest));
  std::string upper = digest.hex();
  for (char& c : upper) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  for (const std::string& wrong :
       {upper, digest.hex() + "0", digest.hex().substr(1), std::string()})
    BOOST_TEST(Digest::from_hex(wrong).has_error());
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(armor)

constexpr std::string_view begin_line = "-----BEGIN AGE ENCRYPTED FILE-----";
constexpr std::string_view end_line = "-----END AGE ENCRYPTED FILE-----";

std::string armored(ByteView bytes, std::size_t piece = 7) {
  MemorySink sink;
  ArmorWriter writer(sink);
  for (; !bytes.empty(); bytes = bytes.subspan(std::min(piece, bytes.size())))
    writer.write(bytes.first(std::min(piece, bytes.size()))).value();
  writer.finish().value();
  return std::string(as_text(sink.bytes()));
}

Result<Bytes> dearmored(std::string_view text) {
  MemorySource source(as_bytes(text));
  ArmorReader reader(source);
  Bytes bytes;
  std::array<std::byte, 5> room;
  while (true) {
    const auto count = reader.read(room);
    if (!count) return count.error();
    if (*count == 0) return bytes;
    bytes.insert(bytes.end(), room.begin(), room.begin() + static_cast<std::ptrdiff_t>(*count));
  }
}

// Lines of 64 columns and a shorter one, between the two marks.
std::string lines(std::initializer_list<std::string_view> body, std::string_view line_end = "\n") {
  std::string text(begin_line);
  text += line_end;
  for (const std::string_view line : body) (text += line) += line_end;
  text += end_line;
  text += line_end;
  return text;
}

const std::string full_line(64, 'A');

BOOST_AUTO_TEST_CASE(what_is_armored_comes_back) {
  for (const std::size_t size : {0U, 1U, 2U, 47U, 48U, 49U, 95U, 96U, 97U, 100'000U}) {
    BOOST_TEST_CONTEXT(size) {
      Bytes bytes(size);
      for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<std::byte>(i * 7);
      const std::string text = armored(bytes);
      BOOST_TEST(text == armored(bytes, 1'000'000));
      const auto back = dearmored(text);
      BOOST_TEST_REQUIRE(back.has_value());
      BOOST_TEST((*back == bytes));
    }
  }
}

BOOST_AUTO_TEST_CASE(armor_looks_as_pem_does) {
  BOOST_TEST(armored(Bytes(50)) == lines({full_line, "AAA="}));
  BOOST_TEST(armored(Bytes(48)) == lines({full_line}));
  BOOST_TEST(armored({}) == lines({}));
}

BOOST_AUTO_TEST_CASE(armor_may_have_crlf_and_white_space_around_it) {
  const std::string text = lines({full_line, "AAA="});
  const std::string spaces = " \t\r\n\n" + std::string(900, ' ') + "\n";
  for (const std::string& allowed :
       {text, lines({full_line, "AAA="}, "\r\n"), text.substr(0, text.size() - 1), spaces + text,
        text + spaces}) {
    const auto bytes = dearmored(allowed);
    BOOST_TEST_REQUIRE(bytes.has_value());
    BOOST_TEST(bytes->size() == 50U);
  }
}

BOOST_AUTO_TEST_CASE(armor_is_refused_where_it_could_be_read_in_two_ways) {
  const std::string text = lines({full_line, "AAA="});
  const std::string other_label = "-----BEGIN PGP MESSAGE-----\nAAAA\n-----END PGP MESSAGE-----\n";
  for (const std::string& wrong :
       {lines({"AAA=", full_line}),            // short line before a full one
        lines({full_line, "AAA=", ""}),        // empty line
        lines({"", full_line}),                //
        lines({full_line + "AAAA"}),           // long line
        lines({full_line, "AAA"}),             // no padding
        lines({full_line, "AAB="}),            // not canonical
        lines({full_line, "AAA= "}),           // white space inside
        lines({full_line, " AAA="}),           //
        text + "x",                            // something after it
        text + text,                           //
        std::string(1025, '\n') + text,        // too much white space
        text + std::string(1025, '\n'),        //
        text.substr(0, text.size() - 3),       // end line cut
        std::string(begin_line) + "\nAAAA\n",  // no end line
        std::string(begin_line),               //
        " " + text,                            // the mark does not begin its line
        other_label, std::string("-----begin age encrypted file-----\nAAAA\n"), std::string()}) {
    BOOST_TEST_CONTEXT(wrong) {
      const auto bytes = dearmored(wrong);
      BOOST_TEST_REQUIRE(bytes.has_error());
      BOOST_TEST(bytes.error().code == make_error_code(SealError::bad_armor));
      BOOST_TEST(bytes.error().sentence.starts_with("armor, line "));
    }
  }
}

BOOST_AUTO_TEST_CASE(after_an_error_nothing_more_is_released) {
  const std::string text = lines({full_line, "****", "AAAA"});
  MemorySource source(as_bytes(text));
  ArmorReader reader(source);
  std::array<std::byte, 48> room;
  BOOST_TEST(reader.read(room).value() == 48U);
  BOOST_TEST(reader.read(room).has_error());
  BOOST_TEST(reader.read(room).has_error());
}

BOOST_AUTO_TEST_CASE(the_first_byte_tells_armor) {
  BOOST_TEST(looks_armored(std::byte{'-'}));
  BOOST_TEST(looks_armored(std::byte{'\n'}));
  BOOST_TEST(!looks_armored(std::byte{'a'}));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace fieldnote::seal
