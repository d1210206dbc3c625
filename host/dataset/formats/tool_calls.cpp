#include "dataset/formats/tool_calls.hpp"

#include <algorithm>
#include <optional>

#include "dataset/formats/selectors.hpp"
#include "model/dialect.hpp"
#include "model/event_writer.hpp"

namespace fieldnote::dataset {
namespace {

using model::Kind;
using Answer = ToolCalls::Answer;

constexpr std::string_view no_target = "its target is in no outline and has no selector of its own";

// Arguments, one after the other.
class Arguments {
 public:
  Arguments& text(std::string_view key, std::string_view value) {
    begin(key);
    model::append_json_string(out_, value);
    return *this;
  }
  Arguments& texts(std::string_view key, const std::vector<std::string_view>& values) {
    begin(key);
    out_ += '[';
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (i > 0) out_ += ',';
      model::append_json_string(out_, values[i]);
    }
    out_ += ']';
    return *this;
  }
  Arguments& number(std::string_view key, std::size_t value) {
    begin(key);
    model::append_json_number(out_, static_cast<std::int64_t>(value));
    return *this;
  }
  Arguments& flag(std::string_view key) {
    begin(key);
    out_ += "true";
    return *this;
  }
  std::string done() { return std::move(out_ += '}'); }

 private:
  void begin(std::string_view key) {
    if (out_.size() > 1) out_ += ',';
    out_ += '"';
    out_ += key;
    out_ += "\":";
  }
  std::string out_ = "{";
};

Answer call(std::string_view name, Arguments& arguments) {
  return {{{name, arguments.done()}}, {}};
}

std::string described(const model::Target& target) {
  return target.name.empty() ? std::string(target.role)
                             : std::string(target.name) + ' ' + std::string(target.role);
}

// The ref of the one line that begins with this role and name; nothing where there are others.
std::optional<std::string> ref_of(const Step& step, std::string_view role, std::string_view name) {
  if (!step.observation) return std::nullopt;
  std::string begins = "- " + std::string(role) + ' ';
  model::append_json_string(begins, name);
  const std::string_view text = step.observation->text;
  const std::size_t at = text.find(begins);
  if (at == std::string_view::npos || text.find(begins, at + 1) != std::string_view::npos)
    return std::nullopt;
  const std::string_view line = text.substr(at, text.find('\n', at) - at);
  const std::size_t ref = line.find("[ref=");
  if (ref == std::string_view::npos) return std::nullopt;
  return std::string(line.substr(ref + 5, line.find(']', ref) - ref - 5));
}

// The ref of what shows an option that has no line of its own as one: the last of its words, as
// lists unfold over what was there before.
std::optional<std::string> ref_of_words(const Step& step, std::string_view words) {
  if (!step.observation || !step.observation->fresh) return std::nullopt;
  std::optional<std::string> found;
  constexpr std::string_view opening = "[ref=";
  std::string_view rest = step.observation->text;
  while (!rest.empty()) {
    const std::string_view text = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(text.size() + 1, rest.size()));
    if (text.find(words) == std::string_view::npos) continue;
    const auto line = model::read_dialect_line(text);
    if (!line || line->role != "generic" || (line->name != words && line->value != words)) continue;
    const std::size_t at = line->marks.find(opening);
    if (at == std::string::npos) continue;
    const std::size_t begin = at + opening.size();
    found = line->marks.substr(begin, line->marks.find(']', begin) - begin);
  }
  return found;
}

// A ref, or a selector where the target is in no outline. There is none that leads into a frame.
std::optional<std::string> target_of(const Step& step) {
  if (is_in_outline(step)) return std::string(*step.observation->ref);
  if (!step.action.target.frames.empty()) return std::nullopt;
  return playwright_selector(step.action.target);
}

std::string_view modifier_word(std::string_view modifier) {
  if (modifier == "alt") return "Alt";
  if (modifier == "control") return "Control";
  if (modifier == "meta") return "Meta";
  return "Shift";
}

Answer press(std::string_view key) {
  return call("browser_press_key", Arguments().text("key", key));
}

Answer press(const model::Event& action) {
  std::string keys;
  for (const std::string_view modifier : action.modifiers)
    keys += std::string(modifier_word(modifier)) + '+';
  return press(keys + std::string(*action.key));
}

Answer click(const Step& step) {
  const model::Event& action = step.action;
  const auto target = target_of(step);
  if (!target) return {{}, no_target};
  Arguments arguments;
  arguments.text("element", described(action.target)).text("target", *target);
  if (action.kind == Kind::double_click) arguments.flag("doubleClick");
  if (action.kind == Kind::context_menu) arguments.text("button", "right");
  if (action.middle_button) arguments.text("button", "middle");
  std::vector<std::string_view> modifiers;
  for (const std::string_view modifier : action.modifiers)
    modifiers.push_back(modifier_word(modifier));
  if (!modifiers.empty()) arguments.texts("modifiers", modifiers);
  return call("browser_click", arguments);
}

Answer type(const Step& step) {
  const auto target = target_of(step);
  if (!target) return {{}, no_target};
  const auto& text = step.action.value.text;
  return call("browser_type", Arguments()
                                  .text("element", described(step.action.target))
                                  .text("target", *target)
                                  .text("text", text ? *text : step.stand_in.value_or("")));
}

Answer select(const Step& step) {
  const model::Event& action = step.action;
  std::vector<std::string_view> values = action.value.options;
  if (values.empty()) values.push_back(action.value.text.value_or(step.stand_in.value_or("")));
  if (action.target.tag != "select") {
    // A list that the page draws: its option is clicked on.
    auto ref = ref_of(step, "option", values.front());
    if (!ref) ref = ref_of_words(step, values.front());
    return call("browser_click",
                Arguments()
                    .text("element", std::string(values.front()) + " option")
                    .text("target", ref ? *ref : playwright_selector("option", values.front())));
  }
  const auto target = target_of(step);
  if (!target) return {{}, no_target};
  return call("browser_select_option", Arguments()
                                           .text("element", described(action.target))
                                           .text("target", *target)
                                           .texts("values", values));
}

Answer drag(const Step& step) {
  const auto start = target_of(step);
  const model::Target& onto = step.action.onto;
  auto end = ref_of(step, onto.role, onto.name);
  if (!end && onto.frames.empty()) end = playwright_selector(onto);
  if (!start || !end) return {{}, no_target};
  return call("browser_drag", Arguments()
                                  .text("startElement", described(step.action.target))
                                  .text("startTarget", *start)
                                  .text("endElement", described(onto))
                                  .text("endTarget", *end));
}

Answer hover(const Step& step) {
  const auto target = target_of(step);
  if (!target) return {{}, no_target};
  return call("browser_hover",
              Arguments().text("element", described(step.action.target)).text("target", *target));
}

Answer upload(const Step& step) {
  const auto number = step.action.files ? static_cast<std::size_t>(step.action.files->number) : 1;
  const std::vector<std::string_view> paths(number, step.stand_in.value_or(""));
  return call("browser_file_upload", Arguments().texts("paths", paths));
}

Answer navigate(const model::Event& action) {
  if (action.navigation == model::Navigation::back_forward)
    return {{{"browser_navigate_back", "{}"}}, {}};
  return call("browser_navigate", Arguments().text("url", action.url));
}

Answer answer_to(const Step& step) {
  switch (step.action.kind) {
    case Kind::click:
    case Kind::double_click:
    case Kind::context_menu:
    case Kind::check:
      return click(step);
    case Kind::input:
      return type(step);
    case Kind::select:
      return select(step);
    case Kind::drag:
      return drag(step);
    case Kind::hover:
      return hover(step);
    case Kind::file:
      return upload(step);
    case Kind::key:
      return press(step.action);
    case Kind::submit:
      return press("Enter");
    case Kind::copy:
      return press("ControlOrMeta+c");
    case Kind::cut:
      return press("ControlOrMeta+x");
    case Kind::paste:
      return press("ControlOrMeta+v");
    case Kind::navigate:
      return navigate(step.action);
    case Kind::scroll:
      return {{}, "no tool scrolls"};
    default:
      return {{}, "no tool does it"};
  }
}

}  // namespace

std::size_t ToolCalls::index_of(std::int64_t tab) {
  const auto at = std::find(tabs_.begin(), tabs_.end(), tab);
  if (at == tabs_.end()) tabs_.push_back(tab);
  return static_cast<std::size_t>(std::find(tabs_.begin(), tabs_.end(), tab) - tabs_.begin());
}

Answer ToolCalls::of_tab(const Step& step) {
  Arguments arguments;
  switch (step.action.kind) {
    case Kind::tab_opened:
      arguments.text("action", "new");
      break;
    case Kind::tab_closed:
      arguments.text("action", "close").number("index", index_of(step.tab));
      std::erase(tabs_, step.tab);
      if (current_ == step.tab) current_ = tabs_.empty() ? 0 : tabs_.back();
      return call("browser_tabs", arguments);
    default:
      arguments.text("action", "select").number("index", index_of(step.tab));
  }
  static_cast<void>(index_of(step.tab));
  current_ = step.tab;
  return call("browser_tabs", arguments);
}

Answer ToolCalls::next(const Step& step) {
  const Kind kind = step.action.kind;
  const bool is_first = tabs_.empty();
  if (is_first) current_ = step.tab;
  if (is_consequence(step)) {
    static_cast<void>(index_of(step.tab));
    if (kind == Kind::tab_closed) std::erase(tabs_, step.tab);
    return {{}, "it followed from the step before"};
  }
  if (is_first && (kind == Kind::tab_opened || kind == Kind::tab_switched)) {
    static_cast<void>(index_of(step.tab));
    return {{}, "the first tab is open already"};
  }
  if (kind == Kind::tab_opened || kind == Kind::tab_closed || kind == Kind::tab_switched)
    return of_tab(step);
  Answer answer = answer_to(step);
  const std::size_t index = index_of(step.tab);
  if (answer.calls.empty() || step.tab == current_) return answer;
  current_ = step.tab;
  Arguments arguments;
  arguments.text("action", "select").number("index", index);
  answer.calls.insert(answer.calls.begin(), {"browser_tabs", arguments.done()});
  return answer;
}

}  // namespace fieldnote::dataset
