// Bundles to trajectories to a dataset: each event once, in order, the same bytes from the same
// bundles.
#include <sys/stat.h>

#include <boost/test/unit_test.hpp>
#include <sstream>

#include "dataset/trajectory/renumbering.hpp"
#include "dataset/unfinished.hpp"
#include "inbox.hpp"

namespace fieldnote::dataset {
namespace {

namespace fs = platform::fs;
namespace json = boost::json;
using testing::a_bundle;
using testing::a_bundle_that;
using testing::a_participant;
using testing::changed_line;
using testing::citing_line;
using testing::contains;
using testing::held_line;
using testing::Inbox;
using testing::json_of;
using testing::lines_of;
using testing::of_task;
using testing::outline_line;
using testing::write_file;

constexpr std::string_view other_stream = "fedcba9876543210fedcba9876543210";

BOOST_AUTO_TEST_SUITE(renumbering)

BOOST_AUTO_TEST_CASE(placeholders_are_numbered_as_they_appear_whatever_their_scope) {
  Renumbering numbers;
  BOOST_TEST(numbers.text("<EMAIL_7> wrote to <EMAIL_3>", "a") == "<EMAIL_1> wrote to <EMAIL_2>");
  BOOST_TEST(numbers.text("<TEXT_7>", "a") == "<TEXT_1>");
  BOOST_TEST(numbers.text("<EMAIL_3><EMAIL_7>", "a") == "<EMAIL_2><EMAIL_1>");
  BOOST_TEST(numbers.text("<EMAIL_7>", "b") == "<EMAIL_3>");
  // What is named within another, and what has no number.
  BOOST_TEST(numbers.text("<TEXT_9 EMAIL_7 PAYMENT_CARD EMAIL_8>", "a") ==
             "<TEXT_2 EMAIL_1 PAYMENT_CARD EMAIL_4>");
  BOOST_TEST(numbers.text("<PAYMENT_CARD> <EMAIL_8>", "a") == "<PAYMENT_CARD> <EMAIL_4>");
}

BOOST_AUTO_TEST_CASE(what_is_no_placeholder_stays) {
  Renumbering numbers;
  for (const char* text : {"", "<", "<>", "<_1>", "<EMAIL_>", "<EMAIL_1", "<EMAIL1>", "<email_1>",
                           "a < b", "<b>", "<<", "EMAIL_1>", "<EMAIL_1x>"})
    BOOST_TEST(numbers.text(text, "a") == text);
  BOOST_TEST(numbers.text("<<EMAIL_9>>", "a") == "<<EMAIL_1>>");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(exporter, Inbox)

BOOST_AUTO_TEST_CASE(a_step_is_the_event_without_what_tells_who_and_when) {
  put("1.age", a_bundle(held_line(1, "<TEXT_9>")));
  const ExportReport report = export_all();
  BOOST_TEST(report.bundles == 1U);
  BOOST_TEST(report.trajectories == 1U);
  BOOST_TEST(report.steps == 1U);
  BOOST_TEST(report.skipped.empty());
  BOOST_TEST(
      steps().substr(steps().find(R"("step")")) ==
      R"("step":1,"app":"crm",)"
      R"("url":"https://crm.example.com/tickets","tab":1,"frame":0,"in_task":false,"action":{"kind":"click",)"
      R"("target":{"role":"button","name":"<TEXT_1>","tag":"button","type":"submit",)"
      R"("selectors":[["aria/Save"],["#host","button.save"]],"box":[10,-20,300,40]}},"learnable":false,"why":"no_outline"})"
      "\n");
  const json::object description = json_of(testing::read_file(out / "dataset.json"));
  BOOST_TEST(description.at("steps") == 1);
  BOOST_TEST(description.at("internal") == true);
  BOOST_TEST(description.at("bundles").as_array().size() == 1U);
  BOOST_TEST(description.at("ledger").at("recorded") == (json::object{{"click", 1}}));
}

BOOST_AUTO_TEST_CASE(what_was_asked_back_is_left_out_and_counted) {
  const std::string task = "0123456789abcdef";
  const auto put_work = [&] {
    put("1.age", a_bundle_that({{"week", "2026-W10"}}, held_line(1, "A"), 1));
    put("2.age", a_bundle_that({{"week", "2026-W11"}},
                               held_line(2, "B") + of_task(held_line(2, "C"), task), 2));
    put("3.age", a_bundle_that({{"week", "2026-W12"}}, held_line(3, "D"), 3));
    put("other.age", a_bundle(held_line(1, "E", "crm", other_stream), 1, a_participant(2)));
  };
  const auto asking = [&](std::string_view scope) {
    put_work();
    put("4.age", a_bundle_that({{"week", "2026-W12"}, {"asks", json_of(scope)}}, "", 4));
    const ExportReport report = export_all();
    BOOST_TEST(report.skipped.empty());
    const json::object description = json_of(testing::read_file(out / "dataset.json"));
    BOOST_TEST(description.at("withdrawn").as_int64() ==
               static_cast<std::int64_t>(report.withdrawn));
    std::string names = order();
    std::erase(names, '/');
    std::sort(names.begin(), names.end());
    return std::to_string(report.withdrawn) + names;
  };
  // Others' work stays; so does what is sealed after it was asked.
  BOOST_TEST(asking(R"({"of":"all"})") == "4E");
  put("5.age", a_bundle_that({{"week", "2026-W13"}}, held_line(5, "F"), 5));
  BOOST_TEST(asking(R"({"of":"all"})") == "4EF");
  BOOST_TEST(asking(R"({"of":"weeks","first":"2026-W11","last":"2026-W12"})") == "3AEF");
  BOOST_TEST(asking(R"({"of":"task","task":"0123456789abcdef"})") == "1ABDEF");
  BOOST_TEST(asking(R"({"of":"task","task":"fedcba9876543210"})") == "0ABCDEF");
}

BOOST_AUTO_TEST_CASE(who_asks_all_back_is_nobody_of_the_dataset) {
  put("1.age", a_bundle(held_line(1, "A"), 1));
  put("2.age", a_bundle_that({{"asks", {{"of", "all"}}}}, "", 2));
  put("other.age", a_bundle(held_line(1, "E", "crm", other_stream), 1, a_participant(2)));
  const ExportReport report = export_all();
  BOOST_TEST(report.people == 1U);
  BOOST_TEST(report.bundles == 1U);
}

BOOST_AUTO_TEST_CASE(what_is_asked_back_and_cannot_be_read_is_not_passed_over) {
  put("1.age", a_bundle(held_line(1, "A"), 1));
  put("2.age", a_bundle_that({{"asks", {{"of", "something"}}}}, "", 2));
  const ExportReport report = export_all();
  BOOST_TEST_REQUIRE(report.skipped.size() == 1U);
  BOOST_TEST(contains(report.skipped[0].why, "asks"));
}

BOOST_AUTO_TEST_CASE(work_is_cut_where_the_task_changes) {
  put("1.age", a_bundle(held_line(1, "A") + of_task(held_line(1, "B"), "0123456789abcdef") +
                            of_task(held_line(1, "C"), "0123456789abcdef") + held_line(1, "D"),
                        1));
  BOOST_TEST(export_all().trajectories == 3U);
}

BOOST_AUTO_TEST_CASE(events_come_in_the_order_of_their_batches_across_bundles) {
  put("2.age", a_bundle(held_line(3, "D") + held_line(3, "E"), 2));
  put("1.age", a_bundle(held_line(1, "A") + held_line(1, "B") + held_line(2, "C"), 1));
  export_all();
  BOOST_TEST(order() == "ABCDE");
}

BOOST_AUTO_TEST_CASE(what_was_sealed_in_another_order_is_not_one_stretch) {
  put("1.age", a_bundle(held_line(9, "Y") + held_line(9, "Z"), 1));
  put("2.age", a_bundle(held_line(8, "X") + held_line(10, "!"), 2));
  const ExportReport report = export_all();
  BOOST_TEST(report.steps == 4U);
  BOOST_TEST(report.trajectories == 2U);
}

BOOST_AUTO_TEST_CASE(a_batch_that_was_sealed_twice_counts_once) {
  put("1.age", a_bundle(held_line(1, "A") + held_line(2, "B"), 1));
  put("other.age", a_bundle(held_line(2, "B") + held_line(3, "C"), 1));
  const ExportReport report = export_all();
  BOOST_TEST(report.doubles == 1U);
  BOOST_TEST_REQUIRE(report.broken.size() == 1U);
  BOOST_TEST(contains(report.broken[0].why, "other.age: bears the number of another bundle"));
  BOOST_TEST(order() == "ABC");
}

BOOST_AUTO_TEST_CASE(a_bundle_given_twice_counts_once) {
  const std::string bundle = a_bundle(held_line(1, "A") + held_line(2, "B"));
  put("1.age", bundle);
  put("copy.age", bundle);
  const ExportReport report = export_all();
  BOOST_TEST(report.bundles == 1U);
  BOOST_TEST(report.steps == 2U);
  BOOST_TEST(report.ledger.recorded.at("click") == 2U);
  BOOST_TEST(order() == "AB");
}

BOOST_AUTO_TEST_CASE(streams_apps_and_participants_are_told_apart) {
  put("1.age", a_bundle(held_line(1, "A") + held_line(1, "b", "desk") +
                        held_line(1, "C", "crm", other_stream) + held_line(2, "D")));
  put("2.age", a_bundle(held_line(1, "E"), 1, a_participant(2)));
  const ExportReport report = export_all();
  BOOST_TEST(report.trajectories == 4U);
  std::multiset<std::string> parts;
  std::istringstream text(order());
  for (std::string part; std::getline(text, part, '/');) parts.insert(part);
  BOOST_TEST((parts == std::multiset<std::string>{"AD", "b", "C", "E"}));
}

BOOST_AUTO_TEST_CASE(the_same_lines_of_two_people_are_two_trajectories_in_every_format) {
  put("1.age", a_bundle(held_line(1, "A")));
  put("2.age", a_bundle(held_line(1, "A"), 1, a_participant(2)));
  options.formats = {FormatName::steps, FormatName::atif, FormatName::recorder,
                     FormatName::playwright};
  const ExportReport report = export_all();
  BOOST_TEST(report.trajectories == 2U);
  std::set<std::string> names;
  for (const ShardFile& file : report.files) names.insert(file.name);
  BOOST_TEST(names.size() == report.files.size());
  BOOST_TEST(order() == "A/A");
}

BOOST_AUTO_TEST_CASE(placeholders_begin_again_in_each_trajectory) {
  put("1.age", a_bundle(held_line(1, "<TEXT_4>") + held_line(2, "<TEXT_3>") +
                        held_line(3, "<TEXT_4>", "crm", testing::a_stream, "aaaaaaaa") +
                        held_line(4, "<TEXT_4>", "desk")));
  export_all();
  const std::string names = order();
  BOOST_TEST((names == "<TEXT_1><TEXT_2><TEXT_3>/<TEXT_1>" ||
              names == "<TEXT_1>/<TEXT_1><TEXT_2><TEXT_3>"));
}

BOOST_AUTO_TEST_CASE(effects_belong_to_their_steps_and_a_double_click_is_one) {
  const auto line = [](std::uint64_t seq, std::string_view more) {
    json::object event = json_of(held_line(seq));
    for (const auto& [key, value] : json_of(more)) event[key] = value;
    if (event.at("kind") == "effect" || event.at("kind") == "navigate") event.erase("target");
    return json::serialize(event) + '\n';
  };
  put("1.age",
      a_bundle(
          line(1, R"({"n":0})") +
          line(
              2,
              R"({"n":1,"kind":"effect","cause":0,"changes":[{"what":"alert","text":"<TEXT_8>"}]})") +
          line(3, R"({"n":2})") + line(4, R"({"n":3,"kind":"double_click","cause":2})")));
  put("2.age",
      a_bundle(line(5, R"({"n":4,"kind":"effect","cause":3,"changes":[{"what":"navigated"}]})") +
                   line(6, R"({"n":0,"document":"ffffffffffffffff","kind":"navigate",
                               "navigation":"load","cause":3,"cause_document":"00112233445566ff"})"),
               2));
  BOOST_TEST(export_all().steps == 3U);
  std::istringstream text(steps());
  std::vector<json::object> lines;
  for (std::string step; std::getline(text, step);) lines.push_back(json_of(step));
  BOOST_TEST_REQUIRE(lines.size() == 3U);
  BOOST_TEST(json::serialize(lines[0].at("effect")) ==
             R"({"kind":"effect","changes":[{"what":"alert","text":"<TEXT_1>"}]})");
  BOOST_TEST(lines[1].at("action").at("kind") == "double_click");
  BOOST_TEST(!lines[1].contains("cause"));
  BOOST_TEST(lines[1].at("effect").at("changes").at(0).at("what") == "navigated");
  BOOST_TEST(lines[2].at("cause") == 2);
}

BOOST_AUTO_TEST_CASE(a_step_has_the_outline_that_its_action_cites) {
  put("1.age",
      a_bundle(
          outline_line(1, "- main [ref=e1]:\n  - button \"Save\" [ref=e2]\n  - text: <TEXT_9>") +
          citing_line(2, "e2") + citing_line(3, "e1", "stale")));
  BOOST_TEST(export_all().steps == 2U);
  const auto lines = lines_of(steps());
  BOOST_TEST(json::serialize(lines[0].at("observation")) ==
             R"({"dialect":"playwright-ai/1.65","state":"fresh","ref":"e2",)"
             R"("text":"- main [ref=e1]:\n  - button \"Save\" [ref=e2]\n  - text: <TEXT_1>"})");
  BOOST_TEST(lines[1].at("observation").at("state") == "stale");
  BOOST_TEST(!lines[0].at("action").as_object().contains("outline"));
}

BOOST_AUTO_TEST_CASE(an_outline_is_cited_in_later_stretches_too) {
  put("1.age", a_bundle(outline_line(1, "- button \"Save\" [ref=e2]") + citing_line(2, "e2") +
                        changed_line(3, R"({"kind":"away"})") + citing_line(4, "e2")));
  const ExportReport report = export_all();
  BOOST_TEST(report.trajectories == 2U);
  BOOST_TEST(report.steps == 2U);
  for (const json::object& line : lines_of(steps()))
    BOOST_TEST(line.at("observation").at("ref") == "e2");
}

BOOST_AUTO_TEST_CASE(frames_are_joined_into_the_outline_of_their_page) {
  constexpr std::string_view inner = "ffffffffffffffff";
  const std::string page =
      "- heading \"Orders\" [ref=e1]\n- iframe [ref=e2] [frame=1]\n- iframe [ref=e3] [frame=0]";
  put("1.age", a_bundle(outline_line(1, page) + citing_line(2, "e1") +
                        // Asked when the action was told, and of the time before it.
                        outline_line(3, "- button \"Pay\" [ref=e1]", "[0]", inner,
                                     R"({"cause":7,"cause_document":"00112233445566ff"})") +
                        citing_line(4, "e1", "fresh", inner) +
                        changed_line(5, R"({"kind":"navigate","navigation":"load","n":0})") +
                        citing_line(6, "e1", "fresh", inner)));
  export_all();
  const auto lines = lines_of(steps());
  const std::string joined =
      "- heading \"Orders\" [ref=e1]\n- iframe [ref=e2]\n- iframe [ref=e3]:\n"
      "  - button \"Pay\" [ref=f1e1]";
  BOOST_TEST(lines[0].at("observation").at("text").as_string() == joined);
  BOOST_TEST(lines[0].at("observation").at("ref") == "e1");
  BOOST_TEST(lines[1].at("observation").at("text").as_string() == joined);
  BOOST_TEST(lines[1].at("observation").at("ref") == "f1e1");
  // Another page: of that nothing is known but the frame.
  BOOST_TEST(lines[3].at("observation").at("text") == "- button \"Pay\" [ref=e1]");
}

BOOST_AUTO_TEST_CASE(what_too_few_people_showed_is_in_no_outline) {
  put_of_each(4, [](unsigned char person, const auto& key) {
    const std::string outline = "- button \"Save\" [ref=e1]\n- textbox \"Mine, " +
                                std::string(person, 'x') + "\" [ref=e2]: typed";
    return a_bundle(outline_line(1, outline) + citing_line(2, "e1"), 1, key);
  });
  passes_from(2);
  export_all();
  BOOST_TEST(lines_of(steps()).size() == 4U);
  for (const json::object& line : lines_of(steps()))
    BOOST_TEST(line.at("observation").at("text") ==
               "- button \"Save\" [ref=e1]\n- textbox \"<CONTROL_1>\" [ref=e2]: typed");
}

BOOST_AUTO_TEST_CASE(what_one_person_typed_is_in_no_outline_of_an_internal_dataset) {
  options.min_people = 2;
  put("1.age",
      a_bundle(outline_line(1, "- textbox \"Note\" [ref=e2]: typed") + citing_line(2, "e2")));
  export_all();
  BOOST_TEST(contains(steps(), R"(textbox \"Note\" [ref=e2]: <TEXT_1>)"));
}

BOOST_AUTO_TEST_CASE(the_same_bundles_give_the_same_bytes) {
  const std::string one = a_bundle(held_line(1, "A") + held_line(1, "B", "desk"));
  const std::string two = a_bundle(held_line(1, "C"), 1, a_participant(2));
  put("1.age", one);
  put("2.age", two);
  export_all();
  const std::string steps_before = steps();
  const std::string description = testing::read_file(out / "dataset.json");
  put("1.age", two);
  put("2.age", one);
  export_all();
  BOOST_TEST(steps() == steps_before);
  BOOST_TEST(testing::read_file(out / "dataset.json") == description);
}

BOOST_AUTO_TEST_CASE(what_cannot_be_read_is_skipped_and_named) {
  put("good.age", a_bundle(held_line(1, "A")));
  put("foreign.age", "nonsense");
  put("strange.age", a_bundle("{\"kind\":\"dance\"}\n", 2));
  put("ignored.txt", "no bundle");
  fs::create_symlink("nowhere.age", bundles / "link.age");
  fs::create_directory(bundles / "folder.age");
  options.inputs.push_back(bundles / "pipe");
  BOOST_TEST_REQUIRE(::mkfifo(options.inputs.back().c_str(), 0600) == 0);
  const ExportReport report = export_all();
  BOOST_TEST(report.steps == 1U);
  BOOST_TEST(report.ledger.recorded.at("click") == 1U);
  std::map<std::string, std::string> skipped;
  for (const auto& [file, why, foreign] : report.skipped)
    skipped[fs::path(file).filename().string()] = why;
  BOOST_TEST_REQUIRE(skipped.size() == 4U);
  BOOST_TEST(contains(skipped["pipe"], "neither a file nor a folder"));
  BOOST_TEST(!skipped["foreign.age"].empty());
  BOOST_TEST(!skipped["link.age"].empty());
  BOOST_TEST(contains(skipped["strange.age"], "event 1"));
  for (const auto& [file, why, foreign] : report.skipped) BOOST_TEST(contains(why, file));
  const json::object description = json_of(testing::read_file(out / "dataset.json"));
  BOOST_TEST(description.at("skipped").as_array().size() == 4U);
  BOOST_TEST(description.at("bundles").as_array().size() == 1U);
}

// Folders of bundles bear names of accounts, and a key is somebody's.
BOOST_AUTO_TEST_CASE(where_bundles_lay_and_who_is_not_on_the_roster_is_not_told) {
  fs::create_directory(bundles / "jane.doe");
  put("1.age", a_bundle(held_line(1)));
  put("jane.doe/2.age", "nonsense");
  put("jane.doe/3.age", a_bundle(held_line(1), 1, a_participant(3)));
  put("jane.doe/4.age", a_bundle(held_line(2), 4));
  export_all();
  for (const auto& entry : fs::directory_iterator(out)) {
    if (entry.path().extension() == ".zst") continue;
    const std::string text = testing::read_file(entry.path());
    BOOST_TEST(!contains(text, "jane.doe"), entry.path());
    BOOST_TEST(!contains(text, path().string()), entry.path());
    BOOST_TEST(!contains(text, a_participant(3).public_key().text()), entry.path());
  }
  const json::object description = json_of(testing::read_file(out / "dataset.json"));
  BOOST_TEST(description.at("skipped").as_array().size() == 2U);
  BOOST_TEST(contains(json::serialize(description.at("skipped")), "by a key that is not on"));
  BOOST_TEST(json::serialize(description.at("broken")) ==
             R"([{"file":"4.age","why":"bundles before it are not here"}])");
}

BOOST_AUTO_TEST_CASE(who_is_not_on_the_roster_is_not_in_the_dataset) {
  put("1.age", a_bundle(held_line(1, "A")));
  put("2.age", a_bundle(held_line(1, "B"), 1, a_participant(3)));
  const ExportReport report = export_all();
  BOOST_TEST(order() == "A");
  BOOST_TEST_REQUIRE(report.skipped.size() == 1U);
  BOOST_TEST(contains(report.skipped[0].why, a_participant(3).public_key().text()));
  BOOST_TEST(contains(report.skipped[0].why, "not on the roster"));
}

BOOST_AUTO_TEST_CASE(a_text_passes_when_enough_people_showed_it) {
  passes_from(2);
  put_of_each(4, [](unsigned char person, const auto& key) {
    return a_bundle(held_line(1, person == 4 ? "Only one" : "All of us"), 1, key);
  });
  const ExportReport report = export_all();
  BOOST_TEST(report.min_people == 2U);
  BOOST_TEST(contains(steps(), "All of us"));
  BOOST_TEST(!contains(steps(), "Only one"));
  BOOST_TEST(contains(steps(), "<CONTROL_1>"));
  BOOST_TEST(report.release.held_back.at("name") == 1U);
  BOOST_TEST(report.release.released.at("name") == 3U);
}

// It would pass as masked, whoever showed it.
BOOST_AUTO_TEST_CASE(what_only_looks_like_a_placeholder_is_counted_as_any_text) {
  passes_from(2);
  put_of_each(4, [](unsigned char person, const auto& key) {
    const char* text = person == 4   ? "<PROJECT_ORION>"
                       : person == 3 ? "<PROJECT_LYRA_7 EMAIL_2>"
                                     : "<EMAIL_2> <PAYMENT_CARD>";
    return a_bundle(held_line(1, text), 1, key);
  });
  const ExportReport report = export_all();
  BOOST_TEST(!contains(steps(), "ORION"));
  BOOST_TEST(!contains(steps(), "LYRA"));
  BOOST_TEST(contains(steps(), "<EMAIL_1> <PAYMENT_CARD>"));
  BOOST_TEST(report.release.held_back.at("name") == 2U);
}

// Keys in order spell it, also what was taken away again before anybody else could show it.
BOOST_AUTO_TEST_CASE(keys_are_told_of_a_text_that_is_told_and_of_no_other) {
  passes_from(2);
  put_of_each(4, [](unsigned char person, const auto& key) {
    const std::string_view text = person == 4 ? "no" : "ab";
    const std::string_view keys = person == 4   ? R"(["n","o"])"
                                  : person == 3 ? R"(["x","y","z","a","b"])"
                                                : R"(["a","b"])";
    return a_bundle(
        changed_line(1, R"({"kind":"input","value":{"class":"text","disclosure":"clear",
                                        "text":")" +
                            std::string(text) + R"("},"entry":{"by":["typed"],"keys":)" +
                            std::string(keys) + "}}"),
        1, key);
  });
  export_all();
  BOOST_TEST(contains(steps(), R"("keys":["a","b"])"));
  BOOST_TEST(!contains(steps(), R"(["n")"));
  BOOST_TEST(!contains(steps(), R"("x")"));
}

// Page and host are assumed to be wrong: what everybody showed is looked through for the third
// time.
BOOST_AUTO_TEST_CASE(what_is_private_is_in_no_dataset_also_when_everybody_showed_it) {
  passes_from(2);
  put_of_each(4, [](unsigned char person, const auto& key) {
    const char* text =
        person % 2 == 0 ? "Write to mira.kettle@orchard.net" : "Pay with 4111 1111 1111 1111";
    return a_bundle(held_line(1, text), 1, key);
  });
  const ExportReport report = export_all();
  BOOST_TEST(contains(steps(), "Write to <EMAIL>"));
  BOOST_TEST(contains(steps(), "Pay with <PAYMENT_CARD>"));
  BOOST_TEST(!contains(steps(), "mira"));
  BOOST_TEST(!contains(steps(), "4111"));
  BOOST_TEST(report.release.detected.at("email") > 0U);
  BOOST_TEST(report.release.detected.at("payment_card") > 0U);
}

BOOST_AUTO_TEST_CASE(many_keys_of_one_person_are_one_person) {
  passes_from(2);
  people.assign(4, {});
  for (unsigned char i = 1; i <= 13; ++i) {
    const auto person = a_participant(i);
    people[i <= 10 ? 0 : i - 10U].push_back(person.public_key());
    put_of(i, a_bundle(held_line(1, i <= 10 ? "Mine" : "Ours"), 1, person));
  }
  BOOST_TEST(export_all().people == 4U);
  BOOST_TEST(contains(steps(), "Ours"));
  BOOST_TEST(!contains(steps(), "Mine"));
}

BOOST_AUTO_TEST_CASE(too_few_people_are_no_dataset_unless_it_stays_inside) {
  options.internal = false;
  put("1.age", a_bundle(held_line(1, "A")));
  const auto refused = try_export();
  BOOST_TEST_REQUIRE(refused.has_error());
  BOOST_TEST(contains(refused.error().sentence, "--internal"));
  BOOST_TEST(!fs::exists(out));
}

BOOST_AUTO_TEST_CASE(too_few_people_because_of_what_was_skipped_says_so) {
  put("1.age", "no bundle");
  put("2.age", a_bundle(held_line(1), 1, a_participant(3)));
  const auto none = try_export();
  BOOST_TEST_REQUIRE(none.has_error());
  BOOST_TEST(contains(none.error().sentence, "no bundle can be used: "));
  BOOST_TEST(contains(none.error().sentence, "1.age: "));
  BOOST_TEST(contains(none.error().sentence, "; and 1 more"));
  put("3.age", a_bundle(held_line(1)));
  passes_from(2'000'000'000);
  const auto few = try_export();
  BOOST_TEST_REQUIRE(few.has_error());
  BOOST_TEST(contains(few.error().sentence, "of 1 person, and a dataset needs 4000000000, "));
  BOOST_TEST(contains(few.error().sentence, "(skipped: "));
}

BOOST_AUTO_TEST_CASE(the_same_bytes_whatever_the_number_of_threads) {
  for (unsigned char i = 1; i <= 2; ++i)
    for (int n = 1; n <= 5; ++n)
      put((std::to_string(i) + std::to_string(n) + ".age").c_str(),
          a_bundle(held_line(static_cast<std::uint64_t>(n), "A", "crm") +
                       held_line(static_cast<std::uint64_t>(n), "B", "desk"),
                   n, a_participant(i)));
  export_all();
  const std::string one = testing::read_file(shard_name(0));
  options.threads = 4;
  export_all();
  BOOST_TEST(testing::read_file(shard_name(0)) == one);
}

BOOST_AUTO_TEST_CASE(a_folder_that_is_not_empty_is_refused_and_left_alone) {
  put("1.age", a_bundle(held_line(1)));
  fs::create_directory(out);
  write_file(out / "mine.txt", "mine");
  const auto refused = try_export();
  BOOST_TEST_REQUIRE(refused.has_error());
  BOOST_TEST(contains(refused.error().sentence, out.string() + ": is not empty"));
  BOOST_TEST(std::distance(fs::directory_iterator(out), {}) == 1);
  BOOST_TEST((options.out = out / "mine.txt", try_export()).has_error());
}

BOOST_AUTO_TEST_CASE(what_an_interrupted_export_left_is_begun_anew) {
  put("1.age", a_bundle(held_line(1)));
  const fs::path unfinished = out.string() + ".unfinished";
  fs::create_directories(unfinished / "recorder");
  write_file(unfinished / "steps-00000.jsonl.zst", "half");
  write_file(unfinished / "recorder" / "half.json", "half");
  export_all();
  BOOST_TEST(!fs::exists(unfinished));
  BOOST_TEST(!fs::exists(out / "recorder"));
  BOOST_TEST(!contains(testing::read_file(out / "steps-00000.jsonl.zst"), "half"));
}

BOOST_AUTO_TEST_CASE(an_export_that_fails_leaves_nothing) {
  put("1.age", a_bundle(held_line(1)));
  passes_from(5);
  BOOST_TEST_REQUIRE(try_export().has_error());
  BOOST_TEST(!fs::exists(out));
  BOOST_TEST(!fs::exists(out.string() + ".unfinished"));
}

BOOST_AUTO_TEST_CASE(two_exports_to_one_place_do_not_mix) {
  put("1.age", a_bundle(held_line(1)));
  const auto other = Unfinished::make(out / "");
  BOOST_TEST_REQUIRE(other.has_value());
  BOOST_TEST(contains(try_export().error().sentence, "another export writes it just now"));
  BOOST_TEST(fs::exists(other->folder()));
}

BOOST_AUTO_TEST_CASE(without_bundles_there_is_one_sentence_and_no_dataset) {
  const auto refused = try_export();
  BOOST_TEST_REQUIRE(refused.has_error());
  BOOST_TEST(contains(refused.error().sentence, "holds no bundle"));
  BOOST_TEST(!fs::exists(out));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace fieldnote::dataset
