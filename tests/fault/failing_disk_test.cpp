// Each operation on the files fails once, and then for good; the room runs out at any byte. What
// was acked stays, one sentence says what is wrong, and with the next host all goes on.
#include <algorithm>
#include <boost/test/unit_test.hpp>

#include "operation.hpp"
#include "workplace.hpp"

namespace fieldnote::fault {
namespace {

bool is_one_sentence(const std::string& text) {
  return text.size() > 10 && text.size() < 600 && text.find('\n') == std::string::npos;
}

// What the program said on standard error, without what it says each time.
std::string complaint(const std::string& errors) {
  std::string text = errors;
  if (text.find(": started: ") != std::string::npos) text.erase(0, text.find('\n') + 1);
  if (!text.empty() && text.back() == '\n') text.pop_back();
  return text;
}

// A host under which the disk fails: it stores all, or says what is wrong, and ends by itself.
// True where it stored all.
bool host_bears(const Workplace& workplace, Browser& browser,
                const Workplace::Environment& environment) {
  Process host = workplace.host(environment);
  Port port(host);
  const std::size_t errors_before = browser.errors().size();
  browser.talk(port);
  host.close_input();
  const auto end = host.wait(milliseconds(2000));
  BOOST_REQUIRE_MESSAGE(end, "the host does not end");
  BOOST_REQUIRE_MESSAGE(end->signal == 0, "the host was killed by signal " << end->signal);
  browser.disconnect();
  if (browser.settled()) return true;
  if (browser.errors().size() == errors_before) {
    // It could not even begin.
    BOOST_REQUIRE(*end == End{1});
    BOOST_REQUIRE_MESSAGE(is_one_sentence(complaint(host.errors())), host.errors());
    return false;
  }
  const std::string& name = browser.errors().back();
  BOOST_REQUIRE_MESSAGE(name == "storage_failed" || name == "storage_full", name);
  BOOST_REQUIRE_MESSAGE(is_one_sentence(browser.sentence()), browser.sentence());
  return false;
}

bool sealer_bears(const Workplace& workplace, const Workplace::Environment& environment) {
  const Outcome outcome = workplace.seal(environment);
  if (outcome.end == End{0}) return true;
  BOOST_REQUIRE_MESSAGE(outcome.end == End{1}, "signal " << outcome.end.signal);
  BOOST_REQUIRE_MESSAGE(is_one_sentence(complaint(outcome.errors)), outcome.errors);
  return false;
}

// A first day on a failing disk, and what is left of it when the disk is whole again. True where
// nothing failed.
bool day_passes(const Workplace::Environment& orders, Chance& chance) {
  Workplace workplace;
  Browser browser(chance);
  auto environment = forgetful_under(workplace);
  environment.insert(orders.begin(), orders.end());
  bool all_well = true;
  // Twice: a fault that stays does not make things worse.
  for (const std::size_t batches : {4U, 2U}) {
    browser.work(batches);
    all_well = host_bears(workplace, browser, environment) && all_well;
    all_well = sealer_bears(workplace, environment) && all_well;
  }
  // A bundle that could not be given its name gets it now.
  const Outcome sealed = workplace.seal();
  BOOST_REQUIRE_MESSAGE(sealed.end == End{0}, sealed.errors);
  const std::string fault = workplace.fault_in_working_on(browser);
  BOOST_REQUIRE_MESSAGE(fault.empty(), fault);
  return all_well;
}

// Until no program has so many operations. Some may fail without harm: one that went well is not
// the end.
void sweep(const Workplace::Environment& besides) {
  constexpr std::uint64_t well_in_a_row = 12;
  std::uint64_t failed = 0;
  for (std::uint64_t operation = 1; operation < failed + 1 + well_in_a_row; ++operation) {
    BOOST_TEST_CONTEXT("operation " << operation) {
      Chance chance(operation);
      Workplace::Environment orders = besides;
      orders[fail_at] = std::to_string(operation);
      if (!day_passes(orders, chance)) failed = operation;
    }
  }
  BOOST_TEST_MESSAGE("each of " << failed << " operations failed");
  BOOST_TEST(failed > 20U);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(failing_disk)

BOOST_AUTO_TEST_CASE(an_operation_that_fails_once_costs_nothing_that_was_acked) {
  sweep({});
}

BOOST_AUTO_TEST_CASE(a_disk_that_fails_from_some_operation_on_costs_nothing_that_was_acked) {
  sweep({{fail_for_good, "1"}});
}

BOOST_AUTO_TEST_CASE(room_that_runs_out_at_any_byte_costs_nothing_that_was_acked) {
  constexpr std::uint64_t enough_for_a_day = 260000;
  for (std::uint64_t round = 1; round <= rounds() / 4; ++round) {
    BOOST_TEST_CONTEXT("round " << round << ", FIELDNOTE_FAULT_SEED=" << seed()) {
      Chance chance(round);
      day_passes({{room_left, std::to_string(chance.number(enough_for_a_day))}}, chance);
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace fieldnote::fault
