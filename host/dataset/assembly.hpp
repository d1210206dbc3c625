// Puts the files of a dataset together from its portions.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "dataset/card/export_report.hpp"
#include "dataset/portion/portion_reader.hpp"

namespace fieldnote::dataset {

// A file of the dataset that is no row of anything. Durable when it returns.
[[nodiscard]] Result<void> write_document(const platform::fs::path& path, std::string_view text);

// In the folder `options.out`; durable when it returns. `splits`: as the portions were written.
// What it returns is in the order of formats, splits and names.
[[nodiscard]] Result<std::vector<ShardFile>> assemble(const ExportOptions& options,
                                                      const std::vector<Split>& splits,
                                                      std::span<PortionReader> portions);

// `FORMAT.loss.json` of each format: what it cannot carry.
[[nodiscard]] Result<void> write_losses(const ExportOptions& options,
                                        const std::vector<Loss>& losses);

}  // namespace fieldnote::dataset
