// The dictionary of a scope: equal strings, equal placeholders, and no echo.
#include "redact/placeholders.hpp"

#include <boost/test/unit_test.hpp>

namespace fieldnote::redact {
namespace {

// A dictionary, and what it makes of a text.
class Some : public Placeholders {
 public:
  std::string mask(std::string_view text, std::string_view label) {
    const Entry* entry = Placeholders::mask(text, label).first;
    return entry == nullptr ? "" : entry->placeholder;
  }
  bool finds(std::string_view text) { return !echoes(text).empty(); }
  std::string replace(std::string_view text) {
    std::string out;
    std::size_t from = 0;
    for (const Echo& echo : echoes(text)) {
      out += text.substr(from, echo.range.begin - from);
      out += echo.entry->placeholder;
      from = echo.range.end;
    }
    return out + std::string(text.substr(from));
  }
};

BOOST_AUTO_TEST_SUITE(placeholders)

BOOST_AUTO_TEST_CASE(equal_strings_have_equal_placeholders_and_others_have_others) {
  Some some;
  const std::string first(some.mask("alice@crm.example", "EMAIL"));
  BOOST_TEST(first == "<EMAIL_1>");
  BOOST_TEST(some.mask("bob@crm.example", "EMAIL") == "<EMAIL_2>");
  BOOST_TEST(some.mask("hello", "TEXT") == "<TEXT_1>");
  BOOST_TEST(some.mask("alice@crm.example", "EMAIL") == first);
  BOOST_TEST(some.mask("Alice@CRM.example", "EMAIL") == first);
  BOOST_TEST(some.mask("carol@crm.example", "EMAIL") == "<EMAIL_3>");
}

BOOST_AUTO_TEST_CASE(the_label_is_that_of_the_first_class) {
  Some some;
  BOOST_TEST(some.mask("alice@crm.example", "EMAIL") == "<EMAIL_1>");
  BOOST_TEST(some.mask("alice@crm.example", "TEXT") == "<EMAIL_1>");
}

BOOST_AUTO_TEST_CASE(blanks_around_do_not_count_and_nothing_stays_nothing) {
  Some some;
  BOOST_TEST(some.mask("  hello\t\n", "TEXT") == some.mask("hello", "TEXT"));
  BOOST_TEST(some.mask("", "TEXT").empty());
  BOOST_TEST(some.mask(" \t\r\n\f\v", "TEXT").empty());
  BOOST_TEST(!some.finds("    "));
}

BOOST_AUTO_TEST_CASE(echoes_are_found_anywhere_the_longest_first) {
  Some some;
  BOOST_TEST(!some.finds("hello"));
  const std::string part(some.mask("hello", "TEXT"));
  const std::string whole(some.mask("hello world", "TEXT"));
  BOOST_TEST(some.finds("hello"));
  BOOST_TEST(some.finds("say hello!"));
  BOOST_TEST(!some.finds("hell"));
  BOOST_TEST(some.finds("HELLO"));
  BOOST_TEST(some.replace("say HELLO  World now") == "say " + whole + " now");
  BOOST_TEST(some.replace("hello world, hello you, hello") ==
             whole + ", " + part + " you, " + part);
  BOOST_TEST(some.replace("hellohello") == part + part);
  BOOST_TEST(some.replace("hell") == "hell");
}

BOOST_AUTO_TEST_CASE(spelling_does_not_make_another_string) {
  Some some;
  const std::string phone = some.mask("+49 (30) 123-4567", "PHONE");
  BOOST_TEST(some.mask("0049301234567", "PHONE") == phone);
  const std::string iban = some.mask("DE89 3704 0044 0532 0130 00", "IBAN");
  BOOST_TEST(some.mask("de89370400440532013000", "IBAN") == iban);
  const std::string name = some.mask("José Núñez", "NAME");
  BOOST_TEST(some.mask("JOSE\u0301  NU\u0301ÑEZ", "NAME") == name);
  BOOST_TEST(some.replace("für josé\tnúñez!") == "für " + name + "!");
}

// Of many strings that begin alike the longest is found, and in time that does not grow with them.
BOOST_AUTO_TEST_CASE(strings_that_begin_alike_are_told_apart) {
  Some some;
  std::string text;
  for (int i = 0; i < 300; ++i) {
    text += 'a';
    if (i >= 4) static_cast<void>(some.mask(text + "!", "TEXT"));
    if (i % 50 == 49) static_cast<void>(some.mask(text, "TEXT"));
  }
  BOOST_TEST(some.replace(text) == some.mask(text, "TEXT"));
  BOOST_TEST(some.replace(text + "b") == some.mask(text, "TEXT") + "b");
  BOOST_TEST(some.replace(std::string(60, 'a') + "b") ==
             some.mask(std::string(50, 'a'), "TEXT") + std::string(10, 'a') + "b");
  BOOST_TEST(some.replace(std::string(60, 'a') + "!") ==
             some.mask(std::string(60, 'a') + "!", "TEXT"));
}

BOOST_AUTO_TEST_CASE(short_strings_are_masked_but_not_looked_for) {
  Some some;
  BOOST_TEST(some.mask("abc", "TEXT") == "<TEXT_1>");
  BOOST_TEST(!some.finds("abcabc"));
  BOOST_TEST(some.mask("abcd", "TEXT") == "<TEXT_2>");
  BOOST_TEST(some.finds("abcabcd"));
  const std::string longest(Placeholders::most_echo, 'x');
  BOOST_TEST(some.mask(longest + "y", "TEXT") == "<TEXT_3>");
  BOOST_TEST(!some.finds(longest + "y"));
  BOOST_TEST(some.mask(longest, "TEXT") == "<TEXT_4>");
  BOOST_TEST(some.finds(longest + "y"));
}

BOOST_AUTO_TEST_CASE(it_fills_up_and_begins_anew) {
  Some some;
  BOOST_TEST(!some.full());
  for (int i = 0; !some.full(); ++i) {
    BOOST_TEST_REQUIRE(i < 100'000);
    static_cast<void>(some.mask("text number " + std::to_string(i), "TEXT"));
  }
  some.clear();
  BOOST_TEST(!some.full());
  BOOST_TEST(!some.finds("text number 1"));
  BOOST_TEST(some.mask("another", "TEXT") == "<TEXT_1>");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace fieldnote::redact
