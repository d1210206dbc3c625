// What of a held event people can read, and where it stands: for the question "what leaves in
// readable text?", and to search.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "model/event.hpp"

namespace fieldnote::recorder {

// In the order in which they are shown (manifest/protocol.md, Review).
enum class Where : std::uint8_t { task, value, choice, content, name, outline, address, selector };
inline constexpr std::array<std::string_view, 8> wheres{"task", "value",   "choice",  "content",
                                                        "name", "outline", "address", "selector"};
[[nodiscard]] constexpr std::string_view word(Where where) {
  return wheres[static_cast<std::size_t>(where)];
}

// Whether there is anything to read beside placeholders.
[[nodiscard]] bool has_words(std::string_view text);

// The texts of one line of an outline's dialect: the name, then the text or address behind it.
// Quotes and escapes are taken off into `room`.
struct OutlineLineTexts {
  std::string_view name, text;
  bool is_address = false;
};
[[nodiscard]] OutlineLineTexts texts_of(std::string_view line, std::string& room);

// Calls `f(where, text)` for each text of an event, also those that are masked.
template <class F>
void each_readable(const model::Target& target, F&& f) {
  f(target.content ? Where::content : Where::name, target.name);
  if (target.label) f(Where::name, *target.label);
  for (const model::Belonging& belonging : target.within)
    f(belonging.content ? Where::content : Where::name, belonging.name);
  for (const std::string_view hop : target.selectors.hops) f(Where::selector, hop);
}

template <class F>
void each_readable(const model::Event& event, F&& f) {
  if (event.has_value) {
    if (event.value.text) f(Where::value, *event.value.text);
    for (const std::string_view option : event.value.options) f(Where::choice, option);
  }
  if (event.title) f(Where::content, *event.title);
  for (const model::Change& change : event.changes)
    if (change.text) f(Where::content, *change.text);
  if (event.has_target) each_readable(event.target, f);
  if (event.has_onto) each_readable(event.onto, f);
  std::string room;
  for (const std::string_view line : event.outline.lines) {
    const OutlineLineTexts texts = texts_of(line, room);
    if (!texts.name.empty()) f(Where::outline, texts.name);
    if (!texts.text.empty()) f(texts.is_address ? Where::address : Where::outline, texts.text);
  }
  if (!event.url.empty()) f(Where::address, event.url);
}

}  // namespace fieldnote::recorder
