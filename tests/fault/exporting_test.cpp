// An export that is killed leaves no dataset, whole or half; run again it goes on from what was
// kept and makes the one that it would have made.
#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>
#include <csignal>
#include <fstream>
#include <iterator>
#include <map>
#include <thread>

#include "chance.hpp"
#include "operation.hpp"
#include "workplace.hpp"

namespace fieldnote::fault {
namespace {

constexpr std::uint64_t kills = 20;

// The files of a folder, by name.
using Files = std::map<std::string, std::string>;

Files files_in(const fs::path& folder) {
  Files files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream file(entry.path(), std::ios::binary);
    files[fs::relative(entry.path(), folder).string()] = {std::istreambuf_iterator<char>(file), {}};
  }
  return files;
}

struct Scene {
  Workplace workplace;
  fs::path work = workplace.folder() / "work";
  fs::path datasets = workplace.folder() / "datasets";
  fs::path out = datasets / "dataset";
  Files whole;
  bool has_seed = true;
  Clock::duration took{};

  Scene() {
    std::ifstream policy(workplace.folder() / "policy/policy.json");
    const std::string text{std::istreambuf_iterator<char>(policy), {}};
    const std::size_t recipient = text.find("age1");
    require(workplace.run({"simulate", "--out", work.string(), "--recipient",
                           text.substr(recipient, text.find('"', recipient) - recipient),
                           "--participants", "3", "--events", "180", "--min-participants", "1"}));
    const auto begin = Clock::now();
    require(workplace.run(arguments()));
    took = Clock::now() - begin;
    whole = files_in(out);
    BOOST_REQUIRE(whole.contains("dataset.json"));
    fs::remove_all(out);
  }

  static void require(const Outcome& outcome) {
    BOOST_REQUIRE_MESSAGE(outcome.end == End{0}, outcome.errors);
  }

  std::vector<std::string> arguments() const { return arguments_to(out); }
  std::vector<std::string> arguments_to(const fs::path& place) const {
    std::vector<std::string> all{"export",
                                 "--identity",
                                 workplace.identity().string(),
                                 "--roster",
                                 (work / "roster.json").string(),
                                 "--out",
                                 place.string(),
                                 "--format",
                                 "steps,recorder",
                                 "--license",
                                 "cc-by-4.0",
                                 "--reason",
                                 "test",
                                 "--threads",
                                 "1",
                                 "--json",
                                 (work / "bundles").string()};
    if (has_seed) all.insert(all.end(), {"--seed", "1"});
    return all;
  }

  fs::path unfinished() const { return out.string() + ".unfinished"; }
  fs::path portion(int number) const {
    return unfinished() / "kept" / (std::to_string(number) + ".portion");
  }

  // Before the nth operation; nothing: it ended before that.
  bool kill_before(std::uint64_t operation) const {
    Workplace::Environment environment = forgetful_under(workplace);
    environment[watch_beneath] = datasets.string();
    environment[kill_at] = std::to_string(operation);
    const Outcome outcome = workplace.run(arguments(), environment);
    if (outcome.end.signal == SIGKILL) return true;
    require(outcome);
    return false;
  }

  // Kills it when one person of the three is written, and nothing else is.
  void kill_half_way() const {
    for (std::uint64_t operation = 1;; ++operation) {
      fs::remove_all(unfinished());
      BOOST_TEST_REQUIRE(kill_before(operation));
      if (!fs::exists(portion(0))) continue;
      BOOST_TEST(!fs::exists(portion(1)));
      return;
    }
  }

  // Runs it to the end; events that it had not to write again, and whether it said so.
  std::uint64_t resume(const std::vector<std::string>& more = {}) const {
    std::vector<std::string> all = arguments();
    all.insert(all.end(), more.begin(), more.end());
    const Outcome outcome = workplace.run(all);
    require(outcome);
    const auto resumed = boost::json::parse(outcome.output).at("resumed");
    const auto events = resumed.at("events").to_number<std::uint64_t>();
    const bool says_so =
        outcome.errors.find("resumed: " + std::to_string(events) + " of ") != std::string::npos;
    BOOST_TEST(says_so == (events > 0));
    const bool says_anew = outcome.errors.find("begun anew") != std::string::npos;
    BOOST_TEST(says_anew == resumed.at("begun_anew").as_bool());
    BOOST_TEST(!fs::exists(unfinished()));
    return events + (says_anew ? anew : 0);
  }
  static constexpr std::uint64_t anew = 1'000'000'000;

  // After a kill: what bears the name of the dataset is the dataset, and then it is taken away.
  void check_none_or_whole() const {
    if (!fs::exists(out)) return;
    BOOST_TEST((files_in(out) == whole));
    fs::remove_all(out);
  }

  void check_begun_again() const {
    require(workplace.run(arguments()));
    BOOST_TEST((files_in(out) == whole));
    // Nothing else is left.
    BOOST_TEST(std::distance(fs::directory_iterator(datasets), {}) == 1);
  }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(exporting)

BOOST_FIXTURE_TEST_CASE(killed_before_each_of_its_operations_it_goes_on_to_the_same, Scene) {
  std::uint64_t operation = 1;
  for (; kill_before(operation); ++operation) {
    BOOST_TEST_CONTEXT("operation " << operation) {
      check_none_or_whole();
      check_begun_again();
      fs::remove_all(out);
    }
  }
  BOOST_TEST_MESSAGE(operation - 1 << " operations");
  BOOST_TEST(operation > 20U);
  BOOST_TEST((files_in(out) == whole));
}

BOOST_FIXTURE_TEST_CASE(what_was_whole_is_not_written_again, Scene) {
  kill_half_way();
  const std::uint64_t resumed = resume();
  BOOST_TEST(resumed >= 60U);
  BOOST_TEST(resumed < 180U);
  BOOST_TEST((files_in(out) == whole));
}

BOOST_FIXTURE_TEST_CASE(what_is_kept_bears_no_text_that_can_be_read, Scene) {
  kill_half_way();
  for (const auto& [name, text] : files_in(unfinished())) {
    BOOST_TEST(text.find("desk") == std::string::npos);
    BOOST_TEST(text.find("\x28\xb5\x2f\xfd") == std::string::npos);  // how a Zstandard frame begins
  }
}

BOOST_FIXTURE_TEST_CASE(what_is_damaged_is_written_again, Scene) {
  kill_half_way();
  const std::string kept = files_in(unfinished()).at("kept/0.portion");
  for (const std::size_t at : {std::size_t{0}, std::size_t{40}, kept.size() / 2, kept.size() - 1}) {
    if (!fs::exists(portion(0))) kill_half_way();
    std::fstream file(portion(0), std::ios::in | std::ios::out | std::ios::binary);
    file.seekg(static_cast<std::streamoff>(at));
    const int byte = file.get();
    file.seekp(static_cast<std::streamoff>(at));
    file.put(static_cast<char>(byte ^ 1));
    file.close();
    BOOST_TEST(resume() == anew);
    BOOST_TEST((files_in(out) == whole));
    fs::remove_all(out);
  }
  kill_half_way();
  fs::resize_file(portion(0), fs::file_size(portion(0)) / 2);
  BOOST_TEST(resume() == anew);
  BOOST_TEST((files_in(out) == whole));
  fs::remove_all(out);
  kill_half_way();
  fs::resize_file(unfinished() / "kept" / "head", 10);
  BOOST_TEST(resume() == anew);
  BOOST_TEST((files_in(out) == whole));
}

BOOST_FIXTURE_TEST_CASE(of_other_options_or_bundles_nothing_is_used, Scene) {
  kill_half_way();
  BOOST_TEST(resume({"--min-people", "2", "--internal"}) == anew);
  fs::remove_all(out);

  const fs::path bundle = fs::recursive_directory_iterator(work / "bundles" / "2")->path();
  kill_half_way();
  fs::rename(bundle, workplace.folder() / "away");
  BOOST_TEST(resume() == anew);
  fs::remove_all(out);
  fs::rename(workplace.folder() / "away", bundle);

  // What says nothing of the rows changes nothing about them.
  kill_half_way();
  BOOST_TEST(resume({"--title", "Another"}) > 0U);
}

BOOST_FIXTURE_TEST_CASE(of_another_build_nothing_is_used, Scene) {
  kill_half_way();
  const fs::path other = workplace.folder() / "fieldnote";
  fs::copy_file(FIELDNOTE_COMMAND, other);
  std::ofstream(other, std::ios::app | std::ios::binary) << '\n';
  workplace.use_command(other);
  BOOST_TEST(resume() == anew);
  BOOST_TEST((files_in(out) == whole));
}

BOOST_FIXTURE_TEST_CASE(without_a_seed_it_goes_on_under_the_same_names, Scene) {
  has_seed = false;
  kill_half_way();
  const fs::path twin = datasets / "twin";
  fs::copy(unfinished(), twin.string() + ".unfinished", fs::copy_options::recursive);
  BOOST_TEST(resume() > 0U);
  require(workplace.run(arguments_to(twin)));
  BOOST_TEST((files_in(out) == files_in(twin)));
  BOOST_TEST((files_in(out) != whole));
}

BOOST_FIXTURE_TEST_CASE(a_file_system_without_nameless_files_will_do, Scene) {
  Workplace::Environment environment = forgetful_under(workplace);
  environment[watch_beneath] = datasets.string();
  environment[no_nameless] = "1";
  require(workplace.run(arguments(), environment));
  BOOST_TEST((files_in(out) == whole));
  BOOST_TEST(std::distance(fs::directory_iterator(datasets), {}) == 1);
}

BOOST_FIXTURE_TEST_CASE(killed_at_any_moment_it_leaves_none_or_a_whole_one, Scene) {
  Chance chance(1);
  BOOST_TEST_MESSAGE("FIELDNOTE_FAULT_SEED=" << seed());
  for (std::uint64_t i = 0; i < kills; ++i) {
    Process process = workplace.command(arguments());
    process.close_input();
    std::this_thread::sleep_for(took * static_cast<int>(chance.number(1000)) /
                                1000);  // a moment is what is tested
    process.kill();
    check_none_or_whole();
  }
  check_begun_again();
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace fieldnote::fault
