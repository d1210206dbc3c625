// The extension as the host sees it (manifest/protocol.md): a stream of numbered batches that are
// kept until they are acked and sent again after a restart, and the memory of what was acked, by
// which a test judges what the host has kept.
//
// It is harder on the host than the extension is: it has several batches under way at once.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "chance.hpp"
#include "port.hpp"

namespace fieldnote::fault {

// An event as it was found again, held or in a bundle.
struct Stored {
  std::string stream;
  std::uint64_t n = 0;
  std::string label;  // of the target
};

class Browser {
 public:
  explicit Browser(Chance& chance);

  // --- what the person does; events are numbered from 0 in the one document of the stream

  void work(std::size_t batches, std::size_t events_a_batch = 3);
  // One more batch whose event in the middle is such that no host can read it.
  void work_unreadably(std::size_t events);
  // Makes each event of what follows this much larger, by what compresses badly.
  void grow_events(std::size_t bytes) { padding_ = bytes; }

  // --- talking to a host

  // Until nothing is left to be acked, the host is gone, an error stops the exchange, or time is
  // up.
  void talk(Port& port, Clock::time_point until);
  void talk(Port& port, milliseconds patience = milliseconds(20000)) {
    talk(port, Clock::now() + patience);
  }
  // Takes in what a host said before it was killed.
  void hear_out(Port& port);
  // The connection is over; what is not acked will be sent again.
  void disconnect();

  // --- how it went

  [[nodiscard]] const std::string& stream() const { return stream_; }
  [[nodiscard]] bool settled() const { return outbox_.empty(); }
  [[nodiscard]] bool attached() const { return attached_; }
  [[nodiscard]] std::uint64_t events() const { return next_n_; }
  [[nodiscard]] std::uint64_t acked_events() const { return acked_below_; }
  // The names of all errors that the hosts said, and the last sentence.
  [[nodiscard]] const std::vector<std::string>& errors() const { return errors_; }
  [[nodiscard]] const std::string& sentence() const { return sentence_; }
  // A breach of the protocol by a host; empty where there was none.
  [[nodiscard]] const std::string& breach() const { return breach_; }
  // State of the last policy message.
  [[nodiscard]] const std::string& state() const { return state_; }
  // The notice had to be answered.
  [[nodiscard]] bool was_asked() const { return asked_; }

  // What is wrong with what is stored, in words, or nothing: every acked event is there exactly
  // once, every other one at most once, in the order in which they happened, and as they were sent.
  [[nodiscard]] std::string fault_in(const std::vector<Stored>& all) const;

  static constexpr std::size_t most_under_way = 32;

 private:
  struct Batch {
    std::uint64_t seq;
    std::uint64_t begin, end;  // its events
    int refusals = 0;
  };

  void hear(Port& port, const boost::json::object& message);
  void hear_policy(Port& port, const boost::json::object& message);
  void hear_ack(const boost::json::object& message);
  void hear_error(const boost::json::object& message);
  void forget_stored(std::uint64_t next_seq);
  void send_more(Port& port);
  void mend();
  void settle_front();
  [[nodiscard]] std::string frame_of(const Batch& batch) const;
  [[nodiscard]] std::string event(std::uint64_t n) const;

  std::string stream_, document_;
  std::size_t padding_ = 0;
  std::uint64_t next_n_ = 0;
  std::uint64_t next_seq_ = 1;
  std::set<std::uint64_t> unreadable_;
  std::set<std::uint64_t> dropped_;
  std::deque<Batch> outbox_;
  std::uint64_t acked_below_ = 0;

  bool attached_ = false;
  bool asked_ = false;
  bool stopped_ = false;  // by an error that the exchange cannot go on after
  std::size_t sent_ = 0;  // batches of the outbox that are under way
  std::multiset<std::uint64_t> unanswered_;
  std::optional<std::uint64_t> refused_;  // the batch that could not be read
  bool out_of_order_ = false;

  std::vector<std::string> errors_;
  std::string sentence_, breach_, state_;
};

}  // namespace fieldnote::fault
