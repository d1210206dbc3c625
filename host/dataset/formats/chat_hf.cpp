#include "dataset/formats/chat_hf.hpp"

#include "dataset/formats/chat.hpp"
#include "dataset/formats/tools.hpp"
#include "model/event_writer.hpp"

namespace fieldnote::dataset {
namespace {

class ChatHf final : public Chat {
 public:
  using Chat::Chat;

 protected:
  bool answers_bear_names() const override { return true; }

  void append_row(std::string& out, const Trajectory& trajectory, const Conversation& conversation,
                  const Window& window) const override {
    if (window.is_whole) {
      out += R"({"messages":[)";
      append_messages(out, conversation, window);
    } else {
      out += R"({"prompt":[)";
      append_prompt(out, conversation, window);
      out += R"(],"completion":[)";
      append_call(out, conversation, window.last, window);
    }
    out += ']';
    append_text(out, "tools", tools_as_functions());
    append_text(out, "trajectory", trajectory.id);
    append_text(out, "app", trajectory.app);
    if (!window.is_whole) {
      out += R"(,"step":)";
      model::append_json_number(out,
                                static_cast<std::int64_t>(conversation.turns()[window.last].step));
    }
    out += '}';
  }

  void append_done(std::string& out) const override {
    append_message(out, "assistant", Conversation::done);
    out.pop_back();
    out += R"(,"training":true})";
  }

  void append_call(std::string& out, const Conversation& conversation, std::size_t turn,
                   const Window& window) const override {
    const ToolCall& call = conversation.turns()[turn].call;
    out += R"({"role":"assistant","content":"","tool_calls":[{"id":")";
    append_call_id(out, turn);
    out += R"(","type":"function","function":{"name":")";
    out += call.name;
    out += R"(","arguments":)" + call.arguments + "}}]";
    if (window.is_whole)
      out += conversation.is_learned(turn, window) ? R"(,"training":true)" : R"(,"training":false)";
    out += '}';
  }
};

}  // namespace

std::unique_ptr<Format> make_chat_hf(Sink& sink, const FormatOptions& options) {
  return std::make_unique<ChatHf>(Shards(sink, "chat-hf"), options);
}

}  // namespace fieldnote::dataset
