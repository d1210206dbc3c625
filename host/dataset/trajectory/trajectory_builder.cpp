#include "dataset/trajectory/trajectory_builder.hpp"

#include <algorithm>
#include <set>
#include <unordered_map>
#include <variant>

#include "dataset/reading/stretch_events.hpp"
#include "dataset/trajectory/renumbering.hpp"
#include "dataset/trajectory/sources.hpp"
#include "model/event_texts.hpp"
#include "redact/field_class.hpp"
#include "redact/redactor.hpp"

namespace fieldnote::dataset {
namespace {

// An event by its document, whose name is random, and its number there.
using EventId = std::pair<std::string_view, std::uint32_t>;
struct EventIdHash {
  std::size_t operator()(const EventId& id) const {
    return std::hash<std::string_view>()(id.first) + id.second;
  }
};
using Numbers = std::map<std::string, std::int64_t, std::less<>>;

EventId id_of(const model::Event& event) {
  return {event.document, event.n};
}

EventId cause_of(const model::Event& event) {
  return {event.cause_document.value_or(event.document), *event.cause};
}

// The scope of the instruction's placeholders.
constexpr std::string_view of_instruction = "task";

// Whether it has a value that is not told: what a replay must be given.
bool is_untold(const model::Event& event) {
  if (event.kind == model::Kind::file) return true;
  return event.has_value && !event.value.text && !event.value.has_options && !event.value.checked;
}

std::string untold_label(const model::Event& event) {
  std::string label(event.has_value ? model::word(event.value.field_class) : "file");
  for (char& c : label)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - ('a' - 'A'));
  return label;
}

}  // namespace

void ReleaseCounts::add(const ReleaseCounts& other) {
  for (const auto& [what, count] : other.released) released[what] += count;
  for (const auto& [what, count] : other.held_back) held_back[what] += count;
  for (const auto& [what, count] : other.detected) detected[what] += count;
  cut_runs += other.cut_runs;
}

// One trajectory while it is made.
class TrajectoryBuilder::Work {
 public:
  // Of so many lines.
  Work(TrajectoryBuilder& builder, Trajectory& trajectory, std::size_t lines)
      : builder_(builder), trajectory_(trajectory) {
    events_.reserve(lines);
    moments_.reserve(lines);
    seen_.reserve(lines);
  }

  void take(model::Event&& event) {
    know_scope(event);
    clear(event);
    if (event.kind == model::Kind::effect) {
      effects_[cause_of(event)] = std::move(event.changes);
    } else if (event.kind == model::Kind::outline) {
      Shown shown{tab_of(event), outline_of(event), event.outline.frames, cleared_lines(event)};
      if (event.cause)
        beside_[cause_of(event)].push_back(std::move(shown));
      else
        moments_.emplace_back(std::move(shown));
    } else {
      moments_.emplace_back(events_.size());
      events_.push_back(std::move(event));
    }
  }

  // What the person said they were doing. Its placeholders are of a scope of their own, which that
  // of the events may share.
  void say(const TaskTold& task) {
    trajectory_.instruction.source =
        task.own ? Instruction::Source::own : Instruction::Source::list;
    trajectory_.parts = task.parts;
    for (const Outcome outcome : {Outcome::done, Outcome::stopped})
      if (task.outcome == word_of(outcome_words, outcome)) trajectory_.outcome = outcome;
    if (!task.words) return;
    if (is_masked(*task.words) || !clearance().lets_pass(place_of_task(task.own), *task.words)) {
      ++builder_.counts_.held_back["task"];
      return;
    }
    ++builder_.counts_.released["task"];
    said_ = clearance().looked_through(*task.words);
    trajectory_.instruction.text = keep(renumbering_.text(said_, of_instruction));
  }

  void finish() {
    observe();
    tell_counts();
    Sources sources(trajectory_.instruction.text);
    std::set<EventId> begun;  // the first clicks of double clicks
    for (const model::Event& event : events_)
      if (event.kind == model::Kind::double_click && event.cause) begun.insert(cause_of(event));
    std::unordered_map<EventId, std::size_t, EventIdHash> numbers(events_.size());
    Numbers tabs, frames;
    trajectory_.steps.reserve(events_.size());
    for (std::size_t i = 0; i < events_.size(); ++i) {
      model::Event& event = events_[i];
      const EventId id = id_of(event);
      if (begun.contains(id)) continue;
      Step step;
      step.observation = seen_[i];
      event.has_outline = false;
      if (event.cause)
        if (const auto cause = numbers.find(cause_of(event)); cause != numbers.end())
          step.cause =
              event.kind == model::Kind::navigate ? sent_after(cause->second) : cause->second;
      if (const auto effect = effects_.find(id); effect != effects_.end())
        step.effect = std::move(effect->second);
      // A frame keeps its number only within its tab.
      const std::string& tab = tab_of(event);
      step.tab = Renumbering::number(tabs, tab, 1);
      if (event.frame != 0)
        step.frame = Renumbering::number(frames, tab + '/' + std::to_string(event.frame), 1);
      step.in_task = event.task.has_value();
      step.action = std::move(event);
      if (is_untold(step.action))
        step.stand_in = keep(renumbering_.fresh(untold_label(step.action)));
      step.source = sources.next(step);
      step.learnable = learnable(step);
      trajectory_.steps.push_back(std::move(step));
      numbers.emplace(id, trajectory_.steps.size());
    }
  }

 private:
  void tell_counts() {
    ReleaseCounts& counts = builder_.counts_;
    for (std::size_t i = 0; i < model::text_places.size(); ++i) {
      const std::string place(model::text_places[i]);
      if (released_[i] > 0) counts.released[place] += released_[i];
      if (held_back_[i] > 0) counts.held_back[place] += held_back_[i];
    }
    for (const auto& [entity, count] : clearance().take_detected())
      counts.detected[entity] += count;
  }

  std::string_view keep(std::string_view text) { return trajectory_.texts.keep(text); }

  // Scopes that the host began with the words of the task have their placeholders in common.
  void know_scope(const model::Event& event) {
    if (said_.empty() || !event.task || !scopes_.insert(std::string(event.scope)).second) return;
    constexpr std::size_t digits = redact::Redactor::task_digits;
    if (event.scope.substr(0, digits) == event.task->substr(0, digits))
      renumbering_.share(said_, of_instruction, event.scope);
  }

  // Whether the instruction has the text in it, so that it is told anyway.
  [[nodiscard]] bool is_said(std::string_view text, std::string_view scope) {
    return trajectory_.instruction.text &&
           stands_in(*trajectory_.instruction.text, renumbering_.text(text, scope));
  }

  const std::string& tab_of(const model::Event& event) {
    std::string& name = tabs_[{event.stream, event.tab}];
    if (name.empty()) name = std::string(event.stream) + '/' + std::to_string(event.tab);
    return name;
  }
  static Observations::Id outline_of(const model::Event& event) {
    return {event.document, event.outline.digest};
  }

  std::vector<ObservedLine> cleared_lines(const model::Event& event) {
    std::vector<ObservedLine> lines;
    lines.reserve(event.outline.lines.size());
    for (const std::string_view held : event.outline.lines) {
      if (const PlainLine* plain = builder_.plain_lines_.find(held)) {
        lines.push_back({keep(plain->text), plain->is_frame});
        for (std::size_t i = 0; i < released_.size(); ++i) released_[i] += plain->released[i];
      } else if (auto line = model::read_dialect_line(held)) {  // else of a newer dialect
        lines.push_back(cleared_line(held, *line, event.scope));
      }
    }
    return lines;
  }

  ObservedLine cleared_line(std::string_view held, model::DialectLine& line,
                            std::string_view scope) {
    PlainLine plain;
    bool is_plain = true;
    each_text(line, [&](model::TextPlace place, std::string& text) {
      const auto before = released_;
      const std::string_view told = cleared(place, text, scope);
      const auto at = static_cast<std::size_t>(place);
      plain.released[at] =
          static_cast<std::uint8_t>(plain.released[at] + released_[at] - before[at]);
      // What is told because the instruction has it need not be told elsewhere.
      is_plain = is_plain && told == text && text.find('<') == std::string::npos &&
                 clearance().of(place, text).passes;
      text = told;
    });
    model::append_dialect_line(plain.text, line);
    plain.is_frame = line.marks.find(" [frame=") != std::string::npos;
    const ObservedLine observed{keep(plain.text), plain.is_frame};
    if (is_plain) builder_.plain_lines_.put(held, std::move(plain));
    return observed;
  }

  // An outline, and where it was seen.
  struct Shown {
    std::string tab;
    Observations::Id id;
    Observations::Way way;
    std::vector<ObservedLine> lines;
  };

  // The page that comes of sending a form by a key says that it came of what was done before that.
  std::size_t sent_after(std::size_t cause) const {
    const std::int64_t tab = trajectory_.steps[cause - 1].tab;
    for (std::size_t i = trajectory_.steps.size(); i > cause; --i) {
      const Step& step = trajectory_.steps[i - 1];
      if (step.tab == tab && step.action.kind == model::Kind::submit && !step.action.cause)
        return i;
    }
    return cause;
  }

  // What was seen before each action, in the order in which things happened.
  void observe() {
    const auto show = [this](Shown& shown) {
      observations_.add(shown.tab, std::move(shown.id), std::move(shown.way),
                        std::move(shown.lines));
    };
    for (auto& moment : moments_) {
      if (auto* shown = std::get_if<Shown>(&moment)) {
        const Observations::Id id = shown->id;
        show(*shown);
        if (shown->tab == last_) trajectory_.after = seen_as(observations_.before(last_, id));
        continue;
      }
      const model::Event& action = events_[std::get<std::size_t>(moment)];
      last_ = tab_of(action);
      trajectory_.after.reset();
      // The frames beside it, asked when it was told.
      if (const auto beside = beside_.find(id_of(action)); beside != beside_.end())
        for (Shown& shown : beside->second) show(shown);
      seen_.push_back(observed(action));
    }
  }

  // What was seen before an action, which says which outline was at hand.
  std::optional<Observation> observed(const model::Event& event) {
    const std::string& tab = tab_of(event);
    if (event.kind == model::Kind::navigate && event.frame == 0 &&
        *event.navigation != model::Navigation::same_document &&
        *event.navigation != model::Navigation::hash)
      observations_.leave(tab);
    if (!event.has_outline) return std::nullopt;
    const Observations::Joined* joined = observations_.before(tab, outline_of(event));
    std::optional<Observation> seen = seen_as(joined);
    if (!seen) return seen;
    seen->fresh = event.outline.fresh;
    if (event.outline.ref) seen->ref = keep(joined->prefix + std::string(*event.outline.ref));
    return seen;
  }

  std::optional<Observation> seen_as(const Observations::Joined* joined) {
    if (joined == nullptr) return std::nullopt;
    auto [text, is_new] = kept_.try_emplace(joined);
    if (is_new) text->second = keep(joined->text);
    return Observation{true, std::nullopt, text->second};
  }

  // Leaves of the event's texts what may enter a dataset.
  void clear(model::Event& event) {
    // Of a person, whoever else has the same: no number of people makes it anybody's.
    const bool is_personal = event.has_value && redact::rule_of(event.value.field_class).ceiling !=
                                                    model::Disclosure::clear;
    if (event.entry) clear_keys(event);
    model::each_text(event, [&](model::TextPlace place, std::string_view& text) {
      if (place == model::TextPlace::selector) return;
      const bool is_value = place == model::TextPlace::typed || place == model::TextPlace::option;
      text = is_personal && is_value && !is_masked(text) ? held_back(place, text)
                                                         : cleared(place, text, event.scope);
    });
    if (event.has_value && event.value.text && is_masked(*event.value.text))
      event.value.disclosure = std::min(event.value.disclosure, model::Disclosure::placeholder);
    if (event.has_target) clear(event.target.selectors, event.scope);
    if (event.has_onto) clear(event.onto.selectors, event.scope);
  }

  // The keys spell out what was typed, also what was taken away again: they stay where that is the
  // text itself, and all of it may be told.
  void clear_keys(model::Event& event) {
    std::vector<std::string_view>& keys = event.entry->keys;
    if (keys.empty()) return;
    std::string typed;
    for (const std::string_view key : keys) typed += key;
    const Clearance::Cleared& told = clearance().of(model::TextPlace::typed, typed);
    if (event.value.text != typed || !told.passes || told.text != typed) keys.clear();
  }

  std::string_view cleared(model::TextPlace place, std::string_view text, std::string_view scope) {
    if (is_masked(text)) return keep(renumbering_.text(text, scope));
    const Clearance::Cleared& cleared = clearance().of(place, text);
    if (!cleared.passes && (place != model::TextPlace::typed || !is_said(text, scope)))
      return held_back(place, text);
    ++released_[static_cast<std::size_t>(place)];
    if (!cleared.passes) return keep(renumbering_.text(clearance().looked_through(text), scope));
    return keep(cleared, scope);
  }

  std::string_view keep(const Clearance::Cleared& cleared, std::string_view scope) {
    if (!cleared.has_placeholders) return keep(cleared.text);
    return keep(renumbering_.text(cleared.text, scope));
  }

  std::string_view held_back(model::TextPlace place, std::string_view text) {
    ++held_back_[static_cast<std::size_t>(place)];
    return keep(renumbering_.stand_in(label_of(place), text));
  }

  // One of which a hop tells too much is left out.
  void clear(model::Selectors& all, std::string_view scope) {
    model::Selectors kept;
    kept.hops.reserve(all.hops.size());
    kept.ends.reserve(all.ends.size());
    kept.matches.reserve(all.matches.size());
    std::size_t begin = 0;
    for (std::size_t i = 0; i < all.ends.size(); ++i) {
      const auto chain = std::span(all.hops).subspan(begin, all.ends[i] - begin);
      begin = all.ends[i];
      const auto place = static_cast<std::size_t>(model::TextPlace::selector);
      if (!std::all_of(chain.begin(), chain.end(),
                       [&](std::string_view hop) { return passes_whole(hop); })) {
        ++held_back_[place];
        continue;
      }
      ++released_[place];
      for (const std::string_view hop : chain)
        kept.hops.push_back(keep(renumbering_.text(hop, scope)));
      kept.ends.push_back(static_cast<std::uint32_t>(kept.hops.size()));
      if (!all.matches.empty()) kept.matches.push_back(all.matches[i]);
    }
    all = std::move(kept);
  }

  bool passes_whole(std::string_view hop) {
    return clearance().of(model::TextPlace::selector, hop).passes;
  }

  static std::string_view label_of(model::TextPlace place) {
    switch (place) {
      case model::TextPlace::url:
        return "ROUTE";
      case model::TextPlace::typed:
        return "TEXT";
      case model::TextPlace::option:
        return "OPTION";
      default:
        return "CONTROL";
    }
  }

  [[nodiscard]] Clearance& clearance() { return builder_.clearance_; }

  // By place.
  using Counts = std::array<std::uint64_t, model::text_places.size()>;

  TrajectoryBuilder& builder_;
  Trajectory& trajectory_;
  Counts released_{}, held_back_{};
  Renumbering renumbering_;
  std::string said_;                           // the instruction, before it is numbered
  std::set<std::string, std::less<>> scopes_;  // seen so far
  std::map<std::pair<std::string_view, std::uint32_t>, std::string> tabs_;  // by stream and number
  std::vector<model::Event> events_;
  std::vector<std::variant<Shown, std::size_t>> moments_;  // of events: their place in `events_`
  std::unordered_map<EventId, std::vector<Shown>, EventIdHash> beside_;
  std::vector<std::optional<Observation>> seen_;  // before each of them
  Observations observations_;
  std::map<const Observations::Joined*, std::string_view> kept_;
  std::unordered_map<EventId, std::vector<model::Change>, EventIdHash> effects_;
  std::string last_;  // the tab of the last action
};

Result<Trajectory> TrajectoryBuilder::build(std::string id, const Stretch& stretch,
                                            const TaskTold* task) {
  model::Arena texts;
  auto events = read_events(stretch, reader_, texts);
  if (!events) return events.error();
  Trajectory trajectory = build(std::move(id), stretch, *events, task);
  trajectory.lines = std::move(texts);
  return trajectory;
}

Trajectory TrajectoryBuilder::build(std::string id, const Stretch& stretch,
                                    std::span<model::Event> events, const TaskTold* task) {
  Trajectory trajectory;
  trajectory.id = std::move(id);
  trajectory.app = stretch.app;
  Work work(*this, trajectory, events.size());
  if (task != nullptr) work.say(*task);
  for (model::Event& event : events) work.take(std::move(event));
  work.finish();
  if (!stretch.ends) trajectory.after.reset();
  return trajectory;
}

}  // namespace fieldnote::dataset
