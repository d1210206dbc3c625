// Writes one portion. Holds what is not written yet and the places of the latest frames, however
// many there are. Not thread-safe.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "dataset/portion/kept_key.hpp"
#include "dataset/portion/portion.hpp"

namespace fieldnote::dataset {

class PortionWriter {
 public:
  // `path`: of the whole portion; until it is, it has another name.
  [[nodiscard]] static Result<PortionWriter> create(const platform::fs::path& path,
                                                    const KeptKey& key, std::size_t number);
  PortionWriter(PortionWriter&&) noexcept = default;

  // `frame`: all but where it lies. Each (stream, rank, part) once.
  [[nodiscard]] Result<void> add(Frame frame, platform::ByteView text);

  // It is whole, and has its name. `Lasting::yes`: also after a loss of power; without, it may be
  // damaged then, which is found when it is read.
  enum class Lasting { no, yes };
  [[nodiscard]] Result<void> commit(std::string_view summary, Lasting lasting);

 private:
  PortionWriter(platform::fs::path path, platform::Descriptor file, seal::AeadSealer sealer)
      : path_(std::move(path)), file_(std::move(file)), sealer_(std::move(sealer)) {}

  [[nodiscard]] static platform::fs::path unfinished(const platform::fs::path& path);
  // Where the block begins.
  [[nodiscard]] Result<std::uint64_t> append(platform::ByteView text);
  [[nodiscard]] Result<void> end_run();
  [[nodiscard]] Result<void> flush();

  platform::fs::path path_;
  platform::Descriptor file_;
  seal::AeadSealer sealer_;
  platform::Bytes buffer_;  // not written yet
  std::uint64_t end_ = 0;   // of the file with the buffer
  std::vector<Frame> frames_;
  std::vector<Run> runs_;
};

}  // namespace fieldnote::dataset
