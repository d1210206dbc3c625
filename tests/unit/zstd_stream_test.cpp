// Zstandard as a sink and a source: what goes in comes out, and an end that came too soon is told.
#include "seal/zstd_stream.hpp"

#include <array>
#include <boost/test/unit_test.hpp>
#include <stdexcept>

#include "seal/seal_error.hpp"

namespace fieldnote::seal {
namespace {

using platform::Bytes;
using platform::ByteView;
using platform::MemorySink;
using platform::MemorySource;

Bytes compressed(ByteView bytes, std::size_t piece = 1000, int level = ZstdWriter::default_level) {
  MemorySink sink;
  ZstdWriter writer(sink, level);
  for (; !bytes.empty(); bytes = bytes.subspan(std::min(piece, bytes.size())))
    writer.write(bytes.first(std::min(piece, bytes.size()))).value();
  writer.finish().value();
  return sink.take();
}

Result<Bytes> decompressed(ByteView bytes,
                           int max_window_log = ZstdReader::default_max_window_log) {
  MemorySource source(bytes);
  ZstdReader reader(source, max_window_log);
  Bytes plain;
  std::array<std::byte, 777> room;
  while (true) {
    const auto count = reader.read(room);
    if (!count) {
      BOOST_TEST(reader.read(room).has_error());  // an error is final
      return count.error();
    }
    if (*count == 0) return plain;
    plain.insert(plain.end(), room.begin(), room.begin() + static_cast<std::ptrdiff_t>(*count));
  }
}

// As poor in patterns as zstd finds anything: a linear congruential generator's high bytes.
Bytes noise(std::size_t size) {
  Bytes bytes(size);
  std::uint32_t state = 1;
  for (std::byte& byte : bytes) {
    state = state * 1664525U + 1013904223U;
    byte = static_cast<std::byte>(state >> 24);
  }
  return bytes;
}

BOOST_AUTO_TEST_SUITE(zstd_stream)

BOOST_AUTO_TEST_CASE(what_is_compressed_comes_back) {
  for (const std::size_t size : {0U, 1U, 1000U, 131'072U, 131'073U, 1'000'000U}) {
    for (const Bytes& plain : {Bytes(size), noise(size)}) {
      BOOST_TEST_CONTEXT(size) {
        const auto back = decompressed(compressed(plain));
        BOOST_TEST_REQUIRE(back.has_value());
        BOOST_TEST((*back == plain));
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(frames_in_a_row_are_one_text) {
  Bytes frames = compressed(noise(10));
  const Bytes second = compressed(noise(20));
  frames.insert(frames.end(), second.begin(), second.end());
  BOOST_TEST(decompressed(frames).value().size() == 30U);
}

BOOST_AUTO_TEST_CASE(truncated_at_any_byte_it_is_refused) {
  const Bytes bytes = compressed(noise(300));
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    const auto plain = decompressed(ByteView(bytes).first(size));
    BOOST_TEST_REQUIRE(plain.has_error(), "cut to " << size);
    BOOST_TEST(plain.error().code == make_error_code(SealError::bad_compression));
  }
}

BOOST_AUTO_TEST_CASE(a_second_frame_cut_short_is_refused) {
  const Bytes second = compressed(noise(20));
  for (std::size_t size = 1; size < second.size(); ++size) {
    Bytes frames = compressed(noise(10));
    frames.insert(frames.end(), second.begin(), second.begin() + static_cast<std::ptrdiff_t>(size));
    BOOST_TEST(decompressed(frames).has_error(), "cut to " << size);
  }
}

BOOST_AUTO_TEST_CASE(damage_is_refused) {
  const Bytes plain = noise(5000);
  Bytes bytes = compressed(plain);
  bytes[bytes.size() / 2] ^= std::byte{1};  // inside the content: the checksum's business
  BOOST_TEST(decompressed(bytes).has_error());
  Bytes trailing = compressed(plain);
  trailing.push_back(std::byte{'x'});
  BOOST_TEST(decompressed(trailing).has_error());
  BOOST_TEST(decompressed(platform::as_bytes("{\"not\":\"zstd\"}")).has_error());
}

BOOST_AUTO_TEST_CASE(a_window_beyond_the_limit_is_refused) {
  const Bytes bytes = compressed(noise(3'000'000), 1000, 19);
  BOOST_TEST(decompressed(bytes).has_value());
  const auto plain = decompressed(bytes, 20);
  BOOST_TEST_REQUIRE(plain.has_error());
  BOOST_TEST(plain.error().code == make_error_code(SealError::bad_compression));
}

BOOST_AUTO_TEST_CASE(to_write_after_the_end_is_a_bug) {
  MemorySink sink;
  ZstdWriter writer(sink);
  writer.finish().value();
  BOOST_CHECK_THROW((void)writer.write({}), std::logic_error);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace fieldnote::seal
