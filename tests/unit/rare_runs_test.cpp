// Three things that few people did one after the other are in no trajectory.
#include "dataset/trajectory/rare_runs.hpp"

#include <boost/test/unit_test.hpp>
#include <set>

#include "inbox.hpp"

namespace fieldnote::dataset {
namespace {

namespace json = boost::json;
using testing::a_bundle;
using testing::a_bundle_that;
using testing::a_participant;
using testing::citing_line;
using testing::contains;
using testing::held_line;
using testing::Inbox;
using testing::json_of;
using testing::lines_of;
using testing::of_task;
using testing::outline_line;
using testing::read_file;

struct Habits : Inbox {
  Habits() {
    passes_from(2);
    people.clear();
    for (unsigned char person = 1; person <= 4; ++person)
      people.push_back({a_participant(person).public_key()});
  }
  // What the person did, a letter an action.
  void did(unsigned char person, std::string_view actions) {
    std::string lines;
    std::uint64_t seq = 0;
    for (const char action : actions) lines += held_line(++seq, std::string(1, action));
    put_of(person, a_bundle(lines, 1, a_participant(person)));
  }
  std::multiset<std::string> trajectories() const {
    std::multiset<std::string> all;
    std::istringstream text(order());
    for (std::string one; std::getline(text, one, '/');) all.insert(one);
    return all;
  }
};
using All = std::multiset<std::string>;

BOOST_FIXTURE_TEST_SUITE(rare_runs, Habits)

BOOST_AUTO_TEST_CASE(work_is_cut_where_too_few_people_did_three_things_in_that_order) {
  did(1, "ABCDE");
  did(2, "ABCDE");
  did(3, "ABCED");  // BCE and CED
  did(4, "ED");
  const ExportReport report = export_all();
  BOOST_TEST((trajectories() == All{"ABCDE", "ABCDE", "ABC", "ED", "ED"}));
  BOOST_TEST(report.release.cut_runs == 1U);
  BOOST_TEST(report.steps == 17U);
  const json::object description = json_of(read_file(out / "dataset.json"));
  BOOST_TEST(description.at("release").at("cut_runs") == 1);
  BOOST_TEST(contains(read_file(out / "README.md"), "work was cut in two once"));
}

BOOST_AUTO_TEST_CASE(a_name_that_is_held_back_is_no_reason_to_cut) {
  did(1, "ABxCD");
  did(2, "AByCD");
  did(3, "ABzCD");
  did(4, "ABwCD");
  const ExportReport report = export_all();
  BOOST_TEST(report.release.cut_runs == 0U);
  BOOST_TEST(report.trajectories == 4U);
  BOOST_TEST(order().substr(0, 15) == "AB<CONTROL_1>CD");
}

BOOST_AUTO_TEST_CASE(what_few_did_around_a_name_that_is_held_back_is_cut_all_the_same) {
  did(1, "AxD");
  did(2, "DBA");
  did(3, "DBA");
  did(4, "AByD");
  BOOST_TEST(export_all().release.cut_runs == 2U);
  BOOST_TEST((trajectories() == All{"A<CONTROL_1>", "D", "DBA", "DBA", "AB", "<CONTROL_1>D"}));
}

BOOST_AUTO_TEST_CASE(inside_one_person_is_enough) {
  did(1, "ABCDE");
  did(2, "EDCBA");
  options.internal = true;
  BOOST_TEST(export_all().release.cut_runs == 0U);
}

BOOST_AUTO_TEST_CASE(pieces_have_the_outlines_that_they_cite_and_nothing_that_joins_them) {
  const std::string id = "0123456789abcdef";
  const auto named = [&](std::uint64_t seq, std::string_view name) {
    json::object event = json_of(citing_line(seq, "e2"));
    event.at("target").as_object()["name"] = name;
    return of_task(json::serialize(event) + '\n', id);
  };
  const auto put_work = [&](unsigned char person, std::string_view actions) {
    std::string lines = of_task(outline_line(1, "- button \"Save\" [ref=e2]"), id);
    std::uint64_t seq = 1;
    for (const char action : actions) lines += named(++seq, std::string(1, action));
    put((std::to_string(person) + ".age").c_str(),
        a_bundle_that(
            {{"tasks", json::array{{{"task", id}, {"words", "Refund"}, {"outcome", "done"}}}}},
            lines, 1, a_participant(person)));
  };
  put_work(1, "ABC");
  put_work(2, "ABC");
  put_work(3, "CBA");
  put_work(4, "AC");
  export_all();
  BOOST_TEST((trajectories() == All{"ABC", "ABC", "CB", "A", "AC"}));
  for (const json::object& step : lines_of(steps())) BOOST_TEST(step.contains("observation"));
  const auto rows = lines_of(testing::unpacked(read_file(out / "trajectories-00000.jsonl.zst")));
  BOOST_TEST(rows.size() == 5U);
  std::size_t ended = 0;
  for (const json::object& row : rows) {
    BOOST_TEST(row.at("part") == 1);
    BOOST_TEST(row.at("parts") == 1);
    ended += row.contains("after") ? 1U : 0U;
  }
  BOOST_TEST(ended == 0U);  // no page was seen after any of them
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace fieldnote::dataset
