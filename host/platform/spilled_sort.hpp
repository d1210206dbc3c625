// Puts records in order, however many: what does not fit in memory lies in a file without a name,
// which is gone when the process is, in sorted runs that are merged in the end. Not thread-safe.
#pragma once

#include <algorithm>
#include <cstddef>
#include <span>
#include <type_traits>
#include <vector>

#include "platform/file.hpp"

namespace fieldnote::platform {

// A file without a name in `folder`, read and written at any place.
class SpillFile {
 public:
  [[nodiscard]] Result<void> open(const fs::path& folder);
  [[nodiscard]] bool is_open() const { return static_cast<bool>(file_); }
  [[nodiscard]] Result<void> append(ByteView bytes);
  [[nodiscard]] Result<void> read(std::uint64_t offset, std::span<std::byte> room) const;
  [[nodiscard]] std::uint64_t size() const { return size_; }

 private:
  Descriptor file_;
  std::uint64_t size_ = 0;
};

// Records on disk in the order in which they were added.
template <class Record>
class SpilledList {
  static_assert(std::is_trivially_copyable_v<Record>);

 public:
  explicit SpilledList(fs::path folder) : folder_(std::move(folder)) {}

  [[nodiscard]] Result<void> add(const Record& record) {
    latest_.push_back(record);
    if (latest_.size() < records_a_block) return {};
    if (!file_.is_open())
      if (auto opened = file_.open(folder_); !opened) return opened;
    auto added = file_.append(std::as_bytes(std::span<const Record>(latest_)));
    latest_.clear();
    return added;
  }

  // Calls `f` with each.
  template <class F>
  [[nodiscard]] Result<void> each(F&& f) const {
    std::vector<Record> block(records_a_block);
    const auto room = std::as_writable_bytes(std::span(block));
    for (std::uint64_t at = 0; at < file_.size(); at += room.size()) {
      if (auto read = file_.read(at, room); !read) return read;
      for (const Record& record : block) f(record);
    }
    for (const Record& record : latest_) f(record);
    return {};
  }

 private:
  static constexpr std::size_t records_a_block = 1024;

  fs::path folder_;
  SpillFile file_;
  std::vector<Record> latest_;
};

// `Record`: bytes that can be compared by `<`.
template <class Record>
class SpilledSort {
  static_assert(std::is_trivially_copyable_v<Record>);

 public:
  // `folder`: where there is room on disk. `most`: records in memory.
  SpilledSort(fs::path folder, std::size_t most) : folder_(std::move(folder)), most_(most) {}

  [[nodiscard]] Result<void> add(const Record& record) {
    records_.push_back(record);
    return records_.size() < most_ ? Result<void>() : spill();
  }
  [[nodiscard]] bool has_spilled() const { return !runs_.empty(); }

  // Calls `f` with each record in order until one fails, and forgets all.
  template <class F>
  [[nodiscard]] Result<void> take_each(F&& f) {
    if (!has_spilled()) {
      std::sort(records_.begin(), records_.end());
      for (const Record& record : records_)
        if (Result<void> done = f(record); !done) return done;
      records_ = {};
      return {};
    }
    if (auto spilled = spill(); !spilled) return spilled;
    records_ = {};
    auto merged = merge(f);
    runs_.clear();
    file_ = {};
    return merged;
  }

 private:
  struct Run {
    std::uint64_t offset, end;
    std::vector<Record> block = {};
    std::size_t at = 0;
  };
  static constexpr std::size_t records_a_block =
      std::max<std::size_t>(1, (32 << 10) / sizeof(Record));

  [[nodiscard]] Result<void> spill() {
    if (!file_.is_open())
      if (auto opened = file_.open(folder_); !opened) return opened;
    std::sort(records_.begin(), records_.end());
    const std::uint64_t offset = file_.size();
    if (auto added = file_.append(std::as_bytes(std::span<const Record>(records_))); !added)
      return added;
    runs_.push_back({offset, file_.size()});
    records_.clear();
    return {};
  }

  // Whether there is a record at the run now.
  [[nodiscard]] Result<bool> fill(Run& run) {
    if (run.at < run.block.size()) return true;
    const std::uint64_t left = (run.end - run.offset) / sizeof(Record);
    if (left == 0) return false;
    run.block.resize(std::min<std::uint64_t>(left, records_a_block));
    const auto room = std::as_writable_bytes(std::span(run.block));
    if (auto read = file_.read(run.offset, room); !read) return read.error();
    run.offset += room.size();
    run.at = 0;
    return true;
  }

  template <class F>
  [[nodiscard]] Result<void> merge(F& f) {
    const auto later = [](const Run* a, const Run* b) { return b->block[b->at] < a->block[a->at]; };
    std::vector<Run*> heap;
    for (Run& run : runs_) {
      const auto has_one = fill(run);
      if (!has_one) return has_one.error();
      if (*has_one) heap.push_back(&run);
    }
    std::make_heap(heap.begin(), heap.end(), later);
    while (!heap.empty()) {
      std::pop_heap(heap.begin(), heap.end(), later);
      Run& run = *heap.back();
      if (Result<void> done = f(run.block[run.at++]); !done) return done;
      const auto has_more = fill(run);
      if (!has_more) return has_more.error();
      if (*has_more)
        std::push_heap(heap.begin(), heap.end(), later);
      else
        heap.pop_back();
    }
    return {};
  }

  fs::path folder_;
  std::size_t most_;
  std::vector<Record> records_;
  SpillFile file_;
  std::vector<Run> runs_;
};

}  // namespace fieldnote::platform
