#include "redact/masker.hpp"

#include <algorithm>

namespace fieldnote::redact {
namespace {

// In one placeholder: more would say more about the text than it helps.
constexpr std::size_t most_named = 12;

const Context no_context;

bool is_numbered(Entity entity) {
  return facts_of(entity).ceiling == model::Disclosure::placeholder;
}

// White space around a text is not part of it.
std::string_view trimmed(std::string_view text) {
  constexpr std::string_view space = " \t\r\n\f\v";
  const std::size_t from = text.find_first_not_of(space);
  if (from == std::string_view::npos) return {};
  return text.substr(from, text.find_last_not_of(space) - from + 1);
}

}  // namespace

void Masker::clear() {
  placeholders_.clear();
  clean_.clear();
  found_in_.clear();
  found_with_ = nullptr;
}

bool Masker::is_clean(std::string_view text, const Place& place) {
  if (text.empty()) return true;
  if (place.context == nullptr) {
    Clean* clean = clean_.find(text);
    if (clean != nullptr && !placeholders_.may_echo(clean->beginnings, clean->version)) {
      clean->version = placeholders_.version();
      return true;
    }
  }
  look(text, place);
  if (!parts_.empty()) return false;
  if (place.context == nullptr)
    if (Clean* clean = clean_.find(text)) clean->version = placeholders_.version();
  return true;
}

const std::vector<Finding>& Masker::find(std::string_view text, const Place& place) {
  const bool known = place.context == nullptr && clean_.find(text) != nullptr;
  if (known) {
    findings_.clear();
  } else {
    findings_ = detectors_.find(text, place.context != nullptr ? *place.context : no_context);
    if (place.context == nullptr && findings_.empty())
      clean_.put(text, {0, placeholders_.beginnings_of(text)});
  }
  found_in_ = text;
  found_with_ = place.context;
  return findings_;
}

// Findings and echoes, ascending, without overlaps.
void Masker::look(std::string_view text, const Place& place) {
  if (place.context == nullptr || place.context != found_with_ || text != found_in_)
    static_cast<void>(find(text, place));
  std::vector<Part> all;
  for (const Finding& finding : findings_) all.push_back({finding.range, &finding, nullptr});
  for (const Placeholders::Echo& echo : placeholders_.echoes(text))
    all.push_back({echo.range, nullptr, echo.entry});
  std::sort(all.begin(), all.end(), [](const Part& a, const Part& b) {
    return a.range.begin != b.range.begin ? a.range.begin < b.range.begin
                                          : a.range.end > b.range.end;
  });
  parts_.clear();
  for (const Part& part : all) {
    if (parts_.empty() || parts_.back().range.end <= part.range.begin) {
      parts_.push_back(part);
      continue;
    }
    Part& last = parts_.back();
    const bool inside = part.range.end <= last.range.end;
    const auto is_withheld = [](const Part& some) {
      return some.finding != nullptr && !is_numbered(some.finding->entity);
    };
    // Half of one and half of another are a third; of equal ones the finding knows its label.
    if (is_withheld(part) && !is_withheld(last))
      last = {last.range, part.finding, nullptr};
    else if (!inside && !is_withheld(last))
      last = {last.range, nullptr, nullptr};
    if (!inside) last.range.end = part.range.end;
  }
}

// `bare`: as it is named within another placeholder.
void Masker::append_part(std::string& out, std::string_view text, const Part& part, bool bare) {
  const Placeholders::Entry* entry = part.entry;
  if (part.finding != nullptr && !is_numbered(part.finding->entity)) {
    const std::string_view label = facts_of(part.finding->entity).label;
    out += bare ? std::string(label) : '<' + std::string(label) + '>';
    return;
  }
  if (entry == nullptr) {
    const std::string_view label =
        part.finding != nullptr ? facts_of(part.finding->entity).label : "TEXT";
    entry = placeholders_.mask(part.range.of(text), label).first;
  }
  if (entry != nullptr) out += bare ? entry->name : entry->placeholder;
}

std::string_view Masker::readable(std::string_view text, const Place& place, Counts& counts) {
  if (is_clean(text, place)) return text;
  std::string out;
  std::size_t from = 0;
  bool echoed = false;
  for (const Part& part : parts_) {
    out.append(text, from, part.range.begin - from);
    append_part(out, text, part, false);
    from = part.range.end;
    if (part.finding != nullptr)
      count(counts, facts_of(part.finding->entity).word, "in_" + std::string(place.name));
    else
      echoed = true;
  }
  out.append(text, from);
  if (echoed) count(counts, "echo", place.name);
  room_ = std::move(out);
  return room_;
}

std::string Masker::readable_lines(std::string_view text, const Place& place, Counts& counts) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    out += readable(text.substr(at, end - at), place, counts);
    if (end < text.size()) out += '\n';
    at = end + 1;
  }
  return out;
}

std::string_view Masker::masked(std::string_view text, std::string_view label, const Place& place,
                                Counts& counts, Placeholders::Search search) {
  const std::string_view all = trimmed(text);
  if (placeholders_.known(all, label) != nullptr)
    return placeholders_.mask(all, label, search).first->placeholder;
  look(all, place);
  // One thing alone: named by what it is, where the field does not know better.
  if (parts_.size() == 1 && parts_[0].range == Range{0, all.size()} &&
      parts_[0].finding != nullptr &&
      (label == "TEXT" || !is_numbered(parts_[0].finding->entity))) {
    room_.clear();
    append_part(room_, all, parts_[0], false);
    return room_;
  }
  const auto [entry, is_new] = placeholders_.mask(all, label, search);
  if (entry == nullptr) return {};
  if (is_new) {
    std::vector<std::string> names;
    for (const Part& part : parts_) {
      if (part.range == Range{0, all.size()} && part.finding == nullptr) continue;
      std::string name;
      append_part(name, all, part, true);
      const bool is_listed = name.empty() || name == entry->name ||
                             std::find(names.begin(), names.end(), name) != names.end();
      if (!is_listed && names.size() < most_named) names.push_back(std::move(name));
      if (part.finding != nullptr)
        count(counts, facts_of(part.finding->entity).word, "in_" + std::string(place.name));
    }
    entry->placeholder = '<' + entry->name;
    for (const std::string& name : names) entry->placeholder += ' ' + name;
    entry->placeholder += '>';
  }
  return entry->placeholder;
}

bool Masker::tells(std::string_view text) {
  return !is_clean(text, {});
}

}  // namespace fieldnote::redact
