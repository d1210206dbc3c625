#include "dataset/formats/loss.hpp"

#include <algorithm>

namespace fieldnote::dataset {
namespace {

boost::json::object json_of(const Loss::Counts& counts) {
  boost::json::object out;
  for (const auto& [what, count] : counts) out[what] = count;
  return out;
}

void each_field_of(const model::Target& target, const std::function<void(std::string_view)>& f) {
  f("action.target.role");
  f("action.target.name");
  if (target.content) f("action.target.content");
  if (target.label) f("action.target.label");
  f("action.target.tag");
  if (target.type) f("action.target.type");
  if (!target.selectors.ends.empty()) f("action.target.selectors");
  f("action.target.box");
  if (target.point) f("action.target.point");
  if (target.viewport) f("action.target.viewport");
  if (!target.frames.empty()) f("action.target.frames");
  if (!target.within.empty()) f("action.target.within");
}

void each_field_of(const model::Value& value, const std::function<void(std::string_view)>& f) {
  f("action.value.class");
  f("action.value.disclosure");
  if (value.text) f("action.value.text");
  if (value.has_options) f("action.value.options");
  if (value.checked) f("action.value.checked");
  if (value.shape) f("action.value.shape");
  if (value.cut) f("action.value.cut");
}

}  // namespace

void each_field(const Step& step, const std::function<void(std::string_view)>& f) {
  const model::Event& action = step.action;
  if (!action.url.empty()) f("url");
  f("tab");
  if (step.frame != 0) f("frame");
  if (step.in_task) f("in_task");
  if (step.observation) {
    f("observation.text");
    f("observation.state");
    if (step.observation->ref) f("observation.ref");
  }
  f("action.kind");
  if (action.navigation) f("action.navigation");
  if (action.title) f("action.title");
  if (action.has_target) each_field_of(action.target, f);
  if (action.has_onto) f("action.onto");
  if (action.has_value) each_field_of(action.value, f);
  if (action.entry) f("action.entry");
  if (action.files) f("action.files");
  if (action.key) f("action.key");
  if (!action.modifiers.empty()) f("action.modifiers");
  if (action.middle_button) f("action.button");
  if (action.scroll) f("action.scroll");
  if (action.size) f("action.size");
  if (step.source) f("source");
  if (step.cause) f("cause");
  for (const model::Change& change : step.effect)
    f("effect." + std::string(model::word(change.what)));
  f("learnable");
}

void each_field(const Trajectory& trajectory, const std::function<void(std::string_view)>& f) {
  f("app");
  if (trajectory.instruction.text) f("instruction.text");
  f("instruction.source");
  if (trajectory.outcome != Outcome::unknown) f("outcome");
  if (trajectory.parts > 1) f("part");
  if (trajectory.after) f("after");
}

void Loss::add(const Loss& other) {
  for (const auto& [what, count] : other.not_carried) not_carried[what] += count;
  for (const auto& [what, count] : other.left_out) left_out[what] += count;
  for (const auto& [what, count] : other.changed) changed[what] += count;
}

void Loss::count(const Trajectory& trajectory, std::span<const std::string_view> carried) {
  const auto see = [&](std::string_view field) {
    if (std::find(carried.begin(), carried.end(), field) != carried.end()) return;
    const auto at = not_carried.find(field);
    if (at == not_carried.end())
      not_carried.emplace(field, 1);
    else
      ++at->second;
  };
  each_field(trajectory, see);
  for (const Step& step : trajectory.steps) each_field(step, see);
}

void Loss::leave_out(const Step& step, std::string_view why) {
  ++left_out[std::string(model::word(step.action.kind)) + ": " + std::string(why)];
}

boost::json::object Loss::to_json() const {
  return {{"not_carried", json_of(not_carried)},
          {"left_out", json_of(left_out)},
          {"changed", json_of(changed)}};
}

}  // namespace fieldnote::dataset
