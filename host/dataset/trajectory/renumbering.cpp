#include "dataset/trajectory/renumbering.hpp"

#include <algorithm>

#include "redact/placeholder_text.hpp"

namespace fieldnote::dataset {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

}  // namespace

std::string Renumbering::name(std::string_view name, std::string_view scope) {
  if (!is_digit(name.back())) return std::string(name);
  auto of_scope = names_.find(scope);
  if (of_scope == names_.end()) of_scope = names_.emplace(scope, Names()).first;
  Names& names = of_scope->second;
  if (const auto known = names.find(name); known != names.end()) return known->second;
  const std::string label(name.substr(0, name.rfind('_')));
  return names.emplace(name, label + '_' + std::to_string(++labels_[label])).first->second;
}

std::string Renumbering::text(std::string_view text, std::string_view scope) {
  std::string out;
  while (!text.empty()) {
    const std::size_t before = std::min(text.find('<'), text.size());
    out += text.substr(0, before);
    text.remove_prefix(before);
    if (text.empty()) break;
    const std::size_t length = redact::placeholder_length(text);
    if (length == 0) {
      out += text.front();
      text.remove_prefix(1);
      continue;
    }
    // <TEXT_7 EMAIL_2>
    for (std::size_t at = 1; at < length;) {
      const std::size_t end = text.find_first_of(" >", at);
      out += at == 1 ? '<' : ' ';
      out += name(text.substr(at, end - at), scope);
      at = end + 1;
    }
    out += '>';
    text.remove_prefix(length);
  }
  return out;
}

template <class F>
void Renumbering::each_name(std::string_view text, F&& f) {
  for (std::size_t at = text.find('<'); at != std::string_view::npos; at = text.find('<', at + 1)) {
    const std::size_t length = redact::placeholder_length(text.substr(at));
    for (std::size_t begin = at + 1; begin < at + length;) {
      const std::size_t end = text.find_first_of(" >", begin);
      f(text.substr(begin, end - begin));
      begin = end + 1;
    }
  }
}

void Renumbering::share(std::string_view text, std::string_view other, std::string_view scope) {
  each_name(text, [&](std::string_view each) {
    if (is_digit(each.back())) names_[std::string(scope)][std::string(each)] = name(each, other);
  });
}

const std::string& Renumbering::stand_in(std::string_view label, std::string_view text) {
  auto [at, is_new] = stand_ins_.try_emplace({std::string(label), std::string(text)});
  if (is_new) at->second = fresh(std::string(label));
  return at->second;
}

std::string Renumbering::fresh(const std::string& label) {
  return '<' + label + '_' + std::to_string(++labels_[label]) + '>';
}

std::int64_t Renumbering::number(std::map<std::string, std::int64_t, std::less<>>& numbers,
                                 std::string_view key, std::int64_t first) {
  const auto at = numbers.find(key);
  if (at != numbers.end()) return at->second;
  const std::int64_t next = first + static_cast<std::int64_t>(numbers.size());
  numbers.emplace(key, next);
  return next;
}

}  // namespace fieldnote::dataset
