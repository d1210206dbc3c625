// `dataset.json`: what a program reads of a dataset (manifest/schema/dataset.schema.json).
#pragma once

#include <string>

#include "dataset/card/export_report.hpp"
#include "dataset/survey/survey.hpp"

namespace fieldnote::dataset {

// Of the inputs, the options and the program's version: equal ids, equal work.
[[nodiscard]] std::string dataset_id(const ExportReport& report, const ExportOptions& options);

// Of all that rows come of: equal digests, equal rows, but for names that no seed gives. `teams`:
// of each person, as they are told.
[[nodiscard]] seal::Digest work_digest(const Survey& survey, const std::vector<std::string>& teams,
                                       const ExportReport& report, const ExportOptions& options);

[[nodiscard]] std::string describe(const ExportReport& report, const ExportOptions& options);

}  // namespace fieldnote::dataset
