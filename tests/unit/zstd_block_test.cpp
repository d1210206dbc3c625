// Short texts there and back, and frames that are refused before memory is taken for them.
#include "seal/zstd_block.hpp"

#include <boost/test/unit_test.hpp>

#include "seal/seal_error.hpp"

namespace fieldnote::seal {
namespace {

using platform::as_bytes;
using platform::as_text;
using platform::Bytes;
using platform::ByteView;

constexpr std::size_t most = 1 << 20;

Bytes compressed(ZstdBlock& block, std::string_view text) {
  const ByteView frame = block.compress(as_bytes(text));
  return {frame.begin(), frame.end()};
}

void check_refused(const Result<ByteView>& result) {
  BOOST_TEST_REQUIRE(result.has_error());
  BOOST_TEST(result.error().code == make_error_code(SealError::bad_compression));
}

BOOST_AUTO_TEST_SUITE(zstd_block)

BOOST_AUTO_TEST_CASE(what_is_compressed_comes_back) {
  ZstdBlock block;
  // Long after short and short after long: the room is kept.
  for (const std::size_t size : {0U, 1U, 500U, 1'000'000U, 7U, 70'000U}) {
    std::string text;
    for (std::size_t i = 0; i < size; ++i) text += "abcdefgh"[i * i % 7];
    const Bytes frame = compressed(block, text);
    BOOST_TEST((size < 100 || frame.size() < size / 3));
    const auto expanded = block.expand(frame, most);
    BOOST_TEST_REQUIRE(expanded.has_value(), size);
    BOOST_TEST((as_text(*expanded) == text), size);
  }
}

BOOST_AUTO_TEST_CASE(what_is_no_whole_frame_is_refused) {
  ZstdBlock block;
  const Bytes frame = compressed(block, std::string(1000, 'x') + "and an end");
  for (std::size_t size = 0; size < frame.size(); ++size)
    check_refused(block.expand(ByteView(frame).first(size), most));
  Bytes longer = frame;
  longer.push_back(std::byte{0});
  check_refused(block.expand(longer, most));
  check_refused(block.expand(as_bytes(R"({"kind":"click"})"), most));
}

BOOST_AUTO_TEST_CASE(a_text_that_is_too_long_is_refused) {
  ZstdBlock block;
  const Bytes frame = compressed(block, std::string(1000, 'x'));
  BOOST_TEST(block.expand(frame, 1000).has_value());
  check_refused(block.expand(frame, 999));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace fieldnote::seal
