// Who runs this process, as the operating system says.
#include "platform/account.hpp"

#include <grp.h>
#include <pwd.h>
#include <unistd.h>

#include <algorithm>
#include <boost/test/unit_test.hpp>

namespace fieldnote::platform {
namespace {

BOOST_AUTO_TEST_SUITE(account)

BOOST_AUTO_TEST_CASE(the_account_is_that_of_the_process_with_its_primary_group) {
  const auto account = current_account();
  BOOST_TEST_REQUIRE(account.has_value());
  const passwd* const entry = ::getpwuid(::geteuid());
  BOOST_TEST_REQUIRE(entry != nullptr);
  BOOST_TEST(account->user == entry->pw_name);
  const group* const primary = ::getgrgid(entry->pw_gid);
  BOOST_TEST_REQUIRE(primary != nullptr);
  BOOST_TEST(std::count(account->groups.begin(), account->groups.end(), primary->gr_name) == 1);
}

BOOST_AUTO_TEST_CASE(every_group_that_lists_the_account_is_there) {
  const auto account = current_account();
  BOOST_TEST_REQUIRE(account.has_value());
  ::setgrent();
  while (const group* entry = ::getgrent()) {
    bool member = false;
    for (char** name = entry->gr_mem; *name != nullptr; ++name)
      member = member || account->user == *name;
    if (member)
      BOOST_TEST(std::count(account->groups.begin(), account->groups.end(), entry->gr_name) == 1,
                 entry->gr_name);
  }
  ::endgrent();
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace fieldnote::platform
