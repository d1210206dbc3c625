#include "dataset/trajectory/rare_runs.hpp"

#include <algorithm>
#include <map>

namespace fieldnote::dataset {
namespace {

std::string outline_id(const model::Event& event) {
  return std::string(event.document) + std::string(event.outline.digest);
}

}  // namespace

Result<std::vector<Stretch>> RareRuns::cut(Stretch&& stretch,
                                           std::span<const model::Event> events) {
  std::vector<std::size_t> at;
  if (release_->asks_for_more_than_one()) at = places(stretch.app, events);
  if (!at.empty()) return pieces(std::move(stretch), at);
  std::vector<Stretch> whole;
  whole.push_back(std::move(stretch));
  return whole;
}

// Before the action that makes a run rare: what was common up to there stays in one piece.
std::vector<std::size_t> RareRuns::places(std::string_view app,
                                          std::span<const model::Event> events) const {
  std::vector<std::size_t> places;
  ActionRun run;
  ActionRun::Form form{};
  for (std::size_t i = 0; i < events.size(); ++i) {
    const model::Event& event = events[i];
    if (!counts_in_run(event)) continue;
    const RunAction action = run_action(app, event);
    const RunWords words = words_of(event);
    run.next(action);
    std::rotate(form.begin(), form.begin() + 1, form.end());
    form.back() = release_->lets_pass(words.where, words.text) ? action.told : action.untold;
    if (!run.is_whole() || release_->lets_run_pass(ActionRun::text_of(form))) continue;
    places.push_back(i);
    run.begin_anew();
    run.next(action);
  }
  return places;
}

Result<std::vector<Stretch>> RareRuns::pieces(Stretch&& stretch,
                                              const std::vector<std::size_t>& places) {
  std::vector<Stretch> pieces;
  std::map<std::string, std::string> outlines;  // lines of those so far, by document and digest
  const auto begin_piece = [&] { pieces.push_back({stretch.app, {}, {}, stretch.task, false}); };
  begin_piece();
  for (std::size_t i = 0; i < stretch.lines.size(); ++i) {
    if (std::binary_search(places.begin(), places.end(), i)) begin_piece();
    Stretch& piece = pieces.back();
    const auto event = reader_.read_held(stretch.lines[i]);
    if (!event) return event.error();
    if ((*event)->kind == model::Kind::outline) {
      const std::string id = outline_id(**event);
      outlines.emplace(id, stretch.lines[i]);
      if (!piece.outlines.insert(id).second) continue;
    } else if ((*event)->has_outline) {
      std::string id = outline_id(**event);
      const auto known = outlines.find(id);
      if (known != outlines.end() && piece.outlines.insert(std::move(id)).second)
        piece.lines.push_back(known->second);
    }
    piece.lines.push_back(std::move(stretch.lines[i]));
  }
  pieces.back().ends = stretch.ends;
  return pieces;
}

}  // namespace fieldnote::dataset
