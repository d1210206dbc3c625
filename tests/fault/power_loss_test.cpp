// The power fails at each point at which something became durable. What the disk had is put
// together from the log of a run, and the real programs go on with it.
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>

#include "disk.hpp"
#include "workplace.hpp"

namespace fieldnote::fault {
namespace {

constexpr std::size_t events_a_batch = 3;

// A day: the first start, two hosts, sealing between and beside them.
struct Run {
  Run() : chance(0), browser(chance), log_file(::memfd_create("log", MFD_CLOEXEC)) {
    environment = forgetful_under(workplace);
    environment[log_descriptor] = std::to_string(Process::inherited_log);
    BOOST_REQUIRE(::fcntl(log_file.get(), F_SETFL, O_APPEND) == 0);
    Disk empty(workplace.state_home());
    host_works();
    seal();
    host_works();
    {
      Process host = workplace.host(environment, log_file.get());
      Port port(host);
      works(port);
      seal();
      works(port);
      end(host);
    }
    log = read_log(log_file.get());
    disk.emplace(std::move(empty));
    BOOST_REQUIRE(std::count_if(log.begin(), log.end(), is_sync) > 30);
    const std::string fault = browser.fault_in(workplace.stored());
    BOOST_REQUIRE_MESSAGE(fault.empty(), fault);
  }

  static bool is_sync(const Operation& operation) { return operation.head.act == Act::sync; }

  void works(Port& port) {
    // Some batches alone, as when a person works, some together, as after a reconnect.
    for (const std::size_t batches : {1U, 1U, 12U}) {
      browser.work(batches, events_a_batch);
      browser.talk(port);
      BOOST_REQUIRE_MESSAGE(browser.settled(), browser.breach() << browser.sentence());
    }
  }
  void end(Process& host) {
    host.close_input();
    BOOST_REQUIRE(host.wait(milliseconds(2000)) == End{0});
    browser.disconnect();
  }
  void host_works() {
    Process host = workplace.host(environment, log_file.get());
    Port port(host);
    works(port);
    end(host);
  }
  void seal() {
    const Outcome sealed = workplace.seal(environment, log_file.get());
    BOOST_REQUIRE_MESSAGE(sealed.end == End{0}, sealed.errors);
  }

  Workplace workplace;
  Chance chance;
  Browser browser;
  platform::Descriptor log_file;
  Workplace::Environment environment;
  std::vector<Operation> log;
  std::optional<Disk> disk;  // as before the run
};

// What the browser had heard when the power failed.
class Heard {
 public:
  void add(const Operation& operation) {
    if (operation.head.act != Act::said) return;
    // Commands say sentences, hosts say frames, which begin with a length below 1 MiB.
    std::string& bytes = bytes_[operation.head.inode];
    bytes += operation.bytes;
    if (bytes.size() >= 4 && bytes[3] != 0) return;
    for (const auto& message : take_messages(bytes)) {
      if (message.at("type") == "ack")
        acked_events = message.at("seq").to_number<std::uint64_t>() * events_a_batch;
      if (message.at("type") == "policy" && message.at("state") == "recording") said_yes = true;
    }
  }

  std::uint64_t acked_events = 0;
  bool said_yes = false;

 private:
  std::map<std::uint64_t, std::string> bytes_;
};

// The stream of before: its browser died with the machine, what was acked must be there.
std::string fault_in_stream(const std::vector<Stored>& all, const Run& run, const Heard& heard) {
  std::uint64_t next = 0;
  for (const Stored& event : all) {
    if (event.stream != run.browser.stream()) continue;
    if (event.n != next)
      return "event " + std::to_string(event.n) + " stands where " + std::to_string(next) +
             " was to stand";
    ++next;
  }
  if (next < heard.acked_events)
    return std::to_string(heard.acked_events) + " events were acked, " + std::to_string(next) +
           " are there";
  return {};
}

// The machine starts again: a browser with a new stream, a host, a sealing.
std::string fault_after_loss(const Run& run, const Heard& heard, std::uint64_t round) {
  Chance chance(round);
  Browser browser(chance);
  Process host = run.workplace.host();
  Port port(host);
  if (heard.said_yes) {
    port.next();  // hello
    port.post(R"({"type":"attach","protocol":1,"extension":"1.0","browser":"chromium","stream":")" +
              browser.stream() + "\"}");
    const auto policy = port.next();
    if (!policy) return "the host says nothing: " + host.errors();
    if (const auto* state = policy->if_contains("state"); state == nullptr || *state != "recording")
      return "the person said yes, and now: " + boost::json::serialize(*policy);
  }
  host.kill();
  if (std::string fault = run.workplace.fault_in_working_on(browser); !fault.empty()) return fault;
  // A bundle that had not got its name gets it now.
  const Outcome sealed = run.workplace.seal();
  if (sealed.end != End{0}) return "fieldnote seal: " + sealed.errors;
  const std::vector<Stored> all = run.workplace.sealed();
  if (std::string fault = browser.fault_in(all); !fault.empty()) return fault;
  return fault_in_stream(all, run, heard);
}

std::string describe(const std::vector<Operation>& log, std::size_t at) {
  static constexpr std::array<const char*, 9> words{
      "make", "make folder", "write", "truncate", "sync", "rename", "remove", "said", "failed"};
  std::string text;
  for (std::size_t i = at < 6 ? 0 : at - 6; i < std::min(log.size(), at + 3); ++i) {
    const Operation& operation = log[i];
    text += (i == at ? "\n> " : "\n  ") +
            std::string(words[static_cast<std::size_t>(operation.head.act)]) + ' ' +
            std::to_string(operation.head.inode) + " +" + std::to_string(operation.head.offset);
    if (operation.head.act != Act::write && operation.head.act != Act::said)
      text += ' ' + operation.bytes;
  }
  return text;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(power_loss)

BOOST_AUTO_TEST_CASE(what_was_acked_survives_a_loss_of_power_at_every_sync_point) {
  Run run;
  Heard heard;
  std::size_t points = 0;
  for (std::size_t i = 0; i < run.log.size(); ++i) {
    // The disk holds what the sync before left; everything said until just before this one counts.
    if (Run::is_sync(run.log[i])) {
      run.disk->rebuild(run.workplace.state_home());
      const std::string fault = fault_after_loss(run, heard, i);
      BOOST_REQUIRE_MESSAGE(
          fault.empty(), "before sync point " << points << ": " << fault << describe(run.log, i));
      ++points;
    }
    run.disk->apply(run.log[i]);
    heard.add(run.log[i]);
  }
  BOOST_TEST_MESSAGE("the power failed at " << points << " sync points");
}

BOOST_AUTO_TEST_CASE(what_was_acked_survives_writes_that_came_through_in_part_and_out_of_order) {
  Run run;
  Heard heard;
  std::size_t points = 0;
  Chance moments(0x10551);
  const std::uint64_t wanted = rounds() / 2;
  for (std::size_t i = 0; i < run.log.size(); ++i) {
    if (moments.number(run.log.size()) < wanted) {
      Chance chance(i);
      run.disk->rebuild(run.workplace.state_home(), &chance);
      const std::string fault = fault_after_loss(run, heard, i);
      BOOST_REQUIRE_MESSAGE(fault.empty(),
                            "FIELDNOTE_FAULT_SEED=" << seed() << ", before operation " << i << ": "
                                                    << fault << describe(run.log, i));
      ++points;
    }
    run.disk->apply(run.log[i]);
    heard.add(run.log[i]);
  }
  BOOST_TEST_MESSAGE("the power failed before " << points << " of " << run.log.size()
                                                << " operations");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace fieldnote::fault
