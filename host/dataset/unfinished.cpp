#include "dataset/unfinished.hpp"

#include <fcntl.h>
#include <sys/file.h>

#include <cerrno>

#include "dataset/portion/kept.hpp"

namespace fieldnote::dataset {
namespace {

namespace fs = platform::fs;

Error refused(const fs::path& out, std::string_view why) {
  return {boost::system::errc::make_error_code(boost::system::errc::invalid_argument),
          out.string() + ": " + std::string(why)};
}

// Whether there is room for a dataset under this name.
Result<void> check_free(const fs::path& out) {
  std::error_code failed;
  const fs::file_status there = fs::status(out, failed);
  if (there.type() == fs::file_type::not_found) return {};
  if (failed) return os_error(failed.value(), out.string());
  if (!fs::is_directory(there)) return refused(out, "is no folder; name a new one");
  const bool is_empty = fs::is_empty(out, failed);
  if (failed) return os_error(failed.value(), out.string());
  if (!is_empty)
    return refused(out, "is not empty; name a new folder, a dataset is never written over");
  return {};
}

Result<void> remove_all_but_kept(const fs::path& folder) {
  std::error_code failed;
  for (fs::directory_iterator at(folder, failed), end; !failed && at != end; at.increment(failed)) {
    if (at->path().filename() == Kept::folder_name) continue;
    fs::remove_all(at->path(), failed);
    if (failed) break;
  }
  if (failed) return os_error(failed.value(), folder.string());
  return {};
}

// "dataset/" is "dataset".
fs::path without_slash(const fs::path& path) {
  const fs::path normal = path.lexically_normal();
  return normal.has_filename() ? normal : normal.parent_path();
}

}  // namespace

Result<Unfinished> Unfinished::make(const fs::path& path) {
  fs::path out = without_slash(path);
  if (auto is_free = check_free(out); !is_free) return is_free.error();
  const fs::path folder = out.string() + ".unfinished";
  std::error_code failed;
  fs::create_directories(folder, failed);
  if (failed) return os_error(failed.value(), folder.string());
  platform::Descriptor lock(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!lock) return os_error(errno, folder.string());
  if (::flock(lock.get(), LOCK_EX | LOCK_NB) != 0)
    return refused(out, "another export writes it just now");
  // That one may have ended between our look and our lock.
  if (auto is_free = check_free(out); !is_free) return is_free.error();
  if (auto removed = remove_all_but_kept(folder); !removed) return removed.error();
  return Unfinished(std::move(out), folder, std::move(lock));
}

Unfinished::~Unfinished() {
  if (!lock_) return;
  std::error_code ignored;
  if (Kept::is_in(folder_))
    static_cast<void>(remove_all_but_kept(folder_));
  else
    fs::remove_all(folder_, ignored);
}

Result<void> Unfinished::finish() {
  if (auto synced = platform::sync_folder(folder_); !synced) return synced;
  std::error_code failed;
  fs::rename(folder_, out_, failed);
  if (failed) return os_error(failed.value(), out_.string());
  lock_ = {};
  return platform::sync_folder(out_.has_parent_path() ? out_.parent_path() : fs::path("."));
}

}  // namespace fieldnote::dataset
