// One thing that a person did, or what the page answered (manifest/schema/event.schema.json). An
// event is a view: its texts lie in the frame or line that it was read from and in the reader's
// arena, and are good until the reader is used again. The reader reuses one event for a whole
// batch, so that reading allocates nothing once it is warm.
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
// element. Kept flat: `ends[i]` is where chain i ends in `hops`, `matches[i]` how many elements it
// found when it was made (empty where nobody counted).
struct Selectors {
  std::vector<std::string_view> hops;
  std::vector<std::uint32_t> ends;
  std::vector<std::int32_t> matches;
};

// x, y, width, height in CSS pixels of the frame's viewport.
using Box = std::array<std::int32_t, 4>;
using Pair = std::array<std::int32_t, 2>;

// A row, card, form or dialog that a target belongs to.
struct Belonging {
  std::string_view role;
  std::string_view name;
  bool content = false;
};

struct Target {
  std::string_view role;
  std::string_view name;
  bool content =
      false;  // the name is what the page shows about its subject, not the words of the tool
  std::optional<std::string_view> label;  // where it is not the name
  std::string_view tag;
  std::optional<std::string_view> type;
  Selectors selectors;
  Box box{};
  std::optional<Pair> point;         // where in the box the pointer was
  std::optional<Pair> viewport;      // width, height
  std::vector<std::int32_t> frames;  // which child of which, from the top; empty in the page itself
  std::vector<Belonging> within;     // innermost first
};

// How the text of a field came about.
struct Entry {
  std::vector<Provenance> by;
  std::optional<Amount> amount;
  std::vector<std::string_view> keys;
};

struct Files {
  std::int32_t number = 0;
  std::vector<std::string_view> types;
};

// One thing that the page did after an action.
struct Change {
  What what = What::nothing;
  std::optional<std::string_view> text;
};

// In an action: which outline was at hand, and where its target is in it. In an event of kind
// `outline`: the outline itself, `lines` as model/outline.hpp says on the wire, in the dialect when
// held.
struct Outline {
  std::string_view digest;  // 32 hex digits, a name and nothing that can be tested
  bool fresh = false;
  std::optional<std::string_view> ref;
  std::string_view dialect;
  std::vector<std::int32_t> frames;  // the way to its frame, as of a target
  std::vector<std::string_view> lines;
};

struct Event {
  Kind kind = Kind::click;
  std::string_view document;
  std::uint32_t n = 0;
  std::uint32_t tab = 0;
  std::int64_t frame = 0;                // beyond 32 bits in Firefox
  std::string_view url;                  // empty in a held `away` and `back`
  std::optional<std::string_view> top;   // on the wire, in frames
  std::optional<std::string_view> rule;  // on the wire: the field rule that raised the disclosure
  // The number of the event that this one follows from, in its document or in another one.
  std::optional<std::uint32_t> cause;
  std::optional<std::string_view> cause_document;
  // Present as the kind calls for them (`KindRule`).
  std::optional<Navigation> navigation;
  std::optional<std::string_view> title;
  bool has_target = false;
  Target target;
  bool has_onto = false;
  Target onto;
  bool has_value = false;
  Value value;
  std::optional<Entry> entry;
  std::optional<Files> files;
  std::optional<std::string_view> key;
  std::vector<std::string_view> modifiers;
  bool middle_button = false;
  std::optional<Pair> scroll;
  std::optional<std::string_view> size;
  std::vector<Change> changes;
  bool has_outline = false;
  Outline outline;
  // Held events only.
  std::string_view stream;
  std::uint64_t seq = 0;
  std::string_view scope;
  std::string_view app;
  std::optional<std::string_view> task;  // 16 hex digits
};

// Where the person was when they left the lists is nobody's business: such events keep no address.
[[nodiscard]] constexpr bool bears_url(Kind kind) {
  return kind != Kind::away && kind != Kind::back;
}

}  // namespace fieldnote::model
