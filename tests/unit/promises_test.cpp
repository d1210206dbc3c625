// host/README.md names the tests that hold each promise: they are there.
#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <regex>

#include "temporary_folder.hpp"

BOOST_AUTO_TEST_CASE(the_tests_that_hold_the_promises_are_there) {
  const std::string map = fieldnote::testing::project_file("host/README.md");
  const std::regex named("`((?:tests|extension/test)/[A-Za-z0-9_./]*)`");
  int count = 0;
  for (std::sregex_iterator at(map.begin(), map.end(), named), end; at != end; ++at, ++count)
    BOOST_TEST(std::filesystem::exists(fieldnote::testing::project_path((*at)[1].str())),
               (*at)[1].str() << " is named in host/README.md and not there");
  BOOST_TEST(count > 10);
}
