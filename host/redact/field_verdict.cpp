#include "redact/field_verdict.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace fieldnote::redact {
namespace {

using enum model::FieldClass;
using model::FieldClass;

constexpr std::size_t most_fields = 4096;

constexpr std::array<std::pair<std::string_view, FieldClass>, 29> by_type{{
    {"password", password},
    {"hidden", hidden},
    {"file", file},
    {"email", email},
    {"tel", phone},
    {"url", url},
    {"search", search},
    {"searchbox", search},
    {"date", date},
    {"month", date},
    {"week", date},
    {"time", date},
    {"datetime-local", date},
    {"number", number},
    {"range", number},
    {"spinbutton", number},
    {"slider", number},
    {"checkbox", toggle},
    {"switch", toggle},
    {"radio", choice},
    {"select", choice},
    {"select-one", choice},
    {"select-multiple", choice},
    {"listbox", choice},
    {"textarea", free_text},
    {"contenteditable", free_text},
    {"radiogroup", choice},
    {"fieldset", choice},
    {"group", choice},
}};

// The field names of HTML's autofill; of those that are not here nothing follows.
constexpr std::array<std::pair<std::string_view, FieldClass>, 24> by_autocomplete{{
    {"current-password", password},
    {"new-password", password},
    {"one-time-code", one_time_code},
    {"sex", personal_status},
    {"postal-code", postal_code},
    {"email", email},
    {"username", username},
    {"impp", username},
    {"name", name},
    {"nickname", name},
    {"given-name", name},
    {"additional-name", name},
    {"family-name", name},
    {"honorific-prefix", name},
    {"honorific-suffix", name},
    {"street-address", address},
    {"address-line1", address},
    {"address-line2", address},
    {"address-line3", address},
    {"address-level2", address},
    {"address-level3", address},
    {"address-level4", address},
    {"url", url},
    {"photo", url},
}};

constexpr WordClasses bit(FieldClass field_class) {
  return WordClasses{1} << static_cast<unsigned>(field_class);
}

template <class... Classes>
constexpr WordClasses bits(Classes... classes) {
  return (bit(classes) | ...);
}

// All that is stricter than a date of birth.
constexpr WordClasses secrets = bit(birth_date) - 1;
constexpr WordClasses personal = bits(birth_date, personal_status, salary);

// What the words may make of a field whose type says something already.
WordClasses allowed(FieldClass base) {
  switch (base) {
    case number:
      return secrets | personal | bits(postal_code, bank_account, phone, identifier);
    case free_text:
      return secrets | bits(bank_account, address);
    case email:
    case url:
    case search:
      return secrets;
    case date:
      return bits(payment_card, special_category, national_id, birth_date);
    case choice:
      return bits(payment_card, special_category) | personal;
    case toggle:
      return bit(special_category);
    default:
      return ~WordClasses{0};
  }
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  return out;
}

template <std::size_t N>
const FieldClass* find(const std::array<std::pair<std::string_view, FieldClass>, N>& list,
                       std::string_view word) {
  for (const auto& [text, field_class] : list)
    if (text == word) return &field_class;
  return nullptr;
}

WordClasses classes_of_autocomplete(std::string_view tokens) {
  WordClasses found = 0;
  const std::string text = lower(tokens);
  for (std::string_view rest = text; !rest.empty();) {
    const std::size_t end = std::min(rest.find_first_of(" \t\r\n\f"), rest.size());
    const std::string_view token = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (token.starts_with("cc-")) found |= bit(payment_card);
    if (token.starts_with("bday")) found |= bit(birth_date);
    if (token.starts_with("tel")) found |= bit(phone);
    if (const FieldClass* named = find(by_autocomplete, token)) found |= bit(*named);
  }
  return found;
}

FieldClass strictest(WordClasses classes, FieldClass otherwise) {
  for (unsigned i = 0; i < static_cast<unsigned>(otherwise); ++i)
    if ((classes >> i & 1U) != 0) return static_cast<FieldClass>(i);
  return otherwise;
}

FieldClass verdict(FieldClass base, std::string_view autocomplete, WordClasses words) {
  if (base == password || base == hidden || base == file) return base;
  return strictest((classes_of_autocomplete(autocomplete) | words) & allowed(base), base);
}

FieldClass class_of_type(std::string_view type) {
  const FieldClass* known = find(by_type, lower(type));
  return known == nullptr ? text : *known;
}

// `#new-password`, `input[name="otp"]`, `[data-testid="card"]`: the words that a selector finds the
// element by. Of a path, of a name and of the value of a radio button nothing.
std::string_view words_of_selector(std::string_view hop) {
  for (const std::string_view by_text : {"aria/", "text/", "xpath/"})
    if (hop.starts_with(by_text)) return {};
  if (hop.find(" > ") != hop.npos) return {};
  if (hop.starts_with('#')) return hop.substr(1);
  const std::size_t begin = hop.find("=\"");
  if (begin == hop.npos) return {};
  const std::string_view value = hop.substr(begin + 2);
  return value.substr(0, value.find('"'));
}

FieldClass base_of(const model::Target& target) {
  const FieldClass by_tag =
      class_of_type(target.tag == "input" ? target.type.value_or("") : target.tag);
  if (by_tag != text) return by_tag;
  const FieldClass by_role = class_of_type(target.role);
  // An editor is a `div`.
  return by_role == text && target.tag != "input" ? free_text : by_role;
}

}  // namespace

FieldClass classify(const FieldDescription& field) {
  return verdict(class_of_type(field.type), field.autocomplete,
                 classes_in(field.label) | classes_in(field.name));
}

bool has_few_values(const model::Target& target) {
  const FieldClass base = base_of(target);
  return base == choice || base == toggle;
}

FieldClass classify(const model::Target& target) {
  const FieldClass base = base_of(target);
  // The label of a radio button is the answer, and says nothing of the question.
  WordClasses words = 0;
  if (base != choice || target.type != "radio")
    words = classes_in(target.name) | classes_in(target.label.value_or(""));
  std::size_t begin = 0;
  for (const std::uint32_t end : target.selectors.ends) {
    if (end > begin) words |= classes_in(words_of_selector(target.selectors.hops[end - 1]));
    begin = end;
  }
  return verdict(base, "", words);
}

FieldClass FieldJudge::operator()(const model::Target& target) {
  key_.clear();
  // Each with its length before it: no two targets have one key.
  const auto add = [&](std::string_view said) {
    for (std::size_t size = said.size(), i = 0; i < 4; ++i, size >>= 8U)
      key_ += static_cast<char>(size & 0xFFU);
    key_ += said;
  };
  add(target.tag);
  add(target.type.value_or(""));
  add(target.role);
  add(target.name);
  add(target.label.value_or(""));
  std::size_t begin = 0;
  for (const std::uint32_t end : target.selectors.ends) {
    if (end > begin) add(words_of_selector(target.selectors.hops[end - 1]));
    begin = end;
  }
  if (const auto at = known_.find(key_); at != known_.end()) return at->second;
  if (known_.size() >= most_fields) known_.clear();
  return known_.emplace(key_, classify(target)).first->second;
}

}  // namespace fieldnote::redact
