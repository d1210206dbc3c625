#include "dataset/formats/documents.hpp"

#include <algorithm>

namespace fieldnote::dataset {

Result<Documents> Documents::make(const platform::fs::path& dataset, std::string name) {
  Documents documents(dataset / name, name);
  std::error_code failed;
  platform::fs::create_directory(documents.folder_, failed);
  if (failed) return os_error(failed.value(), documents.folder_.string());
  return documents;
}

Result<void> Documents::add(const std::string& name, std::string_view text) {
  auto file = platform::DurableFile::create(folder_ / name, 0644);
  if (!file) return file.error();
  if (auto written = file->write(platform::as_bytes(text)); !written) return written;
  if (auto done = file->commit(); !done) return done;
  seal::Sha256 digest;
  digest.update(platform::as_bytes(text));
  const std::scoped_lock lock(*guard_);
  files_.push_back({name_ + '/' + name, text.size(), 1, digest.finish()});
  return {};
}

std::vector<ShardFile> Documents::finish() {
  std::sort(files_.begin(), files_.end(),
            [](const ShardFile& a, const ShardFile& b) { return a.name < b.name; });
  return std::move(files_);
}

}  // namespace fieldnote::dataset
