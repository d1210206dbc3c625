// The latest outlines of one stream: each is sent once, and cited in later stretches too.
#pragma once

#include <algorithm>
#include <deque>
#include <string>
#include <string_view>

namespace fieldnote::dataset {

template <class Line>
class ShownOutlines {
 public:
  // One that was cited longer ago is missed.
  static constexpr std::size_t most = 128, most_bytes = 8 << 20;

  void add(std::string id, Line line) {
    bytes_ += line.size();
    outlines_.push_back({std::move(id), std::move(line)});
    while (outlines_.size() > most || (bytes_ > most_bytes && outlines_.size() > 1)) {
      bytes_ -= outlines_.front().line.size();
      outlines_.pop_front();
    }
  }
  // Of their lines.
  [[nodiscard]] std::size_t bytes() const { return bytes_; }

  // The last one of this id; null: it is not among them.
  [[nodiscard]] const Line* find(std::string_view id) const {
    const auto found = std::find_if(outlines_.rbegin(), outlines_.rend(),
                                    [&](const Outline& outline) { return outline.id == id; });
    return found == outlines_.rend() ? nullptr : &found->line;
  }

 private:
  struct Outline {
    std::string id;  // its document and digest
    Line line;
  };
  std::deque<Outline> outlines_;
  std::size_t bytes_ = 0;
};

}  // namespace fieldnote::dataset
