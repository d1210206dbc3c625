#include "dataset/output.hpp"

namespace fieldnote::dataset {

Output::Output(const ExportOptions& options, const std::vector<Split>& splits, Sink& sink) {
  for (std::size_t i = 0; i < options.formats.size(); ++i) {
    auto& of_splits = formats_.emplace_back();
    const auto open = [&](Split split, std::string folder) {
      sink.at(i, std::move(folder));
      of_splits[static_cast<std::size_t>(split)] =
          make_format(options.formats[i], sink, options.format);
    };
    if (splits.empty()) open(Split::train, {});
    for (const Split split : splits) open(split, std::string(word_of(split_words, split)) + '/');
  }
}

Result<void> Output::add(Split split, std::uint64_t rank, const Trajectory& trajectory) {
  for (const auto& of_splits : formats_)
    if (auto added = of_splits[static_cast<std::size_t>(split)]->add(rank, trajectory); !added)
      return added;
  return {};
}

std::vector<Loss> Output::losses() const {
  std::vector<Loss> losses(formats_.size());
  for (std::size_t i = 0; i < formats_.size(); ++i)
    for (const auto& format : formats_[i])
      if (format) losses[i].add(format->loss());
  return losses;
}

}  // namespace fieldnote::dataset
