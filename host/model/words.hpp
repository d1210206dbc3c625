// The closed lists of the event schema, each with its text form; tests/unit/schema_test.cpp holds
// them against manifest/schema/event.schema.json.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace fieldnote::model {

enum class Kind : std::uint8_t { click, input, select, check, submit, navigate };
enum class Navigation : std::uint8_t { load, reload, back_forward, same_document };

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
enum class Refusal : std::uint8_t { unknown_kind, schema, duplicate_key, site };

template <class Enum>
struct Words;

template <>
struct Words<Kind> {
  static constexpr std::array<std::string_view, 6> list{"click", "input",  "select",
                                                        "check", "submit", "navigate"};
};
template <>
struct Words<Navigation> {
  static constexpr std::array<std::string_view, 4> list{"load", "reload", "back_forward",
                                                        "same_document"};
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
  static constexpr std::array<std::string_view, 4> list{"unknown_kind", "schema", "duplicate_key",
                                                        "site"};
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
