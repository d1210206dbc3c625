#include "dataset/trajectory/trajectory.hpp"

#include <algorithm>

#include "model/dialect.hpp"

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

// One line of an outline after the other.
class Lines {
 public:
  explicit Lines(std::string_view text) : rest_(text) {}
  std::optional<model::DialectLine> next() {
    if (rest_.empty()) return std::nullopt;
    const std::string_view line = rest_.substr(0, rest_.find('\n'));
    rest_.remove_prefix(std::min(line.size() + 1, rest_.size()));
    return model::read_dialect_line(line);
  }

 private:
  std::string_view rest_;
};

// Whether a line without a role stands for the target, which `below` may hold. Either it is the
// target itself, as outlines give no role to what is only written into; or a picture that has no
// name and thus no line, and nothing else is in it; or the one of its kind in it has no ref, as no
// pointer can hit it.
bool stands_for(const model::DialectLine& line, Lines& below, const model::Target& target) {
  if (target.name.empty()) return target.role == "img" && !line.opens && !line.value && !line.name;
  if (line.name == target.name) return true;
  bool is_there = false;
  while (const auto inner = below.next()) {
    if (inner->depth <= line.depth) break;
    if (inner->role != target.role || inner->name != target.name) continue;
    if (is_there || inner->marks.find("[ref=") != std::string::npos) return false;
    is_there = true;
  }
  return is_there;
}

// Whether the option that was picked from a list that the page draws is in the outline: it is that
// which is clicked, and the page behind the list may be out of reach.
bool is_option_in_outline(const Step& step) {
  const auto& options = step.action.value.options;
  if (step.action.kind != Kind::select || options.size() != 1 || !step.observation) return false;
  Lines lines(step.observation->text);
  while (const auto line = lines.next())
    if (line->role == "option" && line->name == options.front() &&
        line->marks.find("[ref=") != std::string::npos)
      return true;
  return false;
}

Learnable learnable_target(const Step& step) {
  if (!step.observation) return Learnable::no_outline;
  // A form is sent by a key; what that goes to need not be a line.
  if (step.action.kind == Kind::submit) return Learnable::yes;
  return is_in_outline(step) || is_option_in_outline(step) ? Learnable::yes
                                                           : Learnable::not_in_outline;
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
  Lines lines(text.substr(text.rfind('\n', at) + 1));  // npos + 1 is 0
  const auto line = lines.next();
  if (!line) return false;
  const model::Target& target = step.action.target;
  return line->role == target.role || (line->role == "generic" && stands_for(*line, lines, target));
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
