// A browser at the other end of a real service, with a real policy and a real spool.
#pragma once

#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>

#include "frames.hpp"
#include "policy_fixture.hpp"
#include "recorder/service.hpp"
#include "schema_form.hpp"
#include "wire.hpp"

namespace fieldnote::testing {

namespace json = boost::json;

inline const std::string our_extension = "abcdefghijklmnopabcdefghijklmnop";

// Every frame that the host sends is as message.schema.json says.
inline void check_form(const json::object& message) {
  const std::string type(message.at("type").as_string());
  check_against("message.schema.json", type, message);
}

// One start of the host with a browser at the other end.
class Browser {
 public:
  Browser(const PolicyFolder& policy, const std::filesystem::path& state,
          const std::optional<std::string>& caller = our_extension,
          const platform::Account& account = alice())
      : service_(policy.read(), account, spool::Spool::open(state), caller) {
    going = service_.on_open(out_);
    BOOST_TEST_REQUIRE(going);
    const auto greeting = taken();
    BOOST_TEST_REQUIRE(greeting.size() == 1U);
    BOOST_TEST(greeting[0].at("type") == "hello");
  }

  // What the host says to these frames when they come together.
  std::vector<json::object> send(const std::vector<std::string>& frames) {
    for (const std::string& frame : frames) {
      going = service_.on_frame(frame, out_);
      if (!going) break;
    }
    unsettled = out_;
    if (going) going = service_.on_settle(out_);
    return taken();
  }
  json::object ask(const std::string& frame) {
    const auto answers = send({frame});
    BOOST_TEST_REQUIRE(answers.size() == 1U);
    return answers[0];
  }
  json::object attach(std::string_view stream = a_stream, int protocol = 1) {
    return ask(json::serialize(json::object{{"type", "attach"},
                                            {"protocol", protocol},
                                            {"extension", "0.1.0"},
                                            {"browser", "chromium"},
                                            {"stream", stream}}));
  }
  json::object answer(const json::object& policy, bool yes) {
    return ask(consent(policy.at("notice").at("digest").as_string(), yes));
  }
  static std::string consent(std::string_view digest, bool yes) {
    return json::serialize(
        json::object{{"type", "consent"}, {"digest", digest}, {"answer", yes ? "yes" : "no"}});
  }
  std::vector<json::object> watch() {
    going = service_.on_watch(out_);
    return taken();
  }
  // Another host of this person has rung.
  std::vector<json::object> news() {
    going = service_.on_news(out_);
    return taken();
  }
  [[nodiscard]] auto look_in() const { return service_.look_in(); }
  std::vector<json::object> bad_frame(const Error& error) {
    going = service_.on_bad_frame(error, out_);
    return taken();
  }

  bool going = true;
  std::string unsettled;  // what was said before the frames were settled

 private:
  std::vector<json::object> taken() {
    auto messages = messages_in(out_);
    for (const json::object& message : messages) check_form(message);
    out_.clear();
    return messages;
  }

  std::string out_;
  recorder::Service service_;
};

inline void check_error(const json::object& message, channel::ProtocolError error) {
  BOOST_TEST_CONTEXT(json::serialize(message)) {
    BOOST_TEST_REQUIRE(message.at("type") == "error");
    BOOST_TEST(message.at("name").as_string() == channel::facts_of(error).name);
    BOOST_TEST(message.at("number").as_int64() == static_cast<int>(error));
    BOOST_TEST(!message.at("message").as_string().empty());
  }
}

inline void check_ack(const json::object& message, std::int64_t seq, std::int64_t stored) {
  BOOST_TEST_CONTEXT(json::serialize(message)) {
    BOOST_TEST_REQUIRE(message.at("type") == "ack");
    BOOST_TEST(message.at("seq").as_int64() == seq);
    BOOST_TEST(message.at("stored").as_int64() == stored);
    BOOST_TEST(!message.contains("duplicate"));
  }
}

struct Desk : PolicyFolder {
  TemporaryFolder home;
  std::filesystem::path state = home / "state";

  // Attaches and says yes.
  void say_yes(Browser& browser) const {
    const json::object policy = browser.attach();
    BOOST_TEST_REQUIRE(policy.at("state") == "ask");
    BOOST_TEST_REQUIRE(browser.answer(policy, true).at("state") == "recording");
  }
  std::vector<spool::HeldRow> held() const {
    auto spool = spool::Spool::open(state);
    BOOST_TEST_REQUIRE(spool.has_value());
    return spool->held(0, 1000).value();
  }
  std::string held_lines() const {
    std::string lines;
    for (const spool::HeldRow& row : held()) lines += row.lines;
    return lines;
  }
};

}  // namespace fieldnote::testing
