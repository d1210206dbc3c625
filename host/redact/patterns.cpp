#include "redact/patterns.hpp"

#include <re2/re2.h>

#include <string>
#include <string_view>

#include "redact/detector.hpp"

namespace fieldnote::redact {
namespace {

// Whether group 1 stands for the whole match: nothing but `\b`, `^` and `$` is around it.
bool is_one_group(std::string_view pattern) {
  while (pattern.starts_with("\\b") || pattern.starts_with('^'))
    pattern.remove_prefix(pattern.front() == '^' ? 1 : 2);
  while (pattern.ends_with("\\b") || pattern.ends_with('$'))
    pattern.remove_suffix(pattern.back() == '$' ? 1 : 2);
  if (!pattern.starts_with('(') || pattern.starts_with("(?")) return false;
  std::size_t depth = 0;
  bool in_class = false;
  for (std::size_t at = 0; at < pattern.size(); ++at) {
    const char c = pattern[at];
    if (c == '\\') {
      ++at;
    } else if (in_class) {
      // A bracket that comes first is one of the class.
      const bool first =
          pattern[at - 1] == '[' || (pattern[at - 1] == '^' && pattern[at - 2] == '[');
      in_class = c != ']' || first;
    } else if (c == '[') {
      in_class = true;
    } else if (c == '(') {
      ++depth;
    } else if (c == ')' && --depth == 0) {
      return at + 1 == pattern.size();
    }
  }
  return false;
}

// Whether there is a group to capture.
bool has_group(std::string_view pattern) {
  re2::RE2 expression(re2::StringPiece(pattern.data(), pattern.size()), re2::RE2::Quiet);
  return expression.NumberOfCapturingGroups() > 0;
}

// A secret begins behind an underscore, too, which is a letter for \b: session_eyJ...
std::string as_compiled(const Detector& row) {
  const bool secret = row.trigger == Trigger::keyword && row.entity &&
                      facts_of(*row.entity).ceiling == model::Disclosure::withheld;
  if (!secret || !row.pattern.starts_with("\\b")) return std::string(row.pattern);
  const std::string rest(row.pattern.substr(2));
  return "(?:\\b|_)" + (has_group(row.pattern) ? rest : '(' + rest + ')');
}

}  // namespace

Patterns::Patterns() : compiled_(detector_table().detectors.size()) {}
Patterns::~Patterns() = default;
Patterns::Patterns(Patterns&&) noexcept = default;
Patterns& Patterns::operator=(Patterns&&) noexcept = default;

const Patterns::Pattern& Patterns::of(std::uint16_t detector) {
  Pattern& pattern = compiled_[detector];
  if (!pattern.expression) {
    re2::RE2::Options options(re2::RE2::Quiet);
    options.set_max_mem(1 << 20);
    const std::string text = as_compiled(detector_table().detectors[detector]);
    pattern.expression = std::make_unique<re2::RE2>(text, options);
    pattern.span = pattern.expression->NumberOfCapturingGroups() > 0 && !is_one_group(text) ? 1 : 0;
  }
  return pattern;
}

}  // namespace fieldnote::redact
