// What becomes of a batch between its frame and the spool: each event is held against the sites of
// the person, redacted, and written as the line that will leave; each that may not be kept is
// counted. Not thread-safe.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "model/event_reader.hpp"
#include "model/ledger.hpp"
#include "policy/assignment.hpp"
#include "redact/gate.hpp"
#include "redact/redactor.hpp"

namespace fieldnote::recorder {

// What of a batch is to be held.
struct AdmittedBatch {
  std::int64_t events = 0;
  // A ledger line where there is something to tell, then one line an event. They lie in the
  // admission, good until the next batch.
  std::string_view lines;
  model::Ledger::Counts refused;
};

class Admission {
 public:
  explicit Admission(const policy::Assignment& assignment) : assignment_(assignment) {}

  // The task in hand, that events are stamped with; empty: none. `words`: of it, if they leave:
  // what is private in them has the same placeholders in the events as in the words that leave.
  // What was masked in a task is forgotten when it ends.
  void in_task(std::string id, std::string_view words);

  // Fails, and keeps nothing, where the frame is no batch.
  [[nodiscard]] Result<AdmittedBatch> admit(std::string_view frame, std::string_view stream,
                                            std::uint64_t seq);

 private:
  class Sink;
  const std::optional<policy::Assignment::Match>& site_of(std::string_view url);

  const policy::Assignment& assignment_;
  std::optional<std::string> last_url_;
  std::optional<policy::Assignment::Match> last_site_;
  model::EventReader reader_;
  redact::Redactor redactor_;
  redact::Gate gate_{redactor_.masker()};
  model::Arena arena_;
  std::string lines_;
  std::string task_;
};

}  // namespace fieldnote::recorder
