#include "dataset/trajectory_builder.hpp"

#include <set>

#include "dataset/renumbering.hpp"
#include "model/event_texts.hpp"
#include "redact/entity.hpp"
#include "redact/route.hpp"

namespace fieldnote::dataset {
namespace {

// An event by its document, whose name is random, and its number there.
using EventId = std::pair<std::string_view, std::uint32_t>;
using Numbers = std::map<std::string, std::int64_t, std::less<>>;

EventId id_of(const model::Event& event) {
  return {event.document, event.n};
}

EventId cause_of(const model::Event& event) {
  return {event.cause_document.value_or(event.document), *event.cause};
}

}  // namespace

void ReleaseCounts::add(const ReleaseCounts& other) {
  for (const auto& [what, count] : other.released) released[what] += count;
  for (const auto& [what, count] : other.held_back) held_back[what] += count;
  for (const auto& [what, count] : other.detected) detected[what] += count;
}

// One trajectory while it is made.
class TrajectoryBuilder::Work {
 public:
  Work(TrajectoryBuilder& builder, Trajectory& trajectory)
      : builder_(builder), trajectory_(trajectory) {}

  Result<void> take(std::string_view line) {
    auto read = builder_.reader_.read_held(line);
    if (!read) return read.error();
    model::Event event = std::move(**read);
    // Texts with escapes lie in the reader, which goes on to the next line.
    model::each_word(event, [&](std::string_view& word) { word = keep(word); });
    clear(event);
    if (event.kind == model::Kind::effect)
      effects_[cause_of(event)] = std::move(event.changes);
    else
      events_.push_back(std::move(event));
    return {};
  }

  void finish() {
    std::set<EventId> begun;  // the first clicks of double clicks
    for (const model::Event& event : events_)
      if (event.kind == model::Kind::double_click && event.cause) begun.insert(cause_of(event));
    std::map<EventId, std::size_t> numbers;
    Numbers tabs, frames;
    for (model::Event& event : events_) {
      const EventId id = id_of(event);
      if (begun.contains(id)) continue;
      Step step;
      if (event.cause)
        if (const auto cause = numbers.find(cause_of(event)); cause != numbers.end())
          step.cause = cause->second;
      if (const auto effect = effects_.find(id); effect != effects_.end())
        step.effect = std::move(effect->second);
      // A frame keeps its number only within its tab.
      const std::string tab = std::string(event.stream) + '/' + std::to_string(event.tab);
      step.tab = Renumbering::number(tabs, tab, 1);
      if (event.frame != 0)
        step.frame = Renumbering::number(frames, tab + '/' + std::to_string(event.frame), 1);
      step.action = std::move(event);
      trajectory_.steps.push_back(std::move(step));
      numbers.emplace(id, trajectory_.steps.size());
    }
  }

 private:
  std::string_view keep(std::string_view text) { return trajectory_.texts.keep(text); }

  // Leaves of the event's texts what may enter a dataset.
  void clear(model::Event& event) {
    model::each_text(event, [&](model::TextPlace place, std::string_view& text) {
      if (place != model::TextPlace::selector) text = keep(cleared(place, text, event.scope));
    });
    if (event.has_value && event.value.text && is_masked(*event.value.text))
      event.value.disclosure = std::min(event.value.disclosure, model::Disclosure::placeholder);
    if (event.has_target) clear(event.target.selectors, event.scope);
    if (event.has_onto) clear(event.onto.selectors, event.scope);
  }

  std::string cleared(model::TextPlace place, std::string_view text, std::string_view scope) {
    if (is_masked(text)) return renumbering_.text(text, scope);
    const std::string word(model::text_places[static_cast<std::size_t>(place)]);
    if (!builder_.release_->lets_pass(place_of(place), text)) {
      ++builder_.counts_.held_back[word];
      return renumbering_.stand_in(label_of(place), text);
    }
    ++builder_.counts_.released[word];
    // Of an address only the path: the site itself is one that the policy lists.
    const std::size_t path = place == model::TextPlace::url ? redact::origin_size(text) : 0;
    return std::string(text.substr(0, path)) +
           renumbering_.text(builder_.looked_through(text.substr(path)), scope);
  }

  // A selector cannot be masked in part: one that tells too much is left out.
  void clear(model::Selectors& all, std::string_view scope) {
    model::Selectors kept;
    std::size_t begin = 0;
    for (std::size_t i = 0; i < all.ends.size(); ++i) {
      const auto chain = std::span(all.hops).subspan(begin, all.ends[i] - begin);
      begin = all.ends[i];
      const bool passes = std::all_of(chain.begin(), chain.end(), [&](std::string_view hop) {
        return builder_.release_->lets_pass(Clear::selector, hop) &&
               builder_.looked_through(hop) == hop;
      });
      if (!passes) {
        ++builder_.counts_.held_back["selector"];
        continue;
      }
      ++builder_.counts_.released["selector"];
      for (const std::string_view hop : chain)
        kept.hops.push_back(keep(renumbering_.text(hop, scope)));
      kept.ends.push_back(static_cast<std::uint32_t>(kept.hops.size()));
      if (!all.matches.empty()) kept.matches.push_back(all.matches[i]);
    }
    all = std::move(kept);
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

  TrajectoryBuilder& builder_;
  Trajectory& trajectory_;
  Renumbering renumbering_;
  std::vector<model::Event> events_;
  std::map<EventId, std::vector<model::Change>> effects_;
};

Result<Trajectory> TrajectoryBuilder::build(std::string id, const Stretch& stretch) {
  Trajectory trajectory;
  trajectory.id = std::move(id);
  trajectory.app = stretch.app;
  Work work(*this, trajectory);
  for (const std::string& line : stretch.lines)
    if (auto taken = work.take(line); !taken) return taken.error();
  work.finish();
  return trajectory;
}

const std::string& TrajectoryBuilder::looked_through(std::string_view text) {
  if (looked_through_.size() > most_remembered) looked_through_.clear();
  const auto [at, is_new] = looked_through_.try_emplace(std::string(text));
  if (!is_new) return at->second;
  std::string& out = at->second;
  std::size_t end = 0;
  for (const redact::Finding& finding : detectors_.find(text, {})) {
    const redact::EntityFacts& facts = redact::facts_of(finding.entity);
    ++counts_.detected[std::string(facts.word)];
    out += text.substr(end, finding.range.begin - end);
    out += '<' + std::string(facts.label) + '>';
    end = finding.range.end;
  }
  out += text.substr(end);
  return out;
}

}  // namespace fieldnote::dataset
