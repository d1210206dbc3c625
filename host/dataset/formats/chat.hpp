// What the chat formats share: rows in shards, and messages between their brackets. Each says how a
// call looks.
#pragma once

#include "dataset/formats/conversation.hpp"

namespace fieldnote::dataset {

class Chat : public Format {
 public:
  Chat(Shards shards, const FormatOptions& options) : shards_(shards), options_(options) {}

  Result<void> add(std::uint64_t rank, const Trajectory& trajectory) override;

 protected:
  // Appends one row, without its line feed.
  virtual void append_row(std::string& out, const Trajectory& trajectory,
                          const Conversation& conversation, const Window& window) const = 0;
  // Appends the message that calls: of the turn, in the window.
  virtual void append_call(std::string& out, const Conversation& conversation, std::size_t turn,
                           const Window& window) const = 0;

  // Appends what a model says when the task is done.
  virtual void append_done(std::string& out) const = 0;

  // Appends the messages up to the last call, or up to the end, without brackets.
  void append_messages(std::string& out, const Conversation& conversation,
                       const Window& window) const;
  // The same without the last call.
  void append_prompt(std::string& out, const Conversation& conversation,
                     const Window& window) const;

  // Whether the answer to a call says again what was called.
  [[nodiscard]] virtual bool answers_bear_names() const = 0;

 private:
  void append_answer(std::string& out, const Conversation& conversation, std::size_t turn,
                     std::string_view page) const;

  Shards shards_;
  FormatOptions options_;
};

// `{"role":"user","content":"..."}`
void append_message(std::string& out, std::string_view role, std::string_view content);
// `,"key":"value"`
void append_text(std::string& out, std::string_view key, std::string_view value);
// The id of the call of a turn: nine letters and digits, as Mistral's chat templates ask of each.
void append_call_id(std::string& out, std::size_t turn);

}  // namespace fieldnote::dataset
