#include "dataset/trajectory.hpp"

#include <algorithm>

namespace fieldnote::dataset {
namespace {

using model::Kind;

// What is done to the browser, and not to something on a page.
bool is_aimless(Kind kind) {
  return kind == Kind::navigate || kind == Kind::tab_opened || kind == Kind::tab_closed ||
         kind == Kind::tab_switched || kind == Kind::download;
}

bool is_clear(std::string_view text) {
  return text.find('<') == std::string_view::npos;
}

Learnable learnable_target(const Step& step) {
  if (!step.observation) return Learnable::no_outline;
  // A form is sent by a key; what that goes to need not be a line.
  if (step.action.kind == Kind::submit) return Learnable::yes;
  return is_in_outline(step) ? Learnable::yes : Learnable::not_in_outline;
}

Learnable learnable_value(const Step& step) {
  if (step.stand_in) return Learnable::value_untold;
  const model::Value& value = step.action.value;
  if (!step.action.has_value || value.checked) return Learnable::yes;
  const bool is_told = (!value.text || is_clear(*value.text)) &&
                       std::all_of(value.options.begin(), value.options.end(), is_clear);
  if (is_told || (step.source && step.source->of != Source::Of::none)) return Learnable::yes;
  return Learnable::value_from_nowhere;
}

}  // namespace

bool is_consequence(const model::Event& action) {
  switch (action.kind) {
    case Kind::submit:
    case Kind::copy:
    case Kind::cut:
    case Kind::paste:
    case Kind::tab_opened:
    case Kind::tab_closed:
    case Kind::tab_switched:
      return action.cause.has_value();
    case Kind::navigate:
      return action.cause.has_value() || action.navigation == model::Navigation::same_document ||
             action.navigation == model::Navigation::hash;
    case Kind::reset:
    case Kind::download:
      return true;
    default:
      return false;
  }
}

std::size_t root_of(const Trajectory& trajectory, const Step& step) {
  std::size_t root = step.cause.value_or(0);
  while (root != 0 && is_consequence(trajectory.steps[root - 1]))
    root = trajectory.steps[root - 1].cause.value_or(0);
  return root;
}

bool is_in_outline(const Step& step) {
  if (!step.observation || !step.observation->ref) return false;
  const std::string_view text = step.observation->text;
  const std::size_t at = text.find("[ref=" + std::string(*step.observation->ref) + ']');
  if (at == std::string_view::npos) return false;
  const std::size_t begin = text.rfind('\n', at) + 1;  // npos + 1 is 0
  std::string_view line = text.substr(begin, at - begin);
  line.remove_prefix(std::min(line.find_first_not_of(" -'"), line.size()));
  return line.substr(0, line.find(' ')) == step.action.target.role;
}

bool is_whole_address(std::string_view url) {
  return is_clear(url) && url.find("/:") == std::string_view::npos && !url.empty();
}

Learnable learnable(const Step& step) {
  if (is_consequence(step)) return Learnable::consequence;
  if (is_aimless(step.action.kind)) {
    const bool is_address =
        step.action.kind == Kind::navigate && step.action.navigation == model::Navigation::load;
    return is_address && !is_whole_address(step.action.url) ? Learnable::value_from_nowhere
                                                            : Learnable::yes;
  }
  const Learnable target = learnable_target(step);
  return target == Learnable::yes ? learnable_value(step) : target;
}

}  // namespace fieldnote::dataset
