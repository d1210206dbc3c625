// The outlines of Redactor: what the page shows about its subject is masked, and where the tool's
// own words repeat it, there too; values by disclosure; addresses as routes; the rest is searched.
#include <string>
#include <unordered_map>
#include <vector>

#include "model/outline.hpp"
#include "redact/redactor.hpp"
#include "redact/route.hpp"

namespace fieldnote::redact {
namespace {

using model::OutlineLine;
using model::OutlineText;
using model::Telling;

// What was shown in this outline, by its text. One word alone may be the tool's as well ("Open").
using Shown = std::unordered_map<std::string_view, std::string_view>;

constexpr std::size_t longest_echo = 64;
constexpr std::size_t most_words_in_echo = 6;

bool has_words(std::string_view text) {
  return text.size() <= longest_echo && text.find(' ') != std::string_view::npos;
}

// The longest text of `shown` that begins at `at`, where a word does, and ends where one does.
Shown::const_iterator echo_at(const Shown& shown, std::string_view text, std::size_t at) {
  auto found = shown.end();
  std::size_t end = at;
  for (std::size_t words = 0; words < most_words_in_echo && end < text.size(); ++words) {
    end = std::min(text.find(' ', end + 1), text.size());
    if (const auto entry = shown.find(text.substr(at, end - at)); entry != shown.end())
      found = entry;
  }
  return found;
}

// "Delete Jane Doe", where a cell says "Jane Doe".
std::string without_shown(std::string_view text, const Shown& shown) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const auto echo = echo_at(shown, text, at);
    if (echo != shown.end()) {
      out += echo->second;
      at += echo->first.size();
    } else {
      const std::size_t next = std::min(text.find(' ', at), text.size());
      out += text.substr(at, next - at);
      at = next;
    }
    if (at < text.size()) out += text[at++];
  }
  return out;
}

}  // namespace

bool Redactor::redact_outline(model::Event& event, const policy::Team& team, model::Arena& arena,
                              Counts& counts) {
  std::vector<std::string_view>& wire = event.outline.lines;
  std::vector<OutlineLine> lines;
  lines.reserve(wire.size());
  for (const std::string_view text : wire) {
    auto line = model::read_outline_line(
        text, lines.empty() ? std::nullopt : std::optional(lines.back().depth));
    if (!line) return false;
    lines.push_back(*line);
  }

  Shown shown;
  const auto mask = [&](std::optional<OutlineText>& text) {
    if (!text || text->telling != Telling::content || text->text.empty()) return;
    const std::string_view masked = arena.keep(
        masker_.masked(text->text, "TEXT", {"outline"}, counts, Placeholders::Search::nowhere));
    if (has_words(text->text)) shown.emplace(text->text, masked);
    text->text = masked;
    ++counts["content_outline"];
  };
  for (OutlineLine& line : lines) {
    mask(line.name);
    mask(line.text);
  }
  const auto read = [&](std::optional<OutlineText>& text) {
    if (!text || text->telling != Telling::words) return;
    const std::string echoless = without_shown(text->text, shown);
    const std::string_view safe = masker_.readable(echoless, {"outline"}, counts);
    if (safe != text->text) text->text = arena.keep(safe);
  };
  for (OutlineLine& line : lines) {
    read(line.name);
    if (line.text && line.text->telling >= Telling::placeholder)
      redact_outline_value(line, event, team, arena, counts);
    read(line.text);
    read(line.placeholder);
    if (line.url)
      line.url->text =
          arena.keep(masker_.readable(link_route(line.url->text), {"outline"}, counts));
  }

  model::OutlineWriter writer;
  std::string out;
  wire.clear();
  for (std::size_t i = 0; i < lines.size(); ++i) {
    out.clear();
    writer.write(out, lines[i], i + 1 < lines.size() ? &lines[i + 1] : nullptr);
    std::string_view rest = arena.keep(out);
    while (!rest.empty()) {
      const std::size_t end = rest.find('\n');
      wire.push_back(rest.substr(0, end));
      rest.remove_prefix(end + 1);
    }
  }
  event.outline.dialect = model::outline_dialect;
  return true;
}

// Judged as that of an `input` in this field would be.
void Redactor::redact_outline_value(OutlineLine& line, const model::Event& event,
                                    const policy::Team& team, model::Arena& arena, Counts& counts) {
  model::Event input;
  input.kind = model::Kind::input;
  input.url = event.url;
  input.has_target = input.has_value = true;
  if (line.name) input.target.name = line.name->text;
  if (!line.rule.empty()) input.rule = line.rule;
  input.value.field_class = line.text->field_class;
  input.value.disclosure = line.text->telling == Telling::clear ? model::Disclosure::clear
                                                                : model::Disclosure::placeholder;
  input.value.text = line.text->text;
  Counts of_value;
  // What a combobox shows may be one of its options, which are the tool's words.
  redact_value(
      input, team, arena, of_value,
      line.role == "combobox" ? Placeholders::Search::nowhere : Placeholders::Search::everywhere);
  for (const auto& [what, times] : of_value) counts["outline_value"] += times;
  line.text->text = input.value.text.value_or(std::string_view());
}

}  // namespace fieldnote::redact
