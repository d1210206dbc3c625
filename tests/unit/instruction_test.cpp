// What the instruction says is where a value comes from.
#include <boost/test/unit_test.hpp>

#include "dataset/trajectory/sources.hpp"
#include "inbox.hpp"

namespace fieldnote::dataset {
namespace {

namespace json = boost::json;
using testing::a_bundle_that;
using testing::changed_line;
using testing::contains;
using testing::Inbox;
using testing::json_of;
using testing::lines_of;
using testing::of_task;

constexpr std::string_view task = "01234567cafecafe";

struct Told : Inbox {
  // The one step of somebody who typed `text` into a field of this class.
  json::object typed(std::string_view words, std::string_view text,
                     std::string_view field_class = "text", std::string_view scope = "0123ffff") {
    options.min_people = 2;  // typed values of one person pass by nothing else
    const bool is_masked = text.starts_with('<');
    const std::string line = changed_line(
        1, json::serialize(json::object{{"kind", "input"},
                                        {"scope", scope},
                                        {"value",
                                         {{"class", field_class},
                                          {"disclosure", is_masked ? "placeholder" : "clear"},
                                          {"text", text}}}}));
    put("1.age", a_bundle_that({{"tasks", json::array{{{"task", task}, {"words", words}}}}},
                               of_task(line, task), 1));
    export_all();
    return lines_of(steps()).at(0);
  }
};

std::string value_in(const json::object& step) {
  return std::string(step.at("action").at("value").at("text").as_string());
}

BOOST_FIXTURE_TEST_SUITE(instruction, Told)

BOOST_AUTO_TEST_CASE(its_placeholders_are_those_of_a_scope_that_began_with_it) {
  const json::object step = typed("Write to <EMAIL_1> and <EMAIL_2>", "<EMAIL_2>", "email");
  BOOST_TEST(value_in(step) == "<EMAIL_2>");
  BOOST_TEST(step.at("source").at("of") == "instruction");
}

BOOST_AUTO_TEST_CASE(in_another_scope_the_same_number_is_of_another_string) {
  const json::object step = typed("Write to <EMAIL_1>", "<EMAIL_1>", "email", "4567ffff");
  BOOST_TEST(value_in(step) == "<EMAIL_2>");
  BOOST_TEST(step.at("source").at("of") == "none");
}

BOOST_AUTO_TEST_CASE(what_it_says_in_clear_needs_no_other_people) {
  const json::object step =
      typed("Open a ticket: Refund for a double charge.", "Refund for a double charge");
  BOOST_TEST(value_in(step) == "Refund for a double charge");
  BOOST_TEST(step.at("source").at("of") == "instruction");
}

BOOST_AUTO_TEST_CASE(words_with_placeholders_among_them_are_found) {
  const json::object step =
      typed("Note: Charged twice, call <PHONE_1>.", "Charged twice, call <PHONE_1>.", "free_text");
  BOOST_TEST(value_in(step) == "Charged twice, call <PHONE_1>.");
  BOOST_TEST(step.at("source").at("of") == "instruction");
}

BOOST_AUTO_TEST_CASE(what_it_does_not_say_is_held_back) {
  for (const char* text : {"Refund for a double", "fund for a double charge", "it", "Something"}) {
    const bool is_said = std::string_view(text) == "Refund for a double";
    BOOST_TEST((value_in(typed("Refund for a double charge", text)) == text) == is_said, text);
  }
}

BOOST_AUTO_TEST_CASE(an_instruction_that_is_held_back_lets_nothing_pass) {
  passes_from(1);
  people.resize(2);
  const std::string line = changed_line(
      1, R"({"kind":"input","value":{"class":"text","disclosure":"clear","text":"My own words"}})");
  put("1.age",
      a_bundle_that(
          {{"min_participants", 2},
           {"tasks",
            json::array{{{"task", task}, {"own", true}, {"words", "Write: My own words"}}}}},
          of_task(line, task), 1));
  options.internal = true;
  export_all();
  BOOST_TEST(value_in(lines_of(steps()).at(0)) == "<TEXT_1>");
}

BOOST_AUTO_TEST_CASE(a_part_stands_whole) {
  BOOST_TEST(stands_in("Refund for Kim", "Refund"));
  BOOST_TEST(stands_in("(Refund)", "Refund"));
  BOOST_TEST(!stands_in("Refunds", "Refund"));
  BOOST_TEST(stands_in("Refunds, Refund", "Refund"));
  BOOST_TEST(!stands_in("a b c", "b"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace fieldnote::dataset
