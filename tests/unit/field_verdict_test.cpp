// What a field is by what is said of it: the page's script is held to the same table
// (extension/test/field_cases.test.ts).
#include "redact/field_verdict.hpp"

#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>
#include <set>

#include "model/strict_json.hpp"
#include "redact/field_class.hpp"
#include "temporary_folder.hpp"

namespace fieldnote::redact {
namespace {

namespace json = boost::json;
using model::FieldClass;

json::value read(const char* path) {
  auto value = model::parse_strict(testing::project_file(path), model::Comments::refused);
  BOOST_TEST_REQUIRE(value.has_value(), path);
  return std::move(*value);
}

std::string_view text_of(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(key);
  return value == nullptr ? std::string_view() : std::string_view(value->as_string());
}

model::Target a_target(std::string_view name, std::string_view tag = "input",
                       std::string_view type = "text", std::string_view role = "textbox") {
  model::Target target;
  target.role = role;
  target.name = name;
  target.tag = tag;
  if (!type.empty()) target.type = type;
  return target;
}

void add_selector(model::Target& target, std::string_view selector) {
  target.selectors.hops.push_back(selector);
  target.selectors.ends.push_back(static_cast<std::uint32_t>(target.selectors.hops.size()));
}

std::string_view class_of(const model::Target& target) {
  return model::word(classify(target));
}

BOOST_AUTO_TEST_SUITE(field_verdict)

BOOST_AUTO_TEST_CASE(every_case_of_the_table_is_judged_as_it_says) {
  const json::value table = read("tests/unit/field_cases.json");
  BOOST_TEST(table.at("cases").as_array().size() > 700U);
  for (const json::value& row : table.at("cases").as_array()) {
    const json::object& said = row.as_object();
    const json::value* type = said.if_contains("type");
    const FieldDescription field{
        type == nullptr ? std::string_view("text") : std::string_view(type->as_string()),
        text_of(said, "autocomplete"), text_of(said, "label"), text_of(said, "name")};
    BOOST_TEST(model::word(classify(field)) == text_of(said, "class"), row);
  }
}

// A word that is nothing once it is taken apart, or that an earlier list holds already, is a slip.
BOOST_AUTO_TEST_CASE(every_word_of_the_lists_names_its_class_and_stands_once) {
  const json::value words = read("manifest/field-words.json");
  for (const auto& [name, languages] : words.at("words").as_object()) {
    const auto own = model::from_word<FieldClass>(name);
    for (const auto& [language, list] : languages.as_object()) {
      const std::string_view text = list.as_string();
      std::set<std::string_view> seen;
      for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find_first_of(",;", at), text.size());
        std::string_view word = text.substr(at, end - at);
        at = end + 1;
        word.remove_prefix(std::min(word.find_first_not_of(' '), word.size()));
        BOOST_TEST(word.find('*', 1) >= std::max<std::size_t>(word.size(), 1) - 1, word);
        if (word.empty()) continue;
        BOOST_TEST(seen.insert(word).second, name << ' ' << language << ": " << word << " twice");
        if (!own) continue;
        const WordClasses found = classes_in(word);
        const WordClasses up_to = (WordClasses{2} << static_cast<unsigned>(*own)) - 1;
        BOOST_TEST((found & up_to) != 0U, name << ": " << word << " names nothing as strict");
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(twelve_languages_say_what_is_secret) {
  const json::value words = read("manifest/field-words.json");
  for (const char* name : {"password", "one_time_code", "payment_card", "national_id", "birth_date",
                           "email", "phone", "name", "address"})
    BOOST_TEST(words.at("words").at(name).as_object().size() >= 12U, name);
}

BOOST_AUTO_TEST_CASE(words_are_compared_without_case_accents_and_invisible_characters) {
  const auto password = model::word(FieldClass::password);
  for (const char* label : {"PASSWORD", "Pass\u00ADword", "pa\u200Bssword", "ＰＡＳＳＷＯＲＤ",
                            "Paßwort", "PASSWORT", "Contrasen\u0303a", "ΚΩΔΙΚΟΣ ΠΡΟΣΒΑΣΗΣ",
                            "ПАРОЛЬ", "ŞİFRE", "hasło", "HASŁO", "new-pass_word", "*Password:"})
    BOOST_TEST(model::word(classify(FieldDescription{"text", "", label, ""})) == password, label);
}

BOOST_AUTO_TEST_CASE(bytes_that_are_no_text_name_nothing_and_harm_nothing) {
  BOOST_TEST(classes_in("\xFF\xFE\x80\xC3") == 0U);
  BOOST_TEST(classes_in("") == 0U);
  BOOST_TEST(classes_in(" -_ ") == 0U);
  std::string long_label(1 << 20, 'x');
  BOOST_TEST(classes_in(long_label) == 0U);
  long_label.insert(0, "password ");
  BOOST_TEST(classes_in(long_label) != 0U);
}

BOOST_AUTO_TEST_CASE(a_target_is_judged_by_its_name_tag_and_type) {
  BOOST_TEST(class_of(a_target("Passwort")) == "password");
  BOOST_TEST(class_of(a_target("Subject")) == "text");
  BOOST_TEST(class_of(a_target("Subject", "input", "password")) == "password");
  BOOST_TEST(class_of(a_target("Your card number", "input", "tel")) == "payment_card");
  BOOST_TEST(class_of(a_target("Comment", "textarea", "")) == "free_text");
  BOOST_TEST(class_of(a_target("Comment", "div", "")) == "free_text");
  BOOST_TEST(class_of(a_target("API key", "div", "")) == "secret");
  BOOST_TEST(class_of(a_target("Gender", "select", "", "combobox")) == "personal_status");
  BOOST_TEST(class_of(a_target("Country", "select", "", "combobox")) == "choice");
  BOOST_TEST(class_of(a_target("Show password", "input", "checkbox", "checkbox")) == "toggle");
  // The label of a radio button is the answer.
  BOOST_TEST(class_of(a_target("Credit card", "input", "radio", "radio")) == "choice");
}

BOOST_AUTO_TEST_CASE(a_target_is_judged_by_the_names_in_its_selectors) {
  for (const char* selector :
       {"#user-pwd", "input[name=\"j_password\"]", "[data-testid=\"pin\"]"}) {
    model::Target target = a_target("");
    add_selector(target, selector);
    BOOST_TEST(class_of(target) == "password", selector);
  }
  // What is around the field, and what is shown, says nothing of it.
  for (const char* selector :
       {"#password-form > div > input", "aria/password[role=\"textbox\"]", "text/password",
        "xpath///input[@title=\"password\"]", "input:nth-of-type(2)"}) {
    model::Target target = a_target("");
    add_selector(target, selector);
    BOOST_TEST(class_of(target) == "text", selector);
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace fieldnote::redact
