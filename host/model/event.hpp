// One thing that a person did (manifest/schema/event.schema.json). An event is a view: its texts
// lie in the frame or line that it was read from and in the reader's arena, and are good until the
// reader is used again. The reader reuses one event for a whole batch, so that reading allocates
// nothing once it is warm.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "model/words.hpp"

namespace fieldnote::model {

// Coarse features of a text that never left the page. The words are the schema's.
struct Shape {
  std::string_view length;
  std::string_view lines;
  std::vector<std::string_view> characters;
};

struct Value {
  FieldClass field_class = FieldClass::password;
  Disclosure disclosure = Disclosure::withheld;
  std::optional<std::string_view> text;
  std::vector<std::string_view> options;
  bool has_options = false;
  std::optional<bool> checked;
  std::optional<Shape> shape;
  bool cut = false;
};

// Selectors, best first; each is a chain of hops from the document through shadow hosts to the
// element. Kept flat: `ends[i]` is where chain i ends in `hops`.
struct Selectors {
  std::vector<std::string_view> hops;
  std::vector<std::uint32_t> ends;
};

// x, y, width, height in CSS pixels of the frame's viewport.
using Box = std::array<std::int32_t, 4>;

struct Target {
  std::string_view role;
  std::string_view name;
  bool content =
      false;  // the name is what the page shows about its subject, not the words of the tool
  std::string_view tag;
  std::optional<std::string_view> type;
  Selectors selectors;
  Box box{};
};

struct Event {
  Kind kind = Kind::click;
  std::string_view document;
  std::uint32_t n = 0;
  std::uint32_t tab = 0;
  std::int64_t frame = 0;  // beyond 32 bits in Firefox
  std::string_view url;
  std::optional<std::string_view> top;   // on the wire, in frames
  std::optional<std::string_view> rule;  // on the wire: the field rule that raised the disclosure
  std::optional<Navigation> navigation;
  // Present when the kind calls for them.
  bool has_target = false;
  Target target;
  bool has_value = false;
  Value value;
  // Held events only.
  std::string_view stream;
  std::uint64_t seq = 0;
  std::string_view scope;
  std::string_view app;
};

// Whether events of this kind bear a target, a value.
[[nodiscard]] constexpr bool bears_target(Kind kind) {
  return kind != Kind::navigate;
}
[[nodiscard]] constexpr bool bears_value(Kind kind) {
  return kind == Kind::input || kind == Kind::select || kind == Kind::check;
}

}  // namespace fieldnote::model
