#include "dataset/formats/documents.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <limits>

#include "dataset/trajectory/naming.hpp"

namespace fieldnote::dataset {
namespace {

// All are synced together.
Result<void> write_unsynced(const platform::fs::path& path, std::string_view text) {
  const platform::Descriptor file(
      ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0644));
  if (!file) return os_error(errno, path.string());
  return platform::write_all(file, platform::as_bytes(text), path.string());
}

}  // namespace

Result<void> Documents::add(std::uint64_t rank, std::string_view suffix, std::string_view text) {
  part_ = rank == rank_ ? part_ : 0;
  rank_ = rank;
  std::string named(suffix);
  named += '\n';
  named += text;
  return sink_->add(stream_, rank, part_++, named);
}

Result<DocumentWriter> DocumentWriter::make(const platform::fs::path& folder, std::string name) {
  DocumentWriter documents(folder / name, name);
  std::error_code failed;
  platform::fs::create_directory(documents.path_, failed);
  if (failed) return os_error(failed.value(), documents.path_.string());
  return documents;
}

Result<void> DocumentWriter::add(std::uint64_t rank, platform::ByteView frame) {
  const auto expanded = zstd_.expand(frame, std::numeric_limits<std::uint32_t>::max());
  if (!expanded) return expanded.error();
  const std::string_view named = platform::as_text(*expanded);
  const std::size_t end = named.find('\n');
  const std::string name = Naming::id(rank) + std::string(named.substr(0, end));
  const std::string_view text = named.substr(end + 1);
  if (auto written = write_unsynced(path_ / name, text); !written) return written;
  folder_.bytes += text.size();
  ++folder_.rows;
  digest_.add(name, seal::sha256(platform::as_bytes(text)));
  return {};
}

Result<ShardFile> DocumentWriter::finish() {
  if (auto synced = platform::sync_file_system(path_); !synced) return synced.error();
  folder_.digest = digest_.finish();
  return std::move(folder_);
}

}  // namespace fieldnote::dataset
