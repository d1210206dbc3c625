#include "dataset/trajectory/sources.hpp"

#include <algorithm>

#include "dataset/release/release.hpp"
#include "model/event_writer.hpp"
#include "redact/placeholder_text.hpp"

namespace fieldnote::dataset {
namespace {

// A shorter text is found in other words by chance: it must stand alone.
constexpr std::size_t shortest_part = 4;

bool is_wordy(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         (static_cast<unsigned char>(c) & 0x80U) != 0;
}

// The first name in a text that is one placeholder and nothing else: "TEXT_7" of <TEXT_7 EMAIL_2>.
// Those without a number stand for many things.
std::string_view name_of(std::string_view text) {
  const std::size_t length = redact::placeholder_length(text);
  if (length == 0 || length != text.size()) return {};
  const std::string_view name = text.substr(1, text.find_first_of(" >") - 1);
  return name.back() >= '0' && name.back() <= '9' ? name : std::string_view();
}

struct Needle {
  std::string_view text;
  bool is_placeholder;

  // Whether it stands whole at `at` of `line`.
  [[nodiscard]] bool stands(std::string_view line, std::size_t at) const {
    const char before = at == 0 ? '\n' : line[at - 1];
    const std::size_t end = at + text.size();
    const char after = end == line.size() ? '\n' : line[end];
    if (is_placeholder) return (before == '<' || before == ' ') && (after == '>' || after == ' ');
    if (text.size() >= shortest_part) return !is_wordy(before) && !is_wordy(after);
    const bool begins =
        before == '\n' || before == '"' || (at > 1 && line.substr(at - 2, 2) == ": ");
    return begins && (after == '\n' || after == '"');
  }
};

std::optional<Needle> needle_of(std::string_view value) {
  if (value.empty()) return std::nullopt;
  if (value.find('<') == std::string_view::npos) return Needle{value, false};
  const std::string_view name = name_of(value);
  if (!name.empty()) return Needle{name, true};
  // Words with placeholders among them.
  return is_masked(value) ? std::nullopt : std::optional(Needle{value, false});
}

std::string_view line_at(std::string_view text, std::size_t at) {
  const std::size_t begin = at == 0 ? 0 : text.rfind('\n', at - 1) + 1;
  return text.substr(begin, std::min(text.find('\n', begin), text.size()) - begin);
}

std::size_t indent(std::string_view line) {
  return std::min(line.find_first_not_of(' '), line.size());
}

std::optional<std::string_view> ref_in(std::string_view line) {
  constexpr std::string_view opening = "[ref=";
  const std::size_t at = line.find(opening);
  if (at == std::string_view::npos) return std::nullopt;
  const std::size_t begin = at + opening.size();
  return line.substr(begin, line.find(']', begin) - begin);
}

// The line that bears the ref of `line`: itself, or the next one around it.
std::string_view with_ref(std::string_view outline, std::string_view line) {
  if (ref_in(line)) return line;
  std::size_t depth = indent(line);
  auto begin = static_cast<std::size_t>(line.data() - outline.data());
  while (begin > 0) {
    const std::string_view above = line_at(outline, begin - 1);
    begin = static_cast<std::size_t>(above.data() - outline.data());
    if (indent(above) >= depth) continue;
    if (ref_in(above)) return above;
    depth = indent(above);
  }
  return {};
}

// How the line of the field itself begins, which shows the value because it was typed there.
std::string line_of(const model::Target& target) {
  std::string line = std::string(target.role) + ' ';
  model::append_json_string(line, target.name);
  return line;
}

std::string_view value_of(const model::Event& action) {
  if (!action.has_value) return {};
  if (action.value.text) return *action.value.text;
  return action.value.options.empty() ? std::string_view() : action.value.options.front();
}

std::optional<std::string_view> shown_at(std::string_view outline, const Needle& needle,
                                         std::string_view field) {
  for (std::size_t at = outline.find(needle.text); at != std::string_view::npos;
       at = outline.find(needle.text, at + 1)) {
    if (!needle.stands(outline, at)) continue;
    const std::string_view line = line_at(outline, at);
    const std::string_view bearer = with_ref(outline, line);
    std::string_view begins = bearer.substr(std::min(indent(bearer) + 2, bearer.size()));
    if (begins.starts_with('\'')) begins.remove_prefix(1);
    if (!field.empty() && begins.starts_with(field)) continue;
    return ref_in(bearer).value_or(std::string_view());
  }
  return std::nullopt;
}

}  // namespace

bool stands_in(std::string_view text, std::string_view part) {
  const Needle needle{part, false};
  if (part.size() < shortest_part) return false;
  for (std::size_t at = text.find(part); at != std::string_view::npos; at = text.find(part, at + 1))
    if (needle.stands(text, at)) return true;
  return false;
}

std::optional<std::string_view> shown_at(std::string_view outline, std::string_view value,
                                         std::string_view field) {
  const auto needle = needle_of(value);
  return needle ? shown_at(outline, *needle, field) : std::nullopt;
}

std::optional<Source> Sources::next(const Step& step) {
  ++steps_;
  if (step.observation &&
      (outlines_.empty() || outlines_.back().text.data() != step.observation->text.data()))
    outlines_.push_back({step.observation->text, steps_});
  const std::string_view value = value_of(step.action);
  if (value.empty()) return std::nullopt;
  const std::size_t now = steps_;
  const auto before = values_.find(value);
  const std::size_t had = before == values_.end() ? 0 : before->second;
  const bool is_told = needle_of(value).has_value();
  if (is_told) values_[std::string(value)] = now;
  if (!is_told) return Source{};
  if (instruction_ && shown_at(*instruction_, value, {}))
    return Source{Source::Of::instruction, 0, {}};
  // The options of a list are shown by the list itself.
  const std::string field = step.action.value.text && step.action.has_target
                                ? line_of(step.action.target)
                                : std::string();
  if (auto found = in_outlines(value, field)) return found;
  if (had != 0) return Source{Source::Of::value, had, {}};
  return Source{};
}

// The latest outline that shows it is the one that a model has in sight.
std::optional<Source> Sources::in_outlines(std::string_view value, std::string_view field) {
  const auto needle = needle_of(value);
  if (!needle) return std::nullopt;
  Searched& searched = searched_[{std::string(value), std::string(field)}];
  for (std::size_t i = outlines_.size(); i > searched.outlines; --i) {
    const Seen& seen = outlines_[i - 1];
    const auto ref = shown_at(seen.text, *needle, field);
    if (!ref) continue;
    searched.found = Source{Source::Of::outline, seen.step, {}};
    if (!ref->empty()) searched.found->ref = *ref;
    break;
  }
  searched.outlines = outlines_.size();
  return searched.found;
}

}  // namespace fieldnote::dataset
