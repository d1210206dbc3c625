#include "dataset/trajectories.hpp"

#include <algorithm>
#include <set>
#include <vector>

#include "dataset/renumbering.hpp"
#include "model/arena.hpp"
#include "model/event_reader.hpp"
#include "model/event_writer.hpp"

namespace fieldnote::dataset {
namespace {

using Numbers = std::map<std::string, std::int64_t, std::less<>>;

// What the events of a trajectory say about each other.
class Links {
 public:
  // An event by its document and its number there; documents have random names.
  using Id = std::pair<std::string, std::uint32_t>;

  static Id cause_of(const model::Event& event) {
    return {std::string(event.cause_document.value_or(event.document)), *event.cause};
  }

  void note(const model::Event& event, const std::string& line) {
    if (!event.cause) return;
    if (event.kind == model::Kind::effect) effects_.emplace(cause_of(event), &line);
    if (event.kind == model::Kind::double_click) begun_.insert(cause_of(event));
  }

  [[nodiscard]] bool is_step(const model::Event& event) const {
    return event.kind != model::Kind::effect &&
           !begun_.contains({std::string(event.document), event.n});
  }
  // The line of its effect, or nullptr.
  [[nodiscard]] const std::string* effect_of(const model::Event& event) const {
    const auto at = effects_.find({std::string(event.document), event.n});
    return at == effects_.end() ? nullptr : at->second;
  }

 private:
  std::map<Id, const std::string*> effects_;
  std::set<Id> begun_;
};

template <class Events>
Result<Links> links_of(const Events& events, model::EventReader& reader) {
  Links links;
  for (const auto& [place, line] : events) {
    const auto event = reader.read_held(line);
    if (!event) return event.error();
    links.note(**event, line);
  }
  return links;
}

// One trajectory while it is written.
class StepWriter {
 public:
  StepWriter(std::size_t trajectory, const Links& links) : links_(links) {
    const std::string digits = std::to_string(trajectory);
    name_ = 't' + std::string(6 - std::min<std::size_t>(6, digits.size()), '0') + digits;
  }

  Result<std::string> step(model::Event& event) {
    arena_.reset();
    renumber(event);
    numbers_.emplace(Links::Id(event.document, event.n), step_ + 1);
    std::string out = R"({"schema":1,"trajectory":")" + name_ + R"(","step":)" +
                      std::to_string(++step_) + R"(,"app":)";
    model::append_json_string(out, event.app);
    if (!event.url.empty()) {
      out += R"(,"url":)";
      model::append_json_string(out, event.url);
    }
    // A frame keeps its number only within its tab.
    const std::string tab = std::string(event.stream) + '/' + std::to_string(event.tab);
    const std::string frame = tab + '/' + std::to_string(event.frame);
    out += R"(,"tab":)" + std::to_string(Renumbering::number(tabs_, tab, 1));
    out += R"(,"frame":)" +
           std::to_string(event.frame == 0 ? 0 : Renumbering::number(frames_, frame, 1));
    out += R"(,"action":{"kind":")";
    out += model::word(event.kind);
    out += '"';
    model::append_act(out, event);
    out += '}';
    if (event.cause) {
      const auto cause = numbers_.find(Links::cause_of(event));
      if (cause != numbers_.end()) out += R"(,"cause":)" + std::to_string(cause->second);
    }
    if (const std::string* line = links_.effect_of(event); line != nullptr) {
      auto effect = reader_.read_held(*line);
      if (!effect) return effect.error();
      renumber(**effect);
      out += R"(,"effect":{"kind":"effect")";
      model::append_act(out, **effect);
      out += '}';
    }
    out += "}\n";
    return out;
  }

 private:
  void renumber(model::Event& event) {
    const auto fresh = [&](std::string_view& text) {
      text = arena_.keep(renumbering_.text(text, event.scope));
    };
    const auto fresh_target = [&](model::Target& target) {
      fresh(target.name);
      if (target.label) fresh(*target.label);
      for (std::string_view& hop : target.selectors.hops) fresh(hop);
      for (model::Belonging& belonging : target.within) fresh(belonging.name);
    };
    fresh(event.url);
    if (event.title) fresh(*event.title);
    if (event.has_target) fresh_target(event.target);
    if (event.has_onto) fresh_target(event.onto);
    for (model::Change& change : event.changes)
      if (change.text) fresh(*change.text);
    if (event.has_value) {
      if (event.value.text) fresh(*event.value.text);
      for (std::string_view& option : event.value.options) fresh(option);
    }
  }

  const Links& links_;
  std::string name_;
  std::size_t step_ = 0;
  std::map<Links::Id, std::size_t> numbers_;  // of the steps so far
  model::EventReader reader_;
  Renumbering renumbering_;
  Numbers tabs_;
  Numbers frames_;
  model::Arena arena_;
};

}  // namespace

Result<void> Trajectories::add(const Bundle& bundle) {
  struct Line {
    Key key;
    Place place;
    std::string_view text;
  };
  std::vector<Line> lines;
  model::EventReader reader;
  std::string_view rest = bundle.lines;
  while (!rest.empty()) {
    const std::string_view text = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(text.size() + 1);
    auto event = reader.read_held(text);
    if (!event) return std::move(event.error()).at("event " + std::to_string(lines.size() + 1));
    // Lines of one batch stand together, in their order; the place in the bundle tells them apart.
    lines.push_back(
        {{bundle.participant, bundle.n, std::string((*event)->stream), std::string((*event)->app)},
         {(*event)->seq, lines.size()},
         text});
  }
  for (Line& line : lines) {
    line.key.bundle =
        first_bundle_.try_emplace({bundle.participant, line.key.stream}, bundle.n).first->second;
    trajectories_[std::move(line.key)].try_emplace(line.place, line.text);
  }
  return {};
}

std::size_t Trajectories::steps() const {
  std::size_t count = 0;
  model::EventReader reader;
  for (const auto& [key, events] : trajectories_) {
    // These lines were read when they were added.
    const auto links = links_of(events, reader);
    for (const auto& [place, line] : events)
      if (const auto event = reader.read_held(line); event && links && links->is_step(**event))
        ++count;
  }
  return count;
}

Result<void> Trajectories::write(
    const std::function<Result<void>(std::string_view)>& on_step) const {
  model::EventReader reader;
  std::size_t number = 0;
  for (const auto& [key, events] : trajectories_) {
    const auto links = links_of(events, reader);
    if (!links) return links.error();
    StepWriter writer(++number, *links);
    for (const auto& [place, line] : events) {
      auto event = reader.read_held(line);
      if (!event) return event.error();
      if (!links->is_step(**event)) continue;
      auto step = writer.step(**event);
      if (!step) return step.error();
      if (auto written = on_step(*step); !written) return written;
    }
  }
  return {};
}

}  // namespace fieldnote::dataset
