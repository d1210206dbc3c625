#include "dataset/trajectories.hpp"

#include <algorithm>
#include <vector>

#include "dataset/renumbering.hpp"
#include "model/arena.hpp"
#include "model/event_reader.hpp"
#include "model/event_writer.hpp"

namespace fieldnote::dataset {
namespace {

using Numbers = std::map<std::string, std::int64_t, std::less<>>;

// One trajectory while it is written.
class StepWriter {
 public:
  explicit StepWriter(std::size_t trajectory) {
    const std::string digits = std::to_string(trajectory);
    name_ = 't' + std::string(6 - std::min<std::size_t>(6, digits.size()), '0') + digits;
  }

  std::string step(model::Event& event) {
    arena_.reset();
    renumber(event);
    std::string out = R"({"schema":1,"trajectory":")" + name_ + R"(","step":)" +
                      std::to_string(++step_) + R"(,"app":)";
    model::append_json_string(out, event.app);
    out += R"(,"url":)";
    model::append_json_string(out, event.url);
    // A frame keeps its number only within its tab.
    const std::string tab = std::string(event.stream) + '/' + std::to_string(event.tab);
    const std::string frame = tab + '/' + std::to_string(event.frame);
    out += R"(,"tab":)" + std::to_string(Renumbering::number(tabs_, tab, 1));
    out += R"(,"frame":)" +
           std::to_string(event.frame == 0 ? 0 : Renumbering::number(frames_, frame, 1));
    out += R"(,"action":{"kind":")";
    out += model::word(event.kind);
    out += '"';
    if (event.navigation) {
      out += R"(,"navigation":")";
      out += model::word(*event.navigation);
      out += '"';
    }
    if (event.has_target) {
      out += R"(,"target":)";
      model::append_target(out, event.target);
    }
    if (event.has_value) {
      out += R"(,"value":)";
      model::append_value(out, event.value);
    }
    out += "}}\n";
    return out;
  }

 private:
  void renumber(model::Event& event) {
    const auto fresh = [&](std::string_view& text) {
      text = arena_.keep(renumbering_.text(text, event.scope));
    };
    fresh(event.url);
    if (event.has_target) {
      fresh(event.target.name);
      for (std::string_view& hop : event.target.selectors.hops) fresh(hop);
    }
    if (event.has_value) {
      if (event.value.text) fresh(*event.value.text);
      for (std::string_view& option : event.value.options) fresh(option);
    }
  }

  std::string name_;
  std::size_t step_ = 0;
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
  for (const auto& [key, events] : trajectories_) count += events.size();
  return count;
}

Result<void> Trajectories::write(
    const std::function<Result<void>(std::string_view)>& on_step) const {
  model::EventReader reader;
  std::size_t number = 0;
  for (const auto& [key, events] : trajectories_) {
    StepWriter writer(++number);
    for (const auto& [place, line] : events) {
      auto event = reader.read_held(line);
      if (!event) return event.error();
      if (auto written = on_step(writer.step(**event)); !written) return written;
    }
  }
  return {};
}

}  // namespace fieldnote::dataset
