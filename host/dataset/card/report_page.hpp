// `report.html`: one file that opens without a network, in light and dark: what is in a dataset and
// what the gate did, in plots and trajectories to look at. Every text of the dataset is escaped,
// and a content security policy lets nothing run.
#pragma once

#include <string>

#include "dataset/card/export_report.hpp"

namespace fieldnote::dataset {

[[nodiscard]] std::string report_page(const ExportReport& report, const ExportOptions& options);

// For element content and quoted attributes.
[[nodiscard]] std::string escaped_html(std::string_view text);

}  // namespace fieldnote::dataset
