#include "dataset/shown_texts.hpp"

#include "dataset/release.hpp"

namespace fieldnote::dataset {

ShownTexts::Noticed* ShownTexts::notice(Clear where, std::string_view text) {
  if (is_masked(text)) return nullptr;
  auto& known = known_[static_cast<std::size_t>(where)];
  Noticed* noticed = nullptr;
  if (Noticed** const at = known.find(text)) {
    noticed = *at;
  } else {
    const Sightings::Mark mark = all_.mark(where, countable(text));
    noticed = &texts_.try_emplace(mark, Noticed{mark}).first->second;
    known.put(text, noticed);
  }
  return noticed->shown ? nullptr : noticed;
}

void ShownTexts::notice_line(std::string_view held, Texts& texts) {
  if (shown_lines_.find(held) != nullptr) return;
  auto line = model::read_dialect_line(held);
  if (!line) return;
  const std::size_t before = texts.size();
  each_text(*line, [&](model::TextPlace place, std::string_view text) {
    if (Noticed* const noticed = notice(place_of(place), text)) texts.push_back(noticed);
  });
  if (texts.size() == before) shown_lines_.put(held, {});
}

ShownTexts::Texts ShownTexts::notice(model::Event& event) {
  Texts texts;
  model::each_text(event, [&](model::TextPlace place, std::string_view text) {
    if (Noticed* const noticed = notice(place_of(place), text)) texts.push_back(noticed);
  });
  for (const std::string_view held : event.outline.lines) notice_line(held, texts);
  return texts;
}

void ShownTexts::show(Clear where, std::string_view text) {
  if (Noticed* const noticed = notice(where, text)) noticed->shown = true;
}

void ShownTexts::show(const ActionRun& run) {
  if (shown_runs_.find(run.text()) != nullptr) return;
  shown_runs_.put(run.text(), {});
  run.each_form([&](std::string_view form) {
    const Sightings::Mark mark = all_.mark(Clear::pattern, form);
    texts_.try_emplace(mark, Noticed{mark}).first->second.shown = true;
  });
}

std::vector<Sightings::Mark> ShownTexts::marks() const {
  std::vector<Sightings::Mark> marks;
  for (const auto& [mark, noticed] : texts_)
    if (noticed.shown) marks.push_back(mark);
  return marks;
}

}  // namespace fieldnote::dataset
