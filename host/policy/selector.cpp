#include "policy/selector.hpp"

#include <algorithm>
#include <vector>

namespace fieldnote::policy {
namespace {

constexpr std::string_view blanks = " \t\r\n\f";

bool is_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '_' || static_cast<unsigned char>(c) >= 0x80;
}

std::string lower(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  return text;
}

std::string_view trimmed(std::string_view text) {
  const std::size_t from = text.find_first_not_of(blanks);
  if (from == text.npos) return {};
  return text.substr(from, text.find_last_not_of(blanks) - from + 1);
}

struct Attribute {
  std::string name, value;
  char how = 0;  // 0: is there; '=': is; and of the operators ~= |= ^= $= *= the first character
  bool any_case = false;
};

struct Compound {
  std::string tag;
  std::set<std::string, std::less<>> classes;
  std::vector<Attribute> attributes;
};

// Reads one compound selector; nothing where there is something else in it.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  std::optional<Compound> read() {
    Compound compound;
    if (take('*'))
      ;
    else
      compound.tag = lower(name());
    while (good_ && !rest_.empty()) {
      if (take('#'))
        compound.attributes.push_back({"id", needed_name(), '=', false});
      else if (take('.'))
        compound.classes.insert(needed_name());
      else if (take('['))
        compound.attributes.push_back(attribute());
      else
        good_ = false;
    }
    if (!good_) return std::nullopt;
    return compound;
  }

 private:
  bool take(char c) {
    if (rest_.empty() || rest_.front() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }

  // Escapes as `CSS.escape` writes them, but for those by number.
  std::string name() {
    std::string out;
    while (!rest_.empty()) {
      const bool escaped = rest_.size() > 1 && rest_.front() == '\\' && !is_name(rest_[1]);
      if (escaped) rest_.remove_prefix(1);
      if (!escaped && !is_name(rest_.front())) break;
      out += rest_.front();
      rest_.remove_prefix(1);
    }
    return out;
  }

  std::string needed_name() {
    std::string out = name();
    good_ = good_ && !out.empty();
    return out;
  }

  void skip_blanks() {
    rest_.remove_prefix(std::min(rest_.find_first_not_of(blanks), rest_.size()));
  }

  Attribute attribute() {
    Attribute made;
    skip_blanks();
    made.name = lower(needed_name());
    skip_blanks();
    if (take(']')) return made;
    for (const char c : {'~', '|', '^', '$', '*'})
      if (take(c)) made.how = c;
    if (made.how == 0) made.how = '=';
    good_ = good_ && take('=');
    skip_blanks();
    if (!rest_.empty() && (rest_.front() == '"' || rest_.front() == '\'')) {
      const std::size_t end = rest_.find(rest_.front(), 1);
      good_ = good_ && end != rest_.npos;
      made.value = rest_.substr(1, end == rest_.npos ? end : end - 1);
      rest_.remove_prefix(end == rest_.npos ? rest_.size() : end + 1);
    } else {
      made.value = needed_name();
    }
    skip_blanks();
    made.any_case = take('i') || take('I');
    if (!made.any_case && !take('s')) take('S');
    skip_blanks();
    good_ = good_ && take(']');
    return made;
  }

  std::string_view rest_;
  bool good_ = true;
};

bool is_word_of(std::string_view list, std::string_view word) {
  for (std::size_t at = 0; at < list.size();) {
    const std::size_t end = std::min(list.find_first_of(blanks, at), list.size());
    if (list.substr(at, end - at) == word) return true;
    at = end + 1;
  }
  return false;
}

bool holds(const Attribute& asked, const DescribedElement& element) {
  const auto at = element.attributes.find(asked.name);
  if (at == element.attributes.end()) return false;
  // In HTML the values of `type` and some others are compared without case.
  const bool any_case = asked.any_case || asked.name == "type";
  const std::string value = any_case ? lower(at->second) : at->second;
  const std::string wanted = any_case ? lower(asked.value) : asked.value;
  switch (asked.how) {
    case 0:
      return true;
    case '=':
      return value == wanted;
    case '~':
      return is_word_of(value, wanted);
    case '|':
      return value == wanted || value.starts_with(wanted + '-');
    case '^':
      return !wanted.empty() && value.starts_with(wanted);
    case '$':
      return !wanted.empty() && value.ends_with(wanted);
    default:
      return !wanted.empty() && value.find(wanted) != value.npos;
  }
}

bool holds(const Compound& rule, const DescribedElement& element) {
  return (rule.tag.empty() || rule.tag == element.tag) &&
         std::includes(element.classes.begin(), element.classes.end(), rule.classes.begin(),
                       rule.classes.end()) &&
         std::all_of(rule.attributes.begin(), rule.attributes.end(),
                     [&](const Attribute& asked) { return holds(asked, element); });
}

// The selectors of a list: commas in brackets and quotes are none.
std::vector<std::string_view> selectors_of(std::string_view list) {
  std::vector<std::string_view> out;
  std::size_t begin = 0;
  int depth = 0;
  char quote = 0;
  for (std::size_t i = 0; i < list.size(); ++i) {
    const char c = list[i];
    if (quote != 0) {
      if (c == quote) quote = 0;
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == '[' || c == '(') {
      ++depth;
    } else if (c == ']' || c == ')') {
      --depth;
    } else if (c == ',' && depth == 0) {
      out.push_back(trimmed(list.substr(begin, i - begin)));
      begin = i + 1;
    }
  }
  out.push_back(trimmed(list.substr(begin)));
  return out;
}

}  // namespace

std::optional<DescribedElement> DescribedElement::parse(std::string_view selector) {
  auto compound = Reader(trimmed(selector)).read();
  if (!compound) return std::nullopt;
  DescribedElement element{std::move(compound->tag), {}, std::move(compound->classes)};
  for (Attribute& attribute : compound->attributes) {
    if (attribute.how != 0 && attribute.how != '=') return std::nullopt;
    element.attributes[std::move(attribute.name)] = std::move(attribute.value);
  }
  return element;
}

Matching matches(std::string_view rule, const DescribedElement& element) {
  bool in_a_page = false;
  for (const std::string_view selector : selectors_of(rule)) {
    const auto compound = selector.empty() ? std::nullopt : Reader(selector).read();
    if (!compound)
      in_a_page = true;
    else if (holds(*compound, element))
      return Matching::yes;
  }
  return in_a_page ? Matching::only_in_a_page : Matching::no;
}

}  // namespace fieldnote::policy
