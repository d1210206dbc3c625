// The person pauses, and names what they do: in every browser at once, and told to nobody else.
#include <boost/test/unit_test.hpp>

#include "asking.hpp"
#include "channel/request.hpp"
#include "desk.hpp"
#include "recorder/pause.hpp"

namespace fieldnote::recorder {
namespace {

namespace json = boost::json;
using channel::ProtocolError;
using testing::a_batch;
using testing::Browser;
using testing::check_ack;
using testing::check_error;
using testing::contains;
using testing::Desk;
using testing::request;

const std::string another_stream = "fedcba9876543210fedcba9876543210";

const std::string pause = request("state", 1, R"(,"change":"pause")");
const std::string resume = request("state", 2, R"(,"change":"resume")");

// As the extension sends what it had recorded before it heard of the pause.
std::string an_earlier_batch(std::uint64_t seq) {
  std::string batch = a_batch(seq);
  return batch.insert(batch.find(R"("events")"), R"("earlier":true,)");
}

BOOST_FIXTURE_TEST_SUITE(pausing, Desk)

BOOST_AUTO_TEST_CASE(nothing_is_taken_while_paused_and_all_is_again_after) {
  Browser browser(*this, state);
  say_yes(browser);
  const json::object told = browser.ask(pause);
  BOOST_TEST(told.at("type") == "standing");
  BOOST_TEST(told.at("id") == 1);
  BOOST_TEST(told.at("state") == "paused");
  BOOST_TEST(!told.at("pause").as_object().contains("until"));
  check_error(browser.ask(a_batch(1)), ProtocolError::paused);
  BOOST_TEST(held().empty());
  const json::object resumed = browser.ask(resume);
  BOOST_TEST(resumed.at("state") == "recording");
  BOOST_TEST(!resumed.contains("pause"));
  check_ack(browser.ask(a_batch(1)), 1, 1);
}

BOOST_AUTO_TEST_CASE(what_came_before_the_pause_on_its_connection_is_held) {
  Browser browser(*this, state);
  say_yes(browser);
  const auto answers = browser.send({a_batch(1, 2), pause, a_batch(2)});
  BOOST_TEST_REQUIRE(answers.size() == 3U);
  check_ack(answers[0], 1, 2);
  BOOST_TEST(answers[1].at("state") == "paused");
  check_error(answers[2], ProtocolError::paused);
  BOOST_TEST(answers[2].at("seq") == 2);
  BOOST_TEST(held().size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_pause_holds_in_every_browser_and_each_is_told_unasked) {
  Browser one(*this, state);
  say_yes(one);
  Browser other(*this, state);
  BOOST_TEST(other.attach(another_stream).at("state") == "recording");
  BOOST_TEST(other.news().empty());
  one.ask(pause);
  const auto told = other.news();
  BOOST_TEST_REQUIRE(told.size() == 1U);
  BOOST_TEST(told[0].at("type") == "standing");
  BOOST_TEST(!told[0].contains("id"));
  BOOST_TEST(told[0].at("state") == "paused");
  BOOST_TEST(other.news().empty());  // once
  other.ask(resume);
  const auto resumed = one.news();
  BOOST_TEST_REQUIRE(resumed.size() == 1U);
  BOOST_TEST(resumed[0].at("state") == "recording");
}

BOOST_AUTO_TEST_CASE(a_batch_that_crosses_the_pause_of_another_browser_is_refused_not_lost) {
  Browser one(*this, state);
  say_yes(one);
  Browser other(*this, state);
  other.attach(another_stream);
  one.ask(pause);
  // The bell was not heard yet: the table is the truth. The extension is told why, drops what is
  // later, and sends what is earlier again.
  auto answers = other.send({a_batch(1), a_batch(2)});
  BOOST_TEST_REQUIRE(answers.size() == 3U);
  BOOST_TEST(answers[0].at("state") == "paused");
  check_error(answers[1], ProtocolError::paused);
  BOOST_TEST(answers[1].at("seq") == 1);
  check_error(answers[2], ProtocolError::paused);
  BOOST_TEST(held().empty());
  check_ack(other.ask(an_earlier_batch(1)), 1, 1);
  check_error(other.ask(a_batch(2)), ProtocolError::paused);
  BOOST_TEST(held().size() == 1U);
}

BOOST_AUTO_TEST_CASE(earlier_batches_go_with_earlier_ones_only) {
  Browser browser(*this, state);
  say_yes(browser);
  browser.ask(pause);
  const auto answers = browser.send({an_earlier_batch(1), a_batch(2)});
  BOOST_TEST_REQUIRE(answers.size() == 2U);
  BOOST_TEST(held().size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_pause_outlives_the_host) {
  {
    Browser browser(*this, state);
    say_yes(browser);
    browser.ask(pause);
  }
  Browser next(*this, state);
  const json::object policy = next.attach();
  BOOST_TEST(policy.at("state") == "paused");
  BOOST_TEST(policy.contains("pause"));
  check_error(next.ask(a_batch(1)), ProtocolError::paused);
  check_ack(next.ask(an_earlier_batch(1)), 1, 1);
}

BOOST_AUTO_TEST_CASE(a_no_is_not_softened_by_a_pause) {
  Browser browser(*this, state);
  say_yes(browser);
  browser.ask(pause);
  const json::object policy = Browser(*this, state).attach(another_stream);
  BOOST_TEST(browser.answer(policy, false).at("state") == "declined");
  check_error(browser.ask(an_earlier_batch(1)), ProtocolError::not_recording);
  BOOST_TEST(held().empty());
}

BOOST_AUTO_TEST_CASE(a_pause_ends_by_the_machines_own_clock) {
  using namespace std::chrono_literals;
  const platform::Moment now{std::chrono::sys_seconds(1000s), "this start", 50s};
  spool::Pause pause{{}, now.wall + 60s, now.boot, now.since_boot + 60s};
  const auto is_over = [&](const platform::Moment& at) { return pause.is_over(at); };
  BOOST_TEST(!is_over(now));
  // The wall clock is set forward by a year.
  BOOST_TEST(!is_over({now.wall + 9000h, now.boot, 109s}));
  BOOST_TEST(is_over({now.wall, now.boot, 110s}));
  // After a restart only the wall clock knows.
  BOOST_TEST(!is_over({now.wall + 59s, "another start", 5000s}));
  BOOST_TEST(is_over({now.wall + 60s, "another start", 1s}));
  BOOST_TEST(left_of(pause, now)->count() == 60);
  pause.until.reset();
  BOOST_TEST(!is_over({now.wall + 90000h, "another start", 0s}));
  BOOST_TEST(!left_of(pause, now));
}

BOOST_AUTO_TEST_CASE(a_pause_that_is_over_is_told_and_recording_goes_on) {
  Browser browser(*this, state);
  say_yes(browser);
  BOOST_TEST(!browser.look_in());
  browser.ask(request("state", 1, R"(,"change":"pause","minutes":15)"));
  BOOST_TEST_REQUIRE(browser.look_in().has_value());
  BOOST_TEST(browser.look_in()->count() > 14 * 60 * 1000);
  {  // The time passes.
    auto spool = spool::Spool::open(state);
    auto write = spool->write();
    auto over = spool->person()->pause;
    over->until_since_boot = {};
    BOOST_TEST(write->set_pause(over).has_value());
    BOOST_TEST(write->commit().has_value());
  }
  const auto told = browser.news();
  BOOST_TEST_REQUIRE(told.size() == 1U);
  BOOST_TEST(told[0].at("state") == "recording");
  BOOST_TEST(!told[0].contains("pause"));
  check_ack(browser.ask(a_batch(1)), 1, 1);
}

BOOST_AUTO_TEST_CASE(a_pause_that_cannot_be_is_refused_with_its_id) {
  Browser browser(*this, state);
  say_yes(browser);
  for (const char* bad :
       {R"(,"change":"pause","minutes":0)", R"(,"change":"pause","minutes":1441)",
        R"(,"change":"pause","until":"yesterday")",
        R"(,"change":"pause","until":"2001-01-01T00:00:00Z")",
        R"(,"change":"pause","minutes":5,"until":"2099-01-01T00:00:00Z")", R"(,"change":"nap")",
        R"(,"change":"begin_task","words":"")", R"(,"change":"end_task","outcome":"well")"}) {
    const json::object answer = browser.ask(request("state", 7, bad));
    check_error(answer, ProtocolError::message_invalid);
    BOOST_TEST(answer.at("id") == 7);
  }
  BOOST_TEST(browser.ask(request("state", 8, R"(,"change":"none")")).at("state") == "recording");
}

BOOST_AUTO_TEST_CASE(moments_are_read_as_they_are_written) {
  for (const char* text :
       {"2026-11-28T14:30:00Z", "2000-02-29T00:00:59Z", "1969-12-31T23:59:59Z"}) {
    const auto moment = channel::parse_moment(text);
    BOOST_TEST_REQUIRE(moment.has_value());
    BOOST_TEST(channel::moment_text(*moment) == text);
  }
  BOOST_TEST(channel::parse_moment("2026-11-28T14:30:00.123Z").has_value());
  for (const char* bad : {"2026-11-28", "2026-02-30T00:00:00Z", "2026-11-28T24:00:00Z",
                          "2026-11-28T14:30:00", "2026-11-28T14:30:00+01:00", "x"})
    BOOST_TEST(!channel::parse_moment(bad).has_value(), bad);
}

BOOST_AUTO_TEST_CASE(today_is_counted_over_all_browsers) {
  Browser one(*this, state);
  say_yes(one);
  Browser other(*this, state);
  other.attach(another_stream);
  one.ask(a_batch(1, 3));
  other.ask(a_batch(1, 2));
  const json::object told = one.ask(request("state", 1, R"(,"change":"none")"));
  BOOST_TEST(told.at("today").at("events") == 5);
  BOOST_TEST(told.at("held").at("events") == 5);
  BOOST_TEST(told.at("held").at("told") == 0);
  BOOST_TEST(told.at("held").at("leaves_in").as_int64() > 0);
}

BOOST_AUTO_TEST_CASE(events_belong_to_the_task_in_hand) {
  Browser browser(*this, state);
  say_yes(browser);
  browser.ask(a_batch(1));
  const json::object begun =
      browser.ask(request("state", 1, R"(,"change":"begin_task","words":"Refund an order")"));
  const json::object& task = begun.at("task").as_object();
  BOOST_TEST(task.at("own") == false);
  BOOST_TEST(task.at("leaves") == "Refund an order");
  browser.ask(a_batch(2, 1, 1));
  const json::object ended =
      browser.ask(request("state", 2, R"(,"change":"end_task","outcome":"done")"));
  BOOST_TEST(!ended.contains("task"));
  browser.ask(a_batch(3, 1, 2));
  const auto rows = held();
  BOOST_TEST_REQUIRE(rows.size() == 3U);
  const std::string stamp = R"("task":")" + std::string(task.at("id").as_string());
  BOOST_TEST(!contains(rows[0].lines, "task"));
  BOOST_TEST(contains(rows[1].lines, stamp));
  BOOST_TEST(!contains(rows[2].lines, "task"));
  // The dictionary of placeholders begins and ends with the task.
  const auto scope = [&](std::size_t row) {
    constexpr std::string_view key = R"("scope":")";
    return rows[row].lines.substr(rows[row].lines.find(key) + key.size(), 8);
  };
  BOOST_TEST(scope(0) != scope(1));
  BOOST_TEST(scope(1) != scope(2));
  BOOST_TEST(scope(1).substr(0, 4) == std::string(task.at("id").as_string()).substr(0, 4));
  const auto tasks = spool::Spool::open(state)->tasks().value();
  BOOST_TEST_REQUIRE(tasks.size() == 1U);
  BOOST_TEST(tasks[0].outcome.value() == "done");
}

BOOST_AUTO_TEST_CASE(what_the_task_says_has_the_same_placeholder_where_it_is_typed) {
  const auto mail = [](std::uint64_t seq, std::string_view text) {
    json::object event = testing::a_wire_event(model::Kind::input);
    event["target"].as_object()["name"] = "Customer";
    event["value"] = {{"class", "email"}, {"disclosure", "placeholder"}, {"text", text}};
    return testing::batch_of(seq, json::array{event});
  };
  std::string id, leaves;
  {
    Browser browser(*this, state);
    say_yes(browser);
    browser.ask(mail(1, "somebody@example.org"));
    const json::object begun = browser.ask(
        request("state", 1,
                R"(,"change":"begin_task","words":"Answer jane.doe@example.org","clear":true)"));
    leaves = begun.at("task").at("leaves").as_string();
    id = begun.at("task").at("id").as_string();
    browser.ask(mail(2, "another@example.org"));
    browser.ask(mail(3, "Jane.Doe@example.org"));
  }
  BOOST_TEST(leaves == "Answer <EMAIL_1>");
  Browser again(*this, state);
  again.attach(testing::a_stream);
  again.ask(mail(4, "jane.doe@example.org"));
  const auto rows = held();
  BOOST_TEST_REQUIRE(rows.size() == 4U);
  BOOST_TEST(contains(rows[1].lines, R"("text":"<EMAIL_2>")"));
  for (const std::size_t row : {2U, 3U}) {
    BOOST_TEST(contains(rows[row].lines, R"("text":"<EMAIL_1>")"));
    BOOST_TEST(contains(rows[row].lines, R"("scope":")" + id.substr(0, 4)));
  }
}

BOOST_AUTO_TEST_CASE(own_words_leave_only_if_the_person_says_so_and_redacted) {
  Browser browser(*this, state);
  say_yes(browser);
  const std::string words = R"(,"change":"begin_task","words":"Answer jane.doe@example.org")";
  const json::object kept = browser.ask(request("state", 1, words));
  BOOST_TEST(kept.at("task").at("own") == true);
  BOOST_TEST(!kept.at("task").as_object().contains("leaves"));
  const json::object cleared = browser.ask(request("state", 2, words + R"(,"clear":true)"));
  BOOST_TEST(cleared.at("task").at("words") == "Answer jane.doe@example.org");
  BOOST_TEST(cleared.at("task").at("leaves") == "Answer <EMAIL_1>");
  // The one before has ended.
  const auto tasks = spool::Spool::open(state)->tasks().value();
  BOOST_TEST_REQUIRE(tasks.size() == 2U);
  BOOST_TEST(!tasks[0].outcome);
  BOOST_TEST(tasks[1].outcome.value() == "stopped");
  // What the person writes lies on the disk as what they do: encrypted.
  for (const char* file : {"spool.db", "spool.db-wal"})
    BOOST_TEST(!contains(testing::read_file(state / file), "jane.doe"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace fieldnote::recorder
