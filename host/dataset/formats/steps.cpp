#include "dataset/formats/steps.hpp"

#include "dataset/formats/rows.hpp"
#include "model/event_writer.hpp"
#include "model/outline.hpp"

namespace fieldnote::dataset {
namespace {

void text(std::string& out, std::string_view key, std::string_view value) {
  out += ",\"";
  out += key;
  out += "\":";
  model::append_json_string(out, value);
}

void number(std::string& out, std::string_view key, std::size_t value) {
  out += ",\"";
  out += key;
  out += "\":";
  model::append_json_number(out, static_cast<std::int64_t>(value));
}

// The text of an outline as JSON: steps on one page share it, and it is written once.
class SharedText {
 public:
  const std::string& json(std::string_view text) {
    if (text.data() == text_.data() && text.size() == text_.size()) return json_;
    text_ = text;
    json_.clear();
    model::append_json_string(json_, text);
    return json_;
  }

 private:
  std::string_view text_;
  std::string json_ = "\"\"";
};

void observation(std::string& out, std::string_view key, const Observation& seen,
                 SharedText& shared) {
  out += ",\"";
  out += key;
  out += R"(":{"dialect":")";
  out += model::outline_dialect;
  out += '"';
  text(out, "state", seen.fresh ? "fresh" : "stale");
  if (seen.ref) text(out, "ref", *seen.ref);
  out += ",\"text\":";
  out += shared.json(seen.text);
  out += '}';
}

void source(std::string& out, const Source& from) {
  out += R"(,"source":{"of":")";
  out += word_of(source_words, from.of);
  out += '"';
  if (from.step != 0) number(out, "step", from.step);
  if (from.ref) text(out, "ref", *from.ref);
  out += '}';
}

void effect(std::string& out, const std::vector<model::Change>& changes) {
  model::Event event;
  event.kind = model::Kind::effect;
  event.changes = changes;
  out += R"(,"effect":{"kind":"effect")";
  model::append_act(out, event);
  out += '}';
}

void append_step(std::string& out, const Trajectory& trajectory, std::size_t i,
                 SharedText& shared) {
  const Step& step = trajectory.steps[i];
  const model::Event& action = step.action;
  out += R"({"schema":1,"trajectory":")" + trajectory.id + '"';
  number(out, "step", i + 1);
  text(out, "app", trajectory.app);
  if (!action.url.empty()) text(out, "url", action.url);
  number(out, "tab", static_cast<std::size_t>(step.tab));
  number(out, "frame", static_cast<std::size_t>(step.frame));
  out += step.in_task ? R"(,"in_task":true)" : R"(,"in_task":false)";
  if (step.observation) observation(out, "observation", *step.observation, shared);
  out += R"(,"action":{"kind":")";
  out += model::word(action.kind);
  out += '"';
  model::append_act(out, action);
  out += '}';
  if (step.source) source(out, *step.source);
  if (step.stand_in) text(out, "stand_in", *step.stand_in);
  if (step.cause) number(out, "cause", *step.cause);
  if (!step.effect.empty()) effect(out, step.effect);
  if (step.learnable == Learnable::yes) {
    out += R"(,"learnable":true)";
  } else {
    out += R"(,"learnable":false)";
    text(out, "why", word_of(learnable_words, step.learnable));
  }
  out += '}';
}

void append_trajectory(std::string& out, const Trajectory& trajectory, SharedText& shared) {
  out += R"({"schema":1,"trajectory":")" + trajectory.id + '"';
  text(out, "app", trajectory.app);
  out += R"(,"instruction":{"source":")";
  out += word_of(instruction_words, trajectory.instruction.source);
  out += '"';
  if (trajectory.instruction.text) text(out, "text", *trajectory.instruction.text);
  out += '}';
  text(out, "outcome", word_of(outcome_words, trajectory.outcome));
  number(out, "part", trajectory.part);
  number(out, "parts", trajectory.parts);
  number(out, "steps", trajectory.steps.size());
  if (trajectory.after) observation(out, "after", *trajectory.after, shared);
  out += '}';
}

class Steps final : public Format {
 public:
  explicit Steps(Sink& sink) : steps_(sink, "steps"), trajectories_(sink, "trajectories") {}

  Result<void> add(std::uint64_t rank, const Trajectory& trajectory) override {
    Rows rows(steps_, rank);
    SharedText shared;
    for (std::size_t i = 0; i < trajectory.steps.size(); ++i) {
      append_step(rows.line(), trajectory, i, shared);
      if (auto ended = rows.end_line(); !ended) return ended;
    }
    if (auto finished = rows.finish(); !finished) return finished;
    std::string line;
    append_trajectory(line, trajectory, shared);
    return trajectories_.add(rank, line + '\n');
  }

 private:
  Shards steps_, trajectories_;
};

}  // namespace

std::unique_ptr<Format> make_steps(Sink& sink) {
  return std::make_unique<Steps>(sink);
}

}  // namespace fieldnote::dataset
