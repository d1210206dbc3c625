#include "cli/whole_file.hpp"

namespace fieldnote::cli {

Result<void> write_whole(const platform::fs::path& path, std::string_view text, mode_t mode,
                         bool replace) {
  std::error_code failed;
  if (path.has_parent_path()) platform::fs::create_directories(path.parent_path(), failed);
  if (failed) return os_error(failed.value(), path.parent_path().string());
  auto file = platform::DurableFile::create(path, mode, replace);
  if (!file) return file.error();
  if (auto written = file->write(platform::as_bytes(text)); !written) return written;
  return file->commit();
}

}  // namespace fieldnote::cli
