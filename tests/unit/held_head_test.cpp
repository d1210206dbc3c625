// The head of a held line, read without the rest of it, is what the whole line says; where it
// cannot be, nothing is told.
#include "model/held_head.hpp"

#include <boost/test/unit_test.hpp>

#include "model/event_reader.hpp"
#include "told.hpp"
#include "wire.hpp"

namespace fieldnote::model {
namespace {

namespace json = boost::json;
using testing::a_wire_event;
using testing::batch_of;
using testing::Told;

std::string altered(std::string text, std::string_view from, std::string_view to) {
  const std::size_t at = text.find(from);
  BOOST_TEST_REQUIRE(at != std::string::npos, from << " is not in " << text);
  return text.replace(at, from.size(), to);
}

struct Reading {
  EventReader reader;

  // Whether the head is told; then it must be right.
  bool is_told(const std::string& line) {
    BOOST_TEST_CONTEXT(line) {
      const auto event = reader.read_held(line);
      BOOST_TEST_REQUIRE(event.has_value());
      const HeldHead whole = head_of(**event);
      const auto head = read_head(line);
      if (!head) return false;
      BOOST_TEST(word(head->kind) == word(whole.kind));
      BOOST_TEST(head->stream == whole.stream);
      BOOST_TEST(head->seq == whole.seq);
      BOOST_TEST(head->document == whole.document);
      BOOST_TEST(head->app == whole.app);
      BOOST_TEST((head->task == whole.task));
      BOOST_TEST((head->outline == whole.outline));
    }
    return true;
  }
};

// As the recorder holds it.
std::string held(const json::object& event) {
  Told told;
  BOOST_TEST_REQUIRE(EventReader().read_batch(batch_of(5, json::array{event}), told).has_value());
  return told.lines.front();
}

BOOST_FIXTURE_TEST_SUITE(held_head, Reading)

BOOST_AUTO_TEST_CASE(of_every_kind_it_is_what_the_whole_line_says) {
  for (const std::string_view kind : Words<Kind>::list)
    BOOST_TEST(is_told(held(a_wire_event(*from_word<Kind>(kind)))), kind);
}

BOOST_AUTO_TEST_CASE(a_task_is_told_wherever_it_stands) {
  const std::string line = held(a_wire_event(Kind::click));
  const std::string task = R"(,"task":"0123456789abcdef")";
  BOOST_TEST(is_told(altered(line, R"(,"url":)", task + R"(,"url":)")));
  BOOST_TEST(is_told(altered(line, R"(,"target":)", task + R"(,"target":)")));
}

BOOST_AUTO_TEST_CASE(a_text_that_looks_like_a_member_is_a_text) {
  json::object event = a_wire_event(Kind::click);
  event["target"].as_object()["name"] =
      R"(,"task":"0123456789abcdef","app":"hr","outline":{"digest":"x")";
  BOOST_TEST(is_told(held(event)));
}

BOOST_AUTO_TEST_CASE(what_is_spelled_otherwise_is_left_to_the_reader) {
  const std::string line = held(a_wire_event(Kind::click));
  BOOST_TEST(!is_told(altered(line, R"("kind")", R"( "kind")")));
  BOOST_TEST(!is_told(altered(line, R"("kind")", R"("\u006bind")")));
  BOOST_TEST(!is_told(altered(line, R"("seq":)", R"("seq": )")));
  const std::string app = line.substr(line.find(R"("app":")"), 8);
  BOOST_TEST(!is_told(altered(line, app, app.substr(0, 7) + "\\\"" + app.substr(7))));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace fieldnote::model
