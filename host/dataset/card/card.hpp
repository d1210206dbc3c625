// What people and catalogues read of a dataset: `README.md`, a dataset card with the front matter
// that model hubs read (huggingface/hub-docs, datasetcard.md), and `croissant.json` (Croissant 1.1,
// MLCommons). Nothing in them tells when they were written: the same work gives the same bytes.
#pragma once

#include <string>

#include "dataset/card/export_report.hpp"

namespace fieldnote::dataset {

[[nodiscard]] std::string card(const ExportReport& report, const ExportOptions& options);
[[nodiscard]] std::string croissant(const ExportReport& report, const ExportOptions& options);

}  // namespace fieldnote::dataset
