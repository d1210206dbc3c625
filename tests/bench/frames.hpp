// The committed corpus as an endless session, and as the frames in which the extension would send
// it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace fieldnote::bench {

// `count` batches one behind the other, each with its length before it.
struct Frames {
  std::string bytes;
  std::vector<std::size_t> ends;  // ends[i]: where frame i ends in `bytes`
  std::size_t events = 0;
};

class Corpus {
 public:
  // One wire event a line. Throws where there is none.
  explicit Corpus(const std::filesystem::path& file);

  [[nodiscard]] std::size_t size() const { return events_.size(); }

  // Event `i` of the session. Each time through the corpus documents are others, and so are the
  // numbers of records (six digits that begin with 7) in addresses, names and texts: a person does
  // not type the same for ever, and a dictionary of what was masked grows as it would.
  [[nodiscard]] std::string event(std::size_t i) const;

  // Batches of `per_frame` events, numbered from 1: the first `events` events of the session.
  [[nodiscard]] Frames frames(std::size_t events, std::size_t per_frame) const;

 private:
  std::vector<std::string> events_;
};

}  // namespace fieldnote::bench
