#include "dataset/formats/playwright.hpp"

#include <cerrno>
#include <map>
#include <set>

#include "dataset/formats/documents.hpp"
#include "dataset/formats/placeholders_in.hpp"
#include "dataset/formats/replaying.hpp"
#include "dataset/formats/selectors.hpp"
#include "dataset/formats/session_history.hpp"
#include "model/event_writer.hpp"

namespace fieldnote::dataset {
namespace {

using model::Kind;

constexpr std::array<std::string_view, 19> carried{"url",
                                                   "tab",
                                                   "frame",
                                                   "app",
                                                   "instruction.text",
                                                   "action.kind",
                                                   "action.navigation",
                                                   "action.target.selectors",
                                                   "action.target.point",
                                                   "action.target.viewport",
                                                   "action.target.frames",
                                                   "action.onto",
                                                   "action.value.text",
                                                   "action.value.options",
                                                   "action.value.checked",
                                                   "action.key",
                                                   "action.modifiers",
                                                   "action.button",
                                                   "action.scroll"};

// JSON strings are JavaScript's (ECMA-262, since 2019).
std::string literal(std::string_view text) {
  std::string out;
  model::append_json_string(out, text);
  return out;
}

// Options of a list that the page draws itself: of those that are seen, and without a role where a
// library gives that to others that nobody sees.
constexpr std::string_view option_function =
    "const option = (page, name) => page.getByRole(\"option\", { name, exact: true })\n"
    "  .or(page.locator(\"[aria-selected], [class*=option i]\")\n"
    "    .filter({ has: page.getByText(name, { exact: true }) }))\n"
    "  .filter({ visible: true }).last();\n\n";

// Into an editor that a page makes itself, in the place of all that is in it. One that draws its
// text would make something of each sign that is typed: it takes a paste as it is.
constexpr std::string_view write_function =
    "const write = async (page, editor, text) => {\n"
    "  await page.keyboard.press(\"ControlOrMeta+a\");\n"
    "  if (text === \"\") return page.keyboard.press(\"Delete\");\n"
    "  if (await editor.evaluate((element) => element.isContentEditable))\n"
    "    return page.keyboard.insertText(text);\n"
    "  return editor.evaluate((element, text) => {\n"
    "    let field = element.ownerDocument.activeElement;\n"
    "    while (field.shadowRoot?.activeElement) field = field.shadowRoot.activeElement;\n"
    "    const clipboardData = new DataTransfer();\n"
    "    clipboardData.setData(\"text/plain\", text);\n"
    "    const paste = { clipboardData, bubbles: true, cancelable: true, composed: true };\n"
    "    field.dispatchEvent(new ClipboardEvent(\"paste\", paste));\n"
    "  }, text);\n"
    "};\n\n";

// A slider that a page draws goes by keys to its value, or as near as it gets.
constexpr std::string_view slide_function =
    "const slide = async (slider, value) => {\n"
    "  const now = async () => Number(await slider.getAttribute(\"aria-valuenow\"));\n"
    "  for (let at = await now(), last = NaN; at !== Number(value) && at !== last; ) {\n"
    "    last = at;\n"
    "    await slider.press(at < Number(value) ? \"ArrowRight\" : \"ArrowLeft\");\n"
    "    at = await now();\n"
    "  }\n"
    "};\n\n";

// Pages look where the pointer goes, some of them now and then only: it goes in pieces, and stays
// for a moment of the page's own before it lets go.
constexpr std::string_view drag_function =
    "const drag = async (page, from, onto, { at, to } = {}) => {\n"
    "  await onto.scrollIntoViewIfNeeded();\n"
    "  await from.hover({ position: at });\n"
    "  const { x, y, width, height } = await onto.boundingBox();\n"
    "  const end = [x + (to?.x ?? width / 2), y + (to?.y ?? height / 2)];\n"
    "  await page.mouse.down();\n"
    "  await page.mouse.move(...end, { steps: 8 });\n"
    "  await page.evaluate(() => new Promise((done) => setTimeout(done, 200)));\n"
    "  await page.mouse.move(end[0] + 1, end[1] + 1);\n"
    "  await page.mouse.up();\n"
    "};\n\n";

// No locator finds what is in a closed shadow root.
constexpr std::string_view open_roots =
    "  await context.addInitScript(() => {\n"
    "    const attach = Element.prototype.attachShadow;\n"
    "    Element.prototype.attachShadow = function (options) {\n"
    "      return attach.call(this, { ...options, mode: \"open\" });\n"
    "    };\n"
    "  });\n";

// What an address may be where parts of it are masked, as a regular expression of JavaScript's.
std::string address_pattern(std::string_view url) {
  constexpr std::string_view special = R"(\^$.|?*+()[]{}/)";
  std::string out = "/^";
  for (std::size_t i = 0; i < url.size();) {
    if (url.substr(i).starts_with("/:id")) {
      out += R"(\/[^/?#]+)";
      i += 4;
    } else if (url[i] == '<') {
      out += ".*";
      i = std::min(url.find('>', i), url.size() - 1) + 1;
    } else {
      if (special.find(url[i]) != std::string_view::npos) out += '\\';
      out += url[i++];
    }
  }
  return out + R"(([?#].*)?$/)";
}

// One trajectory while it is written.
class Script {
 public:
  Script(const Trajectory& trajectory, Loss& loss, PlaceholdersIn& placeholders)
      : trajectory_(trajectory), loss_(loss), placeholders_(placeholders) {
    open_.insert(first_tab());
    for (const Step& step : trajectory.steps) {
      const std::size_t root = root_of(trajectory, step);
      if (root == 0) continue;
      if (step.action.kind == Kind::tab_opened) opens_[root] = step.tab;
      if (step.action.kind == Kind::navigate && step.tab == trajectory.steps[root - 1].tab)
        leads_to_[root] = step.action.url;
    }
  }

  std::string write() {
    for (std::size_t i = 0; i < trajectory_.steps.size(); ++i) write(trajectory_.steps[i], i + 1);
    const auto& words = trajectory_.instruction.text;
    std::string out =
        "// Written by fieldnote export. Run: npx playwright test\n"
        "import { existsSync, readFileSync } from \"node:fs\";\n"
        "import { test } from \"@playwright/test\";\n\n"
        "// What the placeholders stand for: FIELDNOTE_VALUES, or the file beside this one.\n"
        "const file = process.env.FIELDNOTE_VALUES ?? new URL(\"" +
        trajectory_.id +
        ".values.json\", import.meta.url);\n"
        "const values = existsSync(file) ? JSON.parse(readFileSync(file, \"utf8\")) : {};\n"
        "const fill = (text) => text.replace(/<([A-Z_]+[0-9]*)[^<>]*>/g, (all, name) => "
        "values[name] ?? all);\n\n";
    if (picks_) out += option_function;
    if (writes_) out += write_function;
    if (drags_) out += drag_function;
    if (slides_) out += slide_function;
    if (!view_.empty()) out += "test.use({ viewport: " + view_ + " });\n\n";
    out += "test(" +
           literal(trajectory_.id + ": " + (words ? std::string(*words) : trajectory_.app)) +
           ", async ({ page: tab" + std::to_string(first_tab()) + ", context }) => {\n";
    if (pierces_) {
      out += open_roots;
      ++loss_.changed["shadow roots of its pages are made open"];
    }
    return out + body_ + "});\n";
  }

  [[nodiscard]] bool empty() const { return body_.empty(); }

 private:
  std::int64_t first_tab() const { return trajectory_.steps.front().tab; }
  static std::string tab(std::int64_t number) { return "tab" + std::to_string(number); }
  void line(const std::string& text) { body_ += "  " + text + '\n'; }

  // A text as an expression: as it stands, or filled in.
  std::string filled(std::string_view text) {
    placeholders_.note(text);
    return text.find('<') == std::string_view::npos ? literal(text) : "fill(" + literal(text) + ')';
  }

  // What `target` is, as an expression; empty where nothing tells.
  std::string found(const Step& step, const model::Target& target) {
    const auto selector = playwright_selector(target);
    if (!selector) return {};
    pierces_ = pierces_ || selector->find(" >> ") != std::string::npos;
    return frame_of(step.tab, target) + ".locator(" + filled(*selector) + ')';
  }

  static std::string frame_of(std::int64_t number, const model::Target& target) {
    std::string out = tab(number);
    if (!target.frames.empty()) out += ".mainFrame()";
    for (const std::int32_t frame : target.frames)
      out += ".childFrames()[" + std::to_string(frame) + ']';
    return out;
  }

  void write(const Step& step, std::size_t number) {
    const model::Event& action = step.action;
    if (is_consequence(step)) {
      const bool is_here = root_of(trajectory_, step) != 0;
      if (is_here && (action.kind == Kind::navigate || action.kind == Kind::tab_opened))
        here_.insert(step.tab);
      if (is_here && action.kind == Kind::navigate) history_.go(step);
      return loss_.leave_out(step, "it followed from the step before");
    }
    if (action.kind != Kind::tab_opened && !open_.contains(step.tab)) open(step.tab);
    if (action.has_target) arrive(step);
    view(action);
    if (is_told_as_text(trajectory_, number))
      return loss_.leave_out(step, "what came of it is in the text that follows");
    const std::string act = act_of(step, number);
    if (act.empty()) return;
    const auto opens = opens_.find(number);
    if (opens != opens_.end() && !open_.contains(opens->second)) {
      open_.insert(opens->second);
      line("const [" + tab(opens->second) +
           "] = await Promise.all([context.waitForEvent(\"page\"), " + act + "]);");
    } else {
      line("await " + act + ';');
    }
    if (const auto leads = leads_to_.find(number); leads != leads_to_.end())
      line("await " + tab(step.tab) + ".waitForURL(" + address_pattern(leads->second) + ");");
  }

  void open(std::int64_t number) {
    open_.insert(number);
    line("const " + tab(number) + " = await context.newPage();");
  }

  // The page must be there before something is done on it.
  void arrive(const Step& step) {
    if (here_.contains(step.tab) || step.frame != 0) return;
    here_.insert(step.tab);
    history_.begin(step.tab, step.action.url);
    if (is_whole_address(step.action.url))
      line("await " + tab(step.tab) + ".goto(" + literal(step.action.url) + ");");
    else
      ++loss_.changed["begins on a page whose address is masked: it must be open"];
  }

  void view(const model::Event& action) {
    if (!view_.empty() || !action.has_target || !action.target.viewport ||
        !action.target.frames.empty())
      return;
    view_ = "{ width: " + std::to_string((*action.target.viewport)[0]) +
            ", height: " + std::to_string((*action.target.viewport)[1]) + " }";
  }

  // What is done, as an expression; empty where it is left out.
  std::string act_of(const Step& step, std::size_t number) {
    const model::Event& action = step.action;
    const std::string here = tab(step.tab);
    switch (action.kind) {
      case Kind::navigate:
        return go(step);
      case Kind::tab_opened:
        if (open_.contains(step.tab)) return left_out(step, "the tab is open already");
        open(step.tab);
        return {};
      case Kind::tab_closed:
        return here + ".close()";
      case Kind::tab_switched:
        return here + ".bringToFront()";
      case Kind::submit:
        return pressed(here, "Enter");
      case Kind::copy:
        return pressed(here, "ControlOrMeta+c");
      case Kind::cut:
        return pressed(here, "ControlOrMeta+x");
      case Kind::paste:
        return pressed(here, "ControlOrMeta+v");
      case Kind::key:
        return pressed(here, keys_of(action));
      default:
        return aimed(step, number);
    }
  }

  static std::string pressed(const std::string& here, const std::string& keys) {
    return here + ".keyboard.press(" + literal(keys) + ')';
  }

  static std::string keys_of(const model::Event& action) {
    std::string keys;
    for (const std::string_view modifier : action.modifiers)
      keys += std::string(key_word(modifier)) + '+';
    return keys + std::string(*action.key);
  }

  std::string go(const Step& step) {
    here_.insert(step.tab);
    const model::Event& action = step.action;
    const std::string here = tab(step.tab);
    if (action.navigation == model::Navigation::reload) return here + ".reload()";
    const SessionHistory::Way way = history_.go(step);
    if (way == SessionHistory::Way::back) return here + ".goBack()";
    if (way == SessionHistory::Way::forward) return here + ".goForward()";
    if (!is_whole_address(action.url)) return left_out(step, "its address is masked");
    if (action.navigation == model::Navigation::back_forward)
      ++loss_.changed["navigate: back or forward, by its address"];
    return here + ".goto(" + literal(action.url) + ')';
  }

  std::string aimed(const Step& step, std::size_t number) {
    const model::Event& action = step.action;
    if (action.kind == Kind::select && action.target.tag != "select") return pick(step);
    const std::string target = found(step, action.target);
    if (target.empty()) return left_out(step, "its target has no selector that may be told");
    switch (action.kind) {
      case Kind::click:
        return target + ".click(" + click_options(action, "") + ')';
      case Kind::double_click:
        return target + ".dblclick(" + click_options(action, "") + ')';
      case Kind::context_menu:
        return target + ".click(" + click_options(action, "right") + ')';
      case Kind::hover:
        return target + ".hover()";
      case Kind::check:
        if (!action.value.checked) return target + ".click()";
        // What is seen and clicked is often a label that lies on the box itself.
        return target + (*action.value.checked ? ".check" : ".uncheck") + "({ force: true })";
      case Kind::input:
        return write(step, number, target, action.value.text.value_or(step.stand_in.value_or("")));
      case Kind::select:
        return target + ".selectOption(" + options_of(step) + ')';
      case Kind::file:
        return target + ".setInputFiles(" + filled(step.stand_in.value_or("")) + ')';
      case Kind::drag: {
        const std::string onto = found(step, action.onto);
        if (onto.empty()) return left_out(step, "its target has no selector that may be told");
        drags_ = true;
        return "drag(" + tab(step.tab) + ", " + target + ", " + onto + drag_options(action) + ')';
      }
      case Kind::scroll:
        return target + ".evaluate((element, [x, y]) => element.scrollTo(x, y), [" +
               std::to_string((*action.scroll)[0]) + ", " + std::to_string((*action.scroll)[1]) +
               "])";
      default:
        return left_out(step, "no script does it");
    }
  }

  std::string write(const Step& step, std::size_t number, const std::string& target,
                    std::string_view text) {
    if (is_plain_field(step.action.target)) return target + ".fill(" + filled(text) + ')';
    if (is_drawn_slider(step.action.target)) {
      slides_ = true;
      return "slide(" + target + ", " + filled(text) + ')';
    }
    ++loss_.changed["input: an editor gets its text without its form"];
    writes_ = true;
    if (!is_in_field(trajectory_, number)) {
      const auto [x, y] = first_line(step.action.target);
      line("await " + target + ".click({ position: { x: " + std::to_string(x) +
           ", y: " + std::to_string(y) + " } });");
    }
    return "write(" + tab(step.tab) + ", " + target + ", " + filled(text) + ')';
  }

  // From a list that the page draws itself.
  std::string pick(const Step& step) {
    const model::Value& value = step.action.value;
    const std::string_view label = value.options.empty()
                                       ? value.text.value_or(step.stand_in.value_or(""))
                                       : value.options.front();
    picks_ = true;
    return "option(" + frame_of(step.tab, step.action.target) + ", " + filled(label) + ").click()";
  }

  std::string options_of(const Step& step) {
    if (step.action.value.options.empty()) return filled(step.stand_in.value_or(""));
    std::string out = "[";
    for (const std::string_view label : step.action.value.options) {
      if (out.size() > 1) out += ", ";
      out += "{ label: " + filled(label) + " }";
    }
    return out + ']';
  }

  static std::string click_options(const model::Event& action, std::string_view button) {
    std::string out;
    if (action.middle_button) button = "middle";
    if (!button.empty()) out += "button: " + literal(button);
    if (!action.modifiers.empty()) {
      if (!out.empty()) out += ", ";
      out += "modifiers: [";
      for (std::size_t i = 0; i < action.modifiers.size(); ++i)
        out += (i > 0 ? ", " : "") + literal(key_word(action.modifiers[i]));
      out += ']';
    }
    if (const std::string at = position(action.target); is_drawn(action.target) && !at.empty()) {
      if (!out.empty()) out += ", ";
      out += "position: " + at;
    }
    return out.empty() ? out : "{ " + out + " }";
  }

  // Where it was taken and let go.
  static std::string drag_options(const model::Event& action) {
    const std::string at = position(action.target), to = position(action.onto);
    if (at.empty() && to.empty()) return {};
    std::string out = ", { ";
    if (!at.empty()) out += "at: " + at;
    if (!to.empty()) out += (at.empty() ? "to: " : ", to: ") + to;
    return out + " }";
  }

  // Where the pointer was, if that is in the box.
  static std::string position(const model::Target& target) {
    if (!target.point) return {};
    const auto [x, y] = *target.point;
    if (x < 0 || y < 0 || x >= target.box[2] || y >= target.box[3]) return {};
    return "{ x: " + std::to_string(x) + ", y: " + std::to_string(y) + " }";
  }

  std::string left_out(const Step& step, std::string_view why) {
    loss_.leave_out(step, why);
    return {};
  }

  const Trajectory& trajectory_;
  Loss& loss_;
  PlaceholdersIn& placeholders_;
  std::map<std::size_t, std::int64_t> opens_;         // steps that a tab comes of
  std::map<std::size_t, std::string_view> leads_to_;  // steps that another page comes of
  std::set<std::int64_t> here_;                       // tabs that show a page
  std::set<std::int64_t> open_;
  SessionHistory history_;
  bool picks_ = false;  // from a list that a page draws
  bool drags_ = false, slides_ = false;
  bool writes_ = false;   // into an editor that a page makes
  bool pierces_ = false;  // shadow roots
  std::string view_;
  std::string body_;
};

class Playwright final : public Format {
 public:
  explicit Playwright(Sink& sink) : documents_(sink, "playwright") {}

  Result<void> add(std::uint64_t rank, const Trajectory& trajectory) override {
    Loss lost;
    PlaceholdersIn placeholders;
    lost.count(trajectory, carried);
    Script script(trajectory, lost, placeholders);
    const std::string text = script.write();
    lose(lost);
    if (script.empty()) return {};
    if (auto added = documents_.add(rank, ".spec.mjs", text); !added) return added;
    if (placeholders.empty()) return {};
    return documents_.add(rank, ".values.json", placeholders.template_text());
  }

 private:
  Documents documents_;
};

}  // namespace

std::unique_ptr<Format> make_playwright(Sink& sink) {
  return std::make_unique<Playwright>(sink);
}

}  // namespace fieldnote::dataset
