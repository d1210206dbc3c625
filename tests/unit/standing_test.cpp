// Datasets after they were made.
#include "dataset/survey/standing.hpp"

#include "inbox.hpp"

namespace fieldnote::dataset {
namespace {

namespace fs = platform::fs;
using testing::a_bundle;
using testing::a_bundle_that;
using testing::contains;
using testing::held_line;
using testing::Inbox;
using testing::of_task;

struct Made : Inbox {
  TakenBack look() const {
    const auto quiet = [](std::size_t, std::size_t) {};
    const std::span identities(&testing::organisation_key(), 1);
    const auto set = find_bundles(options.inputs, identities, roster(), 1, quiet).value();
    return taken_back(set, identities, read_description(out).value());
  }
};

BOOST_FIXTURE_TEST_SUITE(standing, Made)

BOOST_AUTO_TEST_CASE(a_withdrawal_after_the_export_names_the_dataset) {
  put("1.age", a_bundle(held_line(1) + of_task(held_line(2), "0123456789abcdef"), 1));
  export_all();
  BOOST_TEST(look().events == 0U);
  put("2.age", a_bundle_that({{"asks", {{"of", "task"}, {"task", "0123456789abcdef"}}}}, "", 2));
  BOOST_TEST(look().events == 1U);
  const auto id = [&] { return read_description(out).value().at("id").as_string(); };
  const auto first = id();
  // Made anew it is well, and another one.
  export_all();
  BOOST_TEST(look().events == 0U);
  BOOST_TEST(id() != first);
  put("3.age", a_bundle_that({{"asks", {{"of", "all"}}}}, "", 3));
  BOOST_TEST(look().events == 1U);
  BOOST_TEST(look().bundles == 1U);
  put("4.age", a_bundle(held_line(4), 4));
  export_all();
  BOOST_TEST(look().events == 0U);
}

BOOST_AUTO_TEST_CASE(a_folder_of_documents_that_was_changed_is_named) {
  put("1.age", a_bundle(held_line(1) + held_line(2, "B", "desk")));
  options.formats = {FormatName::recorder};
  export_all();
  const auto description = read_description(out).value();
  BOOST_TEST(changed_files(out, description).value().empty());
  const auto first = fs::directory_iterator(out / "recorder")->path();
  const std::string whole = testing::read_file(first);
  testing::write_file(first, whole + ' ');
  BOOST_TEST(contains(changed_files(out, description).value().at(0), "recorder/: is not what was"));
  testing::write_file(first, whole);
  testing::write_file(out / "recorder" / "more.json", "{}");
  BOOST_TEST(changed_files(out, description).value().size() == 1U);
}

// Else a dataset is called good because who asked back cannot be heard.
BOOST_AUTO_TEST_CASE(what_might_ask_back_and_cannot_be_read_is_named) {
  put("1.age", a_bundle(held_line(1), 1));
  export_all();
  BOOST_TEST(look().unread.empty());
  put("2.age", a_bundle_that({{"asks", {{"of", "all"}}}}, "", 2, testing::a_participant(3)));
  put("3.age", "no bundle");
  put("4.age", testing::sealed(testing::header_line(0, 4).insert(1, R"("asks":{"of":"all"},)") +
                               R"({"kind":"signature","ed25519":"AA=="})" + '\n'));
  const TakenBack taken = look();
  BOOST_TEST(taken.events == 0U);
  BOOST_TEST_REQUIRE(taken.unread.size() == 3U);
  BOOST_TEST(contains(taken.unread[0], "2.age: was sealed by the key"));
  BOOST_TEST(contains(taken.unread[1], "3.age: "));
  BOOST_TEST(contains(taken.unread[2], "4.age: "));
}

BOOST_AUTO_TEST_CASE(a_file_that_was_changed_is_named) {
  put("1.age", a_bundle(held_line(1)));
  export_all();
  const auto description = read_description(out).value();
  BOOST_TEST(changed_files(out, description).value().empty());
  testing::write_file(shard_name(0), "else");
  const auto changed = changed_files(out, description).value();
  BOOST_TEST_REQUIRE(changed.size() == 1U);
  BOOST_TEST(contains(changed[0], "steps-00000.jsonl.zst: is not what was written"));
  fs::remove(shard_name(0));
  BOOST_TEST(changed_files(out, description).value().size() == 1U);
}

BOOST_AUTO_TEST_CASE(two_datasets_differ_in_bundles_and_options) {
  put("1.age", a_bundle(held_line(1)));
  export_all();
  const auto first = read_description(out).value();
  put("2.age", a_bundle(held_line(2), 2));
  options.terms.license.id = "mit";
  export_all();
  const auto lines = differences(first, read_description(out).value());
  const auto says = [&](std::string_view line) {
    return std::find(lines.begin(), lines.end(), line) != lines.end();
  };
  BOOST_TEST(says("with 1 bundle more"));
  BOOST_TEST(says("license:  → mit"));
  BOOST_TEST(says("steps: 1 → 2"));
  BOOST_TEST(differences(first, first).empty());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace fieldnote::dataset
