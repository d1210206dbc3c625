// The person deletes, labels, sends, and takes the yes back.
#include "recorder/deletion.hpp"

#include <boost/test/unit_test.hpp>

#include "asking.hpp"
#include "dataset/reading/bundle_reader.hpp"
#include "desk.hpp"
#include "recorder/sealer.hpp"

namespace fieldnote::recorder {
namespace {

namespace json = boost::json;
using channel::ProtocolError;
using testing::a_batch;
using testing::a_wire_event;
using testing::batch_of;
using testing::Browser;
using testing::check_ack;
using testing::check_error;
using testing::contains;
using testing::Desk;
using testing::organisation_key;
using testing::request;
using testing::which;

struct Held : Desk {
  Browser browser{*this, state};
  std::uint64_t seq = 1;
  Held() { say_yes(browser); }

  void hold(const json::array& events) {
    BOOST_TEST_REQUIRE(browser.ask(batch_of(seq++, events)).at("type") == "ack");
  }
  json::object erase(std::string_view members) {
    return browser.ask(request("delete", 9, which(members)));
  }
  // Keys of all that is held, the newest first.
  std::vector<std::string> keys() {
    std::vector<std::string> keys;
    const json::object answer = browser.ask(request("held", 1, R"(,"form":"events")"));
    for (const json::value& item : answer.at("events").as_array())
      keys.emplace_back(item.at("key").as_string());
    return keys;
  }
  std::size_t events_held() const {
    const std::string lines = held_lines();
    return static_cast<std::size_t>(std::count(lines.begin(), lines.end(), '\n'));
  }
  // The bytes of the sealed rows as they lie on the disk.
  std::vector<std::string> ciphertexts() const {
    auto database = spool::Database::open(state / "spool.db");
    auto query = database->prepare("SELECT substr(sealed, 30, 24) FROM held");
    std::vector<std::string> pieces;
    while (query->step().value()) {
      const auto blob = query->blob(0);
      pieces.emplace_back(reinterpret_cast<const char*>(blob.data()), blob.size());
    }
    return pieces;
  }
  std::size_t found_on_disk(const std::vector<std::string>& pieces) const {
    std::size_t found = 0;
    for (const char* name : {"spool.db", "spool.db-wal"}) {
      const std::string bytes = testing::read_file(state / name);
      for (const std::string& piece : pieces) found += contains(bytes, piece) ? 1U : 0U;
    }
    return found;
  }
  std::vector<dataset::Bundle> bundles() const {
    std::vector<dataset::Bundle> all;
    auto spool = spool::Spool::open(state);
    const auto rows = spool->bundles();
    for (const spool::BundleRow& row : *rows) {
      auto bundle = dataset::read_bundle(state / "bundles" / row.name, {&organisation_key(), 1});
      BOOST_TEST_REQUIRE(bundle.has_value(), bundle.error().sentence);
      all.push_back(std::move(*bundle));
    }
    return all;
  }
};

BOOST_FIXTURE_TEST_SUITE(deletion, Held)

BOOST_AUTO_TEST_CASE(one_event_goes_and_its_neighbours_stay) {
  hold({a_wire_event(model::Kind::click, 0), a_wire_event(model::Kind::click, 1),
        a_wire_event(model::Kind::click, 2)});
  const auto before = ciphertexts();
  const json::object answer = erase(R"("events":[")" + keys()[1] + R"("])");
  BOOST_TEST(answer.at("type") == "deleted");
  BOOST_TEST(answer.at("events") == 1);
  BOOST_TEST(answer.at("held").at("events") == 2);
  const std::string lines = held_lines();
  BOOST_TEST(contains(lines, R"("n":0)"));
  BOOST_TEST(!contains(lines, R"("n":1,)"));
  BOOST_TEST(contains(lines, R"("n":2)"));
  BOOST_TEST(found_on_disk(before) == 0U);
  BOOST_TEST(held()[0].version == 2);
  // Again: there is nothing to delete any more.
  BOOST_TEST(erase(R"("events":["1-00112233445566ff-1"])").at("events") == 0);
}

BOOST_AUTO_TEST_CASE(deleted_is_gone_from_database_and_log_each_way) {
  const auto fill = [&] {
    for (std::uint32_t i = 0; i < 12; ++i) browser.ask(a_batch(seq++, 4, 4 * i));
  };
  for (int way = 0; way < 6; ++way) {
    fill();
    const auto before = ciphertexts();
    BOOST_TEST_REQUIRE(found_on_disk(before) >= before.size());
    const auto all = keys();
    const std::string members[] = {
        R"("all":true)",
        R"("app":"crm")",
        R"("site":"https://crm.example.com/tickets")",
        R"("from":")" + all.front() + R"(","to":")" + all.back() + '"',
        R"("since_minutes":60)",
        R"("text":"save")",
    };
    BOOST_TEST_CONTEXT(members[way]) {
      BOOST_TEST(erase(members[way]).at("events") == 48);
      BOOST_TEST(held().empty());
      BOOST_TEST(found_on_disk(before) == 0U);
    }
  }
}

BOOST_AUTO_TEST_CASE(what_the_page_did_and_an_outline_that_nobody_cites_go_along) {
  const auto cite = [](json::object event, std::string_view digest) {
    event["outline"] = json::object{{"digest", digest}, {"state", "fresh"}};
    return event;
  };
  const std::string one = "00112233445566778899aabbccddeeff";
  const std::string two = "ff112233445566778899aabbccddee00";
  json::object outline_two = a_wire_event(model::Kind::outline, 1);
  outline_two["outline"].as_object()["digest"] = two;
  json::object effect = a_wire_event(model::Kind::effect, 4);
  effect["cause"] = 3;
  json::object other_effect = a_wire_event(model::Kind::effect, 5);
  other_effect["cause"] = 2;
  hold({a_wire_event(model::Kind::outline, 0), outline_two,
        cite(a_wire_event(model::Kind::click, 2), one)});
  hold({cite(a_wire_event(model::Kind::click, 3), two), effect, other_effect});
  // Of the second click its effect and its outline go too, and are not counted.
  BOOST_TEST(erase(R"("events":[")" + keys()[2] + R"("])").at("events") == 1);
  const std::string lines = held_lines();
  for (const int n : {0, 2, 5}) BOOST_TEST(contains(lines, "\"n\":" + std::to_string(n)), n);
  for (const int n : {1, 3, 4}) BOOST_TEST(!contains(lines, "\"n\":" + std::to_string(n) + ','), n);
}

BOOST_AUTO_TEST_CASE(no_count_tells_of_a_deleted_event) {
  hold({a_wire_event(model::Kind::input, 0), a_wire_event(model::Kind::click, 1)});
  BOOST_TEST(contains(held_lines(), "redacted"));
  erase(R"("events":[")" + keys()[1] + R"("])");
  BOOST_TEST(!contains(held_lines(), "redacted"));
  BOOST_TEST(events_held() == 1U);
  browser.ask(request("seal", 1));
  const auto sealed = bundles();
  BOOST_TEST_REQUIRE(sealed.size() == 1U);
  BOOST_TEST(sealed[0].events == 1);
  BOOST_TEST(sealed[0].ledger.redacted.empty());
}

BOOST_AUTO_TEST_CASE(deleting_while_it_is_sealed_neither_loses_nor_resurrects) {
  hold({a_wire_event(model::Kind::click, 0), a_wire_event(model::Kind::click, 1)});
  const auto all = keys();
  auto sealing = spool::Spool::open(state);
  const auto read = sealing->held(0, 10).value();  // as the sealer has it in its memory
  erase(R"("events":[")" + all[0] + R"("])");
  {
    auto write = sealing->write();
    BOOST_TEST(!write->take_out(read[0]).value());  // it must not be sealed as it was
  }
  const auto again = Sealer(*sealing, {organisation_key().recipient()}).seal_all([](auto) {});
  BOOST_TEST(again->events == 1);
  BOOST_TEST(!contains(bundles()[0].lines, R"("n":1,)"));
  // And the other way round: what was sealed first is not deleted, and that is said.
  BOOST_TEST(erase(R"("events":[")" + all[1] + R"("])").at("events") == 0);
  BOOST_TEST(bundles()[0].events == 1);
}

BOOST_AUTO_TEST_CASE(everything_includes_what_is_damaged_and_what_was_set_aside) {
  hold({a_wire_event(model::Kind::click)});
  testing::write_file(state / "spool.db.damaged-20260101-000000", "old events");
  {
    auto database = spool::Database::open(state / "spool.db");
    BOOST_TEST_REQUIRE(database->run("UPDATE held SET sealed = zeroblob(100)").has_value());
  }
  BOOST_TEST(erase(R"("app":"crm")").at("events") == 0);
  BOOST_TEST(erase(R"("all":true)").at("events") == 1);
  BOOST_TEST(held().empty());
  BOOST_TEST(!std::filesystem::exists(state / "spool.db.damaged-20260101-000000"));
}

BOOST_AUTO_TEST_CASE(a_stretch_gets_a_task_afterwards_and_loses_it) {
  for (std::uint32_t i = 0; i < 3; ++i) hold({a_wire_event(model::Kind::click, i)});
  const std::string before = held_lines();
  const auto all = keys();
  const std::string range = which(R"("from":")" + all[1] + R"(","to":")" + all[0] + '"');
  const json::object answer =
      browser.ask(request("label", 4, range + R"(,"words":"Refund an order")"));
  BOOST_TEST(answer.at("events") == 2);
  const std::string id(answer.at("task").at("id").as_string());
  BOOST_TEST(answer.at("task").at("outcome") == "done");
  BOOST_TEST(answer.at("task").at("leaves") == "Refund an order");
  const std::string lines = held_lines();
  BOOST_TEST(lines.find(R"("task":")" + id) > lines.find(R"("n":0)"));
  BOOST_TEST(
      (browser.ask(request("held", 1, R"(,"form":"events")" + which(R"("task":")" + id + '"')))
           .at("events")
           .as_array()
           .size()) == 2U);
  // Another name for it keeps its id; no name takes it away, and all is as it was.
  const json::object renamed = browser.ask(request(
      "label", 5, which(R"("task":")" + id + '"') + R"(,"words":"Send it back","clear":true)"));
  BOOST_TEST(std::string(renamed.at("task").at("id").as_string()) == id);
  BOOST_TEST(renamed.at("task").at("own") == true);
  browser.ask(request("label", 6, which(R"("all":true)") + R"(,"words":"")"));
  BOOST_TEST(held_lines() == before);
  check_error(
      browser.ask(request("label", 7, which(R"("task":"0123456789abcdef")") + R"(,"words":"x")")),
      ProtocolError::not_held);
}

BOOST_AUTO_TEST_CASE(a_bundle_says_which_tasks_its_events_belong_to) {
  browser.ask(request("state", 1, R"(,"change":"begin_task","words":"Refund an order")"));
  hold({a_wire_event(model::Kind::click, 0)});
  browser.ask(request("state", 2, R"(,"change":"begin_task","words":"Call Jane Doe")"));
  hold({a_wire_event(model::Kind::click, 1)});
  const json::object answer = browser.ask(request("seal", 3));
  BOOST_TEST(answer.at("type") == "sealed");
  BOOST_TEST(answer.at("events") == 2);
  BOOST_TEST(answer.at("held").at("events") == 0);
  const auto sealed = bundles();
  BOOST_TEST_REQUIRE(sealed.size() == 1U);
  BOOST_TEST_REQUIRE(sealed[0].tasks.size() == 2U);
  for (const dataset::TaskOfBundle& task : sealed[0].tasks) {
    BOOST_TEST(contains(sealed[0].lines, R"("task":")" + task.id));
    BOOST_TEST(task.words.value_or("") == (task.own ? "" : "Refund an order"));
    BOOST_TEST(task.outcome.value_or("") == (task.own ? "" : "stopped"));
  }
}

BOOST_AUTO_TEST_CASE(nothing_leaves_by_itself_before_the_person_was_told_that_it_waits) {
  hold({a_wire_event(model::Kind::click)});
  auto spool = spool::Spool::open(state);
  const auto pass_the_window = [&] {
    auto database = spool::Database::open(state / "spool.db");
    BOOST_TEST_REQUIRE(database->run("UPDATE held SET use = use - 1000000").has_value());
  };
  const auto due = [&] {
    return Sealer(*spool, {organisation_key().recipient()}).seal_due().value().events;
  };
  pass_the_window();
  BOOST_TEST(due() == 0);
  const json::object policy = Browser(*this, state).attach("fedcba9876543210fedcba9876543210");
  const std::int64_t up_to = policy.at("held").at("up_to").as_int64();
  BOOST_TEST(up_to > 0);
  const json::object told = browser.ask(request("told", 1, R"(,"up_to":)" + std::to_string(up_to)));
  BOOST_TEST(told.at("held").at("told").as_int64() == up_to);
  // What came later was not told of.
  hold({a_wire_event(model::Kind::click, 1)});
  pass_the_window();
  BOOST_TEST(due() == 1);
  BOOST_TEST(events_held() == 1U);
}

BOOST_AUTO_TEST_CASE(after_a_no_nothing_leaves_by_itself) {
  hold({a_wire_event(model::Kind::click)});
  browser.ask(request("told", 1, R"(,"up_to":1)"));
  {
    auto database = spool::Database::open(state / "spool.db");
    BOOST_TEST_REQUIRE(database->run("UPDATE held SET use = use - 1000000").has_value());
  }
  const auto answers = browser.send({request("withdraw", 2, R"(,"held":"keep")")});
  BOOST_TEST_REQUIRE(answers.size() == 2U);
  BOOST_TEST(answers[0].at("type") == "withdrawn");
  BOOST_TEST(answers[0].at("held").at("events") == 1);
  BOOST_TEST(answers[1].at("type") == "standing");
  BOOST_TEST(answers[1].at("state") == "declined");
  auto spool = spool::Spool::open(state);
  BOOST_TEST(Sealer(*spool, {organisation_key().recipient()}).seal_due().value().events == 0);
  check_error(browser.ask(a_batch(seq)), ProtocolError::not_recording);
}

BOOST_AUTO_TEST_CASE(a_withdrawal_deletes_what_is_held_and_asks_for_what_has_left) {
  hold({a_wire_event(model::Kind::click)});
  browser.ask(request("seal", 1));
  hold({a_wire_event(model::Kind::click, 1)});
  const auto answers =
      browser.send({request("withdraw", 2, R"(,"held":"delete","left":{"of":"all"})")});
  BOOST_TEST(answers.at(0).at("deleted") == 1);
  BOOST_TEST(answers.at(0).at("asked") == 2);
  BOOST_TEST(held().empty());
  const auto sealed = bundles();
  BOOST_TEST_REQUIRE(sealed.size() == 2U);
  BOOST_TEST(sealed[1].events == 0);
  BOOST_TEST((sealed[1].previous.value() == sealed[0].digest));
  BOOST_TEST_REQUIRE(sealed[1].asks.has_value());
  BOOST_TEST((sealed[1].asks->of == model::AskedBack::Of::all));
  // It is the person's to keep, and says asked.
  const json::object mine = browser.ask(request("mine", 3));
  BOOST_TEST(mine.at("bundles").at(1).at("asks").at("of") == "all");
  BOOST_TEST(mine.at("receipts").as_array().size() == 2U);
  BOOST_TEST(mine.at("receipts").at(1).at("kind") == "withdrawal_receipt");
}

BOOST_AUTO_TEST_CASE(a_part_is_asked_back_while_recording_goes_on) {
  hold({a_wire_event(model::Kind::click)});
  browser.ask(request("seal", 1));
  const auto answers = browser.send({request(
      "withdraw", 2,
      R"(,"held":"keep","go_on":true,"left":{"of":"weeks","first":"2026-W01","last":"2026-W09"})")});
  BOOST_TEST_REQUIRE(answers.size() == 1U);
  BOOST_TEST(answers[0].at("asked") == 2);
  check_ack(browser.ask(a_batch(seq, 1, 1)), static_cast<std::int64_t>(seq), 1);
  for (const char* bad :
       {R"({"of":"me"})", R"({"of":"task","task":"x"})", R"({"of":"weeks","first":"2026-W09"})",
        R"({"of":"weeks","first":"2026-W09","last":"2026-W01"})", R"("all")"})
    check_error(browser.ask(request("withdraw", 3, R"(,"held":"keep","left":)" + std::string(bad))),
                ProtocolError::message_invalid);
}

BOOST_AUTO_TEST_CASE(where_nothing_has_left_nothing_is_asked) {
  const auto answers =
      browser.send({request("withdraw", 2, R"(,"held":"delete","left":{"of":"all"})")});
  BOOST_TEST(!answers.at(0).contains("asked"));
  BOOST_TEST(bundles().empty());
}

BOOST_AUTO_TEST_CASE(who_has_never_been_asked_may_take_it_back_all_the_same) {
  testing::TemporaryFolder elsewhere;
  Browser other(*this, elsewhere / "state");
  other.attach();
  const auto answers = other.send({request("withdraw", 1, R"(,"held":"delete")")});
  BOOST_TEST(answers.at(0).at("type") == "withdrawn");
  BOOST_TEST(answers.at(1).at("state") == "declined");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace fieldnote::recorder
