#include "dataset/reading/cutter.hpp"

namespace fieldnote::dataset {

Result<void> Cutter::add(const Bundle& bundle) {
  auto added =
      each_head(bundle.lines, reader_, [this](const model::HeldHead& head, std::string_view line) {
        return cutter_.add(head, std::string(line));
      });
  cutter_.end_bundle();
  return added;
}

}  // namespace fieldnote::dataset
