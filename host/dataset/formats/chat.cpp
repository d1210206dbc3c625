#include "dataset/formats/chat.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "model/event_writer.hpp"

namespace fieldnote::dataset {
namespace {

// What a call, its target's name in it, and the outlines before it carry.
constexpr std::array<std::string_view, 21> carried{"in_task",
                                                   "url",
                                                   "tab",
                                                   "app",
                                                   "instruction.text",
                                                   "observation.text",
                                                   "observation.ref",
                                                   "action.kind",
                                                   "action.navigation",
                                                   "action.target.role",
                                                   "action.target.name",
                                                   "action.onto",
                                                   "action.value.text",
                                                   "action.value.options",
                                                   "action.value.disclosure",
                                                   "action.key",
                                                   "action.modifiers",
                                                   "action.button",
                                                   "learnable",
                                                   "outcome",
                                                   "after"};

}  // namespace

void append_text(std::string& out, std::string_view key, std::string_view value) {
  out += ",\"";
  out += key;
  out += "\":";
  model::append_json_string(out, value);
}

void append_message(std::string& out, std::string_view role, std::string_view content) {
  out += R"({"role":")";
  out += role;
  out += '"';
  append_text(out, "content", content);
  out += '}';
}

void append_call_id(std::string& out, std::size_t turn) {
  constexpr std::size_t digits = 5;
  const std::string number = std::to_string(turn + 1);
  out += "call";
  out.append(digits - std::min(digits, number.size()), '0');
  out += number;
}

void Chat::append_answer(std::string& out, const Conversation& conversation, std::size_t turn,
                         std::string_view page) const {
  out += R"({"role":"tool","tool_call_id":")";
  append_call_id(out, turn);
  out += '"';
  if (answers_bear_names()) append_text(out, "name", conversation.turns()[turn].call.name);
  append_text(out, "content", page);
  out += '}';
}

Result<void> Chat::add(std::uint64_t rank, const Trajectory& trajectory) {
  Loss lost;
  lost.count(trajectory, carried);
  const Conversation conversation(trajectory, lost);
  Rows rows(shards_, rank);
  const auto add_row = [&](const Conversation::Fitted& fitted) -> Result<void> {
    if (fitted.window.dropped > 0) ++lost.changed["rows without their oldest outlines"];
    if (fitted.window.first > 0) ++lost.changed["rows without their oldest calls"];
    if (fitted.too_long) ++lost.changed["rows that are longer than --max-tokens all the same"];
    append_row(rows.line(), trajectory, conversation, fitted.window);
    return rows.end_line();
  };
  if (conversation.turns().empty()) {
    ++lost.changed["trajectories without a row: nothing in them is a call"];
  } else if (options_.row_a_step) {
    for (const auto& fitted : conversation.steps(options_.max_tokens))
      if (auto added = add_row(fitted); !added) return added;
  } else if (const auto whole = conversation.whole(options_.max_tokens);
             !conversation.teaches(whole.window)) {
    // Its loss would be one of nothing, which trainers make no number of.
    ++lost.changed["trajectories without a row: nothing in them can be learned"];
  } else if (auto added = add_row(whole); !added) {
    return added;
  }
  lose(lost);
  return rows.finish();
}

void Chat::append_prompt(std::string& out, const Conversation& conversation,
                         const Window& window) const {
  append_message(out, "system", Conversation::system);
  out += ',';
  append_message(out, "user", conversation.opening(window));
  for (std::size_t i = window.first; i < window.last; ++i) {
    out += ',';
    append_call(out, conversation, i, window);
    out += ',';
    append_answer(out, conversation, i, conversation.page_before(i + 1, window));
  }
}

void Chat::append_messages(std::string& out, const Conversation& conversation,
                           const Window& window) const {
  append_prompt(out, conversation, window);
  out += ',';
  append_call(out, conversation, window.last, window);
  if (!window.is_whole) return;
  const std::string after = conversation.page_after();
  if (after.empty()) return;
  out += ',';
  append_answer(out, conversation, window.last, after);
  out += ',';
  append_done(out);
}

}  // namespace fieldnote::dataset
