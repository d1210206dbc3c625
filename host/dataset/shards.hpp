// JSON Lines in any order in, compressed files in one order out: `NAME-00000.jsonl.zst` and on.
// Each record (one trajectory, or a part of a long one) becomes a Zstandard frame of its own, so
// that putting them in order moves bytes only, and a reader may begin at any of them.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "platform/file.hpp"
#include "seal/digest.hpp"

namespace fieldnote::dataset {

struct ShardFile {
  std::string name;  // in the folder of the dataset
  std::uint64_t bytes = 0;
  std::uint64_t rows = 0;
  seal::Digest digest;
};

class Shards {
 public:
  static constexpr std::uint64_t default_size = 256 << 20;  // of a file, compressed

  // Until `finish`, what was added lies in a temporary file of `folder`, which goes with it.
  [[nodiscard]] static Result<Shards> make(platform::fs::path folder, std::string name,
                                           std::uint64_t size = default_size);

  // `rank` is the place of the record, `part` the place in it; each is added once. `lines`: whole
  // lines. Safe from several threads.
  [[nodiscard]] Result<void> add(std::uint64_t rank, std::string_view lines, unsigned part = 0);

  [[nodiscard]] Result<std::vector<ShardFile>> finish();

 private:
  struct Record {
    std::uint64_t rank, offset, size, rows;
    unsigned part;
  };
  Shards(platform::fs::path folder, std::string name, std::uint64_t size,
         platform::Descriptor spill)
      : folder_(std::move(folder)),
        name_(std::move(name)),
        size_(size),
        spill_(std::move(spill)),
        guard_(std::make_unique<std::mutex>()) {}

  [[nodiscard]] Result<ShardFile> write_shard(std::size_t number, std::size_t begin,
                                              std::size_t end) const;

  platform::fs::path folder_;
  std::string name_;
  std::uint64_t size_;
  platform::Descriptor spill_;
  std::uint64_t end_ = 0;
  std::vector<Record> records_;
  std::unique_ptr<std::mutex> guard_;
};

}  // namespace fieldnote::dataset
