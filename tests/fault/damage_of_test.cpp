// Bytes of the files turn, as on a bad disk: programs say one sentence or go on, never crash or
// hang, and never pass on as good what is not as it was stored.
#include <fcntl.h>
#include <sys/file.h>

#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>
#include <fstream>
#include <iterator>
#include <thread>

#include "workplace.hpp"

namespace fieldnote::fault {
namespace {

std::string read_bytes(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// Bits turned, a page of nothing, an end that is missing.
void damage(const fs::path& path, Chance& chance) {
  std::string bytes = read_bytes(path);
  BOOST_REQUIRE(!bytes.empty());
  switch (chance.number(6)) {
    case 0: {
      const std::size_t page = chance.number(bytes.size()) / 4096 * 4096;
      std::fill_n(bytes.begin() + static_cast<std::ptrdiff_t>(page),
                  std::min<std::size_t>(4096, bytes.size() - page), '\0');
      break;
    }
    case 1:
      bytes.resize(chance.number(bytes.size()));
      break;
    case 2:
      // The head of the file, where a bit matters most.
      bytes[chance.number(std::min<std::size_t>(bytes.size(), 120))] ^=
          static_cast<char>(1U << chance.number(8));
      break;
    default:
      for (std::uint64_t flips = 1 + chance.number(16); flips > 0; --flips)
        bytes[chance.number(bytes.size())] ^= static_cast<char>(1U << chance.number(8));
  }
  std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

bool is_one_sentence(const std::string& text) {
  return text.size() > 10 && std::count(text.begin(), text.end(), '\n') == 1;
}

// A computer in the middle of a day, of which copies are damaged: a bundle, held rows in the
// database, and some that are only in its log, since the host was killed.
struct Scene {
  Scene() {
    work(20);
    BOOST_REQUIRE((workplace.seal().end == End{0}));
    work(20);
    Process host = workplace.host();
    Port port(host);
    browser.work(30);
    browser.talk(port);
    BOOST_REQUIRE(browser.settled());
    host.kill();
    browser.disconnect();
    fs::copy(workplace.state(), whole(), fs::copy_options::recursive);
  }

  void work(std::size_t batches) {
    browser.work(batches);
    const std::string fault = workplace.fault_in_working_on(browser);
    BOOST_REQUIRE_MESSAGE(fault.empty(), fault);
  }
  [[nodiscard]] fs::path whole() const { return workplace.folder() / "whole"; }
  void restore() const {
    fs::remove_all(workplace.state());
    fs::copy(whole(), workplace.state(), fs::copy_options::recursive);
  }

  // What comes out, whatever is missing, is what went in, and in order.
  void require_true(const std::vector<Stored>& events) const {
    std::optional<std::uint64_t> last;
    for (const Stored& event : events) {
      if (event.stream != browser.stream()) continue;
      BOOST_REQUIRE_MESSAGE(event.n < browser.events(), "event " << event.n << " was never sent");
      BOOST_REQUIRE_MESSAGE(event.label == "Button " + std::to_string(event.n), event.label);
      BOOST_REQUIRE_MESSAGE(!last || *last < event.n, "event " << event.n << " comes again");
      last = event.n;
    }
  }

  Workplace workplace;
  Chance chance{1};
  Browser browser{chance};
};

// A host comes to record again, after a start or two that set aside what is damaged.
void require_recording(const Workplace& workplace, Chance& chance) {
  constexpr int most_starts = 3;
  std::string said;
  for (int start = 0; start < most_starts; ++start) {
    Browser browser(chance);
    Process host = workplace.host();
    Port port(host);
    browser.work(3);
    browser.talk(port, milliseconds(10000));
    host.close_input();
    const auto end = host.wait(milliseconds(2000));
    BOOST_REQUIRE_MESSAGE(end, "the host does not end");
    BOOST_REQUIRE_MESSAGE(end->signal == 0, "the host was killed by signal " << end->signal);
    if (browser.settled()) return;
    said += "\n  " + browser.breach() + browser.sentence() + " | " + host.errors();
  }
  BOOST_REQUIRE_MESSAGE(false, "no host records any more:" << said);
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(damage_of, Scene)

BOOST_AUTO_TEST_CASE(the_database_or_its_log_is_told_and_recording_goes_on) {
  for (std::uint64_t round = 1; round <= rounds() / 2; ++round) {
    const char* name = round % 2 == 0 ? "spool.db" : "spool.db-wal";
    BOOST_TEST_CONTEXT(name << ", round " << round << ", FIELDNOTE_FAULT_SEED=" << seed()) {
      Chance luck(round);
      restore();
      damage(workplace.state() / name, luck);
      if (luck.one_in(2)) fs::remove(workplace.state() / "spool.db-shm");
      const Outcome held = workplace.run({"held", "--json"});
      BOOST_REQUIRE_MESSAGE((held.end == End{0} || held.end == End{1} || held.end == End{2}),
                            "signal " << held.end.signal);
      if (held.end == End{1})
        BOOST_REQUIRE_MESSAGE(is_one_sentence(held.errors), "held says: " << held.errors);
      std::vector<Stored> events;
      add_events(held.output, events);
      require_true(events);
      if (luck.one_in(2)) {
        const Outcome sealed = workplace.seal();
        BOOST_REQUIRE_MESSAGE(sealed.end.signal == 0, "signal " << sealed.end.signal);
        if (sealed.end == End{1})
          BOOST_REQUIRE_MESSAGE(is_one_sentence(sealed.errors), "seal says: " << sealed.errors);
      }
      require_recording(workplace, luck);
      // Damage that shows only now is told, and set aside at the next start.
      const Outcome first = workplace.seal();
      if (first.end == End{1})
        BOOST_REQUIRE_MESSAGE(is_one_sentence(first.errors), "seal says: " << first.errors);
      require_recording(workplace, luck);
      const Outcome second = workplace.seal();
      BOOST_REQUIRE_MESSAGE((second.end == End{0} || second.end == End{2}),
                            "seal says: " << second.errors);
      require_true(workplace.sealed());
    }
  }
}

BOOST_AUTO_TEST_CASE(a_database_that_another_host_sets_aside_takes_no_ack_with_it) {
  restore();
  Browser early(chance);
  Process old_host = workplace.host();
  Port old_port(old_host);
  early.work(2);
  early.talk(old_port);
  BOOST_REQUIRE(early.settled());
  {
    std::fstream file(workplace.spool(), std::ios::binary | std::ios::in | std::ios::out);
    file << "no database at all";
  }
  // A second browser is started, which finds the damage.
  Chance luck(2);
  require_recording(workplace, luck);
  const std::uint64_t acked_before = early.acked_events();
  early.work(20);
  early.talk(old_port);
  const std::uint64_t acked = early.acked_events();
  old_host.kill();
  std::uint64_t there = 0;
  for (const Stored& event : workplace.stored())
    if (event.stream == early.stream() && event.n >= acked_before) ++there;
  BOOST_TEST(there >= acked - acked_before);
}

BOOST_AUTO_TEST_CASE(a_database_is_set_aside_once_by_hosts_that_start_at_once) {
  for (std::uint64_t round = 1; round <= 1 + rounds() / 40; ++round) {
    BOOST_TEST_CONTEXT("round " << round << ", FIELDNOTE_FAULT_SEED=" << seed()) {
      Chance luck(1000 + round);
      restore();
      // As a host leaves it that came upon damage: the next start is to set the database aside.
      std::ofstream(workplace.state() / "spool.damaged").flush();
      platform::Descriptor lock(
          ::open((workplace.state() / "spool.lock").c_str(), O_RDWR | O_CLOEXEC));
      BOOST_REQUIRE(::flock(lock.get(), LOCK_EX) == 0);
      std::vector<Process> hosts;
      for (int i = 0; i < 4; ++i) hosts.push_back(workplace.host());
      // All four stand in the queue.
      std::this_thread::sleep_for(milliseconds(50));
      lock = {};
      std::vector<Browser> browsers;
      for (Process& host : hosts) {
        Browser& other = browsers.emplace_back(luck);
        Port port(host);
        other.work(2);
        other.talk(port);
        host.close_input();
        BOOST_REQUIRE(host.wait(milliseconds(2000)).has_value());
        other.disconnect();
      }
      for (Browser& other : browsers) {
        const std::string fault = workplace.fault_in_working_on(other);
        BOOST_REQUIRE_MESSAGE(fault.empty(), fault);
        BOOST_REQUIRE_MESSAGE(!other.was_asked(), "the person's yes was not carried over");
      }
      const auto all = workplace.stored();
      for (const Browser& other : browsers) {
        const std::string fault = other.fault_in(all);
        BOOST_REQUIRE_MESSAGE(fault.empty(), fault);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(a_bundle_is_named_and_left_out_of_the_dataset) {
  restore();
  BOOST_REQUIRE((workplace.seal().end == End{0}));
  const Outcome key = workplace.run({"keys", "participant"});
  BOOST_REQUIRE(key.end == End{0});
  const fs::path roster = workplace.folder() / "roster.json";
  std::ofstream(roster) << R"({"participants":[{"number":1,"keys":[")"
                        << key.output.substr(0, key.output.find('\n')) << "\"]}]}";
  const auto steps = [&](End expected) {
    const fs::path dataset = workplace.folder() / "dataset";
    fs::remove_all(dataset);
    const Outcome made =
        workplace.run({"export", "--json", "--identity", workplace.identity().string(), "--roster",
                       roster.string(), "--internal", "--license", "mit", "--reason", "tests",
                       "--out", dataset.string(), workplace.bundles().string()});
    BOOST_REQUIRE_MESSAGE(made.end == expected, made.end.exit << ' ' << made.errors);
    return boost::json::parse(made.output).as_object();
  };
  const auto whole_steps = steps(End{0}).at("steps").to_number<std::uint64_t>();
  BOOST_TEST(whole_steps == browser.events());
  std::vector<fs::path> bundles;
  for (const auto& file : fs::directory_iterator(workplace.bundles()))
    bundles.push_back(file.path());
  BOOST_REQUIRE(bundles.size() == 2U);
  for (std::uint64_t round = 1; round <= rounds() / 4; ++round) {
    BOOST_TEST_CONTEXT("round " << round << ", FIELDNOTE_FAULT_SEED=" << seed()) {
      Chance luck(round);
      const fs::path bundle = bundles[luck.number(bundles.size())];
      const std::string before = read_bytes(bundle);
      while (read_bytes(bundle) == before) damage(bundle, luck);
      const auto report = steps(End{2});
      BOOST_TEST(report.at("steps").to_number<std::uint64_t>() < whole_steps);
      BOOST_TEST(report.at("skipped").as_array().size() == 1U);
      const auto& skipped = report.at("skipped").at(0).as_object();
      BOOST_TEST(std::string(skipped.at("file").as_string()).find(bundle.filename().string()) !=
                 std::string::npos);
      std::ofstream(bundle, std::ios::binary | std::ios::trunc) << before;
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace fieldnote::fault
