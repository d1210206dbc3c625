// What the person asks for, while programs are killed and several browsers are open.
#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>
#include <csignal>
#include <fstream>

#include "operation.hpp"
#include "workplace.hpp"

namespace fieldnote::fault {
namespace {

struct Place {
  Place(const Workplace& workplace, Chance& chance)
      : browser(chance), host(workplace.host()), port(host) {}
  Browser browser;
  Process host;
  Port port;

  // Attached, and nothing more to be heard.
  void begin() {
    browser.work(1);
    browser.talk(port);
    BOOST_REQUIRE_MESSAGE(browser.settled(), browser.breach() << browser.sentence());
  }
  // The next `standing`, whatever else is said.
  boost::json::object standing() {
    while (true) {
      auto message = port.next();
      BOOST_REQUIRE_MESSAGE(message, "the host says nothing");
      if (message->at("type") == "standing") return std::move(*message);
    }
  }
};

std::size_t deleting(const Workplace& workplace, const Workplace::Environment& environment,
                     bool& killed, bool& answered) {
  const Outcome outcome = workplace.run({"delete", "--app", "crm", "--yes"}, environment);
  killed = outcome.end.signal == SIGKILL;
  BOOST_REQUIRE_MESSAGE(killed || outcome.end == End{0}, outcome.errors);
  answered = outcome.output.find("Deleted") != std::string::npos;
  return workplace.held().size();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(people)

BOOST_AUTO_TEST_CASE(a_delete_killed_before_each_of_its_operations_is_done_or_was_not_answered) {
  bool killed = true;
  std::uint64_t operation = 0;
  while (killed) {
    ++operation;
    BOOST_TEST_CONTEXT("operation " << operation) {
      Chance chance(operation);
      const Workplace workplace;
      {
        Place place(workplace, chance);
        place.browser.work(3);
        place.begin();
        place.host.close_input();
        BOOST_REQUIRE(place.host.wait(milliseconds(2000)).has_value());
      }
      const std::size_t before = workplace.held().size();
      BOOST_REQUIRE(before > 0U);
      auto environment = forgetful_under(workplace);
      environment[kill_at] = std::to_string(operation);
      bool answered = false;
      const std::size_t left = deleting(workplace, environment, killed, answered);
      BOOST_TEST((left == 0U || left == before));
      if (answered) BOOST_TEST(left == 0U);
      if (!killed) BOOST_TEST(answered);
      // Whatever was begun, the next one ends it.
      bool again = false;
      BOOST_TEST(deleting(workplace, {}, again, answered) == 0U);
      BOOST_TEST(workplace.sealed().empty());
    }
  }
  BOOST_TEST_MESSAGE("killed before each of " << operation - 1 << " operations");
  BOOST_TEST(operation > 5U);
}

BOOST_AUTO_TEST_CASE(a_pause_in_one_browser_is_told_unasked_in_the_others) {
  Chance chance(1);
  const Workplace workplace;
  Place one(workplace, chance);
  one.begin();
  Place other(workplace, chance);
  other.begin();
  std::vector<milliseconds> took;
  for (int round = 0; round < 5; ++round) {
    const auto asked = Clock::now();
    one.port.post(R"({"type":"state","id":1,"change":"pause"})");
    BOOST_TEST(one.standing().at("state") == "paused");
    const auto told = other.standing();
    took.push_back(std::chrono::duration_cast<milliseconds>(Clock::now() - asked));
    BOOST_TEST(told.at("state") == "paused", boost::json::serialize(told));
    BOOST_TEST(!told.contains("id"));
    other.port.post(R"({"type":"state","id":2,"change":"resume"})");
    BOOST_TEST(other.standing().at("state") == "recording");
    BOOST_TEST(one.standing().at("state") == "recording");
  }
  for (const milliseconds each : took)
    BOOST_TEST_MESSAGE("the other browser was told after " << each.count() << " ms");
}

BOOST_AUTO_TEST_CASE(the_terminal_pauses_every_browser) {
  Chance chance(1);
  const Workplace workplace;
  Place place(workplace, chance);
  place.begin();
  BOOST_REQUIRE((workplace.run({"pause", "15m"}).end == End{0}));
  const auto paused = place.standing();
  BOOST_TEST(paused.at("state") == "paused");
  BOOST_TEST(paused.at("pause").as_object().contains("until"));
  BOOST_REQUIRE((workplace.run({"resume"}).end == End{0}));
  BOOST_TEST(place.standing().at("state") == "recording");
}

// A day of a person who steers by the terminal alone.
BOOST_AUTO_TEST_CASE(the_terminal_shows_deletes_names_saves_and_takes_back) {
  Chance chance(1);
  const Workplace workplace;
  const std::string policy = (workplace.folder() / "policy").string();
  const auto run = [&](const std::vector<std::string>& arguments) {
    const Outcome outcome = workplace.run(arguments);
    BOOST_REQUIRE_MESSAGE(outcome.end == End{0}, arguments.front() << ": " << outcome.errors);
    return outcome.output;
  };
  const auto has = [](const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
  };
  BOOST_TEST(has(run({"status", "--policy", policy}), "nothing is held"));
  Place place(workplace, chance);
  place.begin();
  run({"task", "--policy", policy, "begin", "Refund for Jane"});
  while (!place.standing().contains("task")) continue;
  place.browser.work(2);
  place.browser.talk(place.port);
  BOOST_TEST(has(run({"held", "--counts"}), "Refund for Jane"));
  BOOST_TEST(!has(run({"held", "--texts"}), "Refund for Jane"));  // its words do not leave
  const std::string status = run({"status", "--policy", policy});
  BOOST_TEST(has(status, "Recording"));
  BOOST_TEST(has(status, "Refund for Jane"));
  BOOST_TEST(has(run({"status", "--policy", policy, "--json"}), R"("state":"recording")"));

  // Whoever is not the person hears whether it works, and no number.
  const std::string health =
      run({"status", "--policy", policy, "--state", workplace.state().string()});
  BOOST_TEST(has(health, "good"));
  BOOST_TEST((health.find_first_of("0123456789") == std::string::npos));

  const std::string keys = run({"held", "--keys", "--task", "Refund for Jane"});
  const std::string key = keys.substr(0, keys.find(' '));
  const std::size_t before = workplace.held().size();
  const Outcome unasked = workplace.run({"delete", "--event", key});
  BOOST_TEST((unasked.end == End{1}));
  BOOST_TEST(workplace.held().size() == before);
  BOOST_TEST(has(run({"delete", "--event", key, "--yes"}), "Deleted 1 event."));
  BOOST_TEST(workplace.held().size() == before - 1);

  const fs::path mine = workplace.folder() / "mine";
  run({"mine", "--out", mine.string()});
  for (const char* file : {"README.txt", "held.jsonl", "receipts.json", "tasks.json", "sent.json"})
    BOOST_TEST(fs::exists(mine / file), file);
  BOOST_TEST((workplace.run({"mine", "--out", mine.string()}).end == End{1}));

  BOOST_REQUIRE((workplace.seal().end == End{0}));
  // What was sealed stands under a yes that they saved, and under nothing else.
  const auto verify = [&](const fs::path& receipts) {
    return workplace.run({"verify", "--identity", workplace.identity().string(), "--reason",
                          "tests", "--receipts", receipts.string(), workplace.bundles().string()});
  };
  BOOST_TEST(has(verify(mine / "receipts.json").output, "1 bundle good, 0 wrong"));
  std::ofstream(workplace.folder() / "none.json") << "[]\n";
  const Outcome without = verify(workplace.folder() / "none.json");
  BOOST_TEST((without.end == End{1}));
  BOOST_TEST(has(without.output, "names a receipt that is not among those"));
  BOOST_TEST((verify(mine / "README.txt").end == End{1}));
  const std::string withdrawn = run({"withdraw", "--all-sent", "--yes", "--policy", policy});
  BOOST_TEST(has(withdrawn, "Recording has stopped."));
  BOOST_TEST(has(withdrawn, "Asked: bundle 2"));
  BOOST_TEST(place.standing().at("state") == "declined");
  const std::string after = run({"status", "--policy", policy});
  BOOST_TEST(has(after, "Not recording"));
  BOOST_TEST(has(after, "bundle 2 asks"));
  BOOST_TEST(workplace.sealed().size() == before - 1);  // the chain is whole, the asking one empty
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace fieldnote::fault
