// What puts a held line in its place among others, read without the rest of it: for readings that
// hand lines on as they are.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "model/arena.hpp"
#include "model/event.hpp"

namespace fieldnote::model {

struct HeldHead {
  Kind kind = Kind::click;
  std::string_view stream;
  std::uint64_t seq = 0;
  std::string_view document;
  std::string_view app;
  std::optional<std::string_view> task;
  std::optional<std::string_view> outline;  // the digest of the one that it cites, or is
};

// Of a line that EventReader takes, as a view of it. Nothing where the line is not spelled as
// `append_held` does; EventReader reads it then, and `head_of` tells.
[[nodiscard]] std::optional<HeldHead> read_head(std::string_view line);

[[nodiscard]] HeldHead head_of(const Event& event);
// The same, good as long as `line`, which the event was read from, and `texts` are.
[[nodiscard]] HeldHead head_of(const Event& event, std::string_view line, Arena& texts);

}  // namespace fieldnote::model
