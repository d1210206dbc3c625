#include "fleet/folder.hpp"

#include <algorithm>
#include <array>

#include "seal/digest.hpp"

namespace fieldnote::fleet {
namespace {

namespace fs = platform::fs;

// Reads a file through, into `sink` if there is one, and digests it.
Result<seal::Digest> read_through(const fs::path& path, platform::ByteSink* sink) {
  auto source = platform::FileSource::open(path);
  if (!source) return source.error();
  seal::Sha256 digest;
  std::array<std::byte, 65536> room{};
  while (true) {
    const auto count = source->read(room);
    if (!count) return count.error();
    if (*count == 0) return digest.finish();
    const auto bytes = std::span(room).first(*count);
    digest.update(bytes);
    if (sink != nullptr)
      if (auto written = sink->write(bytes); !written) return written.error();
  }
}

Result<std::uint64_t> ship_one(const fs::path& from, const fs::path& to) {
  std::error_code failed;
  const std::uint64_t size = fs::file_size(from, failed);
  if (failed) return os_error(failed.value(), from.string());
  auto here = read_through(from, nullptr);
  if (!here) return here.error();
  if (!fs::exists(to, failed)) {
    auto file = platform::DurableFile::create(to, 0600);
    if (!file) return file.error();
    if (auto copied = read_through(from, &*file); !copied) return copied.error();
    if (auto done = file->commit(); !done) return done.error();
  }
  const auto there = read_through(to, nullptr);
  if (!there) return there.error();
  if (*there != *here)
    return Error{boost::system::errc::make_error_code(boost::system::errc::io_error),
                 to.string() + ": holds other bytes than " + from.string() +
                     "; nothing was deleted, look at both"};
  fs::remove(from, failed);
  if (failed) return os_error(failed.value(), from.string());
  return size;
}

}  // namespace

Result<ShipReport> ship_to_folder(const fs::path& from, const fs::path& to,
                                  const std::function<void(std::size_t, std::size_t)>& progress) {
  std::error_code failed;
  if (!fs::is_directory(to, failed))
    return Error{boost::system::errc::make_error_code(boost::system::errc::not_a_directory),
                 to.string() + ": is no folder; is the share mounted?"};
  std::vector<fs::path> files;
  for (fs::directory_iterator at(from, failed), end; !failed && at != end; at.increment(failed))
    if (at->path().extension() == ".age") files.push_back(at->path());
  if (failed) return os_error(failed.value(), from.string());
  std::sort(files.begin(), files.end());

  ShipReport report;
  for (const fs::path& file : files) {
    progress(report.shipped, files.size());
    const auto bytes = ship_one(file, to / file.filename());
    if (!bytes) return bytes.error();
    ++report.shipped;
    report.bytes += *bytes;
  }
  if (auto synced = platform::sync_folder(from); !synced) return synced.error();
  return report;
}

}  // namespace fieldnote::fleet
