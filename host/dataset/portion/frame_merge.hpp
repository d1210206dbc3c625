// The frames of all portions in one order, whatever their number: of each run only a block of
// places is held.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "dataset/portion/portion_reader.hpp"

namespace fieldnote::dataset {

class FrameMerge {
 public:
  struct Next {
    PortionReader* portion;
    Frame frame;
  };

  // `portions` must outlive it.
  [[nodiscard]] static Result<FrameMerge> make(std::span<PortionReader> portions);

  // Nothing: there are no more.
  [[nodiscard]] Result<std::optional<Next>> next();

 private:
  struct Cursor {
    PortionReader* portion;
    Run run;
    std::uint64_t read = 0;  // of its frames
    std::vector<Frame> frames;
    std::size_t at = 0;
  };
  struct Later {
    const std::vector<Cursor>* cursors;
    bool operator()(std::size_t a, std::size_t b) const {
      const Cursor& one = (*cursors)[a];
      const Cursor& other = (*cursors)[b];
      return other.frames[other.at] < one.frames[one.at];
    }
  };

  // Whether there is a frame at the cursor now.
  [[nodiscard]] static Result<bool> fill(Cursor& cursor);

  std::vector<Cursor> cursors_;
  std::vector<std::size_t> heap_;  // of cursors that have a frame; the first in order in front
};

}  // namespace fieldnote::dataset
