// `dataset.json`: what a program reads of a dataset (manifest/schema/dataset.schema.json).
#pragma once

#include <string>

#include "dataset/export_report.hpp"

namespace fieldnote::dataset {

// Of the inputs, the options and the program's version: equal ids, equal work.
[[nodiscard]] std::string dataset_id(const ExportReport& report, const ExportOptions& options);

[[nodiscard]] std::string describe(const ExportReport& report, const ExportOptions& options);

}  // namespace fieldnote::dataset
