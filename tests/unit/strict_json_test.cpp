// JSON that is read strictly: what stands twice is refused, and where is said.
#include "model/strict_json.hpp"

#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>

#include "temporary_folder.hpp"

namespace fieldnote::model {
namespace {

void check_fault(std::string_view text, std::size_t offset, std::string_view what,
                 Comments comments = Comments::refused) {
  const auto value = parse_strict(text, comments);
  BOOST_TEST_CONTEXT(text.substr(0, 100)) {
    BOOST_TEST_REQUIRE(value.has_error());
    BOOST_TEST(value.error().offset == offset);
    BOOST_TEST(testing::contains(value.error().what, what), value.error().what);
  }
}

BOOST_AUTO_TEST_SUITE(strict_json)

BOOST_AUTO_TEST_CASE(a_good_text_is_the_tree_it_says) {
  for (const char* text : {"null", "true", "-1", "18446744073709551615", R"("x")", "[]", "{}",
                           R"([1,[2,{"a":[]}]])", R"({"a":{"a":{"a":1}},"b":[{"a":1},{"a":2}]})"}) {
    const auto value = parse_strict(text, Comments::refused);
    BOOST_TEST_REQUIRE(value.has_value(), text);
    BOOST_TEST(boost::json::serialize(*value) == text);
  }
}

BOOST_AUTO_TEST_CASE(texts_and_keys_in_parts_are_whole) {
  std::string text;
  std::string escaped;
  for (int i = 0; i < 3000; ++i) {
    text += "a\"\xC3\xA4";
    escaped += R"(a\"\u00e4)";
  }
  const auto value = parse_strict("{\"" + escaped + "\":\"" + escaped + "\"}", Comments::refused);
  BOOST_TEST_REQUIRE(value.has_value());
  BOOST_TEST(value->as_object().begin()->key() == text);
  BOOST_TEST(value->as_object().begin()->value().as_string() == text);
}

BOOST_AUTO_TEST_CASE(a_double_key_is_refused_where_it_stands) {
  check_fault(R"({"a":1,"a":2})", 9, R"(the key "a" stands twice)");
  check_fault(R"({"x":[{"b":1,"c":2,"b":{}}]})", 21, R"(the key "b" stands twice)");
  check_fault(R"({"a":1,"\u0061":2})", 14, R"(the key "a" stands twice)");
  const std::string key(5000, 'k');
  check_fault("{\"" + key + "\":1,\"" + key + "\":2}", 2 * key.size() + 8 - 1, "stands twice");
}

BOOST_AUTO_TEST_CASE(a_key_may_stand_again_in_another_object) {
  BOOST_TEST(parse_strict(R"([{"a":{"a":1}},{"a":1}])", Comments::refused).has_value());
}

BOOST_AUTO_TEST_CASE(comments_are_let_in_where_they_are_allowed) {
  const char* text = "// one\n{ /* two */ \"a\": 1 // three\n}\n// four";
  BOOST_TEST(parse_strict(text, Comments::allowed).has_value());
  check_fault(text, 0, "not JSON");
  check_fault("{ /* open", 2, "not JSON", Comments::allowed);
}

BOOST_AUTO_TEST_CASE(comments_become_blanks_and_nothing_moves) {
  BOOST_TEST(without_comments("/***/{}//") == "     {}  ");
  BOOST_TEST(without_comments("/*\n*\n**/{") == "  \n \n   {");
  BOOST_TEST(without_comments("// a\n[1]// b\n") == "    \n[1]    \n");
  BOOST_TEST(without_comments("[/*\"*/\"/*\"]") == "[     \"/*\"]");
  for (const char* text : {"", "{}", R"(["http://a/*", "*/", "//"])", R"(["\\\"//", "\\"])",
                           "[1 / 2]", "{} /* open", "{} /*/", "/"})
    BOOST_TEST(without_comments(text) == text);
}

BOOST_AUTO_TEST_CASE(what_is_no_json_is_refused_where_it_goes_wrong) {
  check_fault("", 0, "not JSON");
  check_fault("{\"a\":1,}", 7, "not JSON");
  check_fault("[1,2", 4, "not JSON");
  check_fault("{} {}", 3, "something follows the end");
  check_fault("{'a':1}", 1, "not JSON");
  check_fault("[\"\xFF\"]", 2, "not JSON");
  check_fault(R"(["\ud83d"])", 8, "not JSON");
  check_fault("[01]", 2, "not JSON");
  check_fault("[NaN]", 1, "not JSON");
}

BOOST_AUTO_TEST_CASE(no_more_than_32_levels) {
  BOOST_TEST(
      parse_strict(std::string(32, '[') + std::string(32, ']'), Comments::refused).has_value());
  BOOST_TEST(
      parse_strict(std::string(33, '[') + std::string(33, ']'), Comments::refused).has_error());
  BOOST_TEST(parse_strict(std::string(1'000'000, '['), Comments::refused).has_error());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace fieldnote::model
