#include "dataset/formats/format.hpp"

#include "dataset/formats/steps.hpp"

namespace fieldnote::dataset {

Result<std::unique_ptr<Format>> make_format(FormatName name, const platform::fs::path& folder,
                                            const FormatOptions& /*options*/) {
  switch (name) {
    default:
      return make_steps(folder);
  }
}

}  // namespace fieldnote::dataset
