// Reads one portion, and believes nothing of it that does not open. One thread at a time.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "dataset/portion/kept_key.hpp"
#include "dataset/portion/portion.hpp"

namespace fieldnote::dataset {

class PortionReader {
 public:
  // Fails where it is not there or not whole. Its frames have not been looked at.
  [[nodiscard]] static Result<PortionReader> open(const platform::fs::path& path,
                                                  const KeptKey& key, std::size_t number);

  // As its writer told it.
  [[nodiscard]] std::string_view summary() const { return summary_; }
  [[nodiscard]] const std::vector<Run>& runs() const { return runs_; }
  // The next frames of a run from `begin` on, at most `frames_a_block`; `begin` is a multiple.
  [[nodiscard]] Result<std::vector<Frame>> frames(const Run& run, std::uint64_t begin);
  // Good until the next call.
  [[nodiscard]] Result<platform::ByteView> text(const Frame& frame);

  // Whether every frame opens.
  [[nodiscard]] bool is_whole();

 private:
  PortionReader(platform::fs::path path, platform::Descriptor file, seal::AeadOpener opener)
      : path_(std::move(path)), file_(std::move(file)), opener_(std::move(opener)) {}

  [[nodiscard]] Result<void> read_footer();
  [[nodiscard]] Result<void> read_at(std::uint64_t offset, std::span<std::byte> room) const;
  // What lies there in `size` bytes.
  [[nodiscard]] Result<platform::ByteView> block(std::uint64_t offset, std::size_t size);
  [[nodiscard]] Error damaged() const;

  platform::fs::path path_;
  platform::Descriptor file_;
  seal::AeadOpener opener_;
  platform::Bytes sealed_, opened_;  // room that only grows
  std::vector<Run> runs_;
  std::string summary_;
};

}  // namespace fieldnote::dataset
