#include "redact/redactor.hpp"

#include <algorithm>
#include <array>

#include "platform/random.hpp"
#include "redact/class_entity.hpp"
#include "redact/field_class.hpp"
#include "redact/route.hpp"

namespace fieldnote::redact {
namespace {

using model::Disclosure;

const Disclosure* find_rule(const policy::Team& team, std::string_view match) {
  const auto at = std::find_if(team.fields.begin(), team.fields.end(),
                               [&](const policy::FieldRule& rule) { return rule.match == match; });
  return at == team.fields.end() ? nullptr : &at->values;
}

// The schema's limits, in code points: a placeholder may be longer than what it stands for, and a
// line above them would cost its bundle when it is read.
constexpr std::size_t most_in_name = 200;
constexpr std::size_t most_in_option = 200;
constexpr std::size_t most_in_value = 16'384;
constexpr std::size_t most_in_url = 2048;

// The beginning of `text`, at most so many code points, without half a placeholder at its end.
std::string_view beginning_of(std::string_view text, std::size_t code_points) {
  std::size_t end = 0;
  for (std::size_t count = 0; end < text.size(); ++end) {
    const bool begins = (static_cast<unsigned char>(text[end]) & 0xC0U) != 0x80U;
    if (begins && ++count > code_points) break;
  }
  if (end == text.size()) return text;
  const std::string_view cut = text.substr(0, end);
  const std::size_t open = cut.rfind('<');
  return open != std::string_view::npos && cut.find('>', open) == std::string_view::npos
             ? cut.substr(0, open)
             : cut;
}

// What a value may disclose by the policy. A rule that is cited and not there cannot be judged.
Disclosure most_disclosed(const model::Value& value, std::string_view rule,
                          const policy::Team& team) {
  const Disclosure* level = rule.empty() ? nullptr : find_rule(team, rule);
  if (!rule.empty() && level == nullptr) return Disclosure::withheld;
  return highest_disclosure(value.field_class, team.values, level);
}

// Leaves in `value` what its disclosure carries; what a disclosure needs and lacks lowers it to
// `withheld`.
void strip(model::Value& value) {
  const bool bare = value.disclosure == Disclosure::shape         ? !value.shape
                    : value.disclosure == Disclosure::placeholder ? !value.text
                                                                  : false;
  if (bare) value.disclosure = Disclosure::withheld;
  if (value.disclosure != Disclosure::shape) value.shape.reset();
  if (value.disclosure <= Disclosure::shape) {
    value.text.reset();
    value.cut = false;
  }
  // What is chosen has labels; a text can only have been typed.
  if (rule_of(value.field_class).usual == Disclosure::clear) {
    value.text.reset();
    value.cut = false;
  }
  if (value.disclosure != Disclosure::clear) {
    value.options.clear();
    value.has_options = false;
    value.checked.reset();
  }
}

}  // namespace

Redactor::Redactor() {
  begin_scope();
}

void Redactor::begin_scope() {
  begin_scope({}, {});
}

void Redactor::begin_scope(std::string_view task, std::string_view words) {
  task_ = task;
  words_ = words;
  name_scope();
  masker_.clear();
  fields_.clear();
  if (words_.empty()) return;
  Counts uncounted;  // the words are told with the task, and counted nowhere
  static_cast<void>(masker_.readable(words_, {"task"}, uncounted));
}

void Redactor::name_scope() {
  std::array<std::byte, 4> random{};
  platform::fill_random(random);
  constexpr std::string_view hex = "0123456789abcdef";
  scope_.clear();
  for (const std::byte b : random) {
    scope_ += hex[std::to_integer<unsigned>(b >> 4)];
    scope_ += hex[std::to_integer<unsigned>(b & std::byte{15})];
  }
  if (!words_.empty()) scope_.replace(0, task_digits, task_, 0, task_digits);
}

void Redactor::redact(model::Event& event, const policy::Team& team, model::Arena& arena,
                      Counts& counts) {
  if (masker_.full()) begin_scope(std::string(task_), std::string(words_));
  event.scope = arena.keep(scope_);
  // The value first: what it masks is masked in the names of the same event.
  if (event.has_value) redact_value(event, team, arena, counts);
  redact_entry(event, team, counts);
  if (event.size && event.has_target && *event.size != "0" &&
      rule_of(judge_field_(event.target)).ceiling == Disclosure::withheld) {
    event.size = "0";
    ++counts["withheld_size"];
  }
  if (event.has_target) redact_target(event.target, arena, counts);
  if (event.has_onto) redact_target(event.onto, arena, counts);
  if (event.title) event.title = shown_text(*event.title, "title", arena, counts);
  for (model::Change& change : event.changes) {
    if (!change.text) continue;
    // The name of a field is the tool's; what a page reports is not.
    change.text = change.what == model::What::invalid
                      ? redact_text(*change.text, "name", most_in_name, arena, counts)
                      : shown_text(*change.text, "effect", arena, counts);
  }
  if (!model::bears_url(event.kind)) {
    event.url = {};
    return;
  }
  if (routed_ != event.url) {
    routed_ = event.url;
    route_ = route(event.url);
  }
  // Only the path: the site itself is one that the policy lists.
  const std::string_view url = beginning_of(route_, most_in_url);
  const std::size_t origin = origin_size(url);
  const std::string_view path =
      redact_text(url.substr(origin), "url", most_in_url - origin, arena, counts);
  event.url = arena.keep(std::string(url.substr(0, origin)).append(path));
}

// What is known about the field of an event: few fields are typed in again and again.
const Context& Redactor::context_of(const model::Event& event) {
  const std::string_view name = event.has_target ? event.target.name : std::string_view();
  field_.assign(name) += '\0';
  field_.append(event.url) += '\0';
  field_ += model::word(event.value.field_class);
  const auto at = fields_.find(field_);
  if (at != fields_.end()) return at->second;
  if (fields_.size() >= most_fields) fields_.clear();
  return fields_
      .emplace(field_, Detectors::context(name, event.url, entity_of(event.value.field_class)))
      .first->second;
}

void Redactor::redact_value(model::Event& event, const policy::Team& team, model::Arena& arena,
                            Counts& counts, Placeholders::Search search) {
  model::Value& value = event.value;
  // The stricter of two verdicts: the page saw more of the field, but may be wrong.
  const bool few = event.has_target && has_few_values(event.target);
  if (event.has_target) {
    const model::FieldClass judged = judge_field_(event.target);
    if (!is_generic(judged)) value.field_class = std::min(value.field_class, judged);
  }
  const Disclosure asked = value.disclosure;
  value.disclosure = std::min(asked, most_disclosed(value, event.rule.value_or(""), team));
  // The shape of one answer of a few is the answer.
  if (few && value.disclosure == Disclosure::shape && !is_generic(value.field_class))
    value.disclosure = Disclosure::withheld;
  strip(value);
  const Place place{"value", &context_of(event)};
  if (value.text)
    for (const Finding& finding : masker_.find(*value.text, place))
      // (What the field is known to hold, the class has judged.)
      if (facts_of(finding.entity).ceiling == Disclosure::withheld &&
          finding.entity != entity_of(value.field_class)) {
        count(counts, facts_of(finding.entity).word, "in_value");
        value.disclosure = Disclosure::withheld;
        value.field_class = class_of(finding.entity);
        strip(value);
        break;
      }
  // The page's side should have known: something there is wrong, and its figure says so.
  if (value.disclosure < asked) count(counts, "corrected", model::word(value.field_class));
  if (value.disclosure != Disclosure::clear)
    count(counts, model::word(value.disclosure), model::word(value.field_class));
  if (value.disclosure == Disclosure::placeholder) {
    value.text = arena.keep(
        masker_.masked(*value.text, rule_of(value.field_class).label, place, counts, search));
    value.cut = false;
  }
  if (value.disclosure == Disclosure::clear) {
    if (value.text)
      value.text =
          arena.keep(beginning_of(masker_.readable(*value.text, place, counts), most_in_value));
    for (std::string_view& option : value.options)
      option = redact_text(option, "option", most_in_option, arena, counts);
  }
}

// How a text was entered is told as far as the team agreed to it; the keys themselves only where
// the text is told, too.
void Redactor::redact_entry(model::Event& event, const policy::Team& team, Counts& counts) {
  if (!event.entry) return;
  if (team.keys != "episodes" && team.keys != "strokes") {
    event.entry.reset();
    return;
  }
  // How long a secret is, is part of it.
  if (event.value.disclosure == Disclosure::withheld) event.entry->amount.reset();
  std::vector<std::string_view>& keys = event.entry->keys;
  if (keys.empty()) return;
  std::string written;
  for (const std::string_view key : keys) written += key;
  if (team.keys == "strokes" && event.value.disclosure == Disclosure::clear && event.value.text &&
      !masker_.tells(written))
    return;
  keys.clear();
  ++counts["withheld_keys"];
}

std::string_view Redactor::shown_text(std::string_view text, std::string_view place,
                                      model::Arena& arena, Counts& counts) {
  if (text.empty()) return text;
  count(counts, "content", place);
  return arena.keep(beginning_of(
      masker_.masked(text, "TEXT", {place}, counts, Placeholders::Search::nowhere), most_in_name));
}

// A word of HTML or ARIA, or a page's own in their place. Few have digits, as h1 and
// datetime-local.
std::string_view Redactor::word_of_page(std::string_view word, Counts& counts) {
  constexpr std::size_t longest = 24;
  constexpr std::string_view own = "abcdefghijklmnopqrstuvwxyz-123456";
  const auto digits = std::count_if(word.begin(), word.end(), [](char c) { return c <= '9'; });
  const bool is_plain = word.size() <= longest && digits <= 2 &&
                        word.find_first_not_of(own) == std::string_view::npos;
  if (is_plain || !masker_.tells(word)) return word;
  ++counts["odd_word"];
  return "generic";
}

void Redactor::redact_target(model::Target& target, model::Arena& arena, Counts& counts) {
  target.role = word_of_page(target.role, counts);
  target.tag = word_of_page(target.tag, counts);
  if (target.type) target.type = word_of_page(*target.type, counts);
  if (target.content && !target.name.empty()) {
    target.name = mask_text(target.name, "name", arena, counts);
    ++counts["content_name"];
  } else {
    target.name = redact_text(target.name, "name", most_in_name, arena, counts);
  }
  if (target.label) target.label = redact_text(*target.label, "name", most_in_name, arena, counts);
  for (model::Belonging& belonging : target.within) {
    belonging.role = word_of_page(belonging.role, counts);
    belonging.name = belonging.content
                         ? shown_text(belonging.name, "name", arena, counts)
                         : redact_text(belonging.name, "name", most_in_name, arena, counts);
  }
  redact_selectors(target, counts);
}

// A selector cannot be masked in part: one that tells something is left out.
void Redactor::redact_selectors(model::Target& target, Counts& counts) {
  const auto tells = [&](std::string_view hop) {
    return (target.content && (hop.starts_with("aria/") || hop.starts_with("text/"))) ||
           masker_.tells(hop);
  };
  model::Selectors kept;
  auto& all = target.selectors;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < all.ends.size(); ++i) {
    const std::uint32_t end = all.ends[i];
    const auto chain = std::span(all.hops).subspan(begin, end - begin);
    begin = end;
    if (std::any_of(chain.begin(), chain.end(), tells)) {
      ++counts["echo_selector"];
      continue;
    }
    kept.hops.insert(kept.hops.end(), chain.begin(), chain.end());
    kept.ends.push_back(static_cast<std::uint32_t>(kept.hops.size()));
    if (!all.matches.empty()) kept.matches.push_back(all.matches[i]);
  }
  if (kept.ends.size() != all.ends.size()) all = std::move(kept);
}

std::string_view Redactor::redact_text(std::string_view text, std::string_view place,
                                       std::size_t most, model::Arena& arena, Counts& counts) {
  const std::string_view safe = masker_.readable(text, {place}, counts);
  return safe.data() == text.data() ? text : arena.keep(beginning_of(safe, most));
}

std::string_view Redactor::redact_lines(std::string_view text, std::string_view place,
                                        std::size_t most, model::Arena& arena, Counts& counts) {
  std::string safe = masker_.readable_lines(text, {place}, counts);
  if (safe.size() > most) safe.resize(safe.rfind('\n', most - 1) + 1);
  return safe == text ? text : arena.keep(safe);
}

std::string_view Redactor::mask_text(std::string_view text, std::string_view place,
                                     model::Arena& arena, Counts& counts) {
  return arena.keep(beginning_of(masker_.masked(text, "TEXT", {place}, counts), most_in_name));
}

}  // namespace fieldnote::redact
