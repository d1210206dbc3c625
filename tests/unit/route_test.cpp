// Addresses as they may leave: what names one record or one person is `:id`.
#include "redact/route.hpp"

#include <boost/test/unit_test.hpp>
#include <utility>

namespace fieldnote::redact {
namespace {

BOOST_AUTO_TEST_SUITE(routes)

BOOST_AUTO_TEST_CASE(the_table_of_routes_holds) {
  const std::pair<std::string_view, std::string_view> table[] = {
      {"https://crm.example.com/", "https://crm.example.com/"},
      {"https://crm.example.com", "https://crm.example.com/"},
      {"https://crm.example.com/tickets/4711", "https://crm.example.com/tickets/:id"},
      {"https://crm.example.com/tickets/4711/edit", "https://crm.example.com/tickets/:id/edit"},
      {"https://crm.example.com/t/4711/", "https://crm.example.com/t/:id/"},
      {"https://crm.example.com/a//b", "https://crm.example.com/a//b"},
      {"https://crm.example.com/a?q=secret#secret", "https://crm.example.com/a"},
      {"https://crm.example.com?q=secret", "https://crm.example.com/"},
      {"https://crm.example.com#secret", "https://crm.example.com/"},
      {"https://crm.example.com:8443/a", "https://crm.example.com:8443/a"},
      {"https://crm.example.com:443/a", "https://crm.example.com/a"},
      {"http://crm.example.com:80/a", "http://crm.example.com/a"},
      {"http://crm.example.com:443/a", "http://crm.example.com:443/a"},
      {"http://[::1]:8080/a/7", "http://[::1]:8080/a/:id"},
      {"https://crm.example.com/users/alice@crm.example.com", "https://crm.example.com/users/:id"},
      {"https://crm.example.com/browse/ABC-12/x", "https://crm.example.com/browse/:id/x"},
      {"https://crm.example.com/users/jane", "https://crm.example.com/users/:id"},
      {"https://crm.example.com/Users/Jane/edit", "https://crm.example.com/Users/:id/edit"},
      {"https://crm.example.com/users/new", "https://crm.example.com/users/new"},
      {"https://crm.example.com/users/", "https://crm.example.com/users/"},
      {"https://crm.example.com/users/jane/contacts/new",
       "https://crm.example.com/users/:id/contacts/new"},
      {"https://crm.example.com/x/jane.doe", "https://crm.example.com/x/:id"},
      {"https://crm.example.com/x/jane%2Edoe", "https://crm.example.com/x/:id"},
      {"https://crm.example.com/us%65rs/j%61ne", "https://crm.example.com/users/:id"},
      {"https://crm.example.com/user%2Dsettings", "https://crm.example.com/user-settings"},
      {"https://crm.example.com/x/a%", "https://crm.example.com/x/:id"},
      {"https://crm.example.com/x/a%4", "https://crm.example.com/x/:id"},
      {"https://crm.example.com/app;jsessionid=abcdef/x", "https://crm.example.com/app/x"},
      {"https://crm.example.com/~jane/", "https://crm.example.com/:id/"},
      {"https://crm.example.com/help/index.html", "https://crm.example.com/help/index.html"},
  };
  for (const auto& [url, expected] : table) BOOST_TEST(route(url) == expected, url);
}

BOOST_AUTO_TEST_CASE(credentials_and_what_is_no_address_never_pass) {
  for (const char* url : {"https://user:secret@crm.example.com/", "https://user@crm.example.com/a",
                          "about:blank", "data:text/html,secret", "file:///etc/passwd", "",
                          "secret", "blob:https://crm.example.com/secret"})
    BOOST_TEST(route(url).empty(), url);
}

BOOST_AUTO_TEST_CASE(what_names_a_record_is_known) {
  for (const char* id : {"1",           "4711",
                         "0",           "00017",
                         "ABC-12",      "issue_7",
                         "v1.2",        "INC0012345",
                         "CS0001001",   "550e8400-e29b-41d4-a716-446655440000",
                         "deadbeef01",  "DEADBEEF01",
                         "a1b2c3",      "alice@crm.example.com",
                         "m%C3%BCller", "a%20b",
                         "jane.doe",    "~jane",
                         "q=x",         "abcdefghijabcdefghijabcdefghijabcdefghijk"})
    BOOST_TEST(names_a_record(id), id);
}

BOOST_AUTO_TEST_CASE(plain_words_of_the_tool_stay) {
  for (const char* word :
       {"", "tickets", "new", "edit", "user-settings", "a", "v2", "oauth2", "deadbeef",
        "index.html", "step1", "2fa", "abcdefghijabcdefghijabcdefghijabcdefghij"})
    BOOST_TEST(!names_a_record(word), word);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace fieldnote::redact
