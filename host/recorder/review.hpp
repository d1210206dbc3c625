// What is held, as the person reviews it before it leaves: page by page, the newest first; each
// readable text once; counted. Answers are bodies of messages (manifest/protocol.md, Review), each
// small enough for a frame.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>

#include "channel/request.hpp"
#include "model/event_reader.hpp"
#include "spool/spool.hpp"

namespace fieldnote::recorder {

class Review {
 public:
  explicit Review(spool::Spool& spool) : spool_(spool) {}

  // Each returns the members of the answer behind its type and id, as JSON text: `,"events":[...]`.
  [[nodiscard]] Result<std::string> events(const channel::HeldEventsRequest& request);
  [[nodiscard]] Result<std::string> texts(const channel::HeldTextsRequest& request);
  [[nodiscard]] Result<std::string> counts();

 private:
  [[nodiscard]] Result<std::int64_t> leaves_in(const spool::HeldRow& row);

  spool::Spool& spool_;
  model::EventReader reader_;
  std::chrono::seconds use_{};                            // the clock of use, now
  std::map<std::int64_t, std::chrono::seconds> windows_;  // by row of terms
};

}  // namespace fieldnote::recorder
