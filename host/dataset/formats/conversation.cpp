#include "dataset/formats/conversation.hpp"

#include <algorithm>
#include <map>

#include "dataset/formats/tools.hpp"

namespace fieldnote::dataset {
namespace {

// Rows of the demo have 3.5 to 3.7 in o200k_base, the densest of its outlines 2.9.
constexpr std::size_t bytes_a_token = 3;
// Of a message beside its content: role, ids, quotes.
constexpr std::size_t bytes_a_message = 60;

}  // namespace

Conversation::Conversation(const Trajectory& trajectory, Loss& loss) : trajectory_(trajectory) {
  ToolCalls calls;
  std::map<std::int64_t, std::string_view> pages;  // addresses, by tab
  for (std::size_t i = 0; i < trajectory.steps.size(); ++i) {
    const Step& step = trajectory.steps[i];
    // A navigation, and what is done to a tab, tell the address to which they led.
    const bool leads = !step.action.has_target;
    const Sight here{pages[calls.current()], {}}, left{pages[step.tab], {}};
    ToolCalls::Answer answer = calls.next(step);
    // What a frame shows is on the page around it.
    if (step.frame == 0 && !step.action.url.empty() && step.action.kind != model::Kind::tab_opened)
      pages[step.tab] = step.action.url;
    if (answer.calls.empty()) {
      loss.leave_out(step, answer.why_not);
      continue;
    }
    if (answer.calls.size() > 1) ++loss.changed["a call that changes to the tab was put in"];
    if (step.action.navigation == model::Navigation::back_forward)
      ++loss.changed["navigate: back or forward, which of them is not told"];
    const Sight sight{pages[step.tab],
                      step.observation ? step.observation->text : std::string_view()};
    if (answer.calls.size() > 1) add(std::move(answer.calls.front()), here, i + 1);
    const bool is_of_tab = answer.calls.back().name == "browser_tabs";
    add(std::move(answer.calls.back()), !leads ? sight : is_of_tab ? here : left, i + 1);
  }
}

void Conversation::add(ToolCall call, const Sight& sight, std::size_t step) {
  if (sights_.empty() || sights_.back().url != sight.url ||
      sights_.back().outline.data() != sight.outline.data())
    sights_.push_back(sight);
  const bool learnable = trajectory_.steps[step - 1].learnable == Learnable::yes;
  turns_.push_back({std::move(call), step, sights_.size() - 1, learnable});
}

std::string Conversation::page(const Sight& sight, std::string_view outline) const {
  std::string text = "### Page\n";
  if (!sight.url.empty()) text += "- Page URL: " + std::string(sight.url) + '\n';
  if (sight.outline.empty()) return sight.url.empty() ? text + "Not seen.\n" : text;
  return text + "### Snapshot\n" + std::string(outline);
}

std::string Conversation::page_before(std::size_t turn, const Window& window) const {
  const std::size_t at = turns_[turn].sight;
  const Sight& sight = sights_[at];
  if (turn > window.first && turns_[turn - 1].sight == at) return page(sight, "As before.");
  if (at < window.dropped) return page(sight, "Left out.");
  return page(sight, "```yaml\n" + std::string(sight.outline) + "\n```");
}

std::string Conversation::opening(const Window& window) const {
  const auto& words = trajectory_.instruction.text;
  return (words ? "Task: " + std::string(*words)
                : "Go on with the work in " + trajectory_.app + '.') +
         "\n\n" + page_before(window.first, window);
}

std::string Conversation::page_after() const {
  if (!trajectory_.after || trajectory_.outcome != Outcome::done ||
      trajectory_.part != trajectory_.parts)
    return {};
  return page({"", trajectory_.after->text},
              "```yaml\n" + std::string(trajectory_.after->text) + "\n```");
}

bool Conversation::is_learned(std::size_t turn, const Window& window) const {
  return turns_[turn].learnable && turns_[turn].sight >= window.dropped;
}

bool Conversation::teaches(const Window& window) const {
  if (window.is_whole && !page_after().empty()) return true;
  for (std::size_t i = window.first; i <= window.last; ++i)
    if (is_learned(i, window)) return true;
  return false;
}

std::size_t Conversation::size_of(const Turn& turn) const {
  return turn.call.name.size() + turn.call.arguments.size() + sights_[turn.sight].url.size() +
         2 * bytes_a_message;
}

Conversation::Fitted Conversation::whole(std::size_t max_tokens) const {
  Fitted fitted;
  fitted.window = {0, turns_.size() - 1, 0, true};
  if (max_tokens == 0) return fitted;
  std::size_t bytes = tools_as_functions().size() + system.size() + page_after().size();
  for (const Turn& turn : turns_) bytes += size_of(turn);
  for (const Sight& sight : sights_) bytes += sight.outline.size();
  std::size_t& dropped = fitted.window.dropped;
  while (bytes > max_tokens * bytes_a_token && dropped + 1 < sights_.size())
    bytes -= sights_[dropped++].outline.size();
  fitted.too_long = bytes > max_tokens * bytes_a_token;
  return fitted;
}

std::vector<Conversation::Fitted> Conversation::steps(std::size_t max_tokens) const {
  std::vector<Fitted> all;
  const std::size_t most = max_tokens * bytes_a_token;
  std::size_t bytes = tools_as_functions().size() + system.size();
  Window window;
  std::size_t seen = 0;  // sights that are counted
  for (std::size_t i = 0; i < turns_.size(); ++i) {
    window.last = i;
    bytes += size_of(turns_[i]);
    for (; seen <= turns_[i].sight; ++seen) bytes += sights_[seen].outline.size();
    if (most > 0) {
      while (bytes > most && window.dropped < turns_[i].sight)
        bytes -= sights_[window.dropped++].outline.size();
      while (bytes > most && window.first < i) bytes -= size_of(turns_[window.first++]);
    }
    if (is_learned(i, window)) all.push_back({window, most > 0 && bytes > most});
  }
  return all;
}

}  // namespace fieldnote::dataset
