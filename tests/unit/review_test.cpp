// The person sees what is held, as it would leave: page by page, each readable text once, counted.
#include "recorder/review.hpp"

#include <boost/test/unit_test.hpp>

#include "asking.hpp"
#include "desk.hpp"
#include "recorder/readable.hpp"

namespace fieldnote::recorder {
namespace {

namespace json = boost::json;
using channel::ProtocolError;
using testing::a_batch;
using testing::a_wire_event;
using testing::batch_of;
using testing::Browser;
using testing::check_error;
using testing::contains;
using testing::Desk;
using testing::request;
using testing::which;

struct Held : Desk {
  Browser browser{*this, state};
  std::uint64_t seq = 1;
  Held() { say_yes(browser); }

  void hold(const json::array& events) {
    BOOST_TEST_REQUIRE(browser.ask(batch_of(seq++, events)).at("stored").as_int64() ==
                       static_cast<std::int64_t>(events.size()));
  }
  // The numbers of the events of one page, and its cursor.
  std::pair<std::vector<std::int64_t>, std::string> page(std::string_view more = "") {
    const json::object answer =
        browser.ask(request("held", 1, R"(,"form":"events")" + std::string(more)));
    BOOST_TEST_REQUIRE(answer.at("type") == "held_events");
    std::vector<std::int64_t> numbers;
    for (const json::value& item : answer.at("events").as_array()) {
      testing::check_against("event.schema.json", "held", item.at("event"));
      numbers.push_back(item.at("event").at("n").as_int64());
    }
    const json::value* next = answer.if_contains("next");
    return {numbers, next == nullptr ? "" : std::string(next->as_string())};
  }
  std::vector<std::int64_t> chosen(std::string_view members) { return page(which(members)).first; }
};

using Numbers = std::vector<std::int64_t>;

BOOST_FIXTURE_TEST_SUITE(review, Held)

BOOST_AUTO_TEST_CASE(the_newest_comes_first_page_by_page) {
  for (std::uint32_t i = 0; i < 5; ++i) browser.ask(a_batch(seq++, 3, 3 * i));
  const auto first = page(R"(,"most":4)");
  BOOST_TEST((first.first == Numbers{14, 13, 12, 11}));
  const auto second = page(R"(,"most":10,"before":")" + first.second + '"');
  BOOST_TEST((second.first == Numbers{10, 9, 8, 7, 6, 5, 4, 3, 2, 1}));
  // What comes meanwhile is no part of an older page.
  browser.ask(a_batch(seq++, 1, 99));
  const auto third = page(R"(,"most":10,"before":")" + second.second + '"');
  BOOST_TEST((third.first == Numbers{0}));
  BOOST_TEST(third.second.empty());
  BOOST_TEST(page().first.front() == 99);
}

BOOST_AUTO_TEST_CASE(pages_stay_within_a_frame) {
  json::array events;
  for (std::uint32_t i = 0; i < 20; ++i) {
    json::object event = a_wire_event(model::Kind::click, i);
    json::array selectors;
    for (int chain = 0; chain < 8; ++chain) {
      json::array hops;
      for (int hop = 0; hop < 8; ++hop)
        hops.emplace_back("div.area > span.cell" + std::string(350, 'x'));
      selectors.push_back(hops);
    }
    event["target"].as_object()["selectors"] = selectors;
    events.push_back(event);
  }
  for (int i = 0; i < 4; ++i) hold(events);
  std::size_t seen = 0;
  std::string next;
  std::size_t pages = 0;
  do {
    const auto [numbers, cursor] =
        page(R"(,"most":500)" + (next.empty() ? "" : R"(,"before":")" + next + '"'));
    BOOST_TEST_REQUIRE(!numbers.empty());
    seen += numbers.size();
    next = cursor;
    ++pages;
  } while (!next.empty());
  BOOST_TEST(seen == 80U);
  BOOST_TEST(pages > 1U);
}

BOOST_AUTO_TEST_CASE(each_member_of_which_chooses) {
  json::object ticket = a_wire_event(model::Kind::click, 1);
  ticket["url"] = "https://eu.tickets.example.com/orders/list";
  json::object named = a_wire_event(model::Kind::click, 2);
  named["target"].as_object()["name"] = "Ärger melden";
  hold({a_wire_event(model::Kind::click, 0), ticket, named});
  browser.ask(request("state", 1, R"(,"change":"begin_task","words":"Refund an order")"));
  hold({a_wire_event(model::Kind::click, 3)});
  const json::object all = browser.ask(request("held", 1, R"(,"form":"events")"));
  const auto key = [&](std::size_t i) {
    return std::string(all.at("events").at(i).at("key").as_string());
  };
  const std::string task(all.at("events").at(0).at("event").at("task").as_string());

  BOOST_TEST((chosen(R"("all":true)") == Numbers{3, 2, 1, 0}));
  BOOST_TEST((chosen(R"("app":"tickets")") == Numbers{1}));
  BOOST_TEST((chosen(R"("site":"https://eu.tickets.example.com")") == Numbers{1}));
  BOOST_TEST((chosen(R"("site":"https://eu.tickets.example.com/orders/")") == Numbers{1}));
  BOOST_TEST((chosen(R"("site":"https://eu.tickets.example.com/ord")") == Numbers{}));
  BOOST_TEST((chosen(R"("text":"ÄRGER")") == Numbers{2}));
  BOOST_TEST((chosen(R"("text":"save","app":"tickets")") == Numbers{1}));
  // Words of the format are none of the person's.
  BOOST_TEST((chosen(R"("text":"selectors")") == Numbers{}));
  BOOST_TEST((chosen(R"("task":")" + task + '"') == Numbers{3}));
  BOOST_TEST((chosen(R"("task":"none")") == Numbers{2, 1, 0}));
  BOOST_TEST((chosen(R"("events":[")" + key(1) + R"(",")" + key(3) + R"("])") == Numbers{2, 0}));
  BOOST_TEST((chosen(R"("from":")" + key(2) + R"(","to":")" + key(0) + '"') == Numbers{3, 2, 1}));
  BOOST_TEST((chosen(R"("from":")" + key(0) + R"(","to":")" + key(2) + '"') == Numbers{3, 2, 1}));
  BOOST_TEST((chosen(R"("since_minutes":5)") == Numbers{3, 2, 1, 0}));
}

BOOST_AUTO_TEST_CASE(what_cannot_be_chosen_by_is_refused_and_chooses_nothing) {
  hold({a_wire_event(model::Kind::click)});
  for (const char* bad :
       {"", R"("colour":"red")", R"("all":false)", R"("app":7)", R"("events":[])",
        R"("events":["1-2-3"])", R"("from":"1-0123456789abcdef-0")", R"("text":"")",
        R"("task":"Refund")", R"("since_minutes":0)", R"("all":true,"colour":"red")"})
    for (const char* type : {"held", "delete"}) {
      const json::object answer = browser.ask(request(type, 5, R"(,"form":"events")" + which(bad)));
      check_error(answer, ProtocolError::message_invalid);
      BOOST_TEST(answer.at("id") == 5);
    }
  check_error(browser.ask(request(
                  "held", 6,
                  R"(,"form":"events")" +
                      which(R"("from":"7-0123456789abcdef-0","to":"8-0123456789abcdef-0")"))),
              ProtocolError::not_held);
  check_error(browser.ask(request("held", 6, R"(,"form":"events","before":"yesterday")")),
              ProtocolError::not_held);
  BOOST_TEST(held().size() == 1U);
}

BOOST_AUTO_TEST_CASE(an_outline_is_short_until_it_is_wanted_whole) {
  hold({a_wire_event(model::Kind::outline)});
  const auto lines = [&](std::string_view more) {
    const json::object answer =
        browser.ask(request("held", 1, R"(,"form":"events")" + std::string(more)));
    return answer.at("events").at(0);
  };
  BOOST_TEST(lines("").at("lines") == 2);
  BOOST_TEST(lines("").at("event").at("outline").at("lines").as_array().empty());
  const json::value whole = lines(R"(,"outlines":"whole")");
  BOOST_TEST(whole.at("event").at("outline").at("lines").as_array().size() == 2U);
  BOOST_TEST(!whole.as_object().contains("lines"));
}

BOOST_AUTO_TEST_CASE(an_event_is_shown_as_it_is_held) {
  hold({a_wire_event(model::Kind::input)});
  const json::object answer = browser.ask(request("held", 1, R"(,"form":"events")"));
  BOOST_TEST(contains(held_lines(), json::serialize(answer.at("events").at(0).at("event"))));
  BOOST_TEST(answer.at("events").at(0).at("leaves_in").as_int64() <= 24 * 3600);
  BOOST_TEST(answer.at("events").at(0).at("leaves_in").as_int64() > 23 * 3600);
}

BOOST_AUTO_TEST_CASE(each_readable_text_is_told_once_with_its_places) {
  json::object clear = a_wire_event(model::Kind::input, 5);
  clear["rule"] = "#subject";
  clear["value"] =
      testing::json_of(R"({"class":"text","disclosure":"clear","text":"Late parcel"})");
  hold({a_wire_event(model::Kind::click, 0), a_wire_event(model::Kind::click, 1),
        a_wire_event(model::Kind::select, 2), a_wire_event(model::Kind::input, 3),
        a_wire_event(model::Kind::outline, 4), clear});
  const json::object answer = browser.ask(request("held", 2, R"(,"form":"texts")"));
  BOOST_TEST(answer.at("type") == "held_texts");
  std::map<std::pair<std::string, std::string>, json::object> texts;
  for (const json::value& item : answer.at("texts").as_array())
    BOOST_TEST(texts
                   .emplace(std::pair(std::string(item.at("where").as_string()),
                                      std::string(item.at("text").as_string())),
                            item.as_object())
                   .second);
  BOOST_TEST(answer.at("total").as_int64() == static_cast<std::int64_t>(texts.size()));
  BOOST_TEST(texts.at({"name", "Save"}).at("events") == 5);
  BOOST_TEST(texts.at({"name", "Save"}).at("places").at(0).at("app") == "crm");
  BOOST_TEST(texts.at({"choice", "Open"}).at("events") == 1);
  BOOST_TEST(texts.at({"value", "Late parcel"}).at("events") == 1);
  BOOST_TEST(texts.contains({"outline", "Save"}));
  BOOST_TEST(texts.contains({"address", "https://crm.example.com/tickets"}));
  // What is masked as a whole has no words to read.
  BOOST_TEST(!contains(json::serialize(answer), "hello there"));
  for (const auto& [place, text] : texts) BOOST_TEST(has_words(place.second));
}

BOOST_AUTO_TEST_CASE(it_is_counted_by_app_and_task_with_what_was_left_out) {
  browser.ask(request("state", 1, R"(,"change":"begin_task","words":"My own words")"));
  json::object elsewhere = a_wire_event(model::Kind::click, 1);
  elsewhere["url"] = "https://other.example.com/";
  browser.ask(batch_of(seq++, {a_wire_event(model::Kind::input, 0), elsewhere}));
  const json::object answer = browser.ask(request("held", 3, R"(,"form":"counts")"));
  BOOST_TEST(answer.at("type") == "held_counts");
  BOOST_TEST(answer.at("events") == 1);
  BOOST_TEST_REQUIRE(answer.at("groups").as_array().size() == 1U);
  const json::object& task = answer.at("tasks").at(0).as_object();
  BOOST_TEST(answer.at("groups").at(0).at("task") == task.at("id"));
  BOOST_TEST(task.at("words") == "My own words");
  BOOST_TEST(task.at("events") == 1);
  BOOST_TEST(!task.contains("leaves"));
  BOOST_TEST(answer.at("ledger").at("refused").at("site") == 1);
  BOOST_TEST(!answer.at("ledger").at("redacted").as_object().empty());
  BOOST_TEST(answer.at("last_leaves_in").as_int64() > 23 * 3600);
}

BOOST_AUTO_TEST_CASE(lines_of_an_outline_are_taken_apart) {
  std::string room;
  const auto texts = [&](std::string_view line) {
    const OutlineLineTexts found = texts_of(line, room);
    return std::string(found.name) + '|' + std::string(found.text) +
           (found.is_address ? "|address" : "");
  };
  BOOST_TEST(texts(R"(- button "Save" [ref=e2])") == "Save|");
  BOOST_TEST(texts(R"(  - text: late parcel)") == "|late parcel");
  BOOST_TEST(texts(R"(- link "Say \"hi\": now" [ref=e3]: more)") == "Say \"hi\": now|more");
  BOOST_TEST(texts(R"(- 'cell "a: b" [ref=e4]': "x: y")") == "a: b|x: y");
  BOOST_TEST(texts(R"(    - /url: https://crm.example.com/a)") ==
             "|https://crm.example.com/a|address");
  BOOST_TEST(texts(R"(- generic [ref=e1]:)") == "|");
  BOOST_TEST(texts(R"(- cell "unfinished)") == "|");
}

BOOST_AUTO_TEST_CASE(words_are_what_is_left_beside_placeholders) {
  for (const char* masked :
       {"", "<EMAIL_2>", "<TEXT_7 EMAIL_2>", "<PAYMENT_CARD>", "...", "<EMAIL_1>, <NAME_2>"})
    BOOST_TEST(!has_words(masked), masked);
  for (const char* words : {"Save", "Refund <NAME_2>", "7", "Ä", "<b>"})
    BOOST_TEST(has_words(words), words);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace fieldnote::recorder
