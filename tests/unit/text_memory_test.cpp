// What is remembered of texts: as long as they come again, and never more than a bound.
#include "redact/text_memory.hpp"

#include <boost/test/unit_test.hpp>

namespace fieldnote::redact {
namespace {

BOOST_AUTO_TEST_SUITE(text_memory)

BOOST_AUTO_TEST_CASE(a_text_that_comes_again_is_kept_and_others_are_forgotten) {
  TextMemory<int> memory;
  memory.put("Save", 1);
  memory.put("Seldom", 2);
  // Many times what fits.
  for (int i = 0; i < 100'000; ++i) {
    memory.put("row " + std::to_string(i), i);
    BOOST_REQUIRE(memory.find("Save") != nullptr);
  }
  BOOST_TEST(*memory.find("Save") == 1);
  BOOST_TEST(*memory.find("row 99999") == 99999);
  BOOST_TEST(!memory.find("Seldom"));
  BOOST_TEST(!memory.find("row 7"));
}

BOOST_AUTO_TEST_CASE(what_is_known_of_a_text_can_change) {
  TextMemory<int> memory;
  memory.put("Save", 1);
  *memory.find("Save") = 2;
  BOOST_TEST(*memory.find("Save") == 2);
  memory.put("Save", 3);
  BOOST_TEST(*memory.find("Save") == 3);
}

BOOST_AUTO_TEST_CASE(long_texts_are_not_remembered_and_nothing_is_after_clear) {
  TextMemory<int> memory;
  memory.put(std::string(memory.longest + 1, 'a'), 1);
  BOOST_TEST(!memory.find(std::string(memory.longest + 1, 'a')));
  memory.put("Save", 1);
  memory.clear();
  BOOST_TEST(!memory.find("Save"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace fieldnote::redact
