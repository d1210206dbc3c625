// Plays the browser and measures: `host_bench MEASUREMENT OPTIONS -- PROGRAM ARGUMENTS`. PROGRAM is
// fieldnote-host or a peer. Prints one JSON object of plain figures; bench.mjs makes sense of them.
// Frames are made beforehand, so that what is measured is the program and not this one.
#include <poll.h>
#include <sys/stat.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <chrono>
#include <iostream>
#include <list>
#include <map>
#include <thread>

#include "program.hpp"

namespace {

using namespace fieldnote::bench;
namespace fs = std::filesystem;
namespace json = boost::json;
using Clock = std::chrono::steady_clock;

struct Options {
  fs::path corpus;
  fs::path state;
  std::size_t events = 60000;
  std::size_t per_frame = 10;
  std::size_t writers = 1;
  std::size_t times = 21;
  double seconds = 2;
  bool existing = false;
  std::vector<std::string> command;
};

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

double quantile(std::vector<double> values, double share) {
  if (values.empty()) throw std::runtime_error("nothing was measured");
  const auto at = static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), values.begin() + at, values.end());
  return values[static_cast<std::size_t>(at)];
}

std::string_view frame_of(const Frames& frames, std::size_t i) {
  const std::size_t begin = i == 0 ? 0 : frames.ends[i - 1];
  return std::string_view(frames.bytes).substr(begin, frames.ends[i] - begin);
}

std::list<Program> start_attached(const Options& options) {
  std::list<Program> programs;
  for (std::size_t i = 0; i < options.writers; ++i)
    programs.emplace_back(options.command, options.state).attach();
  return programs;
}

// All writers at once, each with its pipe kept full.
json::object measure_load(const Options& options) {
  const Frames frames = Corpus(options.corpus).frames(options.events, options.per_frame);
  std::list<Program> programs = start_attached(options);
  std::vector<std::exception_ptr> failures(options.writers);
  const auto start = Clock::now();
  {
    std::vector<std::jthread> pumps;
    for (std::size_t i = 0; Program & program : programs)
      pumps.emplace_back([&program, &frames, &failure = failures[i++]] {
        try {
          program.pump(frames);
        } catch (...) {
          failure = std::current_exception();
        }
      });
  }
  const double seconds = seconds_since(start);
  for (const auto& failure : failures)
    if (failure) std::rethrow_exception(failure);
  const std::int64_t peak_kb = programs.front().memory_kb("VmHWM");
  double cpu_seconds = 0;
  for (Program& program : programs) cpu_seconds += program.finish();
  const double events = static_cast<double>(frames.events * options.writers);
  return {{"events_per_second", events / seconds},
          {"cpu_us_per_event", cpu_seconds * 1e6 / events},
          {"peak_rss_kb", peak_kb}};
}

// Each writer sends its next frame when the last one was acked.
json::object measure_writers(const Options& options) {
  struct Writer {
    Program* program;
    std::size_t sent = 0;
    Clock::time_point since;
  };
  // More than any disk syncs in the time.
  const auto most = static_cast<std::size_t>(10000 * options.seconds);
  const Frames frames = Corpus(options.corpus).frames(most * options.per_frame, options.per_frame);
  std::list<Program> programs = start_attached(options);
  std::vector<Writer> writers;
  std::vector<pollfd> ready;
  for (Program& program : programs) {
    writers.push_back({&program, 0, {}});
    ready.push_back({program.out(), POLLIN, 0});
  }
  const auto send = [&](Writer& writer) {
    writer.since = Clock::now();
    const std::size_t i = writer.sent++;
    writer.program->send(frame_of(frames, i), i + 1, options.per_frame);
  };
  std::vector<double> waits;
  const auto start = Clock::now();
  for (Writer& writer : writers) send(writer);
  while (seconds_since(start) < options.seconds) {
    if (::poll(ready.data(), ready.size(), 1000) < 0) throw std::runtime_error("poll failed");
    for (std::size_t i = 0; i < writers.size(); ++i) {
      if (ready[i].revents == 0 || !writers[i].program->acked()) continue;
      waits.push_back(seconds_since(writers[i].since));
      if (writers[i].sent < frames.ends.size()) send(writers[i]);
    }
  }
  const auto [least, most_sent] =
      std::minmax_element(writers.begin(), writers.end(),
                          [](const Writer& a, const Writer& b) { return a.sent < b.sent; });
  return {{"fairness", static_cast<double>(least->sent) / static_cast<double>(most_sent->sent)},
          {"commits_per_second", static_cast<double>(waits.size()) / options.seconds},
          {"p50_ms", quantile(waits, 0.5) * 1e3},
          {"p99_ms", quantile(waits, 0.99) * 1e3},
          {"worst_ms", quantile(waits, 1) * 1e3}};
}

// One frame at a time with a pause before it, as when a person works.
json::object measure_idle_ack(const Options& options) {
  const Frames frames =
      Corpus(options.corpus).frames(options.times * options.per_frame, options.per_frame);
  std::list<Program> programs = start_attached(options);
  Program& program = programs.front();
  std::vector<double> waits;
  for (std::size_t i = 0; i < frames.ends.size(); ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(3));
    const auto start = Clock::now();
    program.send(frame_of(frames, i), i + 1, options.per_frame);
    program.wait_acked();
    waits.push_back(seconds_since(start));
  }
  // The host looks after its house a second after its start; then it is idle.
  std::this_thread::sleep_for(std::chrono::milliseconds(1500));
  const std::int64_t idle_kb = program.memory_kb("VmRSS");
  program.finish();
  return {{"p50_ms", quantile(waits, 0.5) * 1e3},
          {"p99_ms", quantile(waits, 0.99) * 1e3},
          {"idle_rss_kb", idle_kb}};
}

// From exec to the ack of the first event, with the yes in between where the spool is new.
json::object measure_start(const Options& options) {
  const Frames frames = Corpus(options.corpus).frames(1, 1);
  std::vector<double> waits;
  for (std::size_t i = 0; i < options.times + 1; ++i) {
    const fs::path state = options.existing ? options.state : options.state / std::to_string(i);
    fs::create_directories(state);
    ::chmod(state.c_str(), 0700);
    const auto start = Clock::now();
    Program program(options.command, state);
    program.attach();
    program.pump(frames);
    // The first one reads the program from disk.
    if (i > 0) waits.push_back(seconds_since(start));
    program.finish();
  }
  return {{"p50_ms", quantile(waits, 0.5) * 1e3}, {"p90_ms", quantile(waits, 0.9) * 1e3}};
}

// The corpus once and nothing twice, for whoever seals it then.
json::object fill(const Options& options) {
  const Corpus corpus(options.corpus);
  Program program(options.command, options.state);
  program.attach();
  program.pump(corpus.frames(corpus.size(), options.per_frame));
  program.finish();
  return {{"events", corpus.size()}};
}

}  // namespace

int main(int argc, char** argv) {
  const std::map<std::string, json::object (*)(const Options&)> measurements{
      {"load", measure_load},
      {"writers", measure_writers},
      {"idle", measure_idle_ack},
      {"start", measure_start},
      {"fill", fill},
  };
  CLI::App program("Plays the browser to fieldnote-host or a peer, and measures");
  Options options;
  std::string measurement;
  program.add_option("measurement", measurement)->required()->check(CLI::IsMember(measurements));
  program.add_option("--corpus", options.corpus)->required();
  program.add_option("--state", options.state, "XDG_STATE_HOME of the program")->required();
  program.add_option("--events", options.events)->capture_default_str();
  program.add_option("--per-frame", options.per_frame)->capture_default_str();
  program.add_option("--writers", options.writers)->capture_default_str();
  program.add_option("--times", options.times)->capture_default_str();
  program.add_option("--seconds", options.seconds)->capture_default_str();
  program.add_flag("--existing", options.existing, "start: on one spool, not a new one each time");
  program.add_option("command", options.command, "The program, behind --")->required();
  CLI11_PARSE(program, argc, argv);
  try {
    std::cout << json::serialize(measurements.at(measurement)(options)) << '\n';
    return 0;
  } catch (const std::exception& error) {
    std::cerr << "host_bench: " << error.what() << '\n';
    return 1;
  }
}
