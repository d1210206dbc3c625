// Which held events are meant (manifest/protocol.md, Review: `which`).
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "channel/request.hpp"
#include "model/event_reader.hpp"
#include "recorder/held_lines.hpp"
#include "spool/spool.hpp"

namespace fieldnote::recorder {

class Selection {
 public:
  // Errors: `not_held` where the ends of a range are not there.
  [[nodiscard]] static Result<Selection> make(spool::Spool& spool, const channel::Which& which);

  // Whether a row can have any of them, which saves reading it.
  [[nodiscard]] bool may_hold(const spool::HeldRow& row) const;
  [[nodiscard]] bool is_everything() const { return which_.all; }

  // One event of a row, by its place in the row.
  [[nodiscard]] bool holds(const spool::HeldRow& row, std::size_t index,
                           const model::Event& event) const;

 private:
  struct End {
    std::int64_t row = 0;
    std::size_t index = 0;
    friend auto operator<=>(const End&, const End&) = default;
  };
  explicit Selection(channel::Which which) : which_(std::move(which)) {}
  [[nodiscard]] static Result<End> find(spool::Spool& spool, const channel::EventKey& key);
  [[nodiscard]] bool has_text(const model::Event& event) const;

  channel::Which which_;
  std::string folded_;  // the text that is looked for
  std::chrono::seconds oldest_{};
  End from_, to_;
};

}  // namespace fieldnote::recorder
