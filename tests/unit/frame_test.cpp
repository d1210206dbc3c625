// Frames of native messaging, however the bytes come.
#include "channel/frame.hpp"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cstring>

namespace fieldnote::channel {
namespace {

std::string length_only(std::uint32_t length) {
  std::string out(sizeof length, '\0');
  std::memcpy(out.data(), &length, sizeof length);
  return out;
}

// As the browser frames it: up to 4 GiB.
std::string framed(std::string_view payload) {
  return length_only(static_cast<std::uint32_t>(payload.size())) + std::string(payload);
}

// Copies as much of `bytes` as there is room for, and says how much.
std::size_t feed(FrameBuffer& buffer, std::string_view bytes) {
  const auto room = buffer.room();
  BOOST_TEST_REQUIRE(!room.empty());
  const std::size_t count = std::min(room.size(), bytes.size());
  std::copy_n(bytes.begin(), count, room.begin());
  buffer.filled(count);
  return count;
}

// Feeds all of it, calling next() only when there is a reason to.
void feed_all(FrameBuffer& buffer, std::string_view bytes) {
  while (!bytes.empty()) {
    bytes.remove_prefix(feed(buffer, bytes));
    if (!bytes.empty()) BOOST_TEST_REQUIRE(!buffer.next().has_value());
  }
}

void check_frame(FrameBuffer& buffer, std::string_view payload) {
  const auto frame = buffer.next();
  BOOST_TEST_REQUIRE(frame.has_value());
  BOOST_TEST_REQUIRE(frame->has_value());
  BOOST_TEST((**frame == payload), "a frame of " << (*frame)->size() << " bytes");
}

void check_error(FrameBuffer& buffer, ProtocolError expected) {
  const auto frame = buffer.next();
  BOOST_TEST_REQUIRE(frame.has_value());
  BOOST_TEST_REQUIRE(frame->has_error());
  BOOST_TEST(frame->error().code == make_error_code(expected));
  BOOST_TEST(!frame->error().sentence.empty());
}

BOOST_AUTO_TEST_SUITE(frame)

BOOST_AUTO_TEST_CASE(the_length_stands_before_in_the_order_of_the_machine) {
  std::string out = "before";
  append_frame(out, "{}");
  BOOST_TEST(out == "before" + length_only(2) + "{}");
}

BOOST_AUTO_TEST_CASE(byte_by_byte_a_frame_comes_when_it_is_whole) {
  FrameBuffer buffer;
  const std::string bytes = framed("{\"a\":1}");
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    BOOST_TEST(!buffer.next().has_value());
    BOOST_TEST(buffer.finish().has_value() == (i == 0));
    BOOST_TEST_REQUIRE(feed(buffer, std::string_view(bytes).substr(i, 1)) == 1U);
  }
  check_frame(buffer, "{\"a\":1}");
  BOOST_TEST(!buffer.next().has_value());
  BOOST_TEST(buffer.finish().has_value());
}

BOOST_AUTO_TEST_CASE(several_frames_in_one_read_come_in_order) {
  FrameBuffer buffer;
  feed_all(buffer, framed("{}") + framed("[1]") + framed("\"x\"") + length_only(9) + "half");
  check_frame(buffer, "{}");
  check_frame(buffer, "[1]");
  check_frame(buffer, "\"x\"");
  BOOST_TEST(!buffer.next().has_value());
  feed_all(buffer, "-done" + framed("{}"));
  check_frame(buffer, "half-done");
  check_frame(buffer, "{}");
}

BOOST_AUTO_TEST_CASE(an_empty_frame_is_said_and_the_next_one_comes) {
  FrameBuffer buffer;
  feed_all(buffer, length_only(0) + framed("{}"));
  check_error(buffer, ProtocolError::frame_empty);
  check_frame(buffer, "{}");
  BOOST_TEST(buffer.finish().has_value());
}

BOOST_AUTO_TEST_CASE(eight_mebibytes_are_taken_and_the_buffer_shrinks_again) {
  FrameBuffer buffer;
  std::string payload(max_frame_to_host, 'x');
  payload.back() = 'y';
  feed_all(buffer, framed(payload));
  check_frame(buffer, payload);
  BOOST_TEST(!buffer.next().has_value());
  BOOST_TEST(buffer.room().size() == FrameBuffer::usual_size);
  feed_all(buffer, framed("{}"));
  check_frame(buffer, "{}");
}

BOOST_AUTO_TEST_CASE(a_byte_more_is_refused_by_its_length_before_memory_is_taken) {
  for (const std::uint32_t length : {static_cast<std::uint32_t>(max_frame_to_host + 1),
                                     std::uint32_t{0x7FFFFFFF}, std::uint32_t{0xFFFFFFFF}}) {
    FrameBuffer buffer;
    feed_all(buffer, length_only(length));
    check_error(buffer, ProtocolError::frame_too_large);
    BOOST_TEST(buffer.room().size() <= FrameBuffer::usual_size);
  }
}

BOOST_AUTO_TEST_CASE(a_length_alone_takes_no_more_than_its_frame) {
  FrameBuffer buffer;
  feed_all(buffer, length_only(max_frame_to_host));
  BOOST_TEST(!buffer.next().has_value());
  BOOST_TEST(buffer.room().size() == max_frame_to_host);
}

BOOST_AUTO_TEST_CASE(the_end_is_clean_between_frames_and_truncated_inside_one) {
  const std::string bytes = framed("{}") + framed("{\"b\":2}");
  for (std::size_t size = 0; size <= bytes.size(); ++size) {
    FrameBuffer buffer;
    feed_all(buffer, std::string_view(bytes).substr(0, size));
    while (buffer.next()) {
    }
    const auto end = buffer.finish();
    const bool clean = size == 0 || size == framed("{}").size() || size == bytes.size();
    BOOST_TEST(end.has_value() == clean, "the end after " << size << " bytes");
    if (!end) BOOST_TEST(end.error().code == make_error_code(ProtocolError::frame_truncated));
  }
}

BOOST_AUTO_TEST_CASE(frames_that_lie_across_the_end_of_the_buffer_are_whole) {
  FrameBuffer buffer;
  const std::string payload(100'003, 'p');
  std::string stream;
  for (int i = 0; i < 9; ++i) stream += framed(payload);
  std::string_view rest = stream;
  int frames = 0;
  while (!rest.empty()) {
    rest.remove_prefix(feed(buffer, rest));
    while (const auto frame = buffer.next()) {
      BOOST_TEST_REQUIRE(frame->has_value());
      BOOST_TEST_REQUIRE((**frame == payload));
      ++frames;
    }
  }
  BOOST_TEST(frames == 9);
}

BOOST_AUTO_TEST_CASE(what_we_send_stays_below_what_browsers_take) {
  std::string out;
  append_frame(out, std::string(max_frame_from_host, 'x'));
  BOOST_TEST(out.size() == max_frame_from_host + 4);
  BOOST_CHECK_THROW(append_frame(out, std::string(max_frame_from_host + 1, 'x')),
                    std::length_error);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace fieldnote::channel
