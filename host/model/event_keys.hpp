// Every key of a batch and of the events in it, by the object that it stands in, and which of them
// each object and each kind of event needs. Private to the reader.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string_view>

#include "model/words.hpp"

namespace fieldnote::model {

enum class Level : std::uint8_t {
  outside,
  batch,
  lost,
  events,
  event,
  target,
  selectors,
  chain,
  belongings,
  belonging,
  value,
  shape,
  entry,
  files,
  changes,
  change,
  outline,
  texts,    // a list of strings; its key says which
  numbers,  // a list of whole numbers
};
inline constexpr std::size_t levels = static_cast<std::size_t>(Level::numbers) + 1;

enum class Key : std::uint8_t {
  // batch
  type,
  seq,
  earlier,
  lost,
  events,
  // event
  kind,
  document,
  n,
  tab,
  frame,
  url,
  top,
  rule,
  cause,
  cause_document,
  navigation,
  title,
  target,
  onto,
  value,
  entry,
  files,
  key,
  modifiers,
  button,
  scroll,
  size,
  changes,
  outline,
  stream,
  scope,
  app,
  task,
  // target
  role,
  name,
  content,
  label,
  tag,
  target_type,
  selectors,
  matches,
  box,
  point,
  viewport,
  frames,
  within,
  // value
  field_class,
  disclosure,
  text,
  options,
  checked,
  shape,
  cut,
  // shape
  length,
  characters,
  lines,
  // entry
  by,
  amount,
  keys,
  // files
  number,
  types,
  // change
  what,
  // outline
  digest,
  state,
  ref,
  dialect,
  none,
};
static_assert(static_cast<unsigned>(Key::none) <= 128, "sets of keys are 128 bits");

class KeySet {
 public:
  constexpr KeySet() = default;
  constexpr KeySet(std::initializer_list<Key> keys) {
    for (const Key key : keys) add(key);
  }
  constexpr void add(Key key) { bits_ |= Bits{1} << static_cast<unsigned>(key); }
  [[nodiscard]] constexpr bool has(Key key) const {
    return (bits_ >> static_cast<unsigned>(key) & 1U) != 0;
  }
  [[nodiscard]] constexpr bool has_all(KeySet other) const {
    return (bits_ & other.bits_) == other.bits_;
  }
  [[nodiscard]] constexpr KeySet both(KeySet other) const { return KeySet(bits_ | other.bits_); }
  [[nodiscard]] constexpr KeySet common(KeySet other) const { return KeySet(bits_ & other.bits_); }

 private:
  using Bits = unsigned __int128;
  constexpr explicit KeySet(Bits bits) : bits_(bits) {}
  Bits bits_ = 0;
};

enum class Form : std::uint8_t { wire_batch, held_line };

// The key called `name` in an object at `level`; `Key::none` where there is none. Our own writers
// put the keys in one order: the search begins at `next`, and leaves it behind what it found.
[[nodiscard]] Key find_key(Level level, Form form, std::string_view name, std::size_t& next);

// What an object at `level` must have.
[[nodiscard]] KeySet required_keys(Level level, Form form);

// What an event of a kind must have, and what it may have, of the keys that tell kinds apart.
struct KindRule {
  KeySet required;
  KeySet allowed;
};
[[nodiscard]] KindRule rule_of(Kind kind);
[[nodiscard]] KeySet keys_of_kinds();

}  // namespace fieldnote::model
