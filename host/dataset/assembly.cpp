#include "dataset/assembly.hpp"

#include <boost/json/serialize.hpp>

#include "dataset/formats/documents.hpp"
#include "dataset/output.hpp"
#include "dataset/portion/frame_merge.hpp"

namespace fieldnote::dataset {
namespace {

namespace fs = platform::fs;
namespace json = boost::json;

class Assembly {
 public:
  Assembly(const fs::path& out, FrameMerge merge) : out_(out), merge_(std::move(merge)) {}

  Result<std::vector<ShardFile>> write(const std::vector<Stream>& streams) {
    if (auto begun = go_on(); !begun) return begun.error();
    std::vector<ShardFile> all;
    for (std::uint32_t i = 0; i < streams.size(); ++i) {
      auto files = streams[i].of == Stream::Of::rows ? write_rows(i, streams[i].name)
                                                     : write_documents(i, streams[i].name);
      if (!files) return files;
      std::move(files->begin(), files->end(), std::back_inserter(all));
    }
    return all;
  }

 private:
  Result<void> go_on() {
    auto next = merge_.next();
    if (!next) return next.error();
    next_ = *next;
    return {};
  }

  // Calls `f` with each frame of the stream, in order.
  template <class F>
  Result<void> each(std::uint32_t stream, F&& f) {
    while (next_ && next_->frame.stream == stream) {
      const auto text = next_->portion->text(next_->frame);
      if (!text) return text.error();
      if (Result<void> done = f(next_->frame, *text); !done) return done;
      if (auto gone_on = go_on(); !gone_on) return gone_on;
    }
    return {};
  }

  Result<std::vector<ShardFile>> write_rows(std::uint32_t stream, const std::string& name) {
    ShardWriter shards(out_, name);
    auto written = each(stream, [&](const Frame& frame, platform::ByteView text) {
      return shards.add(text, frame.rows);
    });
    if (!written) return written.error();
    return shards.finish();
  }

  Result<std::vector<ShardFile>> write_documents(std::uint32_t stream, const std::string& name) {
    auto documents = DocumentWriter::make(out_, name);
    if (!documents) return documents.error();
    auto written = each(stream, [&](const Frame& frame, platform::ByteView text) {
      return documents->add(frame.rank, text);
    });
    if (!written) return written.error();
    auto folder = documents->finish();
    if (!folder) return folder.error();
    return std::vector{std::move(*folder)};
  }

  const fs::path& out_;
  FrameMerge merge_;
  std::optional<FrameMerge::Next> next_;
};

}  // namespace

Result<void> write_document(const fs::path& path, std::string_view text) {
  auto file = platform::DurableFile::create(path, 0644);
  if (!file) return file.error();
  if (auto written = file->write(platform::as_bytes(text)); !written) return written;
  return file->commit();
}

Result<std::vector<ShardFile>> assemble(const ExportOptions& options,
                                        const std::vector<Split>& splits,
                                        std::span<PortionReader> portions) {
  for (const Split split : splits) {
    const fs::path folder = options.out / std::string(word_of(split_words, split));
    std::error_code failed;
    fs::create_directory(folder, failed);
    if (failed) return os_error(failed.value(), folder.string());
  }
  Sink sink(nullptr);
  const Output output(options, splits, sink);
  auto merge = FrameMerge::make(portions);
  if (!merge) return merge.error();
  return Assembly(options.out, std::move(*merge)).write(sink.streams());
}

Result<void> write_losses(const ExportOptions& options, const std::vector<Loss>& losses) {
  for (std::size_t i = 0; i < options.formats.size(); ++i) {
    const std::string format(word_of(format_words, options.formats[i]));
    json::object told{{"schema", 1}, {"format", format}};
    for (auto& [key, counts] : (i < losses.size() ? losses[i] : Loss()).to_json())
      told[key] = std::move(counts);
    if (auto written =
            write_document(options.out / (format + ".loss.json"), json::serialize(told) + '\n');
        !written)
      return written;
  }
  return {};
}

}  // namespace fieldnote::dataset
