#include "dataset/portion/frame_merge.hpp"

#include <algorithm>

namespace fieldnote::dataset {

Result<FrameMerge> FrameMerge::make(std::span<PortionReader> portions) {
  FrameMerge merge;
  for (PortionReader& portion : portions)
    for (const Run& run : portion.runs()) merge.cursors_.push_back({&portion, run, 0, {}, 0});
  for (std::size_t i = 0; i < merge.cursors_.size(); ++i) {
    const auto has_one = fill(merge.cursors_[i]);
    if (!has_one) return has_one.error();
    if (*has_one) merge.heap_.push_back(i);
  }
  std::make_heap(merge.heap_.begin(), merge.heap_.end(), Later{&merge.cursors_});
  return merge;
}

Result<bool> FrameMerge::fill(Cursor& cursor) {
  if (cursor.at < cursor.frames.size()) return true;
  if (cursor.read == cursor.run.frames) {
    cursor.frames = {};
    return false;
  }
  auto frames = cursor.portion->frames(cursor.run, cursor.read);
  if (!frames) return frames.error();
  cursor.read += frames->size();
  cursor.frames = std::move(*frames);
  cursor.at = 0;
  return true;
}

Result<std::optional<FrameMerge::Next>> FrameMerge::next() {
  if (heap_.empty()) return std::optional<Next>();
  const Later later{&cursors_};
  std::pop_heap(heap_.begin(), heap_.end(), later);
  Cursor& cursor = cursors_[heap_.back()];
  const Next next{cursor.portion, cursor.frames[cursor.at++]};
  const auto has_more = fill(cursor);
  if (!has_more) return has_more.error();
  if (*has_more)
    std::push_heap(heap_.begin(), heap_.end(), later);
  else
    heap_.pop_back();
  return std::optional(next);
}

}  // namespace fieldnote::dataset
