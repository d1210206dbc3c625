#include "platform/file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>

#include "platform/random.hpp"

namespace fieldnote::platform {
namespace {

Error refused(const fs::path& path, std::string_view why) {
  return {boost::system::errc::make_error_code(boost::system::errc::permission_denied),
          path.string() + ": " + std::string(why)};
}

Result<void> check_writers(const fs::path& path, const struct stat& facts) {
  if (facts.st_uid != 0 && facts.st_uid != geteuid())
    return refused(
        path, "belongs to another account, so it is not believed; give it to root (chown root)");
  if ((facts.st_mode & (S_IWGRP | S_IWOTH)) != 0)
    return refused(path, "others can write it, so it is not believed; take that away (chmod go-w)");
  return {};
}

Result<std::string> read_descriptor(int fd, const fs::path& path, std::size_t cap) {
  std::string text;
  std::array<char, 65536> buffer{};
  while (true) {
    const ssize_t count = ::read(fd, buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return os_error(errno, path.string());
    if (count == 0) return text;
    if (text.size() + static_cast<std::size_t>(count) > cap)
      return Error{boost::system::errc::make_error_code(boost::system::errc::file_too_large),
                   path.string() + ": larger than " + std::to_string(cap) +
                       " bytes, which is more than it can need"};
    text.append(buffer.data(), static_cast<std::size_t>(count));
  }
}

}  // namespace

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
  if (this != &other) {
    if (fd_ >= 0) ::close(fd_);
    fd_ = std::exchange(other.fd_, -1);
  }
  return *this;
}

Descriptor::~Descriptor() {
  if (fd_ >= 0) ::close(fd_);
}

Result<std::string> read_trusted(const fs::path& path, std::size_t cap) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
  if (!file && errno == ELOOP)
    return refused(path, "is a symbolic link; put the file itself there");
  if (!file) return os_error(errno, path.string());
  struct stat facts {};
  if (::fstat(file.get(), &facts) != 0) return os_error(errno, path.string());
  if (!S_ISREG(facts.st_mode)) return refused(path, "is not a regular file");
  if (auto ok = check_writers(path, facts); !ok) return ok.error();
  return read_descriptor(file.get(), path, cap);
}

Result<std::string> read_all(const fs::path& path, std::size_t cap) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file) return os_error(errno, path.string());
  return read_descriptor(file.get(), path, cap);
}

Result<void> check_trusted_folder(const fs::path& path) {
  struct stat facts {};
  if (::stat(path.c_str(), &facts) != 0) return os_error(errno, path.string());
  if (!S_ISDIR(facts.st_mode)) return refused(path, "is not a folder");
  return check_writers(path, facts);
}

Result<void> make_private_folder(const fs::path& path, NewName name) {
  std::error_code failed;
  if (path.has_parent_path() && path.parent_path() != path &&
      !fs::exists(path.parent_path(), failed) && !failed)
    if (auto above = make_private_folder(path.parent_path()); !above) return above;
  if (::mkdir(path.c_str(), 0700) == 0) {
    // Its name too survives a loss of power, or nothing that is put into it does.
    if (name == NewName::synced)
      if (auto named = sync_folder(path.has_parent_path() ? path.parent_path() : fs::path("."));
          !named)
        return named;
  } else if (errno != EEXIST) {
    return os_error(errno, path.string());
  }
  struct stat facts {};
  if (::lstat(path.c_str(), &facts) != 0) return os_error(errno, path.string());
  if (!S_ISDIR(facts.st_mode)) return refused(path, "is not a folder");
  if (facts.st_uid != geteuid()) return refused(path, "belongs to another account");
  if ((facts.st_mode & (S_IRWXG | S_IRWXO)) != 0)
    return refused(path, "is open to others; look at what lies in it, then close it (chmod 700)");
  return {};
}

Result<void> sync_file(const fs::path& file) {
  const Descriptor handle(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  if (!handle || ::fsync(handle.get()) != 0) return os_error(errno, file.string());
  return {};
}

Result<void> sync_folder(const fs::path& folder) {
  const Descriptor handle(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!handle || ::fsync(handle.get()) != 0) return os_error(errno, folder.string());
  return {};
}

Result<void> write_all(const Descriptor& file, ByteView bytes, std::string_view name) {
  while (!bytes.empty()) {
    const ssize_t count = ::write(file.get(), bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return os_error(errno, name);
    bytes = bytes.subspan(static_cast<std::size_t>(count));
  }
  return {};
}

Result<std::size_t> read_at(const Descriptor& file, std::uint64_t offset, std::span<std::byte> room,
                            std::string_view name) {
  std::size_t done = 0;
  while (done < room.size()) {
    const auto rest = room.subspan(done);
    const ssize_t count =
        ::pread(file.get(), rest.data(), rest.size(), static_cast<off_t>(offset + done));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return os_error(errno, name);
    if (count == 0) break;
    done += static_cast<std::size_t>(count);
  }
  return done;
}

Result<Descriptor> nameless_file(const fs::path& folder) {
  Descriptor file(::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600));
  if (file) return file;
  // Not every file system can, such as those over a network.
  if (errno != EOPNOTSUPP && errno != EISDIR) return os_error(errno, folder.string());
  std::string name = folder / ".temporary-XXXXXX";
  file = Descriptor(::mkostemp(name.data(), O_CLOEXEC));
  if (!file || ::unlink(name.c_str()) != 0) return os_error(errno, name);
  return file;
}

Result<void> sync_file_system(const fs::path& folder) {
  const Descriptor handle(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!handle || ::syncfs(handle.get()) != 0) return os_error(errno, folder.string());
  return {};
}

Result<FileSource> FileSource::open(const fs::path& path) {
  Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file) return os_error(errno, path.string());
  return FileSource(std::move(file), path.string());
}

Result<std::size_t> FileSource::read(std::span<std::byte> room) {
  while (true) {
    const ssize_t count = ::read(file_.get(), room.data(), room.size());
    if (count >= 0) return static_cast<std::size_t>(count);
    if (errno != EINTR) return os_error(errno, name_);
  }
}

Result<std::uint64_t> FileSource::size() const {
  struct stat facts {};
  if (::fstat(file_.get(), &facts) != 0) return os_error(errno, name_);
  return static_cast<std::uint64_t>(facts.st_size);
}

Result<DurableFile> DurableFile::create(const fs::path& path, mode_t mode, bool replace) {
  std::array<std::byte, 6> random{};
  fill_random(random);
  std::string suffix;
  for (const std::byte b : random) {
    std::array<char, 3> hex{};
    std::snprintf(hex.data(), hex.size(), "%02x", static_cast<unsigned>(b));
    suffix += hex.data();
  }
  auto file =
      create_as(path.parent_path() / ("." + path.filename().string() + "." + suffix), path, mode);
  if (file) file->replace_ = replace;
  return file;
}

Result<DurableFile> DurableFile::create_as(const fs::path& temporary, const fs::path& path,
                                           mode_t mode) {
  Descriptor file(
      ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode));
  if (!file) return os_error(errno, temporary.string());
  return DurableFile(std::move(file), path, temporary, false);
}

DurableFile::DurableFile(Descriptor file, fs::path path, fs::path temporary, bool replace)
    : file_(std::move(file)),
      path_(std::move(path)),
      temporary_(std::move(temporary)),
      replace_(replace) {}

DurableFile::DurableFile(DurableFile&& other) noexcept
    : file_(std::move(other.file_)),
      path_(std::move(other.path_)),
      temporary_(std::exchange(other.temporary_, fs::path())),
      replace_(other.replace_),
      keep_(other.keep_) {}

DurableFile::~DurableFile() {
  if (!temporary_.empty() && !keep_) ::unlink(temporary_.c_str());
}

Result<void> DurableFile::write(ByteView bytes) {
  return write_all(file_, bytes, path_.string());
}

Result<void> DurableFile::sync() {
  if (::fsync(file_.get()) != 0) return os_error(errno, path_.string());
  return {};
}

Result<void> DurableFile::commit_as(const fs::path& path) {
  path_ = path;
  return commit();
}

Result<void> DurableFile::commit(NewName name) {
  if (auto synced = sync(); !synced) return synced;
  if (replace_) {
    if (::rename(temporary_.c_str(), path_.c_str()) != 0) return os_error(errno, path_.string());
  } else if (::renameat2(AT_FDCWD, temporary_.c_str(), AT_FDCWD, path_.c_str(), RENAME_NOREPLACE) !=
             0) {
    return os_error(errno, path_.string());
  }
  temporary_.clear();
  if (name == NewName::unsynced) return {};
  return sync_folder(path_.parent_path().empty() ? fs::path(".") : path_.parent_path());
}

}  // namespace fieldnote::platform
