// Where the formats of a dataset write one portion. Each of them opens its streams: a stream
// becomes files of rows, or a folder of documents. Not thread-safe.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "dataset/portion/portion_writer.hpp"
#include "seal/zstd_block.hpp"

namespace fieldnote::dataset {

struct Stream {
  enum class Of : std::uint8_t { rows, documents };
  Of of = Of::rows;
  std::string name;        // with that of its split in front: "train/steps"
  std::size_t format = 0;  // whose it is, among those of the dataset
};

class Sink {
 public:
  // `portion`: null where nothing is to be written, and only the streams are asked for.
  explicit Sink(PortionWriter* portion) : portion_(portion) {}

  // Of the streams that are opened next; `split`: the folder of one, with its slash, or empty.
  void at(std::size_t format, std::string split) {
    format_ = format;
    split_ = std::move(split);
  }
  // The same calls, the same numbers, from 0 on.
  [[nodiscard]] std::uint32_t open(Stream::Of of, std::string_view name);
  // `rank` is the place of the record, `part` the place in it; each is added once.
  [[nodiscard]] Result<void> add(std::uint32_t stream, std::uint64_t rank, std::uint32_t part,
                                 std::string_view text);

  [[nodiscard]] const std::vector<Stream>& streams() const { return streams_; }

 private:
  static constexpr int zstd_level = 3;

  PortionWriter* portion_;
  std::size_t format_ = 0;
  std::string split_;
  std::vector<Stream> streams_;
  seal::ZstdBlock zstd_{zstd_level, true};
};

}  // namespace fieldnote::dataset
