// What may stand in clear because somebody approved it, and what never may.
#include "dataset/survey/vocabulary.hpp"

#include "inbox.hpp"

namespace fieldnote::dataset {
namespace {

namespace fs = platform::fs;
namespace json = boost::json;
using testing::a_bundle;
using testing::a_participant;
using testing::changed_line;
using testing::contains;
using testing::held_line;
using testing::Inbox;
using testing::read_file;
using testing::write_file;

std::string typed_line(std::string_view field_class, std::string_view text, std::uint64_t seq = 1) {
  return changed_line(
      seq, json::serialize(json::object{
               {"kind", "input"},
               {"value", {{"class", field_class}, {"disclosure", "clear"}, {"text", text}}}}));
}

struct Office : Inbox {
  static constexpr unsigned char many = 6;
  Office() { passes_from(3); }
  // Each shows `of(person)`.
  template <class F>
  void everybody(F&& of) {
    put_of_each(
        many, [&](unsigned char person, const auto& key) { return a_bundle(of(person), 1, key); });
  }
  // Whether any file of the dataset has it.
  bool has(std::string_view text) const {
    for (const auto& entry : fs::recursive_directory_iterator(out)) {
      if (!entry.is_regular_file()) continue;
      std::string bytes = read_file(entry.path());
      if (entry.path().extension() == ".zst") bytes = testing::unpacked(bytes);
      if (contains(bytes, text)) return true;
    }
    return false;
  }
  std::vector<RareText> rare() const {
    const auto quiet = [](std::size_t, std::size_t) {};
    const std::span identities(&testing::organisation_key(), 1);
    Survey survey;
    take_survey(find_bundles(options.inputs, identities, roster(), 1, quiet).value(), identities, 1,
                quiet, survey)
        .value();
    return rare_texts(survey, Release(survey.sightings, {options.min_people, false, {}}),
                      identities)
        .value();
  }
};

BOOST_FIXTURE_TEST_SUITE(vocabulary, Office)

BOOST_AUTO_TEST_CASE(a_value_of_fewer_people_than_k_is_in_no_byte_and_of_k_it_is) {
  const auto typed_by = [&](unsigned char so_many) {
    everybody([&](unsigned char i) {
      // Trajectories are named by what they begin with.
      return typed_line("text", i <= so_many ? "zebra crossing" : "<TEXT_1>", i);
    });
    options.formats = {FormatName::steps, FormatName::chat_openai, FormatName::chat_hf,
                       FormatName::atif,  FormatName::recorder,    FormatName::playwright};
    export_all();
    return has("zebra");
  };
  BOOST_TEST(!typed_by(2));
  BOOST_TEST(typed_by(3));
}

BOOST_AUTO_TEST_CASE(ten_keys_of_one_person_do_not_open_the_gate) {
  everybody([](unsigned char i) { return typed_line("text", i == 1 ? "zebra" : "<TEXT_1>"); });
  for (unsigned char i = 11; i <= 20; ++i) {
    people[0].push_back(a_participant(i).public_key());
    put_of(i, a_bundle(typed_line("text", "zebra"), 1, a_participant(i)));
  }
  BOOST_TEST(export_all().people == many);
  BOOST_TEST(!has("zebra"));
}

BOOST_AUTO_TEST_CASE(what_is_a_person_s_is_never_clear_whoever_else_typed_it) {
  for (const char* personal : {"name", "email", "identifier", "address", "phone"}) {
    everybody([&](unsigned char) { return typed_line(personal, "Zebedee"); });
    const ExportReport report = export_all();
    BOOST_TEST(!has("Zebedee"), personal);
    BOOST_TEST(report.release.held_back.at("typed") == many);
  }
}

BOOST_AUTO_TEST_CASE(rare_words_of_the_tools_are_listed_with_their_places) {
  everybody([](unsigned char i) {
    return held_line(1, i < 3 ? "Odd button" : "Save") + typed_line("text", "never listed");
  });
  const auto texts = rare();
  BOOST_TEST_REQUIRE(texts.size() == 1U);
  BOOST_TEST(texts[0].text == "Odd button");
  BOOST_TEST(texts[0].app == "crm");
  BOOST_TEST(texts[0].people == 2U);
  BOOST_TEST(texts[0].times == 2U);
  BOOST_TEST((texts[0].place == Clear::interface_text));
}

BOOST_AUTO_TEST_CASE(a_named_person_approves_them) {
  everybody([](unsigned char i) { return held_line(1, i == 1 ? "Odd button" : "Save"); });
  export_all();
  BOOST_TEST(!has("Odd button"));
  const fs::path file = *this / "vocabulary.json";
  std::string text = vocabulary_json(rare());
  write_file(file, text);
  const auto nobody = read_vocabulary(file);
  BOOST_TEST_REQUIRE(nobody.has_error());
  BOOST_TEST(contains(nobody.error().sentence, "approved_by"));
  text.insert(text.find("\"\"") + 1, "Kim Lee");
  write_file(file, text);
  auto vocabulary = read_vocabulary(file).value();
  options.approved = vocabulary.approved;
  options.approved_by = vocabulary.approved_by;
  export_all();
  BOOST_TEST(has("Odd button"));
  BOOST_TEST(contains(read_file(out / "README.md"), "1 string of the tools was approved by Kim"));
  // As a button's name, and not as what somebody typed.
  everybody([](unsigned char i) { return typed_line("text", i == 1 ? "Odd button" : "<TEXT_1>"); });
  export_all();
  BOOST_TEST(!has("Odd button"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace fieldnote::dataset
