// `chat-openai`: conversations as OpenAI's fine-tuning takes them, and those who took its form over
// (Azure, Fireworks, Together): arguments of calls are strings, `weight` 0 keeps a message without
// loss. Rows have no other keys.
#pragma once

#include "dataset/formats/format.hpp"

namespace fieldnote::dataset {

[[nodiscard]] std::unique_ptr<Format> make_chat_openai(Sink& sink, const FormatOptions& options);

}  // namespace fieldnote::dataset
