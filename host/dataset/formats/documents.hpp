// A folder of documents, one or a few for each trajectory.
#pragma once

#include <string>
#include <string_view>

#include "dataset/portion/shards.hpp"
#include "seal/folder_digest.hpp"

namespace fieldnote::dataset {

// What a format adds to.
class Documents {
 public:
  Documents(Sink& sink, std::string_view name)
      : sink_(&sink), stream_(sink.open(Stream::Of::documents, name)) {}

  // `suffix`: of its name, behind that of the trajectory; those of one trajectory come one after
  // the other, in the order of their names.
  [[nodiscard]] Result<void> add(std::uint64_t rank, std::string_view suffix,
                                 std::string_view text);

 private:
  Sink* sink_;
  std::uint32_t stream_;
  std::uint64_t rank_ = 0;
  std::uint32_t part_ = 0;  // the next one of that rank
};

// The documents of one stream, written when all is there.
class DocumentWriter {
 public:
  // `name`: of the stream, in `folder`, that of the dataset.
  [[nodiscard]] static Result<DocumentWriter> make(const platform::fs::path& folder,
                                                   std::string name);

  // Frames come in their order.
  [[nodiscard]] Result<void> add(std::uint64_t rank, platform::ByteView frame);
  // The folder.
  [[nodiscard]] Result<ShardFile> finish();

 private:
  DocumentWriter(platform::fs::path path, std::string name) : path_(std::move(path)) {
    folder_.name = std::move(name) + '/';
  }

  platform::fs::path path_;
  ShardFile folder_;
  seal::FolderDigest digest_;
  seal::ZstdBlock zstd_;
};

}  // namespace fieldnote::dataset
