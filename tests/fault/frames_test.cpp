// A browser that does not behave: frames byte by byte, half, too long, or nonsense.
#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>
#include <thread>

#include "workplace.hpp"

namespace fieldnote::fault {
namespace {

constexpr std::uint32_t longest_frame = 8 << 20;

struct Scene {
  Workplace workplace;
  Chance chance{1};
  Browser browser{chance};
  Process host{workplace.host()};
  Port port{host};

  void attach() {
    browser.talk(port);
    BOOST_REQUIRE_MESSAGE(browser.attached(), browser.breach() << browser.sentence());
  }
  boost::json::object answer() {
    auto message = port.next();
    BOOST_REQUIRE_MESSAGE(message, "the host says nothing: " << host.errors());
    return *message;
  }
  void require_error(std::string_view name) {
    const auto message = answer();
    BOOST_TEST(message.at("type").as_string() == "error");
    BOOST_TEST(message.at("name").as_string() == name);
  }
  void require_works_on() {
    BOOST_REQUIRE_MESSAGE(browser.settled(), browser.breach() << browser.sentence());
    host.close_input();
    BOOST_REQUIRE(host.wait(milliseconds(2000)).has_value());
    const std::string fault = workplace.fault_in_working_on(browser);
    BOOST_REQUIRE_MESSAGE(fault.empty(), fault);
  }
};

// A batch that is one good event and blanks up to the length.
std::string batch_of_length(std::size_t length) {
  std::string text =
      R"({"type":"batch","seq":1,"events":[{"kind":"navigate","document":"00112233445566ff","n":0,)"
      R"("tab":1,"frame":0,"navigation":"load","url":"https://crm.example.com/"}])";
  text.resize(length - 1, ' ');
  return text + '}';
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(frames, Scene)

BOOST_AUTO_TEST_CASE(a_batch_that_comes_byte_by_byte_is_stored) {
  attach();
  const std::string bytes = framed(batch_of_length(300));
  for (const char byte : bytes) {
    port.post_bytes(std::string_view(&byte, 1));
    BOOST_REQUIRE(port.write());
    std::this_thread::sleep_for(std::chrono::microseconds(200));
  }
  const auto ack = answer();
  BOOST_TEST(ack.at("type").as_string() == "ack");
  BOOST_TEST(ack.at("stored").to_number<int>() == 1);
}

BOOST_AUTO_TEST_CASE(an_input_that_ends_in_a_frame_costs_what_stood_before_it_nothing) {
  attach();
  browser.work(20);
  browser.talk(port);
  BOOST_REQUIRE(browser.settled());
  const std::string bytes = framed(batch_of_length(300));
  port.post_bytes(std::string_view(bytes).substr(0, bytes.size() / 2));
  BOOST_REQUIRE(port.write());
  host.close_input();
  require_error("frame_truncated");
  require_works_on();
}

BOOST_AUTO_TEST_CASE(a_frame_of_8_mib_is_taken) {
  attach();
  port.post(batch_of_length(longest_frame));
  const auto ack = answer();
  BOOST_TEST(ack.at("type").as_string() == "ack");
  BOOST_TEST(ack.at("stored").to_number<int>() == 1);
}

BOOST_AUTO_TEST_CASE(a_frame_of_8_mib_and_a_byte_is_refused_by_its_length) {
  attach();
  const std::uint32_t length = longest_frame + 1;
  port.post_bytes(std::string_view(reinterpret_cast<const char*>(&length), sizeof length));
  require_error("frame_too_large");
  BOOST_REQUIRE(host.wait(milliseconds(2000)).has_value());
  browser.disconnect();
  require_works_on();
}

BOOST_AUTO_TEST_CASE(a_length_of_4_gib_takes_no_memory) {
  attach();
  const long before = host.status("VmHWM");
  port.post_bytes("\xff\xff\xff\xff");
  BOOST_REQUIRE(port.write());
  require_error("frame_too_large");
  const long after = host.status("VmHWM");
  // -1: it has ended already, and was seen by its error alone.
  BOOST_TEST((after < 0 || after < before + 1024));
}

BOOST_AUTO_TEST_CASE(empty_frames_and_nonsense_are_told_and_survived) {
  attach();
  port.post("");
  require_error("frame_empty");
  port.post("nonsense");
  require_error("frame_unreadable");
  port.post("[1,2,3]");
  require_error("frame_unreadable");
  port.post(R"({"type":"attach","type":"attach"})");
  require_error("frame_unreadable");
  port.post(R"({"type":"weather"})");
  require_error("message_unknown");
  port.post(std::string("\xed\xa0\x80\0\xff", 5));
  require_error("frame_unreadable");
  browser.work(3);
  browser.talk(port);
  require_works_on();
}

BOOST_AUTO_TEST_CASE(a_double_key_costs_its_event_and_no_other) {
  attach();
  std::string batch = batch_of_length(300);
  const std::string event = batch.substr(batch.find("[{") + 1, batch.find("}]") - batch.find("[{"));
  std::string doubled = event;
  doubled.insert(1, R"("kind":"navigate",)");
  port.post(R"({"type":"batch","seq":1,"events":[)" + event + ',' + doubled + ',' + event + "]}");
  const auto ack = answer();
  BOOST_REQUIRE(ack.at("type").as_string() == "ack");
  BOOST_TEST(ack.at("stored").to_number<int>() == 2);
  BOOST_TEST(ack.at("refused").at("duplicate_key").to_number<int>() == 1);
}

BOOST_AUTO_TEST_CASE(of_a_batch_that_cannot_be_read_only_the_bad_event_is_lost) {
  for (int round = 0; round < 8; ++round) {
    browser.work(chance.number(40));
    browser.work_unreadably(1 + chance.number(16));
    browser.work(chance.number(40));
  }
  browser.talk(port);
  BOOST_TEST(std::count(browser.errors().begin(), browser.errors().end(), "batch_unreadable") >=
             16);
  require_works_on();
}

BOOST_AUTO_TEST_CASE(a_batch_that_comes_again_is_acked_and_stored_once) {
  attach();
  for (int i = 0; i < 3; ++i) port.post(batch_of_length(300));
  BOOST_TEST(answer().at("stored").to_number<int>() == 1);
  for (int i = 0; i < 2; ++i) {
    const auto again = answer();
    BOOST_TEST(again.at("stored").to_number<int>() == 0);
    BOOST_TEST(again.at("duplicate").as_bool());
  }
  host.close_input();
  BOOST_REQUIRE(host.wait(milliseconds(2000)).has_value());
  const Outcome held = workplace.run({"held", "--json"});
  BOOST_TEST(std::count(held.output.begin(), held.output.end(), '\n') == 1);
}

BOOST_AUTO_TEST_CASE(noise_of_any_kind_ends_or_is_answered_and_never_crashes_a_host) {
  for (std::uint64_t round = 1; round <= rounds() / 4; ++round) {
    BOOST_TEST_CONTEXT("round " << round << ", FIELDNOTE_FAULT_SEED=" << seed()) {
      Chance noise(round);
      Browser other(noise);
      Process noisy = workplace.host();
      Port noisy_port(noisy);
      other.work(3);
      if (noise.one_in(2)) other.talk(noisy_port);
      std::string frame = batch_of_length(400);
      for (std::uint64_t flips = 1 + noise.number(8); flips > 0; --flips)
        frame[noise.number(frame.size())] = static_cast<char>(noise.number(256));
      std::string bytes = framed(frame);
      if (noise.one_in(4)) bytes[noise.number(4)] = static_cast<char>(noise.number(256));
      noisy_port.post_bytes(bytes);
      noisy_port.write();
      noisy.close_input();
      const auto end = noisy.wait(milliseconds(2000));
      BOOST_REQUIRE_MESSAGE(end, "the host does not end");
      BOOST_REQUIRE_MESSAGE(*end == End{0}, "signal " << end->signal << ' ' << noisy.errors());
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace fieldnote::fault
