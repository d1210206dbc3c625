// CSS selectors of field rules, as far as they can be judged without a page: of one element, by its
// tag, id, classes and attributes (Selectors Level 4, compound selectors and lists of them). The
// page's side judges all of CSS; this is for explaining a rule before there is a page.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace fieldnote::policy {

// An element as one compound selector describes it: input#total.wide[name=total].
struct DescribedElement {
  std::string tag;                                             // empty: any
  std::map<std::string, std::string, std::less<>> attributes;  // id among them
  std::set<std::string, std::less<>> classes;

  // Nothing where `selector` says more than what one element is.
  [[nodiscard]] static std::optional<DescribedElement> parse(std::string_view selector);
};

enum class Matching { no, yes, only_in_a_page };

// Whether `rule`, a list of selectors, matches an element of which nothing else is known.
[[nodiscard]] Matching matches(std::string_view rule, const DescribedElement& element);

}  // namespace fieldnote::policy
