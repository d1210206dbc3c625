#include "dataset/formats/format.hpp"

#include "dataset/formats/atif.hpp"
#include "dataset/formats/chat_hf.hpp"
#include "dataset/formats/chat_openai.hpp"
#include "dataset/formats/playwright.hpp"
#include "dataset/formats/recorder.hpp"
#include "dataset/formats/steps.hpp"

namespace fieldnote::dataset {

std::unique_ptr<Format> make_format(FormatName name, Sink& sink, const FormatOptions& options) {
  switch (name) {
    case FormatName::steps:
      return make_steps(sink);
    case FormatName::chat_openai:
      return make_chat_openai(sink, options);
    case FormatName::chat_hf:
      return make_chat_hf(sink, options);
    case FormatName::atif:
      return make_atif(sink);
    case FormatName::recorder:
      return make_recorder(sink);
    case FormatName::playwright:
      return make_playwright(sink);
  }
  return nullptr;
}

}  // namespace fieldnote::dataset
