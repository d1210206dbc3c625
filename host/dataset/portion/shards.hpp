// JSON Lines in any order in, compressed files in one order out: `NAME-00000.jsonl.zst` and on.
// Each record (one trajectory, or a part of a long one) becomes a Zstandard frame of its own, so
// that putting them in order moves bytes only, and a reader may begin at any of them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dataset/portion/sink.hpp"
#include "platform/file.hpp"
#include "seal/digest.hpp"

namespace fieldnote::dataset {

// A file of rows; or a folder of documents, whose name ends in a slash: then its rows are its
// files, and its digest is a FolderDigest.
struct ShardFile {
  std::string name;  // in the folder of the dataset
  std::uint64_t bytes = 0;
  std::uint64_t rows = 0;
  seal::Digest digest;

  [[nodiscard]] bool is_folder() const { return name.ends_with('/'); }
};

// What a format adds to.
class Shards {
 public:
  Shards(Sink& sink, std::string_view name)
      : sink_(&sink), stream_(sink.open(Stream::Of::rows, name)) {}

  // `lines`: whole lines. See Sink.
  [[nodiscard]] Result<void> add(std::uint64_t rank, std::string_view lines,
                                 std::uint32_t part = 0) {
    return sink_->add(stream_, rank, part, lines);
  }

 private:
  Sink* sink_;
  std::uint32_t stream_;
};

// The files of one stream, written when all is there.
class ShardWriter {
 public:
  static constexpr std::uint64_t default_size = 256 << 20;  // of a file, compressed

  // `name`: of the stream, in `folder`, that of the dataset.
  ShardWriter(platform::fs::path folder, std::string name, std::uint64_t size = default_size)
      : folder_(std::move(folder)), name_(std::move(name)), size_(size) {}

  // Frames come in their order.
  [[nodiscard]] Result<void> add(platform::ByteView frame, std::uint64_t rows);
  [[nodiscard]] Result<std::vector<ShardFile>> finish();

 private:
  [[nodiscard]] Result<void> begin_file();
  [[nodiscard]] Result<void> end_file();

  platform::fs::path folder_;
  std::string name_;
  std::uint64_t size_;
  std::optional<platform::DurableFile> file_;
  seal::Sha256 digest_;
  std::vector<ShardFile> files_;  // the last one is being written while there is a file
};

}  // namespace fieldnote::dataset
