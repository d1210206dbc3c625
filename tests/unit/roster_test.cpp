// The roster: people by number, keys of one person each; what is wrong is named by its place.
#include <boost/test/unit_test.hpp>

#include "bundle_fixture.hpp"
#include "dataset/reading/roster.hpp"

namespace fieldnote::dataset {
namespace {

using testing::a_participant;
using testing::contains;

std::string key(unsigned char number) {
  return '"' + a_participant(number).public_key().text() + '"';
}

BOOST_AUTO_TEST_SUITE(roster)

BOOST_AUTO_TEST_CASE(a_person_has_any_number_of_keys) {
  const auto roster = Roster::parse("roster.json", R"({ // no names
    "participants": [ { "number": 7, "keys": [)" + key(1) +
                                                       "," + key(2) + R"(] },
                      { "number": 8, "keys": [] } ] })");
  BOOST_TEST_REQUIRE(roster.has_value());
  BOOST_TEST(roster->people() == 2U);
  BOOST_TEST((roster->person_of(a_participant(1).public_key()) == Person{7}));
  BOOST_TEST((roster->person_of(a_participant(2).public_key()) == Person{7}));
  BOOST_TEST(!roster->person_of(a_participant(3).public_key()).has_value());
}

BOOST_AUTO_TEST_CASE(what_is_wrong_is_named_by_its_place) {
  const auto sentence = [](const std::string& people) {
    const auto roster = Roster::parse("roster.json", R"({"participants":[)" + people + "]}");
    BOOST_TEST_REQUIRE(roster.has_error(), people);
    return roster.error().sentence;
  };
  const std::string good = R"({"number":1,"keys":[)" + key(1) + "]}";
  BOOST_TEST(contains(sentence(good + R"(,{"number":1,"keys":[]})"), "/participants/1/number"));
  BOOST_TEST(contains(sentence(good + R"(,{"number":2,"keys":[)" + key(1) + "]}"),
                      "/participants/1/keys/0: stands twice; a key is one person's"));
  BOOST_TEST(contains(sentence(R"({"number":1,"keys":["no key"]})"), "/participants/0/keys/0"));
  BOOST_TEST(contains(sentence(R"({"number":0,"keys":[]})"), "/participants/0/number"));
  BOOST_TEST(
      contains(sentence(R"({"number":1,"keys":[],"name":"Sam"})"), "the key \"name\" is unknown"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace fieldnote::dataset
