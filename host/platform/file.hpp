// Files as the rest of the host sees them: owned descriptors, reads with a cap, writes that are
// durable when they return, and the question whether somebody else could have written what we are
// about to believe.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "platform/byte_stream.hpp"

namespace fieldnote::platform {

namespace fs = std::filesystem;

// A file descriptor that is closed with its owner.
class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept;
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor();

  [[nodiscard]] int get() const { return fd_; }
  [[nodiscard]] int release() { return std::exchange(fd_, -1); }
  explicit operator bool() const { return fd_ >= 0; }

 private:
  int fd_ = -1;
};

// The whole text of a regular file of at most `cap` bytes that only root or we can have written;
// symbolic links are not followed in the last component.
[[nodiscard]] Result<std::string> read_trusted(const fs::path& path, std::size_t cap);

// The whole text of any file of at most `cap` bytes.
[[nodiscard]] Result<std::string> read_all(const fs::path& path, std::size_t cap);

// A folder that only root or we can change.
[[nodiscard]] Result<void> check_trusted_folder(const fs::path& path);

// Whether a new name is to survive a loss of power from now on, or from when the caller syncs the
// folder that it lies in.
enum class NewName { synced, unsynced };

// Makes `path` and what is missing above it, with mode 0700, and refuses a folder that is not ours
// alone. `name`: of the last folder; those above are synced.
[[nodiscard]] Result<void> make_private_folder(const fs::path& path,
                                               NewName name = NewName::synced);

// Syncs the content of a file.
[[nodiscard]] Result<void> sync_file(const fs::path& file);

// Syncs the folder itself, so that names made, changed and removed in it survive a loss of power.
[[nodiscard]] Result<void> sync_folder(const fs::path& folder);

// Syncs all that lies on the file system of a folder: of very many new files it takes less time
// than one after the other.
[[nodiscard]] Result<void> sync_file_system(const fs::path& folder);

// All of it, where the descriptor stands. `name`: of the file, for what goes wrong.
[[nodiscard]] Result<void> write_all(const Descriptor& file, ByteView bytes, std::string_view name);

// From `offset` on; how much: less than `room` only where the file ends.
[[nodiscard]] Result<std::size_t> read_at(const Descriptor& file, std::uint64_t offset,
                                          std::span<std::byte> room, std::string_view name);

// A file for reading and writing that has no name in `folder`: it is gone when it is closed.
[[nodiscard]] Result<Descriptor> nameless_file(const fs::path& folder);

class FileSource final : public ByteSource {
 public:
  [[nodiscard]] static Result<FileSource> open(const fs::path& path);
  explicit FileSource(Descriptor file, std::string name)
      : file_(std::move(file)), name_(std::move(name)) {}
  FileSource(FileSource&& other) noexcept
      : file_(std::move(other.file_)), name_(std::move(other.name_)) {}
  [[nodiscard]] Result<std::size_t> read(std::span<std::byte> room) override;
  [[nodiscard]] Result<std::uint64_t> size() const;

 private:
  Descriptor file_;
  std::string name_;
};

// A file that appears under its name only when it is whole: written beside it, synced, renamed, the
// folder synced. Without a commit it is as if nothing had been written.
class DurableFile final : public ByteSink {
 public:
  // `replace`: whether a file of that name may be there already.
  [[nodiscard]] static Result<DurableFile> create(const fs::path& path, mode_t mode,
                                                  bool replace = false);
  // The same under a temporary name that the caller knows again after a crash.
  [[nodiscard]] static Result<DurableFile> create_as(const fs::path& temporary,
                                                     const fs::path& path, mode_t mode);
  DurableFile(DurableFile&& other) noexcept;
  ~DurableFile() override;

  [[nodiscard]] Result<void> write(ByteView bytes) override;
  // Syncs the content; the name is still the temporary one.
  [[nodiscard]] Result<void> sync();
  [[nodiscard]] Result<void> commit(NewName name = NewName::synced);
  // Under a name that was not known at the beginning, as when it holds a digest.
  [[nodiscard]] Result<void> commit_as(const fs::path& path);
  // From now on the temporary file outlives us, whatever happens: something else says that it
  // counts.
  void keep() { keep_ = true; }

 private:
  DurableFile(Descriptor file, fs::path path, fs::path temporary, bool replace);
  Descriptor file_;
  fs::path path_;
  fs::path temporary_;
  bool replace_;
  bool keep_ = false;
};

}  // namespace fieldnote::platform
