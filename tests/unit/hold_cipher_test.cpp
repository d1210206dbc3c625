// What is held opens only as it was sealed, where it was sealed, under the key of this device.
#include "seal/hold_cipher.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>
#include <thread>

#include "seal/seal_error.hpp"

namespace fieldnote::seal {
namespace {

namespace fs = std::filesystem;
using platform::as_bytes;
using platform::as_text;
using platform::Bytes;
using platform::ByteView;

DeviceKey key_of(unsigned char first) {
  Secret<DeviceKey::size> bytes;
  for (std::size_t i = 0; i < bytes.size; ++i) bytes.bytes()[i] = static_cast<std::byte>(first + i);
  return DeviceKey(std::move(bytes));
}

Bytes from_hex(std::string_view text) {
  Bytes bytes;
  for (std::size_t i = 0; i < text.size(); i += 2)
    bytes.push_back(static_cast<std::byte>(std::stoi(std::string(text.substr(i, 2)), nullptr, 16)));
  return bytes;
}

Bytes sealed(HoldCipher& cipher, std::string_view text, std::string_view place) {
  const ByteView view = cipher.seal(as_bytes(text), as_bytes(place));
  return {view.begin(), view.end()};
}

void check_refused(const Result<ByteView>& result) {
  BOOST_TEST_REQUIRE(result.has_error());
  BOOST_TEST(result.error().code == make_error_code(SealError::bad_held));
}

BOOST_AUTO_TEST_SUITE(hold_cipher)

BOOST_AUTO_TEST_CASE(the_vector_of_draft_irtf_cfrg_xchacha_03_appendix_a_3_1_opens) {
  HoldCipher cipher(key_of(0x80));
  const auto opened =
      cipher.open(from_hex("404142434445464748494a4b4c4d4e4f5051525354555657"
                           "bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb"
                           "731c7f1b0b4aa6440bf3a82f4eda7e39ae64c6708c54c216cb96b72e1213b452"
                           "2f8c9ba40db5d945b11b69b982c1bb9e3f3fac2bc369488f76b2383565d3fff9"
                           "21f9664c97637da9768812f615c68b13b52e"
                           "c0875924c1c7987947deafd8780acf49"),
                  from_hex("50515253c0c1c2c3c4c5c6c7"));
  BOOST_TEST_REQUIRE(opened.has_value());
  BOOST_TEST(as_text(*opened) ==
             "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the "
             "future, sunscreen would be it.");
}

BOOST_AUTO_TEST_CASE(what_is_sealed_opens) {
  HoldCipher cipher(key_of(1));
  for (const std::size_t size : {0U, 1U, 6000U, 300U, 262'144U}) {
    const std::string text(size, 'e');
    const Bytes row = sealed(cipher, text, "stream 1, seq 2");
    BOOST_TEST(row.size() == size + HoldCipher::overhead);
    BOOST_TEST(as_text(cipher.open(row, as_bytes("stream 1, seq 2")).value()) == text);
  }
}

BOOST_AUTO_TEST_CASE(equal_texts_are_sealed_differently) {
  HoldCipher cipher(key_of(1));
  BOOST_TEST((sealed(cipher, "e", "") != sealed(cipher, "e", "")));
}

BOOST_AUTO_TEST_CASE(every_flipped_bit_is_noticed) {
  HoldCipher cipher(key_of(1));
  Bytes row = sealed(cipher, "an event", "place");
  for (std::size_t bit = 0; bit < row.size() * 8; ++bit) {
    row[bit / 8] ^= std::byte{1} << (bit % 8);
    check_refused(cipher.open(row, as_bytes("place")));
    row[bit / 8] ^= std::byte{1} << (bit % 8);
  }
  BOOST_TEST(cipher.open(row, as_bytes("place")).has_value());
}

BOOST_AUTO_TEST_CASE(cut_anywhere_it_is_refused) {
  HoldCipher cipher(key_of(1));
  const Bytes row = sealed(cipher, "an event", "place");
  for (std::size_t size = 0; size < row.size(); ++size)
    check_refused(cipher.open(ByteView(row).first(size), as_bytes("place")));
}

BOOST_AUTO_TEST_CASE(moved_to_another_place_it_is_refused) {
  HoldCipher cipher(key_of(1));
  const Bytes row = sealed(cipher, "an event", "seq 2");
  check_refused(cipher.open(row, as_bytes("seq 3")));
  check_refused(cipher.open(row, {}));
}

BOOST_AUTO_TEST_CASE(another_device_key_does_not_open_it) {
  HoldCipher cipher(key_of(1)), other(key_of(2));
  check_refused(other.open(sealed(cipher, "an event", ""), {}));
}

BOOST_AUTO_TEST_CASE(a_part_of_an_opened_row_can_be_sealed_again) {
  HoldCipher cipher(key_of(1));
  const Bytes row = sealed(cipher, "keep,delete", "");
  const ByteView opened = cipher.open(row, {}).value();
  const ByteView rewritten = cipher.seal(opened.first(4), {});
  BOOST_TEST(as_text(opened) == "keep,delete");
  BOOST_TEST(as_text(cipher.open(rewritten, {}).value()) == "keep");
}

BOOST_AUTO_TEST_SUITE_END()

// A folder of its own for each test, with the path of a key in it.
struct KeyFolder {
  KeyFolder() {
    std::string name = (fs::temp_directory_path() / "fieldnote-key-XXXXXX").string();
    BOOST_TEST_REQUIRE(::mkdtemp(name.data()) != nullptr);
    folder = name;
    path = folder / "device.key";
  }
  ~KeyFolder() { fs::remove_all(folder); }

  void write(std::size_t size, mode_t mode) const {
    std::ofstream(path) << std::string(size, 'k');
    BOOST_TEST_REQUIRE(::chmod(path.c_str(), mode) == 0);
  }
  void check_refused(std::string_view about) const {
    const auto key = DeviceKey::load_or_create(path);
    BOOST_TEST_REQUIRE(key.has_error());
    BOOST_TEST(key.error().code == make_error_code(SealError::key_file_refused));
    BOOST_TEST(key.error().sentence.starts_with(path.string() + ": "));
    BOOST_TEST(key.error().sentence.find(about) != std::string::npos);
  }

  fs::path folder;
  fs::path path;
};

BOOST_FIXTURE_TEST_SUITE(device_key, KeyFolder)

BOOST_AUTO_TEST_CASE(a_key_is_made_once_and_is_ours_alone) {
  const auto made = DeviceKey::load_or_create(path);
  BOOST_TEST_REQUIRE(made.has_value());
  struct stat facts {};
  BOOST_TEST_REQUIRE(::stat(path.c_str(), &facts) == 0);
  BOOST_TEST((facts.st_mode & 07777) == 0600U);
  BOOST_TEST(facts.st_size == 32);
  BOOST_TEST(std::distance(fs::directory_iterator(folder), {}) == 1);  // no temporary file is left
  const auto loaded = DeviceKey::load_or_create(path);
  BOOST_TEST_REQUIRE(loaded.has_value());
  BOOST_TEST(std::ranges::equal(loaded->bytes(), made->bytes()));
}

BOOST_AUTO_TEST_CASE(two_devices_have_two_keys) {
  const auto one = DeviceKey::load_or_create(path).value();
  const auto two = DeviceKey::load_or_create(folder / "other.key").value();
  BOOST_TEST(!std::ranges::equal(one.bytes(), two.bytes()));
}

BOOST_AUTO_TEST_CASE(who_starts_at_once_ends_with_one_key) {
  constexpr std::size_t starters = 8;
  std::array<Bytes, starters> keys;
  {
    std::array<std::jthread, starters> threads;
    for (std::size_t i = 0; i < starters; ++i)
      threads[i] = std::jthread([&, i] {
        const auto key = DeviceKey::load_or_create(path);
        if (key) keys[i].assign(key->bytes().begin(), key->bytes().end());
      });
  }
  for (const Bytes& key : keys) {
    BOOST_TEST(key.size() == DeviceKey::size);
    BOOST_TEST((key == keys.front()));
  }
}

BOOST_AUTO_TEST_CASE(a_key_that_others_may_read_or_write_is_refused) {
  for (const mode_t mode : {0640U, 0604U, 0620U, 0602U, 0700U, 04600U}) {
    write(32, mode);
    check_refused("chmod 600");
    fs::remove(path);
  }
  write(32, 0400);
  BOOST_TEST(DeviceKey::load_or_create(path).has_value());
}

BOOST_AUTO_TEST_CASE(a_key_of_another_size_is_refused_and_left_alone) {
  for (const std::size_t size : {0U, 31U, 33U}) {
    write(size, 0600);
    check_refused("instead of 32");
    BOOST_TEST(fs::file_size(path) == size);
  }
}

BOOST_AUTO_TEST_CASE(a_key_of_another_account_is_refused) {
  if (::geteuid() != 0) {
    BOOST_TEST_MESSAGE("only root can give a file away: not tested");
    return;
  }
  write(32, 0600);
  BOOST_TEST_REQUIRE(::chown(path.c_str(), 65534, 65534) == 0);
  check_refused("another account");
}

BOOST_AUTO_TEST_CASE(what_is_no_file_is_refused) {
  fs::create_directory(path);
  check_refused("not a regular file");
  fs::remove(path);
  fs::create_symlink("/dev/zero", path);
  check_refused("symbolic link");
  fs::remove(path);
  BOOST_TEST_REQUIRE(::mkfifo(path.c_str(), 0600) == 0);
  check_refused("not a regular file");
}

BOOST_AUTO_TEST_CASE(without_its_folder_no_key_is_made) {
  const auto key = DeviceKey::load_or_create(folder / "missing" / "device.key");
  BOOST_TEST_REQUIRE(key.has_error());
  BOOST_TEST(key.error().code.value() == ENOENT);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace fieldnote::seal
