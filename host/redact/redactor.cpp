#include "redact/redactor.hpp"

#include <algorithm>
#include <array>

#include "platform/random.hpp"
#include "redact/field_class.hpp"
#include "redact/route.hpp"

namespace fieldnote::redact {
namespace {

using model::Disclosure;

void count(Counts& counts, std::string_view what, std::string_view of) {
  std::string reason(what);
  reason += '_';
  reason += of;
  ++counts[reason];
}

const Disclosure* find_rule(const policy::Team& team, std::string_view match) {
  const auto at = std::find_if(team.fields.begin(), team.fields.end(),
                               [&](const policy::FieldRule& rule) { return rule.match == match; });
  return at == team.fields.end() ? nullptr : &at->values;
}

// The schema's limits, in code points: a placeholder may be longer than what it stands for, and a
// line above them would cost its bundle when it is read.
constexpr std::size_t most_in_name = 200;
constexpr std::size_t most_in_option = 200;
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
  std::array<std::byte, 4> random{};
  platform::fill_random(random);
  constexpr std::string_view hex = "0123456789abcdef";
  scope_.clear();
  for (const std::byte b : random) {
    scope_ += hex[std::to_integer<unsigned>(b >> 4)];
    scope_ += hex[std::to_integer<unsigned>(b & std::byte{15})];
  }
  placeholders_.clear();
}

void Redactor::redact(model::Event& event, const policy::Team& team, model::Arena& arena,
                      Counts& counts) {
  if (placeholders_.full()) begin_scope();
  event.scope = arena.keep(scope_);
  // The value first: what it masks is masked in the names of the same event.
  if (event.has_value) redact_value(event.value, event.rule.value_or(""), team, arena, counts);
  if (event.has_target) redact_target(event.target, arena, counts);
  if (routed_ != event.url) {
    routed_ = event.url;
    route_ = route(event.url);
  }
  const std::string_view url = arena.keep(beginning_of(route_, most_in_url));
  event.url = without_echoes(url, "url", most_in_url, arena, counts);
}

void Redactor::redact_value(model::Value& value, std::string_view rule, const policy::Team& team,
                            model::Arena& arena, Counts& counts) {
  const Disclosure asked = value.disclosure;
  value.disclosure = std::min(asked, most_disclosed(value, rule, team));
  strip(value);
  // The page's side should have known: something there is wrong, and its figure says so.
  if (value.disclosure < asked) count(counts, "corrected", model::word(value.field_class));
  if (value.disclosure != Disclosure::clear)
    count(counts, model::word(value.disclosure), model::word(value.field_class));
  if (value.disclosure == Disclosure::placeholder) {
    value.text = arena.keep(placeholders_.mask(*value.text, rule_of(value.field_class).label));
    value.cut = false;
  }
  if (value.disclosure == Disclosure::clear)
    for (std::string_view& option : value.options)
      option = without_echoes(option, "option", most_in_option, arena, counts);
}

void Redactor::redact_target(model::Target& target, model::Arena& arena, Counts& counts) {
  if (target.content && !target.name.empty()) {
    target.name = arena.keep(placeholders_.mask(target.name, "TEXT"));
    ++counts["content_name"];
  } else {
    target.name = without_echoes(target.name, "name", most_in_name, arena, counts);
  }
  redact_selectors(target, counts);
}

// A selector cannot be masked in part: one that tells something is left out.
void Redactor::redact_selectors(model::Target& target, Counts& counts) {
  const auto tells = [&](std::string_view hop) {
    return (target.content && (hop.starts_with("aria/") || hop.starts_with("text/"))) ||
           placeholders_.echoes(hop);
  };
  model::Selectors kept;
  auto& all = target.selectors;
  std::size_t begin = 0;
  for (const std::uint32_t end : all.ends) {
    const auto chain = std::span(all.hops).subspan(begin, end - begin);
    begin = end;
    if (std::any_of(chain.begin(), chain.end(), tells)) {
      ++counts["echo_selector"];
      continue;
    }
    kept.hops.insert(kept.hops.end(), chain.begin(), chain.end());
    kept.ends.push_back(static_cast<std::uint32_t>(kept.hops.size()));
  }
  if (kept.ends.size() != all.ends.size()) all = std::move(kept);
}

std::string_view Redactor::without_echoes(std::string_view text, std::string_view place,
                                          std::size_t most, model::Arena& arena, Counts& counts) {
  if (!placeholders_.echoes(text)) return text;
  count(counts, "echo", place);
  return arena.keep(beginning_of(placeholders_.replace_echoes(text), most));
}

}  // namespace fieldnote::redact
