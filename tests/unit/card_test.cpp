// What is said of a dataset: card, report and description.
#include "dataset/card/card.hpp"

#include <boost/test/unit_test.hpp>

#include "dataset/card/description.hpp"
#include "dataset/card/license.hpp"
#include "dataset/card/report_page.hpp"
#include "inbox.hpp"

namespace fieldnote::dataset {
namespace {

namespace json = boost::json;
using testing::a_bundle;
using testing::a_participant;
using testing::contains;
using testing::held_line;
using testing::Inbox;
using testing::json_of;
using testing::read_file;

constexpr std::string_view script = "<script>alert(1)</script>";

BOOST_FIXTURE_TEST_SUITE(card_and_report, Inbox)

BOOST_AUTO_TEST_CASE(a_page_s_words_are_no_markup) {
  options.terms.title = script;
  put("1.age", a_bundle(held_line(1, "<img src=x onerror=alert(1)>", "a|b`c")));
  export_all();
  const std::string page = read_file(out / "report.html");
  BOOST_TEST(!contains(page, "<script"));
  BOOST_TEST(!contains(page, "<img"));
  BOOST_TEST(contains(page, "&lt;img src=x onerror=alert(1)&gt;"));
  BOOST_TEST(contains(page, "default-src 'none'"));
  const std::string text = read_file(out / "README.md");
  BOOST_TEST(contains(text, "\n# \\<script\\>alert(1)\\</script\\>\n"));
  BOOST_TEST(contains(text, "| a\\|b\\`c | 1 |"));
}

BOOST_AUTO_TEST_CASE(a_licence_is_told_as_hubs_read_it) {
  put("1.age", a_bundle(held_line(1)));
  options.terms.license = {"other", "internal-use", "https://intranet.example/terms"};
  export_all();
  BOOST_TEST(contains(read_file(out / "README.md"),
                      "---\nlicense: other\nlicense_name: internal-use\n"
                      "license_link: \"https://intranet.example/terms\"\n"));
  const json::object description = json_of(read_file(out / "dataset.json"));
  BOOST_TEST(description.at("license") == "other");
  BOOST_TEST(description.at("license_name") == "internal-use");
  BOOST_TEST(contains(read_file(out / "report.html"), "Licence: internal-use."));
  options.terms.license = {"cc-by-4.0", {}, {}};
  export_all();
  BOOST_TEST(contains(read_file(out / "README.md"), "---\nlicense: cc-by-4.0\npretty_name"));
}

BOOST_AUTO_TEST_CASE(a_licence_is_one_that_hubs_know_or_another_with_its_name) {
  const auto fault = [](License license) { return fault_in(license); };
  for (const char* id : {"afl-3.0", "apache-2.0", "cc-by-4.0", "cc0-1.0", "mit", "zlib"})
    BOOST_TEST(fault({id, {}, {}}) == "");
  BOOST_TEST(fault({"other", "internal-use", "https://intranet.example/terms"}) == "");
  BOOST_TEST(contains(fault({"Apache 2", {}, {}}), "\"Apache 2\" is no licence that model hubs"));
  BOOST_TEST(contains(fault({"unknown", {}, {}}), "is no licence"));
  BOOST_TEST(contains(fault({"", {}, {}}), "is no licence"));
  BOOST_TEST(contains(fault({"other", {}, {}}), "needs --license-name"));
  BOOST_TEST(contains(fault({"other", "Internal use", {}}), "is no --license-name"));
  BOOST_TEST(contains(fault({"mit", "ours", {}}), "are for --license other"));
}

BOOST_AUTO_TEST_CASE(the_id_is_of_bundles_options_and_version) {
  put("1.age", a_bundle(held_line(1)));
  const std::string id = export_all().id;
  BOOST_TEST(export_all().id == id);
  options.threads = 2;
  BOOST_TEST(export_all().id == id);
  options.seed = 2;
  BOOST_TEST(export_all().id != id);
  options.seed = 1;
  options.formats = {FormatName::atif};
  BOOST_TEST(export_all().id != id);
  options.formats = {FormatName::steps};
  put("2.age", a_bundle(held_line(2), 2));
  BOOST_TEST(export_all().id != id);
}

BOOST_AUTO_TEST_CASE(a_dataset_says_what_it_takes_the_place_of_and_when_it_must_be_gone) {
  put("1.age", a_bundle(held_line(1)));
  options.terms.parent = std::string(64, 'a');
  options.terms.delete_after = "2027-11-30";
  export_all();
  const json::object description = json_of(read_file(out / "dataset.json"));
  BOOST_TEST(std::string(description.at("parent").as_string()) == std::string(64, 'a'));
  BOOST_TEST(description.at("delete_after") == "2027-11-30");
  BOOST_TEST(contains(read_file(out / "README.md"), "Delete it after 2027-11-30"));
}

BOOST_AUTO_TEST_CASE(a_catalogue_has_each_file_with_its_digest) {
  put("1.age", a_bundle(held_line(1)));
  const ExportReport report = export_all();
  const json::object catalogue = json_of(read_file(out / "croissant.json"));
  for (const char* key : {"@context", "@type", "conformsTo", "name", "description", "license",
                          "url", "creator", "distribution", "recordSet"})
    BOOST_TEST(catalogue.contains(key), key);
  const json::object& first = catalogue.at("distribution").as_array().at(0).as_object();
  BOOST_TEST(std::string(first.at("contentUrl").as_string()) == report.files.at(0).name);
  BOOST_TEST(std::string(first.at("sha256").as_string()) == report.files.at(0).digest.hex());
}

BOOST_AUTO_TEST_CASE(documents_are_told_as_their_folder_with_the_digest_that_sha256sum_gives) {
  put("1.age", a_bundle(held_line(1) + held_line(2, "B", "desk")));
  options.formats = {FormatName::recorder};
  export_all();
  const json::object description = json_of(read_file(out / "dataset.json"));
  const json::array& files = description.at("files").as_array();
  BOOST_TEST_REQUIRE(files.size() == 1U);
  BOOST_TEST(files.at(0).at("file") == "recorder/");
  BOOST_TEST(files.at(0).at("rows") == 2);
  const std::string command = "cd '" + (out / "recorder").string() + "' && LC_ALL=C sh -c " +
                              "'sha256sum *' | sha256sum > '" + (out / "told").string() + '\'';
  BOOST_TEST_REQUIRE(std::system(command.c_str()) == 0);
  BOOST_TEST(std::string(files.at(0).at("sha256").as_string()) ==
             read_file(out / "told").substr(0, 64));
  const json::object catalogue = json_of(read_file(out / "croissant.json"));
  BOOST_TEST(catalogue.at("distribution").at(0).at("includes") == "recorder/*.json");
}

BOOST_AUTO_TEST_CASE(a_catalogue_has_each_field_of_a_step_and_its_whole_key) {
  put("1.age", a_bundle(held_line(1)));
  export_all();
  const json::object catalogue = json_of(read_file(out / "croissant.json"));
  const json::object& set = catalogue.at("recordSet").as_array().at(0).as_object();
  BOOST_TEST(json::serialize(set.at("key")) ==
             R"([{"@id":"steps/trajectory"},{"@id":"steps/step"}])");
  std::set<std::string> told{"schema"};
  for (const json::value& field : set.at("field").as_array())
    told.emplace(field.at("name").as_string());
  const json::object schema =
      json_of(read_file(testing::project_path("manifest/schema/dataset.schema.json")));
  std::set<std::string> all;
  for (const auto& [name, field] : schema.at("$defs").at("step").at("properties").as_object())
    all.emplace(name);
  BOOST_TEST(told == all, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace fieldnote::dataset
