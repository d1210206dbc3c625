// Work that nobody did: events of an invented support desk, in the form in which a host holds them,
// for benchmarks and trials. The same seed gives the same lines. What is planted in them is a text
// that no redaction should have let pass, to see whether what comes after finds it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/ledger.hpp"

namespace fieldnote::cli {

// What work is hard on an export.
struct SimulatedShape {
  std::uint64_t streams = 1;  // browsers' streams that a person's work comes in, in turns
  bool distinct = false;      // pages and values bear clear texts that no other has
  bool tasks = false;         // each task is said, in words of its own
};

class SimulatedWork {
 public:
  SimulatedWork(std::uint64_t seed, std::uint64_t participant, SimulatedShape shape = {});

  // Appends the events of one task, at least 8 lines, as one batch or several of a stream.
  void append_task(std::string& lines, model::Ledger& ledger);

  // The bundle has ended: a batch is whole in one.
  void end_batch() {
    if (in_batch_ > 0) in_batch_ = batch_events;
  }

  [[nodiscard]] std::uint64_t events() const { return events_; }
  // The task of the lines that were appended last, and its words; empty where none is said.
  [[nodiscard]] const std::string& task() const { return task_; }
  [[nodiscard]] const std::string& task_words() const { return task_words_; }
  // Secrets that lie in the lines so far.
  [[nodiscard]] const std::vector<std::string>& planted() const { return planted_; }

 private:
  struct Page;
  std::uint64_t random(std::uint64_t below);
  template <class List>
  auto pick(const List& list) {
    return list[random(list.size())];
  }
  std::string hex(std::size_t digits);
  // Three words that nobody else has.
  std::string words();
  void take_turn();
  std::string masked(std::string_view label);

  void open(std::string& lines, std::string_view route, std::string_view page);
  void act(std::string& lines, std::string_view kind, std::string_view role, std::string_view name,
           std::string_view ref, std::string_view more = {});
  void line(std::string& lines, std::string_view kind, std::string_view rest);

  static constexpr std::uint64_t batch_events = 10;

  std::uint64_t state_;
  SimulatedShape shape_;
  std::string stream_, scope_, document_;
  std::string task_, task_words_;
  std::vector<std::pair<std::string, std::uint64_t>> streams_;  // and the batch of each
  std::uint64_t turns_ = 0;
  std::string app_, route_, outline_;
  std::uint64_t seq_ = 0;
  std::uint64_t in_batch_ = 0;
  std::uint32_t n_ = 0;
  std::uint32_t emails_ = 0, texts_ = 0;
  std::uint64_t events_ = 0;
  model::Ledger* ledger_ = nullptr;
  std::vector<std::string> planted_;
};

}  // namespace fieldnote::cli
