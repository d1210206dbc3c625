#include "dataset/formats/chat_openai.hpp"

#include "dataset/formats/chat.hpp"
#include "dataset/formats/tools.hpp"

namespace fieldnote::dataset {
namespace {

class ChatOpenAi final : public Chat {
 public:
  using Chat::Chat;

 protected:
  bool answers_bear_names() const override { return false; }

  void append_row(std::string& out, const Trajectory& /*trajectory*/,
                  const Conversation& conversation, const Window& window) const override {
    out += R"({"messages":[)";
    append_messages(out, conversation, window);
    out += R"(],"tools":)" + tools_as_functions() + R"(,"parallel_tool_calls":false})";
  }

  void append_done(std::string& out) const override {
    append_message(out, "assistant", Conversation::done);
    out.pop_back();
    out += R"(,"weight":1})";
  }

  void append_call(std::string& out, const Conversation& conversation, std::size_t turn,
                   const Window& window) const override {
    const ToolCall& call = conversation.turns()[turn].call;
    out += R"({"role":"assistant","content":"","tool_calls":[{"id":")";
    append_call_id(out, turn);
    out += R"(","type":"function","function":{"name":")";
    out += call.name;
    out += '"';
    append_text(out, "arguments", call.arguments);
    // Of a row a step only the last is learned.
    const bool is_learned =
        (window.is_whole || turn == window.last) && conversation.is_learned(turn, window);
    out += is_learned ? R"(}}],"weight":1})" : R"(}}],"weight":0})";
  }
};

}  // namespace

std::unique_ptr<Format> make_chat_openai(Sink& sink, const FormatOptions& options) {
  return std::make_unique<ChatOpenAi>(Shards(sink, "chat-openai"), options);
}

}  // namespace fieldnote::dataset
