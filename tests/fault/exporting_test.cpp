// An export that is killed leaves no dataset, whole or half; started again it makes the one that it
// would have made.
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
  Clock::duration took{};

  Scene() {
    std::ifstream policy(workplace.folder() / "policy/policy.json");
    const std::string text{std::istreambuf_iterator<char>(policy), {}};
    const std::size_t recipient = text.find("age1");
    require(workplace.run({"simulate", "--out", work.string(), "--recipient",
                           text.substr(recipient, text.find('"', recipient) - recipient),
                           "--participants", "2", "--events", "120", "--min-participants", "1"}));
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

  std::vector<std::string> arguments() const {
    return {"export",
            "--identity",
            workplace.identity().string(),
            "--roster",
            (work / "roster.json").string(),
            "--out",
            out.string(),
            "--format",
            "steps,recorder",
            "--license",
            "cc-by-4.0",
            "--reason",
            "test",
            "--seed",
            "1",
            "--threads",
            "2",
            (work / "bundles").string()};
  }

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

BOOST_FIXTURE_TEST_CASE(killed_before_each_of_its_operations_it_leaves_none_or_a_whole_one, Scene) {
  for (std::uint64_t operation = 1;; ++operation) {
    BOOST_TEST_CONTEXT("operation " << operation) {
      Workplace::Environment environment = forgetful_under(workplace);
      environment[watch_beneath] = datasets.string();
      environment[kill_at] = std::to_string(operation);
      const Outcome outcome = workplace.run(arguments(), environment);
      if (outcome.end.signal != SIGKILL) {
        require(outcome);
        BOOST_TEST_MESSAGE(operation - 1 << " operations");
        BOOST_TEST(operation > 20U);
        break;
      }
      check_none_or_whole();
    }
  }
  BOOST_TEST((files_in(out) == whole));
  fs::remove_all(out);
  check_begun_again();
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
