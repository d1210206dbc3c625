// What a trajectory and its steps tell beyond what was done: the task and its outcome, the page at
// the end, where values come from, and what can be learned.
#include <boost/test/unit_test.hpp>

#include "dataset/trajectory/sources.hpp"
#include "inbox.hpp"

namespace fieldnote::dataset {
namespace {

namespace json = boost::json;
using testing::a_bundle;
using testing::a_bundle_that;
using testing::a_participant;
using testing::changed_line;
using testing::citing_line;
using testing::contains;
using testing::held_line;
using testing::json_of;
using testing::lines_of;
using testing::of_task;
using testing::outline_line;

constexpr std::string_view task = "0123456789abcdef";

struct Told : testing::Inbox {
  std::vector<json::object> trajectories() const {
    return lines_of(testing::unpacked(testing::read_file(out / "trajectories-00000.jsonl.zst")));
  }
  json::object trajectory() const {
    const auto all = trajectories();
    BOOST_TEST_REQUIRE(all.size() == 1U);
    return all[0];
  }
};

json::object header_with(std::string_view more) {
  json::object told{{"task", task}};
  for (const auto& [key, value] : json_of(more)) told[key] = value;
  return {{"tasks", json::array{told}}};
}

std::string acting_line(std::uint64_t seq, std::string_view ref, std::string_view more) {
  json::object event = json_of(citing_line(seq, ref));
  for (const auto& [key, value] : json_of(more)) event[key] = value;
  return json::serialize(event) + '\n';
}

std::string typed(std::uint64_t seq, std::string_view ref, std::string_view name,
                  std::string_view value) {
  json::object target = testing::a_target();
  target["role"] = "textbox";
  target["name"] = name;
  return acting_line(seq, ref,
                     json::serialize(json::object{
                         {"kind", "input"}, {"target", target}, {"value", json_of(value)}}));
}

BOOST_FIXTURE_TEST_SUITE(rows, Told)

BOOST_AUTO_TEST_CASE(a_task_of_the_list_is_told_with_its_outcome) {
  put("1.age", a_bundle_that(header_with(R"({"words":"Refund an order","outcome":"done"})"),
                             of_task(held_line(1, "A"), task), 1));
  export_all();
  BOOST_TEST(json::serialize(trajectory().at("instruction")) ==
             R"({"source":"list","text":"Refund an order"})");
  BOOST_TEST(trajectory().at("outcome") == "done");
  BOOST_TEST(trajectory().at("parts") == 1);
  BOOST_TEST(lines_of(steps())[0].at("in_task") == true);
}

BOOST_AUTO_TEST_CASE(without_a_task_there_is_no_instruction) {
  put("1.age", a_bundle(held_line(1, "A")));
  export_all();
  BOOST_TEST(json::serialize(trajectory().at("instruction")) == R"({"source":"none"})");
  BOOST_TEST(trajectory().at("outcome") == "unknown");
}

BOOST_AUTO_TEST_CASE(how_a_task_ended_is_known_from_a_later_bundle) {
  put("1.age",
      a_bundle_that(header_with(R"({"words":"Refund an order"})"),
                    of_task(held_line(1, "A"), task) + changed_line(2, R"({"kind":"away"})"), 1));
  put("2.age", a_bundle_that(header_with(R"({"words":"Refund an order","outcome":"stopped"})"),
                             of_task(held_line(3, "B"), task), 2));
  export_all();
  std::vector<std::int64_t> parts;
  for (const json::object& each : trajectories()) {
    BOOST_TEST(each.at("outcome") == "stopped");
    BOOST_TEST(each.at("parts") == 2);
    parts.push_back(each.at("part").as_int64());
  }
  std::sort(parts.begin(), parts.end());
  BOOST_TEST((parts == std::vector<std::int64_t>{1, 2}));
}

BOOST_AUTO_TEST_CASE(own_words_that_the_person_keeps_are_not_told) {
  put("1.age", a_bundle_that(header_with(R"({"own":true})"), of_task(held_line(1, "A"), task), 1));
  export_all();
  BOOST_TEST(json::serialize(trajectory().at("instruction")) == R"({"source":"own"})");
}

// Words of the list are the tool's, which one person's bundles may bring into a dataset that stays
// inside; own words never are.
BOOST_AUTO_TEST_CASE(own_words_of_one_person_are_held_back_also_inside) {
  options.min_people = 2;
  put("1.age", a_bundle_that(header_with(R"({"own":true,"words":"Help my neighbour out"})"),
                             of_task(held_line(1, "A"), task), 1));
  const ExportReport report = export_all();
  BOOST_TEST(json::serialize(trajectory().at("instruction")) == R"({"source":"own"})");
  BOOST_TEST(report.release.held_back.at("task") == 1U);
  put("1.age", a_bundle_that(header_with(R"({"words":"Refund an order"})"),
                             of_task(held_line(1, "A"), task), 1));
  export_all();
  BOOST_TEST(trajectory().at("instruction").at("text") == "Refund an order");
}

BOOST_AUTO_TEST_CASE(words_of_a_task_pass_when_enough_people_had_it) {
  passes_from(2);
  put_of_each(4, [](unsigned char person, const auto& key) {
    const std::string_view words =
        person == 4 ? R"({"own":true,"words":"Only mine"})" : R"({"own":true,"words":"Ours"})";
    return a_bundle_that(header_with(words), of_task(held_line(1, "A"), task), 1, key);
  });
  const ExportReport report = export_all();
  unsigned ours = 0;
  for (const json::object& each : trajectories())
    if (each.at("instruction").as_object().contains("text")) {
      BOOST_TEST(each.at("instruction").at("text") == "Ours");
      ++ours;
    }
  BOOST_TEST(ours == 3U);
  BOOST_TEST(report.release.released.at("task") == 3U);
}

BOOST_AUTO_TEST_CASE(a_task_that_was_asked_back_counts_for_nobody) {
  passes_from(2);
  put_of_each(4, [](unsigned char person, const auto& key) {
    const std::string_view words = person <= 2 ? R"({"words":"Ours"})" : R"({"words":"Theirs"})";
    const std::string lines = of_task(held_line(1, "A"), task) + held_line(2, "A");
    return a_bundle_that(header_with(words), lines, 1, key);
  });
  put("asks.age",
      a_bundle_that({{"asks", {{"of", "task"}, {"task", task}}}}, "", 2, a_participant(1)));
  export_all();
  for (const json::object& each : trajectories())
    if (each.at("instruction").as_object().contains("text"))
      BOOST_TEST(each.at("instruction").at("text") == "Theirs");
}

BOOST_AUTO_TEST_CASE(what_is_private_in_the_words_of_a_task_is_taken_out) {
  put("1.age", a_bundle_that(header_with(R"({"words":"Refund mira.kettle@orchard.net"})"),
                             of_task(held_line(1, "A"), task), 1));
  export_all();
  BOOST_TEST(trajectory().at("instruction").at("text") == "Refund <EMAIL>");
}

BOOST_AUTO_TEST_CASE(the_page_after_the_last_action_is_the_trajectory_s) {
  const std::string other = "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";
  put("1.age", a_bundle(outline_line(1, "- button \"Save\" [ref=e2]") + citing_line(2, "e2") +
                        outline_line(3, "- status [ref=e3]: Saved", "[]", testing::a_document,
                                     R"({"outline":{"digest":")" + other +
                                         R"(","dialect":"playwright-ai/1.65",
                                   "lines":["- status [ref=e3]: Saved"]}})")));
  export_all();
  BOOST_TEST(trajectory().at("after").at("text") == "- status [ref=e3]: Saved");
  BOOST_TEST(!trajectory().at("after").as_object().contains("ref"));
}

BOOST_AUTO_TEST_CASE(the_page_before_the_last_action_is_not_the_end) {
  put("1.age", a_bundle(outline_line(1, "- button \"Save\" [ref=e2]") + citing_line(2, "e2")));
  export_all();
  BOOST_TEST(!trajectory().contains("after"));
}

BOOST_AUTO_TEST_CASE(a_value_has_the_source_that_shows_it) {
  const std::string email = R"({"class":"email","disclosure":"placeholder","text":"<EMAIL_7>"})";
  put("1.age", a_bundle(outline_line(1,
                                     "- row [ref=e1]:\n  - text: Write to <TEXT_4 EMAIL_7>\n"
                                     "- textbox \"To\" [ref=e2]\n- textbox \"Copy\" [ref=e3]") +
                        typed(2, "e2", "To", email) +
                        typed(3, "e3", "Copy",
                              R"({"class":"text","disclosure":"placeholder",)"
                              R"("text":"<TEXT_9>"})") +
                        typed(4, "e2", "To",
                              R"({"class":"text","disclosure":"placeholder",)"
                              R"("text":"<TEXT_9>"})")));
  export_all();
  const auto lines = lines_of(steps());
  BOOST_TEST(json::serialize(lines[0].at("source")) == R"({"of":"outline","step":1,"ref":"e1"})");
  BOOST_TEST(lines[0].at("learnable") == true);
  BOOST_TEST(json::serialize(lines[1].at("source")) == R"({"of":"none"})");
  BOOST_TEST(lines[1].at("learnable") == false);
  BOOST_TEST(lines[1].at("why") == "value_from_nowhere");
  BOOST_TEST(json::serialize(lines[2].at("source")) == R"({"of":"value","step":2})");
  BOOST_TEST(lines[2].at("learnable") == true);
}

BOOST_AUTO_TEST_CASE(a_value_is_in_the_instruction) {
  put("1.age",
      a_bundle_that(header_with(R"({"words":"Set the status to Waiting"})"),
                    of_task(outline_line(1, "- textbox \"To\" [ref=e2]"), task) +
                        of_task(typed(2, "e2", "To",
                                      R"({"class":"text","disclosure":"clear","text":"Waiting"})"),
                                task),
                    1));
  export_all();
  BOOST_TEST(json::serialize(lines_of(steps())[0].at("source")) == R"({"of":"instruction"})");
}

BOOST_AUTO_TEST_CASE(what_is_not_told_has_a_stand_in) {
  const std::string password = R"({"class":"password","disclosure":"withheld"})";
  put("1.age",
      a_bundle(outline_line(1, "- textbox \"Password\" [ref=e2]") +
               typed(2, "e2", "Password", password) + typed(3, "e2", "Password", password)));
  export_all();
  const auto lines = lines_of(steps());
  BOOST_TEST(lines[0].at("stand_in") == "<PASSWORD_1>");
  BOOST_TEST(lines[1].at("stand_in") == "<PASSWORD_2>");
  BOOST_TEST(lines[0].at("why") == "value_untold");
  BOOST_TEST(!lines[0].contains("source"));
}

BOOST_AUTO_TEST_CASE(what_follows_from_a_step_is_not_learned) {
  put("1.age", a_bundle(outline_line(1, "- button \"Save\" [ref=e2]") + citing_line(2, "e2") +
                        changed_line(3, R"({"kind":"navigate","navigation":"load","cause":7,
                                            "n":8})")));
  const ExportReport report = export_all();
  const auto lines = lines_of(steps());
  BOOST_TEST(lines[0].at("learnable") == true);
  BOOST_TEST(lines[1].at("why") == "consequence");
  BOOST_TEST(report.statistics.learnable[0] == 1U);
  const json::object about = json_of(testing::read_file(out / "dataset.json"));
  BOOST_TEST(json::serialize(about.at("learnable")) == R"({"yes":1,"consequence":1})");
}

BOOST_AUTO_TEST_CASE(a_target_that_is_not_in_the_outline_is_not_learned) {
  put("1.age", a_bundle(outline_line(1, "- button \"Save\" [ref=e2]") + citing_line(2, "e9")));
  export_all();
  BOOST_TEST(lines_of(steps())[0].at("why") == "not_in_outline");
}

// A box that its label hides, the field of an editor: what is around them is clicked.
BOOST_AUTO_TEST_CASE(what_no_pointer_can_hit_is_in_the_outline_by_what_is_around_it) {
  const auto is_learned = [this](std::string_view ref, std::string_view outline) {
    put("1.age", a_bundle(outline_line(1, outline) + citing_line(2, ref)));
    export_all();
    return lines_of(steps())[0].at("learnable").as_bool();
  };
  BOOST_TEST(is_learned("e1", "- generic [ref=e1]:\n  - button \"Save\"\n  - text: Save"));
  BOOST_TEST(is_learned("e1", "- generic [ref=e1]:\n  - list:\n    - button \"Save\" [active]"));
  // Another thing has the ref of what has just gone, or holds more than the target.
  BOOST_TEST(!is_learned("e1", "- row [ref=e1]:\n  - button \"Save\""));
  BOOST_TEST(!is_learned("e1", "- generic [ref=e1]:\n  - text: Save\n- button \"Save\""));
  BOOST_TEST(!is_learned("e1", "- generic [ref=e1]:\n  - button \"Save\" [ref=e2]"));
  BOOST_TEST(!is_learned("e1", "- generic [ref=e1]:\n  - button \"Save\"\n  - button \"Save\""));
}

BOOST_AUTO_TEST_CASE(a_line_without_a_role_stands_for_what_it_is_named_like_or_holds_alone) {
  const auto is_learned = [this](std::string_view role, std::string_view name,
                                 std::string_view outline) {
    json::object target = testing::a_target();
    target["role"] = role;
    target["name"] = name;
    put("1.age", a_bundle(outline_line(1, outline) +
                          acting_line(2, "e1", json::serialize(json::object{{"target", target}}))));
    export_all();
    return lines_of(steps())[0].at("learnable").as_bool();
  };
  BOOST_TEST(is_learned("textbox", "Letter", "- generic \"Letter\" [ref=e1]: Dear"));
  BOOST_TEST(!is_learned("textbox", "Letter", "- generic \"Note\" [ref=e1]: Dear"));
  BOOST_TEST(is_learned("img", "", "- generic [ref=e1] [cursor=pointer]"));
  BOOST_TEST(!is_learned("img", "", "- generic [ref=e1]: Next"));
  BOOST_TEST(!is_learned("button", "", "- generic [ref=e1]"));
}

BOOST_AUTO_TEST_CASE(what_is_picked_is_in_the_outline_where_the_option_is) {
  const auto why = [this](std::string_view option) {
    const std::string pick = R"({"kind":"select","value":{"class":"choice","disclosure":"clear",
                                 "options":["Green"]}})";
    put("1.age", a_bundle(outline_line(1, "- option \"" + std::string(option) + "\" [ref=e3]") +
                          acting_line(2, "e9", pick)));
    export_all();
    const json::object line = lines_of(steps())[0];
    return line.contains("why") ? std::string(line.at("why").as_string()) : "";
  };
  BOOST_TEST(why("Green") == "");
  BOOST_TEST(why("Red") == "not_in_outline");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(sources)

BOOST_AUTO_TEST_CASE(a_text_is_shown_where_it_stands_whole) {
  const std::string_view outline =
      "- main [ref=e1]:\n"
      "  - heading \"Order of Kim Lee\" [ref=e2]\n"
      "  - list:\n"
      "    - text: \"12\"\n"
      "  - textbox \"Name\" [ref=e5]: Ada\n"
      "  - cell \"<TEXT_3 NAME_2>\" [ref=e6]";
  BOOST_TEST((shown_at(outline, "Kim Lee", "") == "e2"));
  BOOST_TEST(!shown_at(outline, "im Lee", ""));
  BOOST_TEST((shown_at(outline, "12", "") == "e1"));  // the list has no ref
  BOOST_TEST((shown_at(outline, "Ada", "") == "e5"));
  BOOST_TEST(!shown_at(outline, "Ada", "textbox \"Name\""));
  BOOST_TEST((shown_at(outline, "<NAME_2>", "") == "e6"));
  BOOST_TEST((shown_at(outline, "<TEXT_3>", "") == "e6"));
  BOOST_TEST(!shown_at(outline, "<NAME_1>", ""));
  BOOST_TEST(!shown_at(outline, "<NAME>", ""));
  BOOST_TEST(!shown_at(outline, "", ""));
  BOOST_TEST(!shown_at("- text: 127", "12", ""));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace fieldnote::dataset
