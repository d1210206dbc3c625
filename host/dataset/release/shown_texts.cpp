#include "dataset/release/shown_texts.hpp"

#include "dataset/release/release.hpp"

namespace fieldnote::dataset {

std::optional<Sightings::Mark> ShownTexts::notice(Clear where, std::string_view text) {
  if (is_masked(text)) return std::nullopt;
  auto& known = known_[static_cast<std::size_t>(where)];
  if (Known* const at = known.find(text)) {
    at->shown = at->shown || shown_.contains(at->mark);
    return at->shown ? std::nullopt : std::optional(at->mark);
  }
  const Mark mark = all_.mark(where, countable(text));
  const bool is_shown = shown_.contains(mark);
  known.put(text, {mark, is_shown});
  return is_shown ? std::nullopt : std::optional(mark);
}

void ShownTexts::notice_line(std::string_view held, Texts& texts) {
  if (shown_lines_.find(held) != nullptr) return;
  auto line = model::read_dialect_line(held);
  if (!line) return;
  const std::size_t before = texts.size();
  each_text(*line, [&](model::TextPlace place, std::string_view text) {
    if (const auto noticed = notice(place_of(place), text)) texts.push_back(*noticed);
  });
  if (texts.size() == before) shown_lines_.put(held, {});
}

ShownTexts::Texts ShownTexts::notice(model::Event& event) {
  Texts texts;
  model::each_text(event, [&](model::TextPlace place, std::string_view text) {
    if (const auto noticed = notice(place_of(place), text)) texts.push_back(*noticed);
  });
  for (const std::string_view held : event.outline.lines) notice_line(held, texts);
  return texts;
}

Result<void> ShownTexts::show(const Mark& mark) {
  if (!shown_.insert(mark).second || shown_.size() < most_shown) return {};
  for (const Mark& each : shown_)
    if (auto added = shown_before_.add(each); !added) return added;
  shown_.clear();
  return {};
}

Result<void> ShownTexts::show(const Texts& texts) {
  for (const Mark& mark : texts)
    if (auto shown = show(mark); !shown) return shown;
  return {};
}

Result<void> ShownTexts::show(Clear where, std::string_view text) {
  const auto noticed = notice(where, text);
  return noticed ? show(*noticed) : Result<void>();
}

Result<void> ShownTexts::show(const ActionRun& run) {
  if (shown_runs_.find(run.text()) != nullptr) return {};
  shown_runs_.put(run.text(), {});
  Result<void> shown;
  run.each_form([&](std::string_view form) {
    if (shown) shown = show(all_.mark(Clear::pattern, form));
  });
  return shown;
}

Result<void> ShownTexts::take_each(const std::function<Result<void>(const Mark&)>& f) {
  if (!shown_before_.has_spilled()) {
    for (const Mark& mark : shown_)
      if (auto done = f(mark); !done) return done;
    shown_.clear();
    return {};
  }
  for (const Mark& mark : shown_)
    if (auto added = shown_before_.add(mark); !added) return added;
  shown_ = {};
  std::optional<Mark> last;
  return shown_before_.take_each([&](const Mark& mark) -> Result<void> {
    if (last == mark) return {};
    last = mark;
    return f(mark);
  });
}

}  // namespace fieldnote::dataset
