// Every text of an event that a page or a person made, and where it stands: one list, for all who
// mask, count, renumber or show texts.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "model/event.hpp"

namespace fieldnote::model {

enum class TextPlace : std::uint8_t {
  url,
  title,
  name,      // of a target, of what it belongs to
  label,     // of a target
  selector,  // one hop
  change,    // what the page said
  typed,
  option,  // what was chosen
};
inline constexpr std::array<std::string_view, 8> text_places{
    "url", "title", "name", "label", "selector", "change", "typed", "option"};

// Calls `f(place, text)` for each; `text` is a reference and may be changed.
template <class F>
void each_text(Target& target, F&& f) {
  f(TextPlace::name, target.name);
  if (target.label) f(TextPlace::label, *target.label);
  for (std::string_view& hop : target.selectors.hops) f(TextPlace::selector, hop);
  for (Belonging& belonging : target.within) f(TextPlace::name, belonging.name);
}

template <class F>
void each_text(Event& event, F&& f) {
  if (!event.url.empty()) f(TextPlace::url, event.url);
  if (event.title) f(TextPlace::title, *event.title);
  if (event.has_target) each_text(event.target, f);
  if (event.has_onto) each_text(event.onto, f);
  for (Change& change : event.changes)
    if (change.text) f(TextPlace::change, *change.text);
  if (event.has_value) {
    if (event.value.text) f(TextPlace::typed, *event.value.text);
    for (std::string_view& option : event.value.options) f(TextPlace::option, option);
  }
}

// The other texts: ids and words that the recorder made or a standard lists.
template <class F>
void each_word(Target& target, F&& f) {
  f(target.role);
  f(target.tag);
  if (target.type) f(*target.type);
  for (Belonging& belonging : target.within) f(belonging.role);
}

template <class F>
void each_word(Event& event, F&& f) {
  f(event.document);
  if (event.cause_document) f(*event.cause_document);
  if (event.has_target) each_word(event.target, f);
  if (event.has_onto) each_word(event.onto, f);
  if (event.has_value && event.value.shape) {
    f(event.value.shape->length);
    f(event.value.shape->lines);
    for (std::string_view& kind : event.value.shape->characters) f(kind);
  }
  if (event.entry)
    for (std::string_view& key : event.entry->keys) f(key);
  if (event.files)
    for (std::string_view& type : event.files->types) f(type);
  if (event.key) f(*event.key);
  for (std::string_view& modifier : event.modifiers) f(modifier);
  if (event.size) f(*event.size);
  f(event.stream);
  f(event.scope);
  f(event.app);
  if (event.task) f(*event.task);
}

}  // namespace fieldnote::model
