// Selectors of field rules, judged without a page.
#include "policy/selector.hpp"

#include <boost/test/unit_test.hpp>

namespace fieldnote::policy {
namespace {

Matching match(std::string_view rule, std::string_view element) {
  const auto described = DescribedElement::parse(element);
  BOOST_TEST_REQUIRE(described.has_value(), element);
  return matches(rule, *described);
}

bool matching(std::string_view rule, std::string_view element) {
  return match(rule, element) == Matching::yes;
}

BOOST_AUTO_TEST_SUITE(selector)

BOOST_AUTO_TEST_CASE(a_rule_matches_what_has_all_that_it_asks_for) {
  constexpr std::string_view field =
      "input#pay-2.wide.money[name=\"pay\"][type='TEXT'][data-hr][lang=en-GB]";
  for (const char* rule : {"input",
                           "INPUT",
                           "*",
                           "#pay-2",
                           ".money",
                           ".wide.money",
                           "input.money",
                           "[data-hr]",
                           "[name=pay]",
                           "[ name = 'pay' ]",
                           "[type=text]",
                           "[name=PAY i]",
                           "[name^=p]",
                           "[name$=ay]",
                           "[name*=a]",
                           "[lang|=en]",
                           "[name~=pay]",
                           "#other, [data-hr]",
                           "select,input",
                           "[name=\"pay\"]#pay-2"})
    BOOST_TEST(matching(rule, field), rule);
  for (const char* rule : {"select", "#pay", "#PAY-2", ".wid", ".money.narrow", "[data-h]",
                           "[name=PAY]", "[name=pa]", "[name^='']", "[name~='pay x']", "[lang|=e]",
                           "select, textarea", "input.narrow", "[title]"})
    BOOST_TEST((match(rule, field) == Matching::no), rule);
}

BOOST_AUTO_TEST_CASE(what_stands_around_an_element_shows_only_in_a_page) {
  for (const char* rule : {"form input", "form > input", "input:checked", "label + input",
                           "input:not(.x)", "!!", "", "#a,", "[name=\"open", "input["})
    BOOST_TEST((match(rule, "input") == Matching::only_in_a_page), rule);
  // One selector of the list is enough.
  BOOST_TEST(matching("form input, input", "input"));
  BOOST_TEST((match("form input, select", "input") == Matching::only_in_a_page));
}

BOOST_AUTO_TEST_CASE(one_element_is_described_by_one_compound_selector) {
  for (const char* element :
       {"input, select", "form input", "input:checked", "[name^=a]", "#", "."})
    BOOST_TEST(!DescribedElement::parse(element), element);
  const auto element = DescribedElement::parse(" Input#a\\:b.c[x] ");
  BOOST_TEST_REQUIRE(element.has_value());
  BOOST_TEST(element->tag == "input");
  BOOST_TEST(element->attributes.at("id") == "a:b");
  BOOST_TEST(element->attributes.at("x") == "");
  BOOST_TEST(element->classes.contains("c"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace fieldnote::policy
