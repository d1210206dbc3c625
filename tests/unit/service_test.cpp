// The host's side of a connection, driven as a browser drives it, with a real policy and a real
// spool.
#include "recorder/service.hpp"

#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>

#include "desk.hpp"

namespace fieldnote::recorder {
namespace {

namespace json = boost::json;
using testing::a_batch;
using testing::batch_of;
using testing::Browser;
using testing::check_ack;
using testing::check_error;
using testing::contains;
using testing::Desk;
using testing::our_extension;

using enum channel::ProtocolError;

BOOST_FIXTURE_TEST_SUITE(service, Desk)

BOOST_AUTO_TEST_CASE(hello_says_the_range_and_the_version_and_nothing_else) {
  Service host(read(), testing::alice(), spool::Spool::open(state), our_extension);
  std::string out;
  BOOST_TEST(host.on_open(out));
  const auto messages = testing::messages_in(out);
  BOOST_TEST_REQUIRE(messages.size() == 1U);
  BOOST_TEST(messages[0] == (json::object{{"type", "hello"},
                                          {"protocol", {{"min", 1}, {"max", 1}}},
                                          {"host", FIELDNOTE_VERSION}}));
}

BOOST_AUTO_TEST_CASE(nobody_is_recorded_before_yes) {
  Browser browser(*this, state);
  const json::object policy = browser.attach();
  BOOST_TEST(policy.at("state") == "ask");
  BOOST_TEST(policy.at("next_seq") == 0);
  const json::object& notice = policy.at("notice").as_object();
  BOOST_TEST(notice.at("purpose") == "Train the support copilot");
  BOOST_TEST(notice.at("recipients").as_array().size() == 1U);
  BOOST_TEST(notice.at("review_window_hours") == 24);
  const json::object& team = policy.at("teams").at(0).as_object();
  BOOST_TEST(team.at("sites").at(0).at("url") == "https://crm.example.com/*");
  BOOST_TEST(team.at("exclude") == json::array{"https://crm.example.com/hr/*"});
  BOOST_TEST(team.at("fields").at(1).at("values") == "withheld");

  const json::object refused = browser.ask(a_batch(1));
  check_error(refused, not_recording);
  BOOST_TEST(refused.at("seq") == 1);
  BOOST_TEST(held().empty());

  BOOST_TEST(browser.answer(policy, true).at("state") == "recording");
  check_ack(browser.ask(a_batch(1, 3)), 1, 3);
  BOOST_TEST(held().size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_no_is_final_also_over_a_changed_notice_until_it_is_reopened) {
  {
    Browser browser(*this, state);
    BOOST_TEST(browser.answer(browser.attach(), false).at("state") == "declined");
    check_error(browser.ask(a_batch(1)), not_recording);
  }
  organisation["notice"].as_object()["purpose"] = "Something else";
  Browser browser(*this, state);
  const json::object policy = browser.attach();
  BOOST_TEST(policy.at("state") == "declined");
  check_error(browser.ask(a_batch(1)), not_recording);
  BOOST_TEST(browser.answer(policy, true).at("state") == "recording");
}

BOOST_AUTO_TEST_CASE(a_yes_holds_for_the_notice_that_it_was_said_to) {
  {
    Browser browser(*this, state);
    say_yes(browser);
  }
  {
    team()["tasks"] = json::array{"Another task"};
    Browser browser(*this, state);
    BOOST_TEST(browser.attach().at("state") == "recording");
  }
  organisation["review_window"] = "1h";
  Browser browser(*this, state);
  const json::object policy = browser.attach();
  BOOST_TEST(policy.at("state") == "ask");
  BOOST_TEST(contains(policy.at("why").as_string(), "asks for more"));
  check_error(browser.ask(a_batch(1)), not_recording);
}

BOOST_AUTO_TEST_CASE(an_answer_to_another_notice_is_stale) {
  Browser browser(*this, state);
  static_cast<void>(browser.attach());
  check_error(browser.ask(Browser::consent(std::string(64, '0'), true)), consent_stale);
  check_error(browser.ask(a_batch(1)), not_recording);
}

BOOST_AUTO_TEST_CASE(attach_comes_first_and_once) {
  Browser browser(*this, state);
  check_error(browser.ask(Browser::consent(std::string(64, '0'), true)), not_attached);
  const json::object refused = browser.ask(a_batch(5));
  check_error(refused, not_attached);
  BOOST_TEST(refused.at("seq") == 5);
  say_yes(browser);
  check_error(browser.attach(), already_attached);
  check_error(browser.attach("ffffffffffffffffffffffffffffffff"), already_attached);
  check_ack(browser.ask(a_batch(1)), 1, 1);
}

BOOST_AUTO_TEST_CASE(frames_that_are_no_messages_are_answered_by_number) {
  Browser browser(*this, state);
  say_yes(browser);
  const std::pair<const char*, channel::ProtocolError> table[] = {
      {"", frame_unreadable},
      {"nonsense", frame_unreadable},
      {"[]", frame_unreadable},
      {"{\"type\":\"consent\xFF\"}", frame_unreadable},
      {R"({"type":"consent","type":"consent"})", frame_unreadable},
      {R"({"type":"batch","seq":0,"events":[]})", frame_unreadable},
      {R"({"type":"batch","events":[]})", frame_unreadable},
      {"{}", message_unknown},
      {R"({"type":7})", message_unknown},
      {R"({"type":"dance"})", message_unknown},
      {R"({ "type":"batch","seq":1,"events":[]})", message_unknown},
      {R"({"type":"consent"})", message_invalid},
      {R"({"type":"consent","digest":"x","answer":"yes"})", message_invalid},
      {R"({"type":"attach","protocol":"1"})", message_invalid},
      {R"({"type":"attach","protocol":1,"extension":"1","browser":"opera","stream":"x"})",
       message_invalid},
      {R"({"type":"attach","protocol":1,"extension":"1","browser":"firefox","stream":"x"})",
       message_invalid},
  };
  for (const auto& [frame, error] : table) BOOST_TEST_CONTEXT(frame) {
      check_error(browser.ask(frame), error);
      BOOST_TEST(browser.going);
    }
  for (const channel::ProtocolErrorFacts& facts : channel::protocol_errors) {
    const auto said = browser.bad_frame(Error{facts.number, "a sentence"});
    BOOST_TEST_REQUIRE(said.size() == 1U);
    check_error(said[0], facts.number);
    BOOST_TEST(browser.going == !facts.fatal);
  }
  check_ack(browser.ask(a_batch(1)), 1, 1);
}

BOOST_AUTO_TEST_CASE(nothing_is_acked_before_it_is_settled) {
  Browser browser(*this, state);
  say_yes(browser);
  const auto acks = browser.send({a_batch(1, 2), a_batch(2), a_batch(3)});
  BOOST_TEST(browser.unsettled.empty());
  BOOST_TEST_REQUIRE(acks.size() == 3U);
  check_ack(acks[0], 1, 2);
  check_ack(acks[1], 2, 1);
  check_ack(acks[2], 3, 1);
  BOOST_TEST(held().size() == 3U);
}

BOOST_AUTO_TEST_CASE(a_batch_that_comes_again_is_acked_and_not_stored_again) {
  Browser browser(*this, state);
  say_yes(browser);
  // Also one that is not settled yet.
  const auto acks = browser.send({a_batch(1), a_batch(1), a_batch(2)});
  BOOST_TEST_REQUIRE(acks.size() == 3U);
  check_ack(acks[0], 1, 1);
  check_ack(acks[2], 2, 1);
  for (const json::object& again : {acks[1], browser.ask(a_batch(2)), browser.ask(a_batch(1))}) {
    BOOST_TEST(again.at("type") == "ack");
    BOOST_TEST(again.at("stored") == 0);
    BOOST_TEST(again.at("duplicate") == true);
  }
  BOOST_TEST(held().size() == 2U);
}

BOOST_AUTO_TEST_CASE(a_gap_is_refused_with_the_number_that_is_expected) {
  Browser browser(*this, state);
  say_yes(browser);
  // A stream that is new may begin anywhere.
  check_ack(browser.ask(a_batch(7)), 7, 1);
  const auto answers = browser.send({a_batch(9), a_batch(8), a_batch(10), a_batch(9)});
  BOOST_TEST_REQUIRE(answers.size() == 4U);
  for (std::size_t i : {0U, 1U}) {
    check_error(answers[i], batch_out_of_order);
    BOOST_TEST(answers[i].at("seq") == (i == 0 ? 9 : 10));
    BOOST_TEST(answers[i].at("expected") == (i == 0 ? 8 : 9));
  }
  check_ack(answers[2], 8, 1);
  check_ack(answers[3], 9, 1);
  BOOST_TEST(held().size() == 3U);
}

BOOST_AUTO_TEST_CASE(what_follows_a_first_batch_that_cannot_be_read_waits_for_it) {
  Browser browser(*this, state);
  say_yes(browser);
  const auto answers = browser.send({batch_of(7, "[nonsense]"), a_batch(8)});
  BOOST_TEST_REQUIRE(answers.size() == 2U);
  check_error(answers[0], batch_unreadable);
  check_error(answers[1], batch_out_of_order);
  BOOST_TEST(answers[1].at("expected") == 7);
  check_ack(browser.ask(a_batch(7)), 7, 1);
  check_ack(browser.ask(a_batch(8)), 8, 1);
}

BOOST_AUTO_TEST_CASE(a_batch_that_cannot_be_read_is_refused_by_its_number_and_halved) {
  Browser browser(*this, state);
  say_yes(browser);
  check_ack(browser.ask(a_batch(1)), 1, 1);
  const std::string good = json::serialize(testing::a_wire_event(model::Kind::click));
  const std::string bad = R"({"kind":"click","document":"\ud83d"})";
  // Twice as it is, and what came behind it waits.
  for (int i = 0; i < 2; ++i) {
    const auto answers = browser.send({batch_of(2, '[' + good + ',' + bad + ']'), a_batch(3)});
    BOOST_TEST_REQUIRE(answers.size() == 2U);
    check_error(answers[0], batch_unreadable);
    BOOST_TEST(answers[0].at("seq") == 2);
    check_error(answers[1], batch_out_of_order);
    BOOST_TEST(answers[1].at("expected") == 2);
  }
  // Halved: the good half under the old number, the bad one alone and then given up.
  check_ack(browser.ask(batch_of(2, '[' + good + ']')), 2, 1);
  check_error(browser.ask(batch_of(3, '[' + bad + ']')), batch_unreadable);
  check_ack(browser.ask(batch_of(3, '[' + good + ']', R"({"unreadable":1})")), 3, 1);
  BOOST_TEST(held().size() == 3U);
  BOOST_TEST(contains(held_lines(), R"("lost":{"unreadable":1})"));
}

BOOST_AUTO_TEST_CASE(an_event_that_may_not_be_kept_costs_itself_and_is_counted) {
  Browser browser(*this, state);
  say_yes(browser);
  json::array events{testing::a_wire_event(model::Kind::click)};
  const auto add = [&](std::string_view key, std::string_view value) {
    json::object event = testing::a_wire_event(model::Kind::click);
    event[key] = value;
    events.push_back(event);
  };
  add("kind", "fly");
  add("colour", "red");
  add("url", "https://other.example.com/canary");
  add("url", "https://crm.example.com/hr/canary");
  add("url", "https://crm.example.com/%68r/canary");
  add("top", "https://other.example.com/canary");
  add("top", "https://crm.example.com/");
  const std::string frame = batch_of(1, json::serialize(events), R"({"document_gap":4})");
  const json::object ack = browser.ask(frame);
  check_ack(ack, 1, 2);
  BOOST_TEST(ack.at("refused") == (json::object{{"schema", 1}, {"site", 4}, {"unknown_kind", 1}}));
  const std::string lines = held_lines();
  BOOST_TEST(lines.starts_with(
                 R"({"kind":"ledger","recorded":{},"redacted":{},)"
                 R"("refused":{"schema":1,"site":4,"unknown_kind":1},"lost":{"document_gap":4}})"
                 "\n"),
             lines);
  BOOST_TEST(!contains(lines, "canary"));
  BOOST_TEST(contains(lines, R"("app":"crm","url":"https://crm.example.com/tickets")"));
}

BOOST_AUTO_TEST_CASE(keys_are_kept_where_the_policy_records_them) {
  const std::string batch =
      batch_of(1, json::array{json::value(testing::a_wire_event(model::Kind::key))});
  for (const char* keys : {"off", "shortcuts"}) {
    team()["capture"].as_object()["keys"] = keys;
    const testing::TemporaryFolder own_state;
    std::filesystem::permissions(own_state.path(), std::filesystem::perms::owner_all);
    Browser browser(*this, own_state.path());
    browser.answer(browser.attach(), true);
    const json::object ack = browser.ask(batch);
    BOOST_TEST(ack.at("stored") == (std::string_view(keys) == "off" ? 0 : 1));
    BOOST_TEST(ack.contains("refused") == (std::string_view(keys) == "off"));
  }
}

BOOST_AUTO_TEST_CASE(after_a_restart_the_stream_goes_on_where_it_was) {
  {
    Browser browser(*this, state);
    say_yes(browser);
    check_ack(browser.ask(a_batch(1)), 1, 1);
    check_ack(browser.ask(a_batch(2)), 2, 1);
  }
  Browser browser(*this, state);
  const json::object policy = browser.attach();
  BOOST_TEST(policy.at("state") == "recording");
  BOOST_TEST(policy.at("next_seq") == 3);
  BOOST_TEST(browser.ask(a_batch(2)).at("duplicate") == true);
  check_ack(browser.ask(a_batch(3)), 3, 1);
  BOOST_TEST(held().size() == 3U);
  Browser other(*this, state);
  BOOST_TEST(other.attach("ffffffffffffffffffffffffffffffff").at("next_seq") == 0);
}

BOOST_AUTO_TEST_CASE(what_was_not_settled_was_never_there) {
  {
    Browser browser(*this, state);
    say_yes(browser);
  }
  {
    Service host(read(), testing::alice(), spool::Spool::open(state), our_extension);
    std::string out;
    BOOST_TEST(host.on_frame(R"({"type":"attach","protocol":1,"extension":"1","browser":"firefox",)"
                             R"("stream":"0123456789abcdef0123456789abcdef"})",
                             out));
    BOOST_TEST(host.on_frame(a_batch(1), out));
    BOOST_TEST(testing::messages_in(out).size() == 1U);
  }
  BOOST_TEST(held().empty());
  Browser browser(*this, state);
  BOOST_TEST(browser.attach().at("next_seq") == 0);
}

BOOST_AUTO_TEST_CASE(consent_that_another_browser_withdrew_meanwhile_ends_recording) {
  Browser browser(*this, state);
  say_yes(browser);
  check_ack(browser.ask(a_batch(1)), 1, 1);
  {
    Browser other(*this, state);
    const json::object policy = other.attach("ffffffffffffffffffffffffffffffff");
    BOOST_TEST(policy.at("state") == "recording");
    BOOST_TEST(other.answer(policy, false).at("state") == "declined");
  }
  const auto answers = browser.send({a_batch(2), a_batch(3)});
  BOOST_TEST_REQUIRE(answers.size() == 1U);
  check_error(answers[0], policy_changed);
  BOOST_TEST(!browser.going);
  BOOST_TEST(held().size() == 1U);
}

BOOST_AUTO_TEST_CASE(what_came_before_an_answer_is_kept_under_the_old_one) {
  Browser browser(*this, state);
  const json::object policy = browser.attach();
  static_cast<void>(browser.answer(policy, true));
  const auto answers = browser.send(
      {a_batch(1), Browser::consent(policy.at("notice").at("digest").as_string(), false),
       a_batch(2)});
  BOOST_TEST_REQUIRE(answers.size() == 3U);
  check_ack(answers[0], 1, 1);
  BOOST_TEST(answers[1].at("state") == "declined");
  check_error(answers[2], not_recording);
}

BOOST_AUTO_TEST_CASE(two_hosts_of_one_stream_do_not_store_a_batch_twice) {
  Browser one(*this, state);
  say_yes(one);
  check_ack(one.ask(a_batch(1)), 1, 1);
  Browser two(*this, state);
  static_cast<void>(two.attach());
  check_ack(two.ask(a_batch(2)), 2, 1);
  const auto answers = one.send({a_batch(2)});
  BOOST_TEST_REQUIRE(answers.size() == 1U);
  check_error(answers[0], storage_failed);
  BOOST_TEST(!one.going);
  BOOST_TEST(held().size() == 2U);
}

BOOST_AUTO_TEST_CASE(only_the_extension_that_the_policy_knows_may_call) {
  const auto attached_as = [&](const std::optional<std::string>& caller) {
    Browser browser(*this, state, caller);
    const json::object answer = browser.attach();
    BOOST_TEST(browser.going == (answer.at("type") == "policy"));
    return answer;
  };
  BOOST_TEST(attached_as(our_extension).at("type") == "policy");
  check_error(attached_as("ponmlkjihgfedcbaponmlkjihgfedcba"), caller_refused);
  check_error(attached_as(""), caller_refused);
  check_error(attached_as(std::nullopt), caller_refused);
  organisation["allow_portal"] = true;
  BOOST_TEST(attached_as(std::nullopt).at("type") == "policy");
  check_error(attached_as("ponmlkjihgfedcbaponmlkjihgfedcba"), caller_refused);
  // Without a list the native messaging manifest decides; who does not say who they are is refused.
  organisation.erase("extension_ids");
  organisation["allow_portal"] = false;
  BOOST_TEST(attached_as("ponmlkjihgfedcbaponmlkjihgfedcba").at("type") == "policy");
  check_error(attached_as(std::nullopt), caller_refused);
}

BOOST_AUTO_TEST_CASE(a_protocol_that_we_do_not_speak_ends_the_connection) {
  for (const int version : {-1, 0, 3, 1000000}) {
    Browser browser(*this, state);
    check_error(browser.attach(testing::a_stream, version), protocol_unsupported);
    BOOST_TEST(!browser.going);
  }
}

BOOST_AUTO_TEST_CASE(an_extension_one_version_away_is_spoken_to) {
  for (const int version : {channel::protocol_min, channel::protocol_max + 1}) {
    Browser browser(*this, state);
    BOOST_TEST(browser.attach(testing::a_stream, version).at("type") == "policy");
    BOOST_TEST(browser.going);
  }
}

BOOST_AUTO_TEST_CASE(who_is_not_to_be_recorded_is_told_why_and_cannot_say_yes) {
  const auto check = [&](const platform::Account& account, const char* expected) {
    Browser browser(*this, state, our_extension, account);
    const json::object policy = browser.attach();
    BOOST_TEST(policy.at("state") == expected);
    BOOST_TEST(!policy.at("why").as_string().empty());
    BOOST_TEST(policy.at("teams").as_array().empty());
    BOOST_TEST(!policy.contains("notice"));
    check_error(browser.ask(Browser::consent(std::string(64, '0'), true)), not_recording);
    check_error(browser.ask(a_batch(1)), not_recording);
  };
  check({"mallory", {}}, "not_listed");
  organisation["shared_accounts"] = json::array{"kiosk"};
  check({"kiosk", {"support"}}, "shared_account");
  organisation["recording"] = "off";
  check(testing::alice(), "off");
  organisation["colour"] = "red";
  check(testing::alice(), "refused");
  BOOST_TEST(held().empty());
}

BOOST_AUTO_TEST_CASE(a_refused_policy_is_said_with_its_sentence) {
  team()["sites"].as_array()[0].as_object()["url"] = "https://*/*";
  Browser browser(*this, state);
  const json::object policy = browser.attach();
  BOOST_TEST(policy.at("state") == "refused");
  BOOST_TEST(contains(policy.at("why").as_string(), "teams.d/support.json:1:"));
  BOOST_TEST(contains(policy.at("why").as_string(), "/sites/0/url"));
  BOOST_TEST(browser.going);
}

BOOST_AUTO_TEST_CASE(a_policy_that_does_not_fit_in_a_message_is_refused) {
  json::array sites;
  for (int i = 0; i < 2000; ++i)
    sites.push_back(json::object{
        {"url", "https://" + std::to_string(i) + ".example.com/" + std::string(360, 'x') + "/*"},
        {"app", "crm"}});
  team()["sites"] = sites;
  team()["exclude"] = json::array(2000, json::string("https://a/" + std::string(380, 'x')));
  BOOST_TEST_REQUIRE(read().has_value());
  Browser browser(*this, state);
  const json::object policy = browser.attach();
  BOOST_TEST(policy.at("state") == "refused");
  BOOST_TEST(contains(policy.at("why").as_string(), "fewer sites"));
  check_error(browser.ask(a_batch(1)), not_recording);
}

BOOST_AUTO_TEST_CASE(a_spool_that_cannot_be_used_is_said) {
  testing::write_file(state, "no folder");
  Browser browser(*this, state);
  const json::object error = browser.attach();
  check_error(error, storage_failed);
  BOOST_TEST(contains(error.at("message").as_string(), state.string()));
  BOOST_TEST(!browser.going);
}

BOOST_AUTO_TEST_CASE(a_changed_policy_settles_and_ends) {
  Browser browser(*this, state);
  say_yes(browser);
  const auto said = browser.watch();
  BOOST_TEST_REQUIRE(said.size() == 1U);
  check_error(said[0], policy_changed);
  BOOST_TEST(!browser.going);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace fieldnote::recorder
