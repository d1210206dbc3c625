#include "dataset/formats/steps.hpp"

#include "model/event_writer.hpp"
#include "model/outline.hpp"

namespace fieldnote::dataset {
namespace {

void append_observation(std::string& out, const Observation& seen) {
  out += R"(,"observation":{"dialect":")";
  out += model::outline_dialect;
  out += seen.fresh ? R"(","state":"fresh")" : R"(","state":"stale")";
  if (seen.ref) {
    out += R"(,"ref":)";
    model::append_json_string(out, *seen.ref);
  }
  out += R"(,"text":)";
  model::append_json_string(out, seen.text);
  out += '}';
}

}  // namespace

void append_steps(std::string& out, const Trajectory& trajectory) {
  for (std::size_t i = 0; i < trajectory.steps.size(); ++i) {
    const Step& step = trajectory.steps[i];
    const model::Event& action = step.action;
    out += R"({"schema":1,"trajectory":")" + trajectory.id + R"(","step":)";
    model::append_json_number(out, static_cast<std::int64_t>(i) + 1);
    out += R"(,"app":)";
    model::append_json_string(out, trajectory.app);
    if (!action.url.empty()) {
      out += R"(,"url":)";
      model::append_json_string(out, action.url);
    }
    out += R"(,"tab":)";
    model::append_json_number(out, step.tab);
    out += R"(,"frame":)";
    model::append_json_number(out, step.frame);
    if (step.observation) append_observation(out, *step.observation);
    out += R"(,"action":{"kind":")";
    out += model::word(action.kind);
    out += '"';
    model::append_act(out, action);
    out += '}';
    if (step.cause) {
      out += R"(,"cause":)";
      model::append_json_number(out, static_cast<std::int64_t>(*step.cause));
    }
    if (!step.effect.empty()) {
      model::Event effect;
      effect.kind = model::Kind::effect;
      effect.changes = step.effect;
      out += R"(,"effect":{"kind":"effect")";
      model::append_act(out, effect);
      out += '}';
    }
    out += "}\n";
  }
}

}  // namespace fieldnote::dataset
