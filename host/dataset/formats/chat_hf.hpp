// `chat-hf`: conversations as the trainers around Hugging Face take them (TRL, Axolotl,
// LLaMA-Factory): arguments of calls are objects, `tools` is a string. A row a step is a prompt and
// its completion; in a row a trajectory `training` says of each call whether it is to be learned.
#pragma once

#include "dataset/formats/format.hpp"

namespace fieldnote::dataset {

[[nodiscard]] std::unique_ptr<Format> make_chat_hf(Sink& sink, const FormatOptions& options);

}  // namespace fieldnote::dataset
