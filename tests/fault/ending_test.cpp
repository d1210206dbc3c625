// A host is gone when it should be, whatever it is doing, and costs nothing while it waits.
#include <fcntl.h>
#include <poll.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <csignal>
#include <thread>

#include "workplace.hpp"

namespace fieldnote::fault {
namespace {

constexpr milliseconds browsers_patience{2000};

struct Scene {
  Workplace workplace;
  Chance chance{1};
  Browser browser{chance};

  // A host that is attached and has stored something.
  Process working_host() {
    Process host = workplace.host();
    Port port(host);
    browser.work(2);
    browser.talk(port);
    BOOST_REQUIRE_MESSAGE(browser.settled(), browser.breach() << browser.sentence());
    return host;
  }

  platform::Descriptor hold_spool_lock() const {
    platform::Descriptor lock(
        ::open((workplace.state() / "spool.lock").c_str(), O_RDWR | O_CLOEXEC));
    BOOST_REQUIRE(::flock(lock.get(), LOCK_EX) == 0);
    return lock;
  }

  void require_all_stored() {
    browser.disconnect();
    const std::string fault = workplace.fault_in_working_on(browser);
    BOOST_REQUIRE_MESSAGE(fault.empty(), fault);
  }
};

void require_end(Process& host) {
  const auto end = host.wait(browsers_patience);
  BOOST_REQUIRE_MESSAGE(end, "after 2 s the host still runs");
  BOOST_TEST(end->signal == 0);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(ending)

BOOST_FIXTURE_TEST_CASE(the_end_of_input_ends_the_host, Scene) {
  Process host = working_host();
  host.close_input();
  require_end(host);
  require_all_stored();
}

BOOST_FIXTURE_TEST_CASE(sigterm_ends_the_host, Scene) {
  Process host = working_host();
  host.signal(SIGTERM);
  require_end(host);
  require_all_stored();
}

BOOST_FIXTURE_TEST_CASE(sigterm_under_load_ends_the_host_and_loses_nothing, Scene) {
  for (int round = 0; round < 10; ++round) {
    browser.work(300);
    Process host = workplace.host();
    Port port(host);
    browser.talk(port, milliseconds(5 + 3 * round));
    host.signal(SIGTERM);
    require_end(host);
    browser.hear_out(port);
    browser.disconnect();
    const std::string fault = browser.fault_in(workplace.stored());
    BOOST_REQUIRE_MESSAGE(fault.empty(), fault);
  }
  require_all_stored();
}

BOOST_FIXTURE_TEST_CASE(a_host_before_the_first_message_ends_with_its_input, Scene) {
  Process host = workplace.host();
  host.close_input();
  require_end(host);
}

BOOST_FIXTURE_TEST_CASE(a_host_that_waits_for_its_turn_to_write_ends_with_its_input, Scene) {
  Process host = working_host();
  const platform::Descriptor lock = hold_spool_lock();
  browser.work(1);
  Port port(host);
  browser.talk(port, milliseconds(200));
  BOOST_TEST(!browser.settled());
  host.close_input();
  require_end(host);
}

BOOST_FIXTURE_TEST_CASE(a_host_that_waits_for_its_turn_to_write_ends_at_sigterm, Scene) {
  Process host = working_host();
  const platform::Descriptor lock = hold_spool_lock();
  browser.work(1);
  Port port(host);
  browser.talk(port, milliseconds(200));
  host.signal(SIGTERM);
  require_end(host);
}

BOOST_FIXTURE_TEST_CASE(a_host_that_waits_to_open_the_spool_ends_with_its_input, Scene) {
  Process first = working_host();
  const platform::Descriptor lock = hold_spool_lock();
  Process host = workplace.host();
  std::this_thread::sleep_for(milliseconds(100));
  host.close_input();
  require_end(host);
}

BOOST_FIXTURE_TEST_CASE(a_browser_that_never_reads_does_not_hold_up_commits, Scene) {
  Process host = workplace.host();
  {
    Port port(host);
    browser.talk(port);
    BOOST_REQUIRE(browser.attached());
  }
  // Acks of some 40 bytes fill a pipe of 64 KiB after 1,600; nobody takes one.
  constexpr std::uint64_t batches = 6000;
  std::string frames;
  Browser deaf(chance);
  for (std::uint64_t seq = 1; seq <= batches; ++seq)
    frames +=
        framed(R"({"type":"batch","seq":)" + std::to_string(seq) +
               R"(,"events":[{"kind":"navigate","document":"00112233445566ff","n":)" +
               std::to_string(seq) +
               R"(,"tab":1,"frame":0,"navigation":"load","url":"https://crm.example.com/"}]})");
  Port port(host);
  port.post_bytes(frames);
  const auto until = Clock::now() + std::chrono::seconds(20);
  while (port.waiting() > 0 && Clock::now() < until) {
    BOOST_REQUIRE(port.write());
    pollfd writable{host.input(), POLLOUT, 0};
    ::poll(&writable, 1, 100);
  }
  BOOST_REQUIRE_MESSAGE(port.waiting() == 0, "the host stopped reading");
  host.close_input();
  require_end(host);
  const Outcome held = workplace.run({"held", "--json"});
  BOOST_TEST(std::count(held.output.begin(), held.output.end(), '\n') == std::int64_t{batches});
}

BOOST_FIXTURE_TEST_CASE(a_host_whose_browser_is_killed_ends_itself, Scene) {
  // A browser that starts a host and dies without a word; its ends of the pipes go with it.
  Process orphan = working_host();
  const pid_t pid = orphan.pid();
  orphan.close_input();
  orphan.close_output();
  BOOST_TEST(pid > 0);
  require_end(orphan);
  require_all_stored();
}

BOOST_FIXTURE_TEST_CASE(a_host_whose_output_nobody_reads_any_more_ends_itself, Scene) {
  Process host = working_host();
  host.close_output();
  browser.work(1);
  // The next ack finds nobody.
  Port port(host);
  port.post("{}");
  BOOST_REQUIRE(port.write());
  require_end(host);
}

BOOST_FIXTURE_TEST_CASE(an_idle_host_does_not_wake_up, Scene) {
  Process host = working_host();
  // What it has put off until a second after its start is done.
  std::this_thread::sleep_for(milliseconds(2000));
  const long before = host.status("voluntary_ctxt_switches");
  std::this_thread::sleep_for(std::chrono::seconds(3));
  const long woken = host.status("voluntary_ctxt_switches") - before;
  BOOST_TEST(before > 0);
  BOOST_TEST(woken <= 1);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace fieldnote::fault
