#include "dataset/formats/recorder.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <map>
#include <set>

#include "dataset/formats/documents.hpp"
#include "dataset/formats/flow_expressions.hpp"
#include "dataset/formats/placeholders_in.hpp"
#include "dataset/formats/replaying.hpp"
#include "dataset/formats/selectors.hpp"

namespace fieldnote::dataset {
namespace {

// Where an option is clicked, whose box is not told: lists unfold, and at its very edge the click
// would fall beside it.
constexpr int inside_option = 8;

namespace json = boost::json;
using model::Kind;

constexpr std::array<std::string_view, 16> carried{"url",
                                                   "tab",
                                                   "frame",
                                                   "instruction.text",
                                                   "action.kind",
                                                   "action.navigation",
                                                   "action.target.selectors",
                                                   "action.target.point",
                                                   "action.target.viewport",
                                                   "action.target.frames",
                                                   "action.value.text",
                                                   "action.value.options",
                                                   "action.key",
                                                   "action.modifiers",
                                                   "action.button",
                                                   "action.scroll"};

// Options of a list that the page draws itself: by their role and name; by their words alone, as a
// name may be longer; and as what only looks like one, where a library gives the role to others
// that nobody sees.
json::array option_selectors(std::string_view label) {
  json::array all{json::array{"aria/" + std::string(label) + R"([role="option"])"}};
  if (label.find('"') != std::string_view::npos) return all;
  for (const std::string_view option :
       {R"(@role="option")", R"(not(@role) and (@aria-selected or )"
                             R"(contains(translate(@class, "OPTION", "option"), "option")))"})
    all.push_back(json::array{"xpath///*[" + std::string(option) + R"( and normalize-space(.)=")" +
                              std::string(label) + R"("])"});
  return all;
}

// One trajectory while it is written.
class Flow {
 public:
  Flow(const Trajectory& trajectory, Loss& loss, PlaceholdersIn& placeholders)
      : trajectory_(trajectory), loss_(loss), placeholders_(placeholders) {
    for (const Step& step : trajectory.steps)
      if (const std::size_t root = root_of(trajectory, step);
          root != 0 && step.action.kind == Kind::navigate && step.tab == tab_of(root))
        leads_on_.insert(root);
  }

  json::object write() {
    for (std::size_t i = 0; i < trajectory_.steps.size(); ++i) write(trajectory_.steps[i], i + 1);
    const auto& words = trajectory_.instruction.text;
    return {{"title", trajectory_.id + ": " + (words ? std::string(*words) : trajectory_.app)},
            {"steps", std::move(steps_)}};
  }

 private:
  std::int64_t tab_of(std::size_t step) const { return trajectory_.steps[step - 1].tab; }

  void write(const Step& step, std::size_t number) {
    const model::Event& action = step.action;
    const bool leads_on = leads_on_.contains(number);
    if (is_consequence(step)) {
      const bool is_here = root_of(trajectory_, step) != 0;
      if (is_here && (action.kind == Kind::navigate || action.kind == Kind::tab_opened))
        addresses_[step.tab] = action.url;
      return loss_.leave_out(step, "it followed from the step before");
    }
    act(step, number, leads_on);
    for (const model::Change& change : step.effect)
      if (change.what == model::What::dialog_closed) closing_.insert(step.tab);
  }

  void act(const Step& step, std::size_t number, bool leads_on) {
    const model::Event& action = step.action;
    if (action.has_target || action.kind == Kind::submit) arrive(step);
    view(action);
    if (is_told_as_text(trajectory_, number))
      return loss_.leave_out(step, "what came of it is in the text that follows");
    switch (action.kind) {
      case Kind::click:
      case Kind::double_click:
      case Kind::context_menu:
      case Kind::check:
        return click(step, leads_on);
      case Kind::input:
      case Kind::select:
        return change(step, number, leads_on);
      case Kind::hover:
        return aimed(step, "hover", {}, leads_on);
      case Kind::scroll:
        return aimed(step, "scroll", {{"x", (*action.scroll)[0]}, {"y", (*action.scroll)[1]}},
                     leads_on);
      case Kind::key:
        return press(step, *action.key, action.modifiers, leads_on);
      case Kind::submit:
        return press(step, "Enter", {}, leads_on);
      case Kind::copy:
        return press(step, "c", control, leads_on);
      case Kind::cut:
        return press(step, "x", control, leads_on);
      case Kind::paste:
        return press(step, "v", control, leads_on);
      case Kind::navigate:
        return navigate(step);
      case Kind::tab_closed:
        return put(step, {{"type", "close"}}, false);
      case Kind::drag:
        return loss_.leave_out(step, "the recorder has no step that drags");
      case Kind::file:
        return loss_.leave_out(step, "the recorder has no step that chooses files");
      default:
        return loss_.leave_out(step, "the recorder has no step for it");
    }
  }

  // The page must be there before something is done on it.
  void arrive(const Step& step) {
    if (addresses_.contains(step.tab)) return;
    if (step.frame != 0) return;
    addresses_[step.tab] = step.action.url;
    if (is_whole_address(step.action.url))
      steps_.push_back(json::object{{"type", "navigate"}, {"url", step.action.url}});
    else
      ++loss_.changed["begins on a page whose address is masked: it must be open"];
  }

  void view(const model::Event& action) {
    if (has_view_ || !action.has_target || !action.target.viewport || !action.target.frames.empty())
      return;
    has_view_ = true;
    const model::Pair& size = *action.target.viewport;
    steps_.insert(steps_.begin(), json::object{{"type", "setViewport"},
                                               {"width", size[0]},
                                               {"height", size[1]},
                                               {"deviceScaleFactor", 1},
                                               {"isMobile", false},
                                               {"hasTouch", false},
                                               {"isLandscape", false}});
  }

  // `leads_on`: another page comes of it, which is waited for.
  void put(const Step& step, json::object made, bool leads_on) {
    if (step.tab != trajectory_.steps.front().tab)
      made["target"] = std::string(addresses_[step.tab]);
    if (leads_on) made["assertedEvents"] = json::array{json::object{{"type", "navigation"}}};
    steps_.push_back(std::move(made));
  }

  void aimed(const Step& step, std::string_view type, json::object more, bool leads_on,
             bool may_be_the_page = true) {
    const model::Target& target = step.action.target;
    json::array selectors, by_themselves;
    for (const Hops chain : usable_chains(target.selectors)) {
      json::array hops;
      for (const std::string_view hop : chain) {
        placeholders_.note(hop);
        hops.emplace_back(hop);
      }
      selectors.push_back(std::move(hops));
      if (chain.size() > 1)
        if (const auto alone = found_alone(step, chain))
          by_themselves.push_back(json::array{*alone});
    }
    for (json::value& alone : by_themselves) selectors.push_back(std::move(alone));
    const bool is_page = type == "scroll" && (target.tag == "html" || target.tag == "body");
    if (selectors.empty() && !(is_page && may_be_the_page))
      return loss_.leave_out(step, "its target has no selector that may be told");
    json::object made{{"type", type}};
    if (!is_page) made["selectors"] = std::move(selectors);
    made = in_frame(step, std::move(made));
    for (auto& [key, value] : more) made[key] = std::move(value);
    put(step, std::move(made), leads_on);
  }

  static json::object in_frame(const Step& step, json::object made) {
    const auto& frames = step.action.target.frames;
    if (!frames.empty()) made["frame"] = json::array(frames.begin(), frames.end());
    return made;
  }

  // What is behind a dialog or a list can be clicked when that has gone, which may take it a moment;
  // a flow does not look what its clicks hit.
  void await_closing(const Step& step, const model::Pair& point) {
    if (!closing_.erase(step.tab)) return;
    const auto selector = found_by_page(step);
    if (!selector) return;
    json::object wait{{"type", "waitForExpression"}, {"expression", hitting(*selector, point)}};
    put(step, in_frame(step, std::move(wait)), false);
  }

  void click(const Step& step, bool leads_on) {
    const model::Event& action = step.action;
    const model::Pair middle{std::max(1, action.target.box[2] / 2),
                             std::max(1, action.target.box[3] / 2)};
    // A point outside of the box would be on something else.
    const model::Pair point = action.target.point.value_or(middle);
    await_closing(step, point);
    json::object more{{"offsetX", point[0]}, {"offsetY", point[1]}};
    if (action.kind == Kind::context_menu) more["button"] = "secondary";
    if (action.middle_button) more["button"] = "auxiliary";
    if (!action.modifiers.empty()) ++loss_.changed["click: its modifiers are pressed around it"];
    hold(step, action.modifiers, "keyDown");
    aimed(step, action.kind == Kind::double_click ? "doubleClick" : "click", std::move(more),
          leads_on);
    hold(step, action.modifiers, "keyUp");
  }

  void change(const Step& step, std::size_t number, bool leads_on) {
    const model::Value& value = step.action.value;
    if (step.action.kind == Kind::select && step.action.target.tag != "select")
      return pick(step, leads_on);
    if (value.options.size() > 1) ++loss_.changed["select: the first of several options"];
    if (!value.options.empty()) ++loss_.changed["select: an option by its label"];
    const std::string_view text = value.text              ? *value.text
                                  : value.options.empty() ? step.stand_in.value_or("")
                                                          : value.options.front();
    placeholders_.note(text);
    if (step.action.kind == Kind::input && is_drawn_slider(step.action.target))
      return loss_.leave_out(step,
                             "the recorder has no step that moves a slider of the page's own");
    if (step.action.target.role == "slider" && slide(step, text, leads_on)) return;
    if (step.action.kind == Kind::input && !is_plain_field(step.action.target))
      return write_into_editor(step, number, text, leads_on);
    aimed(step, "change", {{"value", text}}, leads_on);
  }

  // Of a slider that is drawn otherwise nobody sees the field, and a flow waits for that.
  bool slide(const Step& step, std::string_view text, bool leads_on) {
    const auto selector = found_by_page(step);
    if (!selector) return false;
    json::object made{{"type", "waitForExpression"}, {"expression", setting(*selector, text)}};
    put(step, in_frame(step, std::move(made)), leads_on);
    return true;
  }

  // A selector that an expression can use.
  static std::optional<std::string_view> found_by_page(const Step& step) {
    for (const Hops chain : usable_chains(step.action.target.selectors))
      if (const std::string_view hop = chain.front();
          chain.size() == 1 && !hop.starts_with("aria/") && hop.find('<') == std::string_view::npos)
        return hop;
    return std::nullopt;
  }

  // From a list that the page draws itself.
  void pick(const Step& step, bool leads_on) {
    const model::Value& value = step.action.value;
    const std::string_view label = value.options.empty()
                                       ? value.text.value_or(step.stand_in.value_or(""))
                                       : value.options.front();
    placeholders_.note(label);
    // Lists unfold, and an option is where another one was a moment before.
    json::object wait{{"type", "waitForExpression"}, {"expression", settling()}};
    put(step, in_frame(step, std::move(wait)), false);
    json::object made{{"type", "click"},
                      {"selectors", option_selectors(label)},
                      {"offsetX", inside_option},
                      {"offsetY", inside_option}};
    put(step, in_frame(step, std::move(made)), leads_on);
    closing_.insert(step.tab);
  }

  void write_into_editor(const Step& step, std::size_t number, std::string_view text,
                         bool leads_on) {
    ++loss_.changed["input: an editor gets its text as a paste, without its form"];
    if (!is_in_field(trajectory_, number)) {
      const model::Pair at = first_line(step.action.target);
      aimed(step, "click", {{"offsetX", at[0]}, {"offsetY", at[1]}}, false);
    }
    press(step, "a", control, false);
    if (text.empty()) return press(step, "Delete", {}, leads_on);
    put(step, in_frame(step, {{"type", "waitForExpression"}, {"expression", pasting(text)}}),
        leads_on);
  }

  void hold(const Step& step, const std::vector<std::string_view>& modifiers,
            std::string_view type) {
    for (const std::string_view modifier : modifiers)
      put(step, {{"type", type}, {"key", key_word(modifier)}}, false);
  }

  void press(const Step& step, std::string_view key, const std::vector<std::string_view>& modifiers,
             bool leads_on) {
    hold(step, modifiers, "keyDown");
    put(step, {{"type", "keyDown"}, {"key", key}}, leads_on);
    put(step, {{"type", "keyUp"}, {"key", key}}, false);
    hold(step, modifiers, "keyUp");
  }

  void navigate(const Step& step) {
    const model::Event& action = step.action;
    addresses_[step.tab] = action.url;
    if (action.navigation == model::Navigation::back_forward && is_whole_address(action.url))
      ++loss_.changed["navigate: back or forward, by its address"];
    if (!is_whole_address(action.url)) return loss_.leave_out(step, "its address is masked");
    put(step, {{"type", "navigate"}, {"url", action.url}}, false);
  }

  inline static const std::vector<std::string_view> control{"control"};

  const Trajectory& trajectory_;
  Loss& loss_;
  PlaceholdersIn& placeholders_;
  std::set<std::size_t> leads_on_;
  std::map<std::int64_t, std::string_view> addresses_;  // by tab
  std::set<std::int64_t> closing_;                      // tabs where something is about to go
  bool has_view_ = false;
  json::array steps_;
};

class Recorder final : public Format {
 public:
  explicit Recorder(Sink& sink) : documents_(sink, "recorder") {}

  Result<void> add(std::uint64_t rank, const Trajectory& trajectory) override {
    Loss lost;
    PlaceholdersIn placeholders;
    lost.count(trajectory, carried);
    const json::object flow = Flow(trajectory, lost, placeholders).write();
    lose(lost);
    if (flow.at("steps").as_array().empty()) return {};
    if (auto added = documents_.add(rank, ".json", json::serialize(flow) + '\n'); !added)
      return added;
    if (placeholders.empty()) return {};
    return documents_.add(rank, ".values.json", placeholders.template_text());
  }

 private:
  Documents documents_;
};

}  // namespace

std::unique_ptr<Format> make_recorder(Sink& sink) {
  return std::make_unique<Recorder>(sink);
}

}  // namespace fieldnote::dataset
