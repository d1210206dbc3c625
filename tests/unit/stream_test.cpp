// STREAM: sizes about the edges of a chunk, and every way to change, cut or reorder a payload.
#include "seal/stream.hpp"

#include <array>
#include <boost/test/unit_test.hpp>
#include <stdexcept>

#include "seal/seal_error.hpp"

namespace fieldnote::seal {
namespace {

using platform::Bytes;
using platform::MemorySink;
using platform::MemorySource;

Key32 key() {
  Key32 key;
  key.bytes()[0] = std::byte{42};
  return key;
}

Bytes numbered(std::size_t size) {
  Bytes bytes(size);
  for (std::size_t i = 0; i < size; ++i)
    bytes[i] = static_cast<std::byte>(i ^ (i >> 8) ^ (i >> 16));
  return bytes;
}

Bytes sealed(ByteView bytes, std::size_t piece = 10'007) {
  MemorySink sink;
  StreamWriter writer(sink, key());
  for (; !bytes.empty(); bytes = bytes.subspan(std::min(piece, bytes.size())))
    writer.write(bytes.first(std::min(piece, bytes.size()))).value();
  writer.finish().value();
  return sink.take();
}

struct Opened {
  Bytes released;
  Result<void> end;
};

Opened opened(ByteView bytes) {
  MemorySource source(bytes);
  StreamReader reader(source, key());
  Opened result;
  std::array<std::byte, 9'999> room;
  while (true) {
    const auto count = reader.read(room);
    if (!count) {
      result.end = count.error();
      BOOST_TEST(reader.read(room).has_error());  // an error is final
      return result;
    }
    if (*count == 0) return result;
    result.released.insert(result.released.end(), room.begin(),
                           room.begin() + static_cast<std::ptrdiff_t>(*count));
  }
}

// `bytes` are refused, and no more than the first `chunks` chunks of `plaintext` come out.
void check_refused(ByteView bytes, ByteView plaintext, std::size_t chunks) {
  const Opened result = opened(bytes);
  BOOST_TEST_REQUIRE(result.end.has_error());
  BOOST_TEST(result.end.error().code == make_error_code(SealError::bad_payload));
  const std::size_t released = std::min(chunks * chunk_size, plaintext.size());
  BOOST_TEST(result.released.size() == released);
  BOOST_TEST(std::equal(result.released.begin(), result.released.end(), plaintext.begin()));
}

Bytes joined(std::initializer_list<ByteView> parts) {
  Bytes bytes;
  for (const ByteView part : parts) bytes.insert(bytes.end(), part.begin(), part.end());
  return bytes;
}

ByteView chunk(const Bytes& bytes, std::size_t number) {
  const ByteView rest = ByteView(bytes).subspan(number * sealed_chunk_size);
  return rest.first(std::min(rest.size(), sealed_chunk_size));
}

BOOST_AUTO_TEST_SUITE(stream)

BOOST_AUTO_TEST_CASE(every_size_comes_back_and_is_as_long_as_the_specification_says) {
  for (const std::size_t size : {0U, 1U, 65'535U, 65'536U, 65'537U, 131'072U, 131'073U, 400'000U}) {
    BOOST_TEST_CONTEXT(size) {
      const Bytes plaintext = numbered(size);
      const Bytes bytes = sealed(plaintext);
      BOOST_TEST(bytes.size() == size + 16 * std::max<std::size_t>(1, (size + 65'535) / 65'536));
      BOOST_TEST((bytes == sealed(plaintext, 1'000'000)));
      const Opened result = opened(bytes);
      BOOST_TEST(result.end.has_value());
      BOOST_TEST((result.released == plaintext));
    }
  }
}

BOOST_AUTO_TEST_CASE(nonces_count_in_big_endian_and_mark_the_final_chunk) {
  ChunkCounter counter;
  for (int i = 0; i < 0x0102; ++i) counter.advance();
  AeadNonce expected{};
  expected[9] = std::byte{1};
  expected[10] = std::byte{2};
  BOOST_TEST((counter.nonce(false) == expected));
  expected[11] = std::byte{1};
  BOOST_TEST((counter.nonce(true) == expected));
}

BOOST_AUTO_TEST_CASE(an_end_cut_off_is_noticed) {
  const Bytes plaintext = numbered(2 * chunk_size + 100);
  const Bytes bytes = sealed(plaintext);
  check_refused({}, plaintext, 0);
  check_refused(ByteView(bytes).first(15), plaintext, 0);
  check_refused(ByteView(bytes).first(sealed_chunk_size - 1), plaintext, 0);
  check_refused(ByteView(bytes).first(sealed_chunk_size), plaintext, 1);
  check_refused(ByteView(bytes).first(sealed_chunk_size + 16), plaintext, 1);
  check_refused(ByteView(bytes).first(2 * sealed_chunk_size), plaintext, 2);
  check_refused(ByteView(bytes).first(bytes.size() - 1), plaintext, 2);
}

BOOST_AUTO_TEST_CASE(a_full_final_chunk_cut_off_is_noticed) {
  const Bytes plaintext = numbered(2 * chunk_size);
  const Bytes bytes = sealed(plaintext);
  check_refused(ByteView(bytes).first(sealed_chunk_size), plaintext, 1);
}

BOOST_AUTO_TEST_CASE(chunks_reordered_repeated_or_left_out_are_noticed) {
  const Bytes plaintext = numbered(3 * chunk_size + 5);
  const Bytes bytes = sealed(plaintext);
  const ByteView a = chunk(bytes, 0), b = chunk(bytes, 1), c = chunk(bytes, 2),
                 last = chunk(bytes, 3);
  check_refused(joined({b, a, c, last}), plaintext, 0);
  check_refused(joined({a, c, b, last}), plaintext, 1);
  check_refused(joined({a, a, b, c, last}), plaintext, 1);
  check_refused(joined({a, b, last}), plaintext, 2);
  check_refused(joined({last}), plaintext, 0);
}

BOOST_AUTO_TEST_CASE(what_follows_the_final_chunk_is_noticed) {
  const Bytes one_byte(1);
  const Bytes plaintext = numbered(chunk_size);
  const Bytes bytes = sealed(plaintext);
  check_refused(joined({bytes, one_byte}), plaintext, 1);
  check_refused(joined({bytes, bytes}), plaintext, 1);
  // After a short one nothing tells where it ends.
  const Bytes short_plaintext = numbered(10);
  check_refused(joined({sealed(short_plaintext), one_byte}), short_plaintext, 0);
}

BOOST_AUTO_TEST_CASE(an_empty_chunk_ends_only_an_empty_payload) {
  const Bytes plaintext = numbered(chunk_size);
  AeadSealer sealer(key());
  ChunkCounter counter;
  Bytes first(sealed_chunk_size), last(aead_tag_size);
  sealer.seal(counter.nonce(false), plaintext, first);
  counter.advance();
  sealer.seal(counter.nonce(true), {}, last);
  check_refused(joined({first, last}), plaintext, 1);
}

BOOST_AUTO_TEST_CASE(every_flipped_bit_is_noticed) {
  const Bytes plaintext = numbered(chunk_size + 3);
  Bytes bytes = sealed(plaintext);
  for (const std::size_t at : {std::size_t{0}, chunk_size - 1, chunk_size, sealed_chunk_size - 1}) {
    for (const unsigned bit : {0U, 7U}) {
      bytes[at] ^= std::byte{1} << bit;
      check_refused(bytes, plaintext, 0);
      bytes[at] ^= std::byte{1} << bit;
    }
  }
  for (std::size_t at = sealed_chunk_size; at < bytes.size(); ++at) {
    for (unsigned bit = 0; bit < 8; ++bit) {
      bytes[at] ^= std::byte{1} << bit;
      check_refused(bytes, plaintext, 1);
      bytes[at] ^= std::byte{1} << bit;
    }
  }
}

BOOST_AUTO_TEST_CASE(another_key_opens_nothing) {
  const Bytes bytes = sealed(numbered(100));
  MemorySource source(bytes);
  StreamReader reader(source, Key32());
  std::array<std::byte, 200> room{};
  BOOST_TEST(reader.read(room).has_error());
  BOOST_TEST((room == std::array<std::byte, 200>{}));
}

BOOST_AUTO_TEST_CASE(plaintext_that_is_not_authentic_is_wiped) {
  std::array<std::byte, 10 + aead_tag_size> chunk;
  AeadSealer(key()).seal(AeadNonce{}, numbered(10), chunk);
  std::array<std::byte, 10> room;
  BOOST_TEST(AeadOpener(key()).open(AeadNonce{}, chunk, room));
  chunk.back() ^= std::byte{1};
  BOOST_TEST(!AeadOpener(key()).open(AeadNonce{}, chunk, room));
  BOOST_TEST((room == std::array<std::byte, 10>{}));
}

BOOST_AUTO_TEST_CASE(to_write_after_the_end_is_a_bug) {
  MemorySink sink;
  StreamWriter writer(sink, key());
  writer.finish().value();
  BOOST_CHECK_THROW((void)writer.write({}), std::logic_error);
  BOOST_CHECK_THROW((void)writer.finish(), std::logic_error);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace fieldnote::seal
