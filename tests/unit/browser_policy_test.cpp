// Browser policies rendered from ours: what they hold stands in tests/unit/rendered, file by file.
#include "policy/browser_policy.hpp"

#include <boost/test/unit_test.hpp>
#include <functional>

#include "policy/firefox_merge.hpp"
#include "policy/host_patterns.hpp"
#include "policy_fixture.hpp"

namespace fieldnote::policy {
namespace {

namespace json = boost::json;
using testing::contains;
using testing::PolicyFolder;

constexpr std::string_view chromium_id = "abcdefghijklmnopabcdefghijklmnop";
constexpr std::string_view firefox_id = "fieldnote@corp.example";

RenderOptions options_for(const Browser& browser) {
  RenderOptions options;
  options.feed = "https://updates.corp.example/fieldnote";
  if (browser.is_firefox) options.extension_id = firefox_id;
  return options;
}

const Browser& named(std::string_view name) {
  const Browser* browser = browser_named(name);
  BOOST_TEST_REQUIRE(browser != nullptr);
  return *browser;
}

bool notes(const BrowserPolicy& rendered, std::string_view words) {
  return std::any_of(rendered.notes.begin(), rendered.notes.end(),
                     [&](const std::string& note) { return contains(note, words); });
}

json::object list_sites(PolicyFolder& folder, const std::vector<std::string>& urls) {
  json::array sites;
  for (const std::string& url : urls) sites.push_back(json::object{{"url", url}, {"app", "crm"}});
  folder.team()["sites"] = sites;
  return folder.team();
}

Result<HostPatterns> patterns_of(PolicyFolder& folder, const std::vector<std::string>& urls) {
  list_sites(folder, urls);
  const Policy policy = folder.read().value();
  return host_patterns({&policy.teams[0]});
}

using Texts = std::vector<std::string>;

struct Organisation : PolicyFolder {
  Organisation() { organisation["extension_ids"] = json::array{chromium_id, firefox_id}; }
};

BOOST_FIXTURE_TEST_SUITE(browser_policy, Organisation)

BOOST_AUTO_TEST_CASE(each_browser_gets_what_its_snapshot_holds) {
  const Policy policy = read().value();
  for (const Browser& browser : browsers) {
    const auto rendered = render(policy, browser, options_for(browser));
    BOOST_TEST_REQUIRE(rendered.has_value(), browser.name);
    const std::string file = "tests/unit/rendered/" + std::string(browser.name) + ".json";
    BOOST_TEST(pretty(rendered->content) == testing::project_file(file), file);
    BOOST_TEST(notes(*rendered, "no exclusions"), browser.name);
  }
}

BOOST_AUTO_TEST_CASE(a_machine_of_some_teams_gets_their_hosts_alone) {
  teams["sales"] = json::parse(R"({"members":{"users":["bob"]},
      "sites":[{"url":"http://sales.example.com:8080/a/*","app":"sales"}]})")
                       .as_object();
  RenderOptions options = options_for(named("chromium"));
  options.teams = {"sales"};
  const auto rendered = render(read().value(), named("chromium"), options);
  BOOST_TEST_REQUIRE(rendered.has_value());
  const json::value hosts =
      rendered->content.at("ExtensionSettings").at(chromium_id).at("runtime_allowed_hosts");
  BOOST_TEST(json::serialize(hosts) == R"(["http://sales.example.com"])");
  BOOST_TEST(notes(*rendered, "path or port of a site is held"));
  options.teams = {"nobody"};
  BOOST_TEST(render(read().value(), named("chromium"), options).has_error());
}

BOOST_AUTO_TEST_CASE(what_cannot_work_is_refused_in_one_sentence) {
  const auto refusal = [&](std::string_view browser,
                           const std::function<void(RenderOptions&)>& alter) {
    RenderOptions options = options_for(named(browser));
    alter(options);
    const auto rendered = render(read().value(), named(browser), options);
    BOOST_TEST_REQUIRE(rendered.has_error());
    return rendered.error().sentence;
  };
  for (const char* feed : {"", "updates.corp.example", "https://x/", "https://x?y", "ftp://x"})
    BOOST_TEST(contains(refusal("chrome", [&](auto& o) { o.feed = feed; }), "no place of a feed"));
  BOOST_TEST(
      contains(refusal("chrome", [](auto& o) { o.extension_id = "a@b"; }), "no extension id"));
  BOOST_TEST(contains(refusal("firefox", [](auto& o) { o.extension_id = chromium_id; }),
                      "no extension id"));
  BOOST_TEST(contains(refusal("chrome", [](auto& o) { o.extension_id = std::string(32, 'b'); }),
                      "the host would refuse it"));
  organisation["extension_ids"] = json::array{chromium_id, std::string(32, 'b')};
  BOOST_TEST(contains(refusal("chrome", [](auto&) {}), "more than one"));
  BOOST_TEST(
      contains(refusal("firefox", [](auto& o) { o.extension_id.clear(); }), "no extension id"));
}

BOOST_AUTO_TEST_CASE(hosts_lose_port_and_path_and_stand_once) {
  BOOST_TEST((patterns_of(*this, {"https://a.example.com/x/*", "https://a.example.com:8443/*",
                                  "http://a.example.com/*", "http://crm/*", "https://10.0.0.1/*",
                                  "https://*.b.example.com/*", "https://x.b.example.com/*",
                                  "http://y.b.example.com/*"})
                  ->patterns == Texts{"*://a.example.com", "http://crm", "http://y.b.example.com",
                                      "https://*.b.example.com", "https://10.0.0.1"}));
}

BOOST_AUTO_TEST_CASE(a_hundred_hosts_are_kept_and_more_are_folded_under_their_own_parent) {
  Texts urls;
  for (int i = 0; i < 60; ++i)
    urls.push_back("https://t" + std::to_string(i) + ".eu.example.com/*");
  for (int i = 0; i < 40; ++i)
    urls.push_back("https://t" + std::to_string(i) + ".us.example.com/*");
  BOOST_TEST(patterns_of(*this, urls)->patterns.size() == 100U);
  BOOST_TEST(patterns_of(*this, urls)->folded.empty());
  urls.push_back("http://one.more.test/*");
  const auto folded = patterns_of(*this, urls);
  BOOST_TEST(folded->patterns.size() == 42U);
  BOOST_TEST((folded->folded == Texts{"*.eu.example.com"}));
  BOOST_TEST(std::count(folded->patterns.begin(), folded->patterns.end(), "http://one.more.test") ==
             1);
}

BOOST_AUTO_TEST_CASE(what_only_a_public_suffix_or_nothing_folds_is_refused_never_cut) {
  Texts suffix;
  Texts addresses;
  Texts shared;
  for (int i = 0; i < 101; ++i) {
    suffix.push_back("https://t" + std::to_string(i) + ".co.uk/*");
    addresses.push_back("https://10.0.0." + std::to_string(i) + "/*");
    shared.push_back("https://t" + std::to_string(i) + ".atlassian.net/*");
  }
  for (const Texts& urls : {suffix, addresses, shared}) {
    const auto refused = patterns_of(*this, urls);
    BOOST_TEST_REQUIRE(refused.has_error());
    BOOST_TEST(contains(refused.error().sentence, "101 hosts"));
  }
}

BOOST_AUTO_TEST_CASE(
    firefox_s_file_gets_ours_beside_theirs_and_is_byte_for_byte_as_before_without_it) {
  const json::object ours =
      render(read().value(), named("firefox"), options_for(named("firefox")))->content;
  RenderOptions other = options_for(named("firefox"));
  other.feed = "https://elsewhere.corp.example";
  const json::object newer = render(read().value(), named("firefox"), other)->content;
  const char* all[] = {
      "{}",
      "{ }\n",
      "{\n}\n",
      R"({"policies":{}})",
      R"({"policies":{"ExtensionSettings":{}}})",
      "{\n  \"policies\": {\n    \"ExtensionSettings\": {\n    }\n  }\n}\n",
      R"({ "policies" : { "ExtensionSettings" : { } } , "x" : [ "}" , 1.50e3 ] })",
      R"({"policies":{"DisableTelemetry":true}})",
      "\r\n{\t\"a\\\"{\": null,\r\n\t\"policies\":\t{\"Z\": -1.0}\r\n}\r\n\r\n",
      R"({"policies":{"ExtensionSettings":{"*":{"installation_mode":"blocked"},"a@b":{}},"Z":[1]},"x":1})",
      "{\n\t\"policies\": {\n\t\t\"ExtensionSettings\": {\n\t\t\t\"a@b\": {}\n\t\t}\n\t}\n}"};
  for (const std::string text : all) BOOST_TEST_CONTEXT(text) {
      std::string merged = merge_firefox(text, ours).value();
      const auto content = json::parse(merged).as_object();
      BOOST_TEST(fieldnote_entries(content) == Texts{std::string(firefox_id)},
                 boost::test_tools::per_element());
      BOOST_TEST(merge_firefox(merged, ours).value() == merged, "twice is once");
      merged = merge_firefox(merged, newer).value();
      BOOST_TEST(contains(merged, "elsewhere.corp.example"));
      BOOST_TEST(unmerge_firefox(merged, firefox_id).value().value() == text);
      BOOST_TEST(unmerge_firefox(text, firefox_id).value().value() == text);
    }
}

BOOST_AUTO_TEST_CASE(a_file_that_was_made_for_ours_goes_with_it) {
  const json::object ours =
      render(read().value(), named("firefox"), options_for(named("firefox")))->content;
  const std::string made = merge_firefox(std::nullopt, ours).value();
  BOOST_TEST(made == pretty(ours));
  BOOST_TEST(!unmerge_firefox(made, firefox_id).value().has_value());
  // What another one has written into it since stays.
  json::object shared = json::parse(made).as_object();
  shared["policies"].as_object()["DisableTelemetry"] = true;
  BOOST_TEST(json::parse(*unmerge_firefox(pretty(shared), firefox_id).value()) ==
             json::parse(R"({"policies":{"DisableTelemetry":true}})"));
  // Written by jq, with ours at the end.
  BOOST_TEST(*unmerge_firefox(
                  R"({"policies":{"ExtensionSettings":{"a@b":{},"fieldnote@corp.example":{}}}})",
                  firefox_id)
                  .value() == R"({"policies":{"ExtensionSettings":{"a@b":{}}}})");
}

BOOST_AUTO_TEST_CASE(a_file_that_firefox_would_not_take_is_not_changed) {
  const json::object ours =
      render(read().value(), named("firefox"), options_for(named("firefox")))->content;
  for (const char* text : {R"({"policies":[]})", R"({"policies":{"ExtensionSettings":1}})"}) {
    BOOST_TEST(merge_firefox(text, ours).has_error());
    BOOST_TEST(unmerge_firefox(text, firefox_id).has_error());
  }
  BOOST_TEST(
      merge_firefox("{}", json::parse(R"({"policies":{"BlockAboutConfig":true}})").as_object())
          .has_error());
}

BOOST_AUTO_TEST_CASE(native_manifests_name_their_browser_s_kind_of_caller) {
  const json::object chrome = native_manifest(named("edge"), std::string(chromium_id), "/x/host");
  BOOST_TEST(chrome.at("allowed_origins").at(0).as_string() ==
             "chrome-extension://" + std::string(chromium_id) + "/");
  BOOST_TEST(!chrome.contains("allowed_extensions"));
  const json::object firefox =
      native_manifest(named("firefox"), std::string(firefox_id), "/x/host");
  BOOST_TEST(firefox.at("allowed_extensions").at(0).as_string() == firefox_id);
  BOOST_TEST(!firefox.contains("allowed_origins"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace fieldnote::policy
