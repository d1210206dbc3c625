#include "seal/key_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "platform/file.hpp"
#include "platform/random.hpp"
#include "seal/buffered_source.hpp"
#include "seal/seal_error.hpp"

namespace fieldnote::seal {
namespace {

namespace fs = std::filesystem;

constexpr mode_t owner_only = S_IRUSR | S_IWUSR;

Error refuse(const fs::path& path, std::string_view why) {
  return seal_error(SealError::key_file_refused, path.string() + ": " + std::string(why));
}

bool is_errno(const Error& error, boost::system::errc::errc_t number) {
  return error.code == number;
}

// Asked of the descriptor, so that what is judged is what is read.
Result<void> check_is_ours_alone(int fd, const fs::path& path) {
  struct stat facts {};
  if (::fstat(fd, &facts) != 0) return os_error(errno, path.string());
  if (!S_ISREG(facts.st_mode)) return refuse(path, "the key is not a regular file; remove it");
  if (facts.st_uid != ::geteuid())
    return refuse(path,
                  "the key belongs to another account; move it away, or give it back (chown)");
  if ((facts.st_mode & 07777 & ~owner_only) != 0)
    return refuse(path, "others may read or change the key; allow its owner only (chmod 600)");
  if (facts.st_size != static_cast<off_t>(Key32::size))
    return refuse(path, "the key has " + std::to_string(facts.st_size) +
                            " bytes instead of 32; restore it from a backup, or move it away and "
                            "lose what only it can open");
  return {};
}

Result<Key32> load(const fs::path& path) {
  // O_NONBLOCK: a pipe of that name must not keep us waiting for its other end.
  platform::Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
  if (!file && errno == ELOOP)
    return refuse(path, "the key is a symbolic link; put the file itself there");
  if (!file) return os_error(errno, path.string());
  if (auto ours = check_is_ours_alone(file.get(), path); !ours) return ours.error();
  Key32 key;
  platform::FileSource source(std::move(file), path.string());
  const auto count = read_fully(source, key.bytes());
  if (!count) return count.error();
  if (*count != key.size) return refuse(path, "the key was cut short while it was read; try again");
  return key;
}

Result<void> create(const fs::path& path, platform::NewName name) {
  Key32 key;
  platform::fill_random(key.bytes());
  auto file = platform::DurableFile::create(path, owner_only, /*replace=*/false);
  if (!file) return file.error();
  if (auto written = file->write(key.bytes()); !written) return written;
  return file->commit(name);
}

}  // namespace

Result<Key32> load_or_create_key(const fs::path& path, platform::NewName name) {
  using namespace boost::system::errc;
  auto key = load(path);
  if (key || !is_errno(key.error(), no_such_file_or_directory)) return key;
  // Where another process was faster, its key is the key.
  if (auto created = create(path, name); !created && !is_errno(created.error(), file_exists))
    return created.error();
  return load(path);
}

}  // namespace fieldnote::seal
