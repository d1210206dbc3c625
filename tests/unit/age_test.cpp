// Whole age files: who opens them, who does not, and what becomes of headers made to mislead.
#include <array>
#include <boost/test/unit_test.hpp>

#include "seal/age_reader.hpp"
#include "seal/age_writer.hpp"
#include "seal/armor.hpp"
#include "seal/base64.hpp"
#include "seal/header.hpp"
#include "seal/scrypt_stanza.hpp"
#include "seal/seal_error.hpp"
#include "seal/x25519_stanza.hpp"

namespace fieldnote::seal {
namespace {

using platform::as_bytes;
using platform::as_text;
using platform::MemorySink;
using platform::MemorySource;

constexpr std::string_view plaintext = "what a person did";
constexpr unsigned light_work = 4;

std::vector<X25519Identity> identities(std::size_t count) {
  std::vector<X25519Identity> all;
  for (std::size_t i = 0; i < count; ++i) all.push_back(X25519Identity::generate());
  return all;
}

std::vector<X25519Recipient> recipients_of(std::span<const X25519Identity> all) {
  std::vector<X25519Recipient> recipients;
  for (const X25519Identity& identity : all) recipients.push_back(identity.recipient());
  return recipients;
}

std::string sealed_to(std::span<const X25519Identity> all, std::string_view text = plaintext) {
  MemorySink sink;
  auto writer = AgeWriter::open(sink, recipients_of(all)).value();
  writer.write(as_bytes(text)).value();
  writer.finish().value();
  return std::string(as_text(sink.bytes()));
}

Result<std::string> drain(Result<AgeReader> reader) {
  if (!reader) return reader.error();
  std::string text;
  std::array<std::byte, 100> room;
  while (true) {
    const auto count = reader->read(room);
    if (!count) return count.error();
    if (*count == 0) return text;
    text += as_text(ByteView(room).first(*count));
  }
}

Result<std::string> opened(std::string_view file, std::span<const X25519Identity> all) {
  MemorySource source(as_bytes(file));
  return drain(AgeReader::open(source, all));
}

Result<std::string> opened(std::string_view file, std::string_view passphrase,
                           unsigned max_log_n = 22) {
  MemorySource source(as_bytes(file));
  return drain(AgeReader::open(source, SecretText(passphrase), max_log_n));
}

void check_refused(const Result<std::string>& result, SealError error) {
  BOOST_TEST_REQUIRE(result.has_error());
  BOOST_TEST(result.error().code == make_error_code(error));
}

// A file with these stanzas, a good MAC, and a nonce; nobody gets as far as its payload.
std::string file_with(const std::vector<Stanza>& stanzas, const FileKey& file_key) {
  return header_text(stanzas, file_key) + std::string(16, 'n');
}

BOOST_AUTO_TEST_SUITE(age)

BOOST_AUTO_TEST_CASE(each_of_several_recipients_opens_it) {
  const auto all = identities(5);
  const std::string file = sealed_to(all);
  for (const X25519Identity& identity : all)
    BOOST_TEST(opened(file, {&identity, 1}).value() == plaintext);
  BOOST_TEST(opened(file, all).value() == plaintext);
}

BOOST_AUTO_TEST_CASE(another_identity_does_not) {
  const std::string file = sealed_to(identities(2));
  check_refused(opened(file, identities(3)), SealError::no_match);
  check_refused(opened(file, std::span<const X25519Identity>()), SealError::no_match);
  check_refused(opened(file, "a passphrase"), SealError::no_match);
}

BOOST_AUTO_TEST_CASE(to_seal_to_nobody_is_refused) {
  MemorySink sink;
  const auto writer = AgeWriter::open(sink, std::span<const X25519Recipient>());
  BOOST_TEST_REQUIRE(writer.has_error());
  BOOST_TEST(writer.error().code == make_error_code(SealError::no_recipients));
  BOOST_TEST(sink.bytes().empty());
}

BOOST_AUTO_TEST_CASE(nothing_repeats_from_one_file_to_the_next) {
  const auto one = identities(1);
  const std::string a = sealed_to(one), b = sealed_to(one);
  const std::size_t share = a.find("X25519 ") + 7;
  BOOST_TEST(a.substr(share, 43) != b.substr(share, 43));  // the ephemeral key
  BOOST_TEST(a.substr(a.size() - 60) != b.substr(b.size() - 60));
  BOOST_TEST(a.size() == b.size());
}

BOOST_AUTO_TEST_CASE(armor_is_found_by_itself) {
  const auto one = identities(1);
  MemorySink sink;
  ArmorWriter armor(sink);
  auto writer = AgeWriter::open(armor, recipients_of(one)).value();
  writer.write(as_bytes(plaintext)).value();
  writer.finish().value();
  armor.finish().value();
  std::string file(as_text(sink.bytes()));
  BOOST_TEST(opened(file, one).value() == plaintext);
  BOOST_TEST(opened(file.insert(0, 1, '\n'), one).value() == plaintext);
}

BOOST_AUTO_TEST_CASE(cut_anywhere_it_is_refused) {
  const auto one = identities(1);
  const std::string file = sealed_to(one);
  for (std::size_t size = 0; size < file.size(); ++size)
    BOOST_TEST(opened(file.substr(0, size), one).has_error(), "cut to " << size);
}

BOOST_AUTO_TEST_CASE(changed_anywhere_it_is_refused) {
  const auto one = identities(1);
  std::string file = sealed_to(one);
  for (std::size_t i = 0; i < file.size(); ++i) {
    file[i] = static_cast<char>(file[i] ^ 1);
    BOOST_TEST(opened(file, one).has_error(), "byte " << i);
    file[i] = static_cast<char>(file[i] ^ 1);
  }
}

BOOST_AUTO_TEST_CASE(a_stanza_added_later_breaks_the_mac) {
  const auto one = identities(1);
  std::string file = sealed_to(one);
  file.insert(file.find("---"), "-> joint oil-of-vitriol\n\n");
  check_refused(opened(file, one), SealError::bad_mac);
}

BOOST_AUTO_TEST_CASE(unknown_stanzas_are_passed_over) {
  const auto one = identities(1);
  const FileKey file_key = new_file_key();
  const std::vector<Stanza> stanzas = {{"ssh-rsa", {"+"}, Bytes(48)},
                                       wrap_to_recipient(file_key, one.front().recipient()),
                                       {"x25519", {"other", "case"}, {}}};
  const std::string file = file_with(stanzas, file_key);
  MemorySource source(as_bytes(file));
  BOOST_TEST(AgeReader::open(source, one).has_value());
}

BOOST_AUTO_TEST_CASE(a_share_of_low_order_is_refused) {
  const auto one = identities(1);
  const FileKey file_key = new_file_key();
  Stanza stanza = wrap_to_recipient(file_key, one.front().recipient());
  for (const int lowest : {0, 1}) {
    std::array<std::byte, 32> point{};
    point[0] = static_cast<std::byte>(lowest);
    stanza.arguments = {base64_encode(point, Base64Padding::unpadded)};
    check_refused(opened(file_with({stanza}, file_key), one), SealError::bad_header);
  }
}

BOOST_AUTO_TEST_CASE(a_body_of_another_length_is_refused_before_it_is_decrypted) {
  const auto one = identities(1);
  const FileKey file_key = new_file_key();
  Stanza stanza = wrap_to_recipient(file_key, one.front().recipient());
  stanza.body.push_back(std::byte{0});
  check_refused(opened(file_with({stanza}, file_key), one), SealError::bad_header);
}

BOOST_AUTO_TEST_CASE(a_header_has_limits) {
  const auto one = identities(1);
  const std::string start = "age-encryption.org/v1\n";
  // An argument that just fits, and one that does not.
  const std::string most = "-> " + std::string(max_header_line - 3, 'x') + "\n\n";
  const std::string more = "-> " + std::string(max_header_line - 2, 'x') + "\n\n";
  const std::string mac = "--- " + std::string(43, 'A') + "\n" + std::string(16, 'n');
  check_refused(opened(start + most + mac, one), SealError::no_match);
  check_refused(opened(start + more + mac, one), SealError::bad_header);
  // Stanzas without end: refused when the limit is reached, not when memory is.
  std::string endless = start;
  while (endless.size() < 2 * max_header_size) endless += most;
  MemorySource source(as_bytes(endless));
  const auto reader = AgeReader::open(source, one);
  BOOST_TEST_REQUIRE(reader.has_error());
  BOOST_TEST(reader.error().code == make_error_code(SealError::bad_header));
  std::array<std::byte, 1> next;
  BOOST_TEST(source.read(next).value() == 1U);
}

BOOST_AUTO_TEST_CASE(a_header_is_read_in_one_way_only) {
  const auto one = identities(1);
  const std::string start = "age-encryption.org/v1\n";
  const std::string full(64, 'A');
  const std::string mac = "--- " + std::string(43, 'A') + "\n";
  // What is right but for nobody at hand is `no_match`; what could be read otherwise is refused.
  for (const std::string right : {"-> a\n\n", "-> a b\nAAA\n"})
    check_refused(opened(start + right + mac, one), SealError::no_match);
  check_refused(opened(start + "-> a\n" + full + "\n\n" + mac, one), SealError::no_match);
  for (const std::string& wrong :
       std::vector<std::string>{"",                                  // no stanza
                                "-> a\n",                            // no body line
                                "-> a\n" + full + "\n",              // no short line at its end
                                "-> a\n" + full + "AAAA\n",          // a long line
                                "-> a\nAAA\nAAA\n",                  // two short lines
                                "-> a\nAAB\n",                       // not canonical
                                "-> a\nAAA=\n",                      // padding
                                "-> a\r\n\r\n",                      // CRLF
                                "->  a\n\n", "-> a \n\n", "->\n\n",  // an empty argument
                                "-> a\x7f\n\n", "-> \xc3\xa9\n\n",   // not visible ASCII
                                "--> a\n\n", "\n"}) {
    BOOST_TEST_CONTEXT(wrong) {
      check_refused(opened(start + wrong + mac, one), SealError::bad_header);
    }
  }
  const std::string stanza = start + "-> a\n\n";
  for (const std::string& wrong : std::vector<std::string>{
           "---\n", "--- \n", "--- " + std::string(42, 'A') + "\n",
           "---  " + std::string(43, 'A') + "\n", "--- " + std::string(43, 'A') + " \n",
           "--- " + std::string(43, 'A') + "\r\n", "--- " + std::string(43, 'A'),
           "--- " + std::string(43, 'A') + "=\n"}) {
    BOOST_TEST_CONTEXT(wrong) {
      check_refused(opened(stanza + wrong, one), SealError::bad_header);
    }
  }
}

BOOST_AUTO_TEST_CASE(a_stanza_of_ours_has_one_argument) {
  const auto one = identities(1);
  const FileKey file_key = new_file_key();
  Stanza stanza = wrap_to_recipient(file_key, one.front().recipient());
  stanza.arguments.emplace_back("more");
  check_refused(opened(file_with({stanza}, file_key), one), SealError::bad_header);
  stanza.arguments.clear();
  check_refused(opened(file_with({stanza}, file_key), one), SealError::bad_header);
}

BOOST_AUTO_TEST_CASE(a_refused_header_is_told_by_its_line) {
  const auto result = opened("age-encryption.org/v1\n-> X25519 a\nAAA=\n", identities(1));
  BOOST_TEST_REQUIRE(result.has_error());
  BOOST_TEST(result.error().sentence.starts_with("age header, line 3: "));
  check_refused(opened("age-encryption.org/v2\n", identities(1)), SealError::bad_header);
  check_refused(opened("PK\x03\x04", identities(1)), SealError::bad_header);
}

class FailingSource final : public platform::ByteSource {
 public:
  explicit FailingSource(std::string_view before) : before_(as_bytes(before)) {}
  Result<std::size_t> read(std::span<std::byte> room) override {
    const auto count = before_.read(room);
    if (count && *count == 0) return os_error(EIO, "a worn disk");
    return count;
  }

 private:
  MemorySource before_;
};

BOOST_AUTO_TEST_CASE(an_error_of_the_disk_is_not_called_an_error_of_the_file) {
  const auto one = identities(1);
  const std::string file = sealed_to(one);
  for (std::size_t size = 0; size < file.size(); ++size) {
    FailingSource source(std::string_view(file).substr(0, size));
    const auto result = drain(AgeReader::open(source, one));
    BOOST_TEST_REQUIRE(result.has_error());
    BOOST_TEST(result.error().code.value() == EIO);
  }
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(age_passphrase)

std::string sealed_with(std::string_view passphrase) {
  MemorySink sink;
  auto writer = AgeWriter::open(sink, SecretText(passphrase), light_work).value();
  writer.write(as_bytes(plaintext)).value();
  writer.finish().value();
  return std::string(as_text(sink.bytes()));
}

BOOST_AUTO_TEST_CASE(the_passphrase_opens_it_and_nothing_else_does) {
  const std::string file = sealed_with("correct horse");
  BOOST_TEST(opened(file, "correct horse").value() == plaintext);
  check_refused(opened(file, "correct hors"), SealError::no_match);
  check_refused(opened(file, identities(1)), SealError::no_match);
}

BOOST_AUTO_TEST_CASE(work_beyond_the_cap_is_refused_before_it_is_done) {
  const std::string file = sealed_with("p");
  check_refused(opened(file, "p", light_work - 1), SealError::bad_header);
  for (const std::string_view log_n : {"23", "99999999999999999999", "+4", "04", "0", "4 "}) {
    std::string changed = file;
    const std::size_t at = changed.find('\n', changed.find("scrypt")) - 1;
    changed.replace(at, 1, log_n);
    check_refused(opened(changed, "p"), SealError::bad_header);
  }
}

BOOST_AUTO_TEST_CASE(a_passphrase_stanza_stands_alone) {
  const auto one = identities(1);
  const FileKey file_key = new_file_key();
  const std::string file = file_with({wrap_to_passphrase(file_key, SecretText("p"), light_work),
                                      wrap_to_recipient(file_key, one.front().recipient())},
                                     file_key);
  check_refused(opened(file, "p"), SealError::bad_header);
  check_refused(opened(file, one), SealError::bad_header);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace fieldnote::seal
