#include "dataset/formats/format.hpp"

#include "dataset/formats/atif.hpp"
#include "dataset/formats/chat_hf.hpp"
#include "dataset/formats/chat_openai.hpp"
#include "dataset/formats/playwright.hpp"
#include "dataset/formats/recorder.hpp"
#include "dataset/formats/steps.hpp"

namespace fieldnote::dataset {

Result<std::unique_ptr<Format>> make_format(FormatName name, const platform::fs::path& folder,
                                            const FormatOptions& options) {
  switch (name) {
    case FormatName::steps:
      return make_steps(folder);
    case FormatName::chat_openai:
      return make_chat_openai(folder, options);
    case FormatName::chat_hf:
      return make_chat_hf(folder, options);
    case FormatName::atif:
      return make_atif(folder);
    case FormatName::recorder:
      return make_recorder(folder);
    case FormatName::playwright:
      return make_playwright(folder);
  }
  return os_error(EINVAL, "format");
}

}  // namespace fieldnote::dataset
