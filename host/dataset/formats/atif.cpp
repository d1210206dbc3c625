#include "dataset/formats/atif.hpp"

#include "dataset/formats/chat.hpp"
#include "dataset/formats/tools.hpp"
#include "model/event_writer.hpp"

namespace fieldnote::dataset {
namespace {

constexpr std::array<std::string_view, 26> carried{"in_task",
                                                   "url",
                                                   "tab",
                                                   "app",
                                                   "instruction.text",
                                                   "instruction.source",
                                                   "outcome",
                                                   "part",
                                                   "after",
                                                   "observation.text",
                                                   "observation.ref",
                                                   "observation.state",
                                                   "action.kind",
                                                   "action.navigation",
                                                   "action.target.role",
                                                   "action.target.name",
                                                   "action.onto",
                                                   "action.value.text",
                                                   "action.value.options",
                                                   "action.value.class",
                                                   "action.value.disclosure",
                                                   "action.key",
                                                   "action.modifiers",
                                                   "action.button",
                                                   "source",
                                                   "learnable"};

void number(std::string& out, std::string_view key, std::size_t value) {
  out += ",\"";
  out += key;
  out += "\":";
  model::append_json_number(out, static_cast<std::int64_t>(value));
}

// One trajectory while it is written.
class Writer {
 public:
  Writer(std::string& out, const Trajectory& trajectory) : out_(out), trajectory_(trajectory) {}

  void write(Loss& loss) {
    const Conversation conversation(trajectory_, loss);
    begin();
    const auto& turns = conversation.turns();
    const Window window{0, turns.empty() ? 0 : turns.size() - 1, 0, true};
    step("user");
    append_text(
        out_, "message",
        trajectory_.instruction.text.value_or("Go on with the work in " + trajectory_.app + '.'));
    if (!turns.empty()) {
      out_ += R"(,"extra":{"page":)";
      model::append_json_string(out_, conversation.page_before(0, window));
      out_ += '}';
    }
    out_ += '}';
    for (std::size_t i = 0; i < turns.size(); ++i) {
      const bool is_last = i + 1 == turns.size();
      write_call(turns[i],
                 is_last ? conversation.page_after() : conversation.page_before(i + 1, window));
    }
    out_ += "]}";
  }

 private:
  void begin() {
    out_ += R"({"schema_version":"ATIF-v1.7","trajectory_id":")" + trajectory_.id +
            R"(","agent":{"name":"participant","version":"fieldnote )" FIELDNOTE_VERSION
            R"(","tool_definitions":)" +
            tools_as_functions() + R"(},"extra":{"app":)";
    model::append_json_string(out_, trajectory_.app);
    append_text(out_, "instruction_source",
                word_of(instruction_words, trajectory_.instruction.source));
    append_text(out_, "outcome", word_of(outcome_words, trajectory_.outcome));
    number(out_, "part", trajectory_.part);
    number(out_, "parts", trajectory_.parts);
    out_ += R"(},"steps":[)";
  }

  void step(std::string_view source) {
    if (count_++ > 0) out_ += ',';
    out_ += R"({"step_id":)";
    model::append_json_number(out_, static_cast<std::int64_t>(count_));
    append_text(out_, "source", source);
  }

  void write_call(const Turn& turn, std::string_view page) {
    const Step& done = trajectory_.steps[turn.step - 1];
    step("agent");
    const std::string id = "call_" + std::to_string(count_ - 1);
    out_ += R"(,"message":"","tool_calls":[{"tool_call_id":")" + id + R"(","function_name":")";
    out_ += turn.call.name;
    out_ += R"(","arguments":)" + turn.call.arguments + "}]";
    if (!page.empty()) {
      out_ += R"(,"observation":{"results":[{"source_call_id":")" + id + '"';
      append_text(out_, "content", page);
      out_ += "}]}";
    }
    out_ += R"(,"extra":{"step":)";
    model::append_json_number(out_, static_cast<std::int64_t>(turn.step));
    out_ += done.learnable == Learnable::yes ? R"(,"learnable":true)" : R"(,"learnable":false)";
    if (done.learnable != Learnable::yes)
      append_text(out_, "why", word_of(learnable_words, done.learnable));
    if (done.observation)
      append_text(out_, "observation_state", done.observation->fresh ? "fresh" : "stale");
    if (done.source) append_text(out_, "value_source", word_of(source_words, done.source->of));
    if (done.action.has_value) {
      append_text(out_, "value_class", model::word(done.action.value.field_class));
      append_text(out_, "value_disclosure", model::word(done.action.value.disclosure));
    }
    out_ += "}}";
  }

  std::string& out_;
  const Trajectory& trajectory_;
  std::size_t count_ = 0;
};

class Atif final : public Format {
 public:
  explicit Atif(Sink& sink) : shards_(sink, "atif") {}

  Result<void> add(std::uint64_t rank, const Trajectory& trajectory) override {
    Loss lost;
    lost.count(trajectory, carried);
    std::string line;
    Writer(line, trajectory).write(lost);
    lose(lost);
    return shards_.add(rank, line + '\n');
  }

 private:
  Shards shards_;
};

}  // namespace

std::unique_ptr<Format> make_atif(Sink& sink) {
  return std::make_unique<Atif>(sink);
}

}  // namespace fieldnote::dataset
