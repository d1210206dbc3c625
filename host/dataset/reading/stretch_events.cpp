#include "dataset/reading/stretch_events.hpp"

#include "model/event_texts.hpp"

namespace fieldnote::dataset {

Result<std::vector<model::Event>> read_events(const Stretch& stretch, model::EventReader& reader,
                                              model::Arena& texts) {
  std::vector<model::Event> events;
  events.reserve(stretch.lines.size());
  for (const std::string& line : stretch.lines) {
    auto read = reader.read_held(line);
    if (!read) return read.error();
    model::Event& event = events.emplace_back(std::move(**read));
    // Texts with escapes lie in the reader, which goes on to the next line.
    const auto outlive = [&](std::string_view& text) { text = texts.keep_beyond(line, text); };
    model::each_word(event, outlive);
    model::each_text(event, [&](model::TextPlace, std::string_view& text) { outlive(text); });
    outlive(event.outline.digest);
    if (event.outline.ref) outlive(*event.outline.ref);
    for (std::string_view& held : event.outline.lines) outlive(held);
  }
  return events;
}

}  // namespace fieldnote::dataset
