// Room for texts that live as long as one frame: given out from blocks, never returned singly.
#pragma once

#include <cstring>
#include <functional>
#include <memory>
#include <string_view>
#include <vector>

namespace fieldnote::model {

class Arena {
 public:
  [[nodiscard]] std::string_view keep(std::string_view text) {
    char* room = take(text.size());
    if (!text.empty()) std::memcpy(room, text.data(), text.size());
    return {room, text.size()};
  }

  // `text` itself where it lies in `whole`, which outlives this; kept otherwise.
  [[nodiscard]] std::string_view keep_beyond(std::string_view whole, std::string_view text) {
    const std::less_equal<> before;  // also of pointers into different things
    const bool within = before(whole.data(), text.data()) &&
                        before(text.data() + text.size(), whole.data() + whole.size());
    return within ? text : keep(text);
  }

  // Everything that was kept becomes invalid; one block stays for the next frame.
  void reset() {
    if (blocks_.size() > 1) blocks_.resize(1);
    used_ = 0;
  }

 private:
  static constexpr std::size_t block_size = 64 * 1024;
  struct Block {
    std::unique_ptr<char[]> bytes;
    std::size_t size;
  };

  char* take(std::size_t size) {
    if (blocks_.empty() || blocks_.back().size - used_ < size) {
      const std::size_t room = std::max(size, block_size);
      blocks_.push_back({std::make_unique_for_overwrite<char[]>(room), room});
      used_ = 0;
    }
    char* at = blocks_.back().bytes.get() + used_;
    used_ += size;
    return at;
  }

  std::vector<Block> blocks_;
  std::size_t used_ = 0;
};

}  // namespace fieldnote::model
