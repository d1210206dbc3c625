// The annex of a works agreement is complete: every field that can leave stands in it, with a
// reason.
#include "policy/annex.hpp"

#include <boost/test/unit_test.hpp>
#include <set>

#include "policy/contract.hpp"
#include "policy_fixture.hpp"

namespace fieldnote::policy {
namespace {

namespace json = boost::json;
using testing::contains;
using testing::PolicyFolder;

void check_reasons(const std::vector<LeavingField>& fields, std::string_view part) {
  std::set<std::string> paths;
  for (const LeavingField& field : fields) {
    paths.insert(field.path);
    BOOST_TEST(!field.why.empty(), "manifest/reasons.json says not why `"
                                       << field.path << "` can leave; add it under " << part);
    BOOST_TEST(!field.told.empty(), field.path);
  }
  const json::value reasons = json::parse(contract::reasons);
  for (const auto& [path, reason] : reasons.at(part).as_object())
    BOOST_TEST(paths.contains(std::string(path)),
               "manifest/reasons.json names `" << path << "`, which is not in the schema");
}

BOOST_FIXTURE_TEST_SUITE(annex_of_a_policy, PolicyFolder)

BOOST_AUTO_TEST_CASE(every_field_that_can_leave_has_a_reason_and_no_other_field_has_one) {
  check_reasons(event_fields(), "event");
  check_reasons(header_fields(), "header");
}

BOOST_AUTO_TEST_CASE(fields_are_found_however_deep_they_lie) {
  std::set<std::string> paths;
  for (const LeavingField& field : event_fields()) paths.insert(field.path);
  for (const char* path : {"kind", "url", "app", "target.name", "value.text", "value.shape.length"})
    BOOST_TEST(paths.contains(path), path);
  BOOST_TEST(!paths.contains("top"), "stays on the device");
  BOOST_TEST(!paths.contains("rule"), "stays on the device");
}

BOOST_AUTO_TEST_CASE(it_says_where_for_whom_how_long_and_what_is_not_defended) {
  organisation["shared_accounts"] = json::array{"kiosk"};
  json::value& reader = organisation["recipients"].as_array()[0];
  reader = json::object{{"key", reader}, {"name", "Assistant team"}};
  const std::string text = annex(read().value());
  for (const std::string& words :
       {std::string("Train the support copilot"), std::string("Works agreement"),
        std::string("`https://crm.example.com/*` (crm)"),
        std::string("Never recorded there: `https://crm.example.com/hr/*`"),
        std::string("`#subject`: `clear`, where their class allows it: **as they were typed**"),
        std::string("24 hours of use"), std::string("after 30 days"),
        "* Assistant team: `" + testing::organisation_key().recipient().fingerprint() + '`',
        std::string("`kiosk`"), std::string("at least 10"),
        std::string("## People who were never asked"),
        std::string("| `password` | withheld | withheld |"),
        std::string("The holder of the organisation's secret key")})
    BOOST_TEST(contains(text, words), words);
}

BOOST_AUTO_TEST_CASE(words_of_a_policy_bring_no_markup_with_them) {
  organisation["notice"].as_object()["purpose"] = "a | b\n## Not a heading <b>`x`";
  const std::string text = annex(read().value());
  BOOST_TEST(!contains(text, "\n## Not a heading"));
  BOOST_TEST(contains(text, "a \\| b"));
  BOOST_TEST(!contains(text, "<b>`x`"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace fieldnote::policy
