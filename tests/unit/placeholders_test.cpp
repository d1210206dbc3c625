// The dictionary of a scope: equal strings, equal placeholders, and no echo.
#include "redact/placeholders.hpp"

#include <boost/test/unit_test.hpp>

namespace fieldnote::redact {
namespace {

BOOST_AUTO_TEST_SUITE(placeholders)

BOOST_AUTO_TEST_CASE(equal_strings_have_equal_placeholders_and_others_have_others) {
  Placeholders some;
  const std::string first(some.mask("alice@crm.example", "EMAIL"));
  BOOST_TEST(first == "<EMAIL_1>");
  BOOST_TEST(some.mask("bob@crm.example", "EMAIL") == "<EMAIL_2>");
  BOOST_TEST(some.mask("hello", "TEXT") == "<TEXT_1>");
  BOOST_TEST(some.mask("alice@crm.example", "EMAIL") == first);
  BOOST_TEST(some.mask("Alice@crm.example", "EMAIL") == "<EMAIL_3>");
}

BOOST_AUTO_TEST_CASE(the_label_is_that_of_the_first_class) {
  Placeholders some;
  BOOST_TEST(some.mask("alice@crm.example", "EMAIL") == "<EMAIL_1>");
  BOOST_TEST(some.mask("alice@crm.example", "TEXT") == "<EMAIL_1>");
}

BOOST_AUTO_TEST_CASE(blanks_around_do_not_count_and_nothing_stays_nothing) {
  Placeholders some;
  BOOST_TEST(some.mask("  hello\t\n", "TEXT") == some.mask("hello", "TEXT"));
  BOOST_TEST(some.mask("", "TEXT").empty());
  BOOST_TEST(some.mask(" \t\r\n\f\v", "TEXT").empty());
  BOOST_TEST(!some.echoes("    "));
}

BOOST_AUTO_TEST_CASE(echoes_are_found_anywhere_the_longest_first) {
  Placeholders some;
  BOOST_TEST(!some.echoes("hello"));
  const std::string part(some.mask("hello", "TEXT"));
  const std::string whole(some.mask("hello world", "TEXT"));
  BOOST_TEST(some.echoes("hello"));
  BOOST_TEST(some.echoes("say hello!"));
  BOOST_TEST(!some.echoes("hell"));
  BOOST_TEST(!some.echoes("Hello"));
  BOOST_TEST(some.replace_echoes("hello world, hello you, hello") ==
             whole + ", " + part + " you, " + part);
  BOOST_TEST(some.replace_echoes("hellohello") == part + part);
  BOOST_TEST(some.replace_echoes("hell") == "hell");
}

BOOST_AUTO_TEST_CASE(short_strings_are_masked_but_not_looked_for) {
  Placeholders some;
  BOOST_TEST(some.mask("abc", "TEXT") == "<TEXT_1>");
  BOOST_TEST(!some.echoes("abcabc"));
  BOOST_TEST(some.mask("abcd", "TEXT") == "<TEXT_2>");
  BOOST_TEST(some.echoes("abcabcd"));
  const std::string longest(Placeholders::most_echo, 'x');
  BOOST_TEST(some.mask(longest + "y", "TEXT") == "<TEXT_3>");
  BOOST_TEST(!some.echoes(longest + "y"));
  BOOST_TEST(some.mask(longest, "TEXT") == "<TEXT_4>");
  BOOST_TEST(some.echoes(longest + "y"));
}

BOOST_AUTO_TEST_CASE(it_fills_up_and_begins_anew) {
  Placeholders some;
  BOOST_TEST(!some.full());
  for (int i = 0; !some.full(); ++i) {
    BOOST_TEST_REQUIRE(i < 100'000);
    static_cast<void>(some.mask("text number " + std::to_string(i), "TEXT"));
  }
  some.clear();
  BOOST_TEST(!some.full());
  BOOST_TEST(!some.echoes("text number 1"));
  BOOST_TEST(some.mask("another", "TEXT") == "<TEXT_1>");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace fieldnote::redact
