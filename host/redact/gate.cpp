#include "redact/gate.hpp"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include "model/words.hpp"
#include "redact/class_entity.hpp"
#include "redact/placeholder_text.hpp"

namespace fieldnote::redact {
namespace {

namespace json = boost::json;

// No secret is shorter; most words of the schema are.
constexpr std::size_t least_secret = 8;

// Random or from a closed list, and of no use when they are emptied.
bool is_own(std::string_view key) {
  constexpr std::string_view keys[] = {"kind",     "stream",         "scope",
                                       "document", "cause_document", "app"};
  return std::find(std::begin(keys), std::end(keys), key) != std::end(keys);
}

// Calls `f(key, text)` for each string of a line of JSON that is a value or an element, with the
// last key before it and as it is written there, until it says no. Returns whether it never did.
template <class F>
bool each_text(std::string_view line, F&& f) {
  std::string_view key;
  for (std::size_t at = line.find('"'); at != std::string_view::npos; at = line.find('"', at)) {
    std::size_t end = ++at;
    while (end < line.size() && line[end] != '"') end += line[end] == '\\' ? 2 : 1;
    if (end >= line.size()) return false;
    const std::string_view text = line.substr(at, end - at);
    at = end + 1;
    if (at < line.size() && line[at] == ':')
      key = text;
    else if (!f(key, text))
      return false;
  }
  return true;
}

}  // namespace

std::optional<Entity> Gate::hit(std::string_view text) {
  if (text.size() < least_secret || placeholder_length(text) == text.size() ||
      passed_.find(text) != nullptr)
    return std::nullopt;
  const auto& found = masker_.find(text, {});
  for (const Finding& finding : found) {
    const Priority priority = facts_of(finding.entity).priority;
    if (priority == Priority::secret || priority == Priority::payment) return finding.entity;
  }
  if (!found.empty()) passed_.put(text, {});
  return std::nullopt;
}

bool Gate::is_clean_line(std::string_view line) {
  // Escapes are decoded by the detectors.
  return each_text(
      line, [&](std::string_view key, std::string_view text) { return is_own(key) || !hit(text); });
}

std::string Gate::cleaned(std::string_view line, Counts& counts) {
  json::error_code failed;
  json::value event = json::parse(line, failed);
  if (failed || !event.is_object()) {
    ++counts["gate_event"];
    return {};
  }
  const auto is_hit = [&](const json::value& value) -> std::optional<Entity> {
    const auto* text = value.if_string();
    const auto found = text != nullptr ? hit(*text) : std::nullopt;
    if (found) count(counts, "gate", facts_of(*found).word);
    return found;
  };
  bool withheld = false;
  const auto clean = [&](const auto& self, json::value& value) -> void {
    if (json::array* array = value.if_array()) {
      for (json::value& element : *array) self(self, element);
    } else if (json::object* object = value.if_object()) {
      for (auto& [key, member] : *object) {
        if (is_own(key)) continue;
        if (key == "value" && member.is_object()) {
          std::optional<Entity> worst;
          for (auto& [name, part] : member.get_object()) {
            if (!worst) worst = is_hit(part);
            if (json::array* options = part.if_array())
              for (const json::value& option : *options)
                if (!worst) worst = is_hit(option);
          }
          if (!worst) continue;
          member = {{"class", model::word(class_of(*worst))}, {"disclosure", "withheld"}};
          withheld = true;
        } else if (key == "selectors" && member.is_array()) {
          auto& chains = member.get_array();
          // How many elements each found stands beside, in the same order.
          const auto counted = object->find("matches");
          json::array* matches = counted != object->end() ? counted->value().if_array() : nullptr;
          for (std::size_t i = 0; i < chains.size();) {
            const json::array* chain = chains[i].if_array();
            if (chain == nullptr ||
                std::none_of(chain->begin(), chain->end(),
                             [&](const json::value& hop) { return is_hit(hop).has_value(); })) {
              ++i;
              continue;
            }
            chains.erase(chains.begin() + static_cast<std::ptrdiff_t>(i));
            if (matches != nullptr && i < matches->size())
              matches->erase(matches->begin() + static_cast<std::ptrdiff_t>(i));
          }
        } else {
          self(self, member);
        }
      }
    } else if (is_hit(value)) {
      value = "";
    }
  };
  clean(clean, event);
  // The keys of a text tell it.
  if (withheld) event.get_object().erase("entry");
  return json::serialize(event);
}

void Gate::check(std::string& lines, Counts& counts) {
  std::string out;
  std::size_t from = 0;  // not yet in `out`
  for (std::size_t at = 0; at < lines.size();) {
    const std::size_t end = std::min(lines.find('\n', at), lines.size());
    const std::string_view line = std::string_view(lines).substr(at, end - at);
    if (!is_clean_line(line)) {
      out.append(lines, from, at - from);
      const std::string safe = cleaned(line, counts);
      out += safe;
      from = safe.empty() ? std::min(end + 1, lines.size()) : end;
    }
    at = end + 1;
  }
  if (from == 0) return;  // nothing was hit
  out.append(lines, from);
  lines = std::move(out);
}

}  // namespace fieldnote::redact
