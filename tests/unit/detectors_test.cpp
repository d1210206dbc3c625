// Each row of host/redact/detectors/*.json finds what it says it finds, exactly, and passes over
// the rest: one test case a row, detectors/rows/NAME. And what all rows together make of a text.
#include "redact/detectors.hpp"

#include <re2/re2.h>

#include <boost/json.hpp>
#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>
#include <vector>

#include "temporary_folder.hpp"

namespace fieldnote::redact {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

constexpr std::string_view open = "⟦", close = "⟧";

// A text may be an array of strings, to be joined.
std::string joined(const json::value& value) {
  if (value.is_string()) return std::string(value.as_string());
  std::string text;
  for (const json::value& part : value.as_array()) text += std::string(part.as_string());
  return text;
}

struct Example {
  explicit Example(const json::value& value) {
    const json::object* object = value.if_object();
    text = joined(object != nullptr ? object->at("text") : value);
    if (object != nullptr) context = Detectors::context(joined(object->at("field")));
    const std::size_t begin = text.find(open);
    if (begin == std::string::npos) return;
    text.erase(begin, open.size());
    const std::size_t end = text.find(close);
    BOOST_TEST_REQUIRE(end != std::string::npos, text + " has no " + std::string(close));
    text.erase(end, close.size());
    span = {begin, end};
  }

  std::string text;
  Context context;
  std::optional<Range> span;
};

void row_holds(const json::object& row) {
  Detectors detectors;
  const std::string name(row.at("name").as_string());
  for (const json::value& value : row.at("finds").as_array()) {
    const Example example(value);
    const auto found = detectors.find_by(name, example.text, example.context);
    BOOST_TEST(!found.empty(), name + " does not find in: " + example.text);
    if (!example.span) continue;
    const bool exact = std::any_of(found.begin(), found.end(), [&](const Match& match) {
      return match.range == *example.span;
    });
    BOOST_TEST(exact,
               name + " finds another span in: " + example.text +
                   (found.empty() ? "" : " -> " + std::string(found[0].range.of(example.text))));
  }
  for (const json::value& value : row.at("passes_over").as_array()) {
    const Example example(value);
    const auto found = detectors.find_by(name, example.text, example.context);
    BOOST_TEST(found.empty(), name + " finds in: " + example.text);
  }
  // A row without examples is not tested.
  BOOST_TEST(!row.at("finds").as_array().empty());
  BOOST_TEST(!row.at("passes_over").as_array().empty());
}

// Makes a case for each row before the tests begin.
const struct Rows {
  Rows() {
    namespace test = boost::unit_test;
    auto* suite = BOOST_TEST_SUITE("detectors");
    const fs::path folder = testing::project_path("host/redact/detectors");
    for (const auto& entry : fs::directory_iterator(folder)) {
      if (entry.path().filename() == "words.json") continue;
      std::ifstream file(entry.path(), std::ios::binary);
      json::parse_options options;
      options.allow_comments = true;
      const json::value rows =
          json::parse(std::string{std::istreambuf_iterator<char>(file), {}}, {}, options);
      for (const json::value& row : rows.as_array())
        suite->add(test::make_test_case([row] { row_holds(row.as_object()); },
                                        std::string(row.at("name").as_string()), __FILE__,
                                        __LINE__));
    }
    test::framework::master_test_suite().add(suite);
  }
} rows;

// The texts of what is found.
std::vector<std::string> found_in(std::string_view text, const Context& context = {}) {
  static Detectors detectors;
  std::vector<std::string> found;
  for (const Finding& finding : detectors.find(text, context))
    found.push_back(std::string(facts_of(finding.entity).word) + ": " +
                    std::string(finding.range.of(text)));
  return found;
}

using Texts = std::vector<std::string>;

BOOST_AUTO_TEST_SUITE(finding)

BOOST_AUTO_TEST_CASE(every_pattern_compiles_and_is_lean) {
  Patterns patterns;
  const auto detectors = detector_table().detectors;
  for (std::uint16_t i = 0; i < detectors.size(); ++i) {
    if (detectors[i].pattern.empty()) continue;
    const re2::RE2& pattern = *patterns.of(i).expression;
    BOOST_TEST(pattern.ok(), std::string(detectors[i].name) + ": " + pattern.error());
    // Bounded repeats make large programs; lengths are checked on hits.
    BOOST_TEST(pattern.ProgramSize() < 2000, detectors[i].name);
  }
}

BOOST_AUTO_TEST_CASE(what_is_hidden_by_spelling_is_found) {
  const Texts card{"payment_card: 4111 1111 1111 1111"};
  BOOST_TEST(found_in("pay 4111 1111 1111 1111 now") == card);
  BOOST_TEST(found_in("pay ４１１１ 1111 1111 1111 now") ==
             (Texts{"payment_card: ４１１１ 1111 1111 1111"}));
  BOOST_TEST(found_in("pay ٤١١١١١١١١١١١١١١١ now") == (Texts{"payment_card: ٤١١١١١١١١١١١١١١١"}));
  BOOST_TEST(found_in("pay 4111\u200b11111111\u00ad1111 now") ==
             (Texts{"payment_card: 4111\u200b11111111\u00ad1111"}));
  BOOST_TEST(found_in("?card=4111%201111%201111%201111&x") ==
             (Texts{"payment_card: 4111%201111%201111%201111"}));
  BOOST_TEST(found_in("?card=4111%25201111%25201111%25201111&x") ==
             (Texts{"payment_card: 4111%25201111%25201111%25201111"}));
  BOOST_TEST(found_in(R"({"a":"\u0034111111111111111"})") ==
             (Texts{R"(payment_card: \u0034111111111111111)"}));
  // {"card":"4111111111111111"}
  BOOST_TEST(found_in("state=eyJjYXJkIjoiNDExMTExMTExMTExMTExMSJ9;") ==
             (Texts{"payment_card: eyJjYXJkIjoiNDExMTExMTExMTExMTExMSJ9"}));
}

BOOST_AUTO_TEST_CASE(a_number_is_found_whatever_dash_mark_or_escape_is_in_it) {
  for (const char* card :
       {"4111\u20111111\u20111111\u20111111", "4111\u22121111\u22121111\u22121111",
        "4111\u28001111\u28001111\u28001111", "4\u03011\u03011\u03011111111111111",
        "4\ufe0f\u20e31\ufe0f\u20e31\ufe0f\u20e31\ufe0f\u20e3111111111111",
        "&#52;&#49;&#x31;&#x31;111111111111", R"(\x34\x31\x31\x31111111111111)"}) {
    const std::string text = "pay " + std::string(card) + " now";
    BOOST_TEST(found_in(text) == (Texts{"payment_card: " + std::string(card)}));
  }
  BOOST_TEST(found_in("mira&#64;orchard.net") == (Texts{"email: mira&#64;orchard.net"}));
  BOOST_TEST(found_in("&# &#; &#x; &#64 &#99999999;").empty());
}

BOOST_AUTO_TEST_CASE(an_underscore_hides_no_number) {
  BOOST_TEST(found_in("scan_4111111111111111_front.pdf") ==
             (Texts{"payment_card: 4111111111111111"}));
  BOOST_TEST(found_in("pay_DE89370400440532013000") == (Texts{"iban: DE89370400440532013000"}));
  const std::string jwt =
      "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0."
      "dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U";
  BOOST_TEST(found_in("session_" + jwt) == (Texts{"jwt: " + jwt}));
  const std::string token = std::string("ghp_") + "16C7e42F292c6912E7710c838347Ae178B4a";
  BOOST_TEST(found_in("user_" + token) == (Texts{"provider_token: " + token}));
}

BOOST_AUTO_TEST_CASE(a_seed_phrase_is_found_however_it_is_listed) {
  for (const char* phrase :
       {"legal winner thank year wave sausage worth useful legal winner thank yellow",
        "LEGAL WINNER THANK YEAR WAVE SAUSAGE WORTH USEFUL LEGAL WINNER THANK YELLOW",
        "legal, winner, thank, year, wave, sausage, worth, useful, legal, winner, thank, yellow",
        "1. legal 2. winner 3. thank 4. year 5. wave 6. sausage 7. worth 8. useful 9. legal "
        "10. winner 11. thank 12. yellow"}) {
    Detectors detectors;
    const auto& found = detectors.find("here it is: " + std::string(phrase) + "!", {});
    BOOST_REQUIRE(found.size() == 1U);
    BOOST_TEST(bool(found[0].entity == Entity::crypto_seed));
  }
}

BOOST_AUTO_TEST_CASE(numbers_beside_a_number_do_not_hide_it) {
  BOOST_TEST(found_in("12 4111 1111 1111 1111 7").size() == 1U);
  BOOST_TEST(found_in("1234 4111 1111 1111 1111 1234") ==
             (Texts{"payment_card: 4111 1111 1111 1111"}));
}

BOOST_AUTO_TEST_CASE(placeholders_are_not_found_again) {
  BOOST_TEST(found_in("<PAYMENT_CARD> <TEXT_7 EMAIL_2 PAYMENT_CARD>").empty());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace fieldnote::redact
