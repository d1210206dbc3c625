// Patterns and addresses, held to the table that the extension is held to as well.
#include "policy/site.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>

#include "policy/policy_error.hpp"
#include "policy/shared_hosts.hpp"
#include "temporary_folder.hpp"

namespace fieldnote::policy {
namespace {

namespace json = boost::json;

const json::object& table() {
  static const json::value cases = json::parse(testing::project_file("tests/unit/site_cases.json"));
  return cases.as_object();
}

bool matches(const SitePattern& pattern, std::string_view url) {
  const auto address = Address::parse(url);
  return address && pattern.matches(*address, comparable_path(address->path));
}

BOOST_AUTO_TEST_SUITE(site)

BOOST_AUTO_TEST_CASE(the_table_of_patterns_holds) {
  std::size_t valid = 0;
  std::size_t refused = 0;
  for (const json::value& row : table().at("cases").as_array()) {
    const std::string text(row.at("pattern").as_string());
    const auto pattern = SitePattern::parse(text);
    BOOST_TEST_CONTEXT("pattern " << text) {
      BOOST_TEST_REQUIRE(pattern.has_value() == row.at("valid").as_bool());
      if (!pattern) {
        ++refused;
        BOOST_TEST(pattern.error().code == make_error_code(PolicyError::site));
        BOOST_TEST(testing::contains(pattern.error().sentence, '"' + text + '"'));
        BOOST_TEST(testing::contains(pattern.error().sentence, row.at("says").as_string()),
                   pattern.error().sentence);
        continue;
      }
      ++valid;
      BOOST_TEST(pattern->text() == text);
      for (const json::value& url : row.at("matches").as_array())
        BOOST_TEST(matches(*pattern, url.as_string()), url);
      for (const json::value& url : row.at("misses").as_array())
        BOOST_TEST(!matches(*pattern, url.as_string()), url);
    }
  }
  BOOST_TEST(valid > 20U);
  BOOST_TEST(refused > 40U);
}

BOOST_AUTO_TEST_CASE(what_is_no_address_of_a_page_is_never_matched) {
  const json::value& never = table().at("never");
  for (const char* list : {"addresses", "with_credentials"})
    for (const json::value& url : never.at(list).as_array())
      BOOST_TEST(!Address::parse(url.as_string()).has_value(), url);
  // Nor what a browser would have written differently.
  for (const char* url :
       {"HTTPS://crm.example.com/", "https://CRM.example.com/", "https://crm.example.com./",
        "https:/crm.example.com/", "https://", "https:///", "https://crm.example.com:99999/",
        "https://a b/", "https://crm.example.com:/", "https://crm.example.com\\@evil.example/"})
    BOOST_TEST(!Address::parse(url).has_value(), url);
}

BOOST_AUTO_TEST_CASE(an_address_comes_apart) {
  const std::string url = "https://crm.example.com:8443/a/b?c#d";
  const auto address = Address::parse(url);
  BOOST_TEST_REQUIRE(address.has_value());
  BOOST_TEST(address->scheme == "https");
  BOOST_TEST(address->host == "crm.example.com");
  BOOST_TEST(address->port == 8443);
  BOOST_TEST(address->path == "/a/b");
  BOOST_TEST(Address::parse("http://[::1]")->host == "[::1]");
  BOOST_TEST(Address::parse("http://[::1]")->port == 80);
  BOOST_TEST(Address::parse("http://[::1]")->path == "/");
}

BOOST_AUTO_TEST_CASE(one_page_has_one_comparable_path) {
  BOOST_TEST(comparable_path("/%68%72/") == "/hr/");
  BOOST_TEST(comparable_path("/%c3%bc") == "/%C3%BC");
  BOOST_TEST(comparable_path("/\xC3\xBC") == "/%C3%BC");
  BOOST_TEST(comparable_path("/a b|{c}") == "/a%20b%7C%7Bc%7D");
  // Reserved characters keep their difference, and an encoded percent sign stays one.
  BOOST_TEST(comparable_path("/a%2fb/c") == "/a%2Fb/c");
  BOOST_TEST(comparable_path("/%2568r") == "/%2568r");
  for (const char* odd : {"/%", "/%4", "/%zz", "/%+1", "/100%25", "/a%2"})
    BOOST_TEST(comparable_path(odd) == odd);
  for (int byte = 1; byte < 256; ++byte) {
    const std::string once = comparable_path('/' + std::string(1, static_cast<char>(byte)));
    BOOST_TEST(comparable_path(once) == once, "byte " << byte);
  }
}

BOOST_AUTO_TEST_CASE(one_pattern_has_one_canonical_form) {
  const auto canonical = [](std::string_view text) {
    return SitePattern::parse(text).value().canonical();
  };
  BOOST_TEST(canonical("https://CRM.example.com:443/%68r/*") ==
             canonical("https://crm.example.com/hr/*"));
  BOOST_TEST(canonical("https://crm.example.com/hr/*") != canonical("https://crm.example.com/hr/"));
  BOOST_TEST(canonical("https://crm.example.com/") != canonical("http://crm.example.com:443/"));
  BOOST_TEST(canonical("https://*.crm.example.com/") != canonical("https://crm.example.com/"));
}

BOOST_AUTO_TEST_CASE(every_shared_host_of_the_manifest_is_compiled_in_and_refused) {
  const json::value manifest = json::parse(testing::project_file("manifest/shared-hosts.json"));
  const json::array& hosts = manifest.at("hosts").as_array();
  BOOST_TEST_REQUIRE(hosts.size() == shared_hosts.size());
  for (std::size_t i = 0; i < hosts.size(); ++i) {
    BOOST_TEST(hosts[i].as_string() == shared_hosts[i]);
    const std::string host(hosts[i].as_string());
    BOOST_TEST(SitePattern::parse("https://*." + host + "/*").has_error(), host);
    BOOST_TEST(SitePattern::parse("https://acme." + host + "/*").has_value(), host);
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace fieldnote::policy
