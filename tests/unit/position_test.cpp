// Where in a JSON text something lies, in lines and columns as an editor counts them.
#include "policy/position.hpp"

#include <boost/test/unit_test.hpp>
#include <string>

namespace fieldnote::policy {
namespace {

void check_at(std::string_view text, std::string_view pointer, std::size_t line,
              std::size_t column) {
  const Position at = locate(text, pointer);
  BOOST_TEST_CONTEXT("pointer " << pointer << " in " << text) {
    BOOST_TEST(at.line == line);
    BOOST_TEST(at.column == column);
  }
}

BOOST_AUTO_TEST_SUITE(position)

BOOST_AUTO_TEST_CASE(an_offset_is_a_line_and_a_column_from_one) {
  const std::string_view text = "ab\n\ncd\n";
  const auto check = [&](std::size_t offset, std::size_t line, std::size_t column) {
    BOOST_TEST(position_of(text, offset).line == line);
    BOOST_TEST(position_of(text, offset).column == column);
  };
  check(0, 1, 1);
  check(2, 1, 3);
  check(3, 2, 1);
  check(4, 3, 1);
  check(5, 3, 2);
  check(7, 4, 1);
  check(99, 4, 1);
}

BOOST_AUTO_TEST_CASE(a_value_is_found_by_its_pointer) {
  const std::string_view text = R"({
  "a": 1,
  "b": { "c": [10, "x", { "d": true }, [null]],
         "e": "text" },
  "f": 2.5 })";
  check_at(text, "", 1, 1);
  check_at(text, "/a", 2, 8);
  check_at(text, "/b", 3, 8);
  check_at(text, "/b/c", 3, 15);
  check_at(text, "/b/c/0", 3, 16);
  check_at(text, "/b/c/1", 3, 20);
  check_at(text, "/b/c/2", 3, 25);
  check_at(text, "/b/c/2/d", 3, 32);
  check_at(text, "/b/c/3", 3, 40);
  check_at(text, "/b/c/3/0", 3, 41);
  check_at(text, "/b/e", 4, 15);
  check_at(text, "/f", 5, 8);
}

BOOST_AUTO_TEST_CASE(comments_and_strange_texts_do_not_mislead) {
  const std::string_view text = R"(// "a": 0
{ /* { "a": [ */ "a" /* : */ : // 1
  "\"q\" \\", "b":[-12e3,7]/**/, "\u0063": "[{" })";
  check_at(text, "/a", 3, 3);
  check_at(text, "/b", 3, 19);
  check_at(text, "/b/0", 3, 20);
  check_at(text, "/b/1", 3, 26);
  check_at(text, "/c", 3, 44);
}

BOOST_AUTO_TEST_CASE(keys_with_slashes_and_tildes_are_escaped_in_pointers) {
  const std::string_view text = R"({"a/b":1,"a~b":2,"a":{"b":3},"":4})";
  check_at(text, "/a~1b", 1, 8);
  check_at(text, "/a~0b", 1, 16);
  check_at(text, "/a/b", 1, 27);
  check_at(text, "/", 1, 33);
}

BOOST_AUTO_TEST_CASE(what_is_not_there_is_at_the_beginning) {
  check_at(R"({"a":[1]})", "/b", 1, 1);
  check_at(R"({"a":[1]})", "/a/1", 1, 1);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace fieldnote::policy
