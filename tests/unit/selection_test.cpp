// What of all trajectories a dataset takes: filters, near-duplicates, how many of each, splits.
#include "dataset/selection/selection.hpp"

#include <boost/test/unit_test.hpp>
#include <functional>
#include <map>
#include <set>

#include "dataset/release/omission.hpp"
#include "dataset/selection/near_duplicates.hpp"
#include "dataset/trajectory/naming.hpp"
#include "inbox.hpp"

namespace fieldnote::dataset {
namespace {

namespace fs = platform::fs;
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
using testing::unpacked;

using Counts = std::map<std::string, std::uint64_t, std::less<>>;

constexpr std::array<std::string_view, 4> apps{"crm", "desk", "shop", "wiki"};
constexpr unsigned char many = 12;

struct Selecting : Inbox {
  // Of each of many people one trajectory in each tool, and nobody's like another's.
  void put_many() {
    put_of_each(many, [](unsigned char person, const auto& key) {
      std::string lines;
      for (const std::string_view app : apps)
        lines += held_line(1, "P" + std::to_string(person) + '-' + std::string(app), app);
      return a_bundle(lines, 1, key);
    });
  }

  // What was clicked in a split: "P3-crm".
  std::set<std::string> names_in(std::string_view split) const {
    std::set<std::string> names;
    const fs::path shard = out / split / "steps-00000.jsonl.zst";
    if (!fs::exists(shard)) return names;
    for (const json::object& step : lines_of(unpacked(read_file(shard))))
      names.emplace(step.at("action").at("target").at("name").as_string());
    return names;
  }
};

std::set<std::string> people_of(const std::set<std::string>& names) {
  std::set<std::string> people;
  for (const std::string& name : names) people.insert(name.substr(0, name.find('-')));
  return people;
}
std::set<std::string> apps_of(const std::set<std::string>& names) {
  std::set<std::string> all;
  for (const std::string& name : names) all.insert(name.substr(name.find('-') + 1));
  return all;
}
bool have_nothing_in_common(const std::set<std::string>& a, const std::set<std::string>& b) {
  return std::none_of(a.begin(), a.end(), [&](const auto& one) { return b.contains(one); });
}

BOOST_FIXTURE_TEST_SUITE(selection, Selecting)

BOOST_AUTO_TEST_CASE(tests_are_of_people_and_tools_that_training_has_nothing_of) {
  put_many();
  options.selection.splits = true;
  const ExportReport report = export_all();
  auto trained = names_in("train");
  trained.merge(names_in("validation"));
  const auto people_tested = names_in("test_participant"), apps_tested = names_in("test_app");
  BOOST_TEST(!trained.empty());
  BOOST_TEST(!people_tested.empty());
  BOOST_TEST(!apps_tested.empty());
  BOOST_TEST(have_nothing_in_common(people_of(people_tested), people_of(trained)));
  BOOST_TEST(have_nothing_in_common(people_of(people_tested), people_of(apps_tested)));
  BOOST_TEST(have_nothing_in_common(apps_of(apps_tested), apps_of(trained)));
  BOOST_TEST(have_nothing_in_common(apps_of(apps_tested), apps_of(people_tested)));
  // One person and one tool are held out: what that person did there is of both.
  BOOST_TEST(report.left_out == (Counts{{"between_splits", 1}}));
  BOOST_TEST(report.trajectories == many * apps.size() - 1);
  std::uint64_t sum = 0;
  for (const auto& [split, size] : report.splits) sum += size.trajectories;
  BOOST_TEST(sum == report.trajectories);
  BOOST_TEST(report.splits.at("validation").trajectories == 4U);
  BOOST_TEST(report.splits.at("test_participant").trajectories == apps.size() - 1);
}

BOOST_AUTO_TEST_CASE(the_seed_decides_who_is_tested) {
  put_many();
  options.selection.splits = true;
  export_all();
  const auto before = names_in("test_participant");
  options.threads = 2;
  export_all();
  BOOST_TEST((names_in("test_participant") == before));
  std::set<std::set<std::string>> tested{before};
  for (options.seed = 2; *options.seed < 6; ++*options.seed) {
    export_all();
    tested.insert(names_in("test_participant"));
  }
  BOOST_TEST(tested.size() > 1U);
}

// The description has the seed: who has the dataset must not find out by it whose work is in a
// test.
BOOST_AUTO_TEST_CASE(lots_and_names_depend_on_the_key_too) {
  const seal::X25519Identity made = seal::X25519Identity::generate();
  const std::span<const seal::X25519Identity> one(&testing::organisation_key(), 1), other(&made, 1);
  const auto first = a_participant().public_key();
  BOOST_TEST(Naming(1, one).lot("participant", "1") == Naming(1, one).lot("participant", "1"));
  BOOST_TEST(Naming(1, one).lot("participant", "1") != Naming(1, other).lot("participant", "1"));
  BOOST_TEST(Naming(1, one).lot("participant", "1") != Naming(2, one).lot("participant", "1"));
  BOOST_TEST(Naming(1, one).rank(first, "line", 0) != Naming(1, other).rank(first, "line", 0));
}

BOOST_AUTO_TEST_CASE(a_task_is_tested_that_training_has_nothing_of) {
  put_of_each(many, [](unsigned char person, const auto& key) {
    std::string lines;
    json::array tasks;
    for (unsigned task = 0; task < 5; ++task) {
      const std::string id = "00000000000000" + std::to_string(10 + task);
      const std::string name = std::to_string(person) + "-task" + std::to_string(task);
      lines += of_task(held_line(task + 1, name, "crm"), id);
      tasks.push_back(json::object{{"task", id}, {"words", "Task " + std::to_string(task)}});
    }
    return a_bundle_that({{"tasks", tasks}}, lines, 1, key);
  });
  options.selection.splits = true;
  export_all();
  auto trained = names_in("train");
  trained.merge(names_in("validation"));
  const auto tested = names_in("test_task");
  BOOST_TEST(apps_of(tested).size() == 1U);
  BOOST_TEST(have_nothing_in_common(apps_of(tested), apps_of(trained)));
}

// Each time that somebody says what they are doing is a task of its own by its id.
BOOST_AUTO_TEST_CASE(what_one_person_did_on_a_task_at_several_times_is_on_one_side) {
  put_of_each(6, [](unsigned char person, const auto& key) {
    std::string lines;
    json::array tasks;
    for (unsigned time = 0; time < 10; ++time) {
      const std::string id = "00000000000000" + std::to_string(10 + time);
      const std::string name = std::to_string(person) + "-time" + std::to_string(time);
      lines += of_task(held_line(time + 1, name, "crm"), id);
      tasks.push_back(json::object{{"task", id}, {"words", "Refund"}});
    }
    return a_bundle_that({{"tasks", tasks}}, lines, 1, key);
  });
  options.selection.splits = true;
  export_all();
  const auto validated = people_of(names_in("validation"));
  BOOST_TEST(!validated.empty());
  BOOST_TEST(have_nothing_in_common(validated, people_of(names_in("train"))));
}

BOOST_AUTO_TEST_CASE(a_hub_finds_each_split_in_the_card) {
  put_many();
  options.selection.splits = true;
  options.formats = {FormatName::steps, FormatName::recorder};
  const ExportReport report = export_all();
  const std::string card = read_file(out / "README.md");
  BOOST_TEST(contains(card, "  - split: train\n    path: \"train/steps-*.jsonl.zst\"\n"));
  BOOST_TEST(contains(card, "  - split: test_app\n    path: \"test_app/steps-*.jsonl.zst\"\n"));
  BOOST_TEST(contains(card, "| between splits | 1 |"));
  const json::object description = json_of(read_file(out / "dataset.json"));
  BOOST_TEST(description.at("left_out").at("between_splits") == 1);
  BOOST_TEST(description.at("options").at("selection").at("dedup") == true);
  BOOST_TEST(description.at("splits").at("validation").at("trajectories") == 4);
  for (const ShardFile& file : report.files) BOOST_TEST(fs::exists(out / file.name), file.name);
  BOOST_TEST(fs::exists(out / "train" / "recorder"));
}

BOOST_AUTO_TEST_CASE(so_many_of_one_person_one_tool_and_one_task) {
  put_many();
  options.selection.max_per_participant = 3;
  BOOST_TEST(export_all().left_out == (Counts{{"over_participant", many}}));
  options.selection = {};
  options.selection.max_per_app = 5;
  ExportReport report = export_all();
  BOOST_TEST(report.trajectories == 5 * apps.size());
  BOOST_TEST(report.left_out.at("over_app") == (many - 5) * apps.size());
}

BOOST_AUTO_TEST_CASE(so_many_of_one_task_whoever_did_it) {
  const std::string id = "0123456789abcdef";
  for (unsigned char person = 1; person <= 2; ++person)
    put_of(person, a_bundle_that({{"tasks", json::array{{{"task", id}, {"words", "Refund"}}}}},
                                 of_task(held_line(1, "A"), id) + held_line(2, "B"), 1,
                                 a_participant(person)));
  options.selection.max_per_task = 1;
  const ExportReport report = export_all();
  BOOST_TEST(report.left_out == (Counts{{"over_task", 1}}));
  BOOST_TEST(report.trajectories == 3U);
}

BOOST_AUTO_TEST_CASE(what_is_asked_of_each_trajectory) {
  const std::string id = "0123456789abcdef";
  put("1.age",
      a_bundle_that(
          {{"tasks", json::array{{{"task", id}, {"words", "Refund"}, {"outcome", "done"}}}}},
          held_line(1, "A") + held_line(1, "B") +
              of_task(outline_line(2, "- button \"Save\" [ref=e2]\n- text: … 37 rows not shown"),
                      id) +
              of_task(citing_line(3, "e2"), id),
          1));
  const auto left_out = [&](const std::function<void(SelectionRules&)>& ask) {
    options.selection = {};
    ask(options.selection);
    const ExportReport report = export_all();
    BOOST_TEST(report.trajectories + (report.left_out.empty() ? 0U : 1U) == 2U);
    return report.left_out;
  };
  using Rules = SelectionRules;
  BOOST_TEST(left_out([](Rules&) {}) == Counts());
  BOOST_TEST(left_out([](Rules& r) { r.outcomes = {Outcome::done}; }) == (Counts{{"outcome", 1}}));
  BOOST_TEST(left_out([](Rules& r) { r.with_instruction = true; }) ==
             (Counts{{"without_instruction", 1}}));
  BOOST_TEST(left_out([](Rules& r) { r.min_learnable = 50; }) == (Counts{{"learnable_share", 1}}));
  BOOST_TEST(left_out([](Rules& r) { r.min_steps = 2; }) == (Counts{{"length", 1}}));
  BOOST_TEST(left_out([](Rules& r) { r.max_steps = 1; }) == (Counts{{"length", 1}}));
  BOOST_TEST(left_out([](Rules& r) { r.whole_outlines = true; }) == (Counts{{"cut_outline", 1}}));
}

BOOST_AUTO_TEST_CASE(what_is_counted_is_of_what_is_taken) {
  put_many();
  options.selection.max_per_participant = 1;
  const ExportReport report = export_all();
  BOOST_TEST(report.steps == many);
  BOOST_TEST(report.release.released.at("name") == many);
  std::uint64_t in_tools = 0;
  for (const auto& [app, count] : report.statistics.apps) in_tools += count;
  BOOST_TEST(in_tools == many);
}

BOOST_AUTO_TEST_CASE(a_selection_of_too_few_people_is_refused) {
  put_many();
  passes_from(many / 2);
  export_all();
  options.selection.max_per_app = 1;
  fs::remove_all(out);
  const auto report = try_export();
  BOOST_TEST_REQUIRE(!report.has_value());
  BOOST_TEST(contains(report.error().sentence, "what was asked for is of "));
  BOOST_TEST(!fs::exists(out));
}

BOOST_AUTO_TEST_CASE(near_duplicates_are_left_out_whatever_their_placeholders) {
  const auto put_work = [&](const char* name, std::string_view one, std::string_view last,
                            unsigned char person) {
    std::string lines = outline_line(1, "- main [ref=e1]:\n  - text: " + std::string(one));
    for (int i = 0; i < 20; ++i) lines += held_line(2, "B" + std::to_string(i));
    put(name, a_bundle(lines + held_line(3, last), 1, a_participant(person)));
  };
  options.selection.dedup = true;
  put_work("1.age", "<TEXT_3>", "Save", 1);
  put_work("2.age", "<TEXT_9>", "Save", 2);
  BOOST_TEST(export_all().left_out == (Counts{{"near_duplicate", 1}}));
  // Another end of twenty steps is still nearly the same.
  put_work("2.age", "<TEXT_9>", "Cancel", 2);
  BOOST_TEST(export_all().left_out == (Counts{{"near_duplicate", 1}}));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(near_duplicates)

Fingerprint of_bytes(unsigned from) {
  Fingerprint print;
  for (std::size_t i = 0; i < Fingerprint::size; ++i)
    print.done[i] = print.seen[i] = static_cast<std::uint8_t>(from + i * 3);
  return print;
}

BOOST_AUTO_TEST_CASE(alike_in_what_was_done_and_in_what_was_seen) {
  const Fingerprint one = of_bytes(0);
  BOOST_TEST(likeness(one, one) == 1.0);
  BOOST_TEST(likeness(one, of_bytes(1)) == 0.0);
  Fingerprint other = one;
  other.seen = of_bytes(1).seen;
  BOOST_TEST(likeness(one, other) == 0.0);
  NearDuplicates known;
  BOOST_TEST(known.let_in(1, one));
  BOOST_TEST(!known.let_in(1, one));
  BOOST_TEST(known.let_in(2, one));  // in another tool
  BOOST_TEST(known.let_in(1, other));
  for (std::size_t i = 0; i < 8; ++i) other.done[i * 8] = other.seen[i * 8] = 255;
  other.seen = one.seen;
  BOOST_TEST(!known.let_in(1, other));  // 56 of 64
}

BOOST_AUTO_TEST_CASE(what_a_cut_outline_leaves_out_is_found) {
  BOOST_TEST(has_omission("- text: … 1 part not shown"));
  BOOST_TEST(has_omission("- cell: Orders … 37 rows not shown and more"));
  BOOST_TEST(!has_omission("… rows not shown"));
  BOOST_TEST(!has_omission("… 37 things not shown"));
  BOOST_TEST(!has_omission(""));
  BOOST_TEST(find_omission("a … b … 12 items not shown")->count == "12");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace fieldnote::dataset
