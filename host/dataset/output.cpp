#include "dataset/output.hpp"

#include <boost/json/serialize.hpp>

namespace fieldnote::dataset {
namespace {

namespace fs = platform::fs;
namespace json = boost::json;

Result<void> write_loss(const fs::path& out, std::string_view format, const Loss& loss) {
  json::object told{{"schema", 1}, {"format", format}};
  for (auto& [key, counts] : loss.to_json()) told[key] = std::move(counts);
  return write_document(out / (std::string(format) + ".loss.json"), json::serialize(told) + '\n');
}

}  // namespace

Result<void> write_document(const fs::path& path, std::string_view text) {
  auto file = platform::DurableFile::create(path, 0644);
  if (!file) return file.error();
  if (auto written = file->write(platform::as_bytes(text)); !written) return written;
  return file->commit();
}

Result<Output> Output::make(const ExportOptions& options, const std::vector<Split>& splits) {
  Output output(options);
  const auto open = [&](Split split, const fs::path& folder) -> Result<void> {
    for (const FormatName name : options.formats) {
      auto format = make_format(name, folder, options.format);
      if (!format) return format.error();
      output.folders_[static_cast<std::size_t>(split)].formats.push_back(std::move(*format));
    }
    return {};
  };
  if (splits.empty()) {
    if (auto opened = open(Split::train, options.out); !opened) return opened.error();
    return output;
  }
  for (const Split split : splits) {
    const std::string word(word_of(split_words, split));
    const fs::path folder = options.out / word;
    std::error_code failed;
    fs::create_directory(folder, failed);
    if (failed) return os_error(failed.value(), folder.string());
    output.folders_[static_cast<std::size_t>(split)].before = word + '/';
    if (auto opened = open(split, folder); !opened) return opened.error();
  }
  return output;
}

Result<void> Output::add(Split split, std::uint64_t rank, const Trajectory& trajectory) {
  for (const auto& format : folders_[static_cast<std::size_t>(split)].formats)
    if (auto added = format->add(rank, trajectory); !added) return added;
  return {};
}

Result<std::vector<ShardFile>> Output::finish() {
  std::vector<ShardFile> all;
  for (std::size_t i = 0; i < options_->formats.size(); ++i) {
    Loss loss;
    for (const Folder& folder : folders_) {
      if (folder.formats.empty()) continue;
      Format& format = *folder.formats[i];
      auto files = format.finish();
      if (!files) return files;
      for (ShardFile& file : *files) {
        file.name = folder.before + file.name;
        all.push_back(std::move(file));
      }
      loss.add(format.loss());
    }
    const auto word = word_of(format_words, options_->formats[i]);
    if (auto told = write_loss(options_->out, word, loss); !told) return told.error();
  }
  return all;
}

}  // namespace fieldnote::dataset
