// The closed lists of the event schema, each with its text form; tests/unit/schema_test.cpp holds
// them against manifest/schema/event.schema.json.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace fieldnote::model {

enum class Kind : std::uint8_t {
  click,
  double_click,
  context_menu,
  drag,
  hover,
  scroll,
  input,
  select,
  check,
  file,
  submit,
  reset,
  key,
  copy,
  cut,
  paste,
  navigate,
  tab_opened,
  tab_closed,
  tab_switched,
  download,
  away,
  back,
  effect,
  outline,
};
enum class Navigation : std::uint8_t { load, reload, back_forward, same_document, hash };

// How a text came into its field, and whether it took few or many strokes.
enum class Provenance : std::uint8_t { typed, pasted, autofilled, scripted, input_method };
enum class Amount : std::uint8_t { few, many };

// What a page did after an action.
enum class What : std::uint8_t {
  navigated,
  dialog,
  dialog_closed,
  alert,
  status,
  invalid,
  changed,
  nothing,
};

// From least to most told, so that `std::min` of two is the stricter.
enum class Disclosure : std::uint8_t { withheld, shape, placeholder, clear };

// What a value is, as judged at its element; stricter classes first, in the order of
// manifest/field-classes.json. Up to `file` no value is ever told.
enum class FieldClass : std::uint8_t {
  password,
  one_time_code,
  payment_card,
  secret,
  special_category,
  hidden,
  file,
  national_id,
  birth_date,
  personal_status,
  salary,
  postal_code,
  bank_account,
  email,
  phone,
  username,
  name,
  address,
  identifier,
  url,
  free_text,
  search,
  text,
  date,
  number,
  choice,
  toggle,
};

// Why an event that could be read is not kept.
enum class Refusal : std::uint8_t { unknown_kind, schema, duplicate_key, site, keys, outline };

template <class Enum>
struct Words;

template <>
struct Words<Kind> {
  static constexpr std::array<std::string_view, 25> list{
      "click",    "double_click", "context_menu", "drag",       "hover",
      "scroll",   "input",        "select",       "check",      "file",
      "submit",   "reset",        "key",          "copy",       "cut",
      "paste",    "navigate",     "tab_opened",   "tab_closed", "tab_switched",
      "download", "away",         "back",         "effect",     "outline"};
};
template <>
struct Words<Navigation> {
  static constexpr std::array<std::string_view, 5> list{"load", "reload", "back_forward",
                                                        "same_document", "hash"};
};
template <>
struct Words<Provenance> {
  static constexpr std::array<std::string_view, 5> list{"typed", "pasted", "autofilled", "scripted",
                                                        "input_method"};
};
template <>
struct Words<Amount> {
  static constexpr std::array<std::string_view, 2> list{"few", "many"};
};
template <>
struct Words<What> {
  static constexpr std::array<std::string_view, 8> list{
      "navigated", "dialog", "dialog_closed", "alert", "status", "invalid", "changed", "nothing"};
};
template <>
struct Words<Disclosure> {
  static constexpr std::array<std::string_view, 4> list{"withheld", "shape", "placeholder",
                                                        "clear"};
};
template <>
struct Words<FieldClass> {
  static constexpr std::array<std::string_view, 27> list{
      "password",  "one_time_code", "payment_card", "secret",     "special_category",
      "hidden",    "file",          "national_id",  "birth_date", "personal_status",
      "salary",    "postal_code",   "bank_account", "email",      "phone",
      "username",  "name",          "address",      "identifier", "url",
      "free_text", "search",        "text",         "date",       "number",
      "choice",    "toggle"};
};
template <>
struct Words<Refusal> {
  static constexpr std::array<std::string_view, 6> list{"unknown_kind", "schema", "duplicate_key",
                                                        "site",         "keys",   "outline"};
};

template <class Enum>
[[nodiscard]] constexpr std::string_view word(Enum value) {
  return Words<Enum>::list[static_cast<std::size_t>(value)];
}

template <class Enum>
[[nodiscard]] constexpr std::optional<Enum> from_word(std::string_view text) {
  for (std::size_t i = 0; i < Words<Enum>::list.size(); ++i)
    if (Words<Enum>::list[i] == text) return static_cast<Enum>(i);
  return std::nullopt;
}

// One counter for each word.
template <class Enum>
using Counts = std::array<std::uint64_t, Words<Enum>::list.size()>;

}  // namespace fieldnote::model
