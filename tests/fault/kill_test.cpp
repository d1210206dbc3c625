// SIGKILL, at moments chosen by chance, while a browser sends as fast as it can.
#include <boost/test/unit_test.hpp>
#include <csignal>
#include <thread>

#include "clocks.hpp"
#include "operation.hpp"
#include "workplace.hpp"

namespace fieldnote::fault {
namespace {

using std::chrono::microseconds;

constexpr microseconds least{100};
constexpr microseconds most{40000};
// So many kills befall one state folder, on average.
constexpr std::uint64_t kills_a_folder = 12;

// A browser on a computer that is now and then a new one.
struct Scene {
  explicit Scene(Chance& chance) : browser(chance) {}
  Workplace workplace;
  Browser browser;

  void check_and_begin_anew(Chance& chance) {
    const std::string fault = workplace.fault_in_working_on(browser);
    BOOST_REQUIRE_MESSAGE(fault.empty(), fault);
    workplace.forget();
    browser = Browser(chance);
  }
};

// Either the acks that are still in the pipe were read by the browser, or they are lost.
void lose_connection(Process& host, Port& port, Browser& browser, Chance& chance) {
  host.kill();
  if (chance.one_in(2)) browser.hear_out(port);
  browser.disconnect();
}

std::vector<Stored> stored_after_sealing(const Workplace& workplace) {
  const Outcome sealed = workplace.seal();
  BOOST_REQUIRE_MESSAGE(sealed.end == End{0}, "fieldnote seal: " << sealed.errors);
  for (const auto& file : fs::directory_iterator(workplace.bundles()))
    BOOST_REQUIRE_MESSAGE(file.path().extension() == ".age", file.path() << " is left over");
  return workplace.stored();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(kill)

BOOST_AUTO_TEST_CASE(a_host_killed_at_any_moment_loses_and_doubles_nothing) {
  Chance first(0);
  Scene scene(first);
  for (std::uint64_t round = 1; round <= rounds(); ++round) {
    BOOST_TEST_CONTEXT("round " << round << ", FIELDNOTE_FAULT_SEED=" << seed()) {
      Chance chance(round);
      scene.browser.work(20 + chance.number(80), 1 + chance.number(8));
      Process host = scene.workplace.host();
      Port port(host);
      scene.browser.talk(port, Clock::now() + chance.moment(least, most));
      lose_connection(host, port, scene.browser, chance);
      const std::string fault = scene.browser.fault_in(scene.workplace.stored());
      BOOST_REQUIRE_MESSAGE(fault.empty(), fault);
      if (chance.one_in(kills_a_folder)) scene.check_and_begin_anew(chance);
    }
  }
  scene.check_and_begin_anew(first);
}

BOOST_AUTO_TEST_CASE(a_host_and_a_sealer_killed_at_any_moment_lose_and_double_nothing) {
  Chance first(0);
  Scene scene(first);
  std::uint64_t sealers_killed = 0;
  for (std::uint64_t round = 1; round <= rounds(); ++round) {
    BOOST_TEST_CONTEXT("round " << round << ", FIELDNOTE_FAULT_SEED=" << seed()) {
      Chance chance(round ^ 0x5EA1);
      scene.browser.work(20 + chance.number(60), 1 + chance.number(8));
      Process host = scene.workplace.host();
      Port port(host);
      scene.browser.talk(port, Clock::now() + chance.moment(least, most / 2));
      Process sealer = scene.workplace.command(
          {"seal", "--now", "--policy", (scene.workplace.folder() / "policy").string()});
      // One dies, then the other; which one first is chance as well.
      const auto sealer_dies = Clock::now() + chance.moment(least, most);
      const auto host_dies = Clock::now() + chance.moment(least, most);
      if (host_dies < sealer_dies) {
        scene.browser.talk(port, host_dies);
        lose_connection(host, port, scene.browser, chance);
        std::this_thread::sleep_until(sealer_dies);
        sealer.kill();
      } else {
        scene.browser.talk(port, sealer_dies);
        sealer.kill();
        scene.browser.talk(port, host_dies);
        lose_connection(host, port, scene.browser, chance);
      }
      if (sealer.wait(milliseconds(0))->signal == SIGKILL) ++sealers_killed;
      const std::string fault = scene.browser.fault_in(stored_after_sealing(scene.workplace));
      BOOST_REQUIRE_MESSAGE(fault.empty(), fault);
      if (chance.one_in(kills_a_folder)) scene.check_and_begin_anew(chance);
    }
  }
  scene.check_and_begin_anew(first);
  BOOST_TEST_MESSAGE(sealers_killed << " of " << rounds() << " sealers were killed at work");
  BOOST_TEST(sealers_killed > 0U);
}

// What was held for its window is sealed by the host itself, when its browser goes.
BOOST_AUTO_TEST_CASE(a_host_killed_while_it_seals_by_itself_loses_and_doubles_nothing) {
  // A day for the window, and one on which the browser is used.
  constexpr std::chrono::days between{2};
  Chance first(0);
  Scene scene(first);
  const Clocks clocks(scene.workplace);
  std::uint64_t killed = 0, sealed = 0;
  for (std::uint64_t round = 1; round <= rounds() / 2; ++round) {
    BOOST_TEST_CONTEXT("round " << round << ", FIELDNOTE_FAULT_SEED=" << seed()) {
      Chance chance(round ^ 0xC10C);
      scene.browser.work(2 + chance.number(20), 1 + chance.number(8));
      clocks.pass(between);
      Process host = scene.workplace.host(clocks.environment());
      Port port(host);
      scene.browser.talk(port);
      host.close_input();
      // Now and then it gets to the end: what is held too long is deleted, as the policy says.
      const auto patience = chance.one_in(4)
                                ? milliseconds(2000)
                                : std::chrono::ceil<milliseconds>(chance.moment(least, most));
      const auto end = host.wait(patience);
      if (!end) {
        ++killed;
        host.kill();
      }
      scene.browser.disconnect();
      // The next host gives a bundle its name that the last one did not get to.
      const std::string fault =
          scene.workplace.fault_in_working_on(scene.browser, clocks.environment());
      BOOST_REQUIRE_MESSAGE(fault.empty(), fault);
      if (!chance.one_in(kills_a_folder)) continue;
      sealed += scene.workplace.sealed().size();
      scene.workplace.forget();
      scene.browser = Browser(chance);
    }
  }
  BOOST_TEST_MESSAGE(killed << " of " << rounds() / 2 << " hosts were killed, " << sealed
                            << " events had been sealed");
  BOOST_TEST(killed > 0U);
  BOOST_TEST(sealed > 0U);
}

// Chance may pass over a moment for ever: here each operation on the files is the last one once.
BOOST_AUTO_TEST_CASE(programs_killed_before_each_of_their_operations_lose_and_double_nothing) {
  bool killed = true;
  std::uint64_t operation = 0;
  while (killed) {
    ++operation;
    killed = false;
    BOOST_TEST_CONTEXT("operation " << operation) {
      Chance chance(operation);
      Scene scene(chance);
      auto environment = forgetful_under(scene.workplace);
      environment[kill_at] = std::to_string(operation);
      for (const std::size_t batches : {1U, 8U}) {
        scene.browser.work(batches);
        Process host = scene.workplace.host(environment);
        Port port(host);
        scene.browser.talk(port);
        host.close_input();
        killed = host.wait(milliseconds(2000)).value_or(End{}).signal == SIGKILL || killed;
        scene.browser.disconnect();
        const End sealer = scene.workplace.seal(environment).end;
        BOOST_REQUIRE(sealer == (End{0}) || sealer.signal == SIGKILL);
        killed = killed || sealer.signal == SIGKILL;
      }
      const std::string fault = scene.browser.fault_in(stored_after_sealing(scene.workplace));
      BOOST_REQUIRE_MESSAGE(fault.empty(), fault);
      const std::string later = scene.workplace.fault_in_working_on(scene.browser);
      BOOST_REQUIRE_MESSAGE(later.empty(), later);
    }
  }
  BOOST_TEST_MESSAGE("killed before each of " << operation - 1 << " operations");
  BOOST_TEST(operation > 20U);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace fieldnote::fault
