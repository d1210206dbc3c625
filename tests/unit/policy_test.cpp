// A policy with any fault is refused as a whole, with file, line, column, JSON pointer and what to
// do.
#include "policy/policy.hpp"

#include <sys/stat.h>

#include <boost/test/unit_test.hpp>
#include <functional>

#include "policy/policy_error.hpp"
#include "policy_fixture.hpp"

namespace fieldnote::policy {
namespace {

namespace json = boost::json;
namespace fs = platform::fs;
using testing::contains;
using testing::PolicyFolder;
using testing::write_file;

// The policy is refused: `where` follows the folder in its sentence, and each of `words` is in it.
void check_refused(const Result<Policy>& policy, const fs::path& folder, PolicyError code,
                   std::string_view where, std::initializer_list<std::string_view> words) {
  BOOST_TEST_REQUIRE(policy.has_error());
  const std::string& sentence = policy.error().sentence;
  BOOST_TEST_CONTEXT(sentence) {
    BOOST_TEST(policy.error().code == make_error_code(code));
    BOOST_TEST(sentence.starts_with((folder / "").string() + std::string(where)));
    for (const std::string_view word : words) BOOST_TEST(contains(sentence, word), word);
    BOOST_TEST(!contains(sentence, "\n"));
  }
}

// Writes the organisation's file as it stands, so that line and column are known.
Result<Policy> read_text(const PolicyFolder& folder, std::string_view text) {
  folder.write();
  write_file(folder.path() / "policy.json", text);
  return read_policy(folder.path());
}

// A good policy.json in lines, the first `from` of it replaced.
std::string organisation_text(std::string_view from = "", std::string_view to = "") {
  std::string text = R"(/** The policy. **/ {
  "organisation": "Example Corp", // who records
  "notice": { "purpose": "p", "lawful_basis": "l",
              "contact": "c" },
  "recipients": ["RECIPIENT"],
  "review_window": "24h",
  "retention": { "days": 30 } /* , */
})";
  if (!from.empty()) {
    const std::size_t at = text.find(from);
    BOOST_TEST_REQUIRE(at != std::string::npos);
    text.replace(at, from.size(), to);
  }
  const std::string recipient = testing::organisation_key().recipient().text();
  for (std::size_t at; (at = text.find("RECIPIENT")) != std::string::npos;)
    text.replace(at, 9, recipient);
  return text;
}

BOOST_FIXTURE_TEST_SUITE(policy_files, PolicyFolder)

BOOST_AUTO_TEST_CASE(a_valid_policy_reads_fully) {
  organisation["shared_accounts"] = json::array{"kiosk"};
  organisation["recording"] = "off";
  organisation["allow_portal"] = true;
  organisation["$schema"] = "policy.schema.json";
  const auto policy = read();
  BOOST_TEST_REQUIRE(policy.has_value());
  BOOST_TEST(policy->organisation == "Example Corp");
  BOOST_TEST(policy->notice.purpose == "Train the support copilot");
  BOOST_TEST(policy->notice.lawful_basis == "Works agreement");
  BOOST_TEST(policy->notice.contact == "privacy@corp.example");
  BOOST_TEST(policy->notice.more == "https://corp.example/fieldnote");
  BOOST_TEST_REQUIRE(policy->recipients.size() == 1U);
  BOOST_TEST((policy->recipients[0].key == testing::organisation_key().recipient()));
  BOOST_TEST(policy->review_window.count() == 24);
  BOOST_TEST(policy->retention_days == 30U);
  BOOST_TEST(policy->retention_megabytes == 512U);
  BOOST_TEST((policy->shared_accounts == std::vector<std::string>{"kiosk"}));
  BOOST_TEST(!policy->recording);
  BOOST_TEST(
      (policy->extension_ids == std::vector<std::string>{"abcdefghijklmnopabcdefghijklmnop"}));
  BOOST_TEST(policy->allow_portal);
  BOOST_TEST(policy->min_participants == 10U);
  BOOST_TEST(policy->warnings.empty());
  BOOST_TEST_REQUIRE(policy->teams.size() == 1U);
  const Team& team = policy->teams[0];
  BOOST_TEST(team.name == "support");
  BOOST_TEST((team.groups == std::vector<std::string>{"support"}));
  BOOST_TEST((team.users == std::vector<std::string>{"alice"}));
  BOOST_TEST_REQUIRE(team.sites.size() == 2U);
  BOOST_TEST(team.sites[0].pattern.text() == "https://crm.example.com/*");
  BOOST_TEST(team.sites[1].app == "tickets");
  BOOST_TEST_REQUIRE(team.exclude.size() == 1U);
  BOOST_TEST(team.exclude[0].text() == "https://crm.example.com/hr/*");
  BOOST_TEST((team.tasks == std::vector<std::string>{"Refund an order"}));
  BOOST_TEST((team.values == model::Disclosure::placeholder));
  BOOST_TEST(team.keys == "episodes");
  BOOST_TEST(team.outline);
  BOOST_TEST_REQUIRE(team.fields.size() == 2U);
  BOOST_TEST(team.fields[0].match == "#subject");
  BOOST_TEST((team.fields[0].values == model::Disclosure::clear));
  BOOST_TEST((team.fields[1].values == model::Disclosure::withheld));
}

BOOST_AUTO_TEST_CASE(what_is_left_out_has_the_value_of_the_schema) {
  const json::value schema =
      json::parse(testing::project_file("manifest/schema/policy.schema.json"));
  const json::object& known = schema.at("properties").as_object();
  for (const char* key : {"review_window", "retention", "extension_ids", "release"})
    organisation.erase(key);
  for (const char* key : {"exclude", "tasks", "capture", "fields"}) team().erase(key);
  const auto policy = read();
  BOOST_TEST_REQUIRE(policy.has_value());
  BOOST_TEST(std::to_string(policy->review_window.count()) + 'h' ==
             known.at("review_window").at("default").as_string());
  const json::value& retention = known.at("retention").at("properties");
  BOOST_TEST(policy->retention_days == retention.at("days").at("default").as_int64());
  BOOST_TEST(policy->retention_megabytes == retention.at("megabytes").at("default").as_int64());
  BOOST_TEST(policy->min_participants ==
             known.at("release").at("properties").at("min_participants").at("default").as_int64());
  BOOST_TEST(policy->recording);
  BOOST_TEST(!policy->allow_portal);
  BOOST_TEST((policy->teams[0].values == model::Disclosure::placeholder));
  BOOST_TEST(policy->teams[0].outline);
}

BOOST_AUTO_TEST_CASE(every_key_of_the_schemas_is_known_and_no_other) {
  const auto keys_of = [](std::string_view file) {
    return json::parse(testing::project_file(file)).at("properties").as_object();
  };
  for (const auto& [key, ignored] : keys_of("manifest/schema/policy.schema.json")) {
    if (key == "$schema") continue;  // read by editors alone
    PolicyFolder folder;
    folder.organisation[key] = nullptr;
    const auto policy = folder.read();
    BOOST_TEST(policy.has_error());
    BOOST_TEST(policy.error().code != make_error_code(PolicyError::unknown_key), key);
  }
  for (const auto& [key, ignored] : keys_of("manifest/schema/team.schema.json")) {
    if (key == "$schema") continue;
    PolicyFolder folder;
    folder.team()[key] = nullptr;
    const auto policy = folder.read();
    BOOST_TEST(policy.has_error());
    BOOST_TEST(policy.error().code != make_error_code(PolicyError::unknown_key), key);
  }
}

BOOST_AUTO_TEST_CASE(comments_are_let_in_and_a_fault_is_found_behind_them) {
  BOOST_TEST(read_text(*this, organisation_text()).has_value());
  check_refused(read_text(*this, organisation_text("\"days\": 30", "\"days\": 0")), path(),
                PolicyError::out_of_range,
                "policy.json:7:26: /retention/days: ", {"from 1 to 365"});
}

BOOST_AUTO_TEST_CASE(an_unknown_key_is_named_with_those_that_are_known) {
  check_refused(read_text(*this, organisation_text("\"retention\"", "\"retain\"")), path(),
                PolicyError::unknown_key,
                "policy.json:7:13: /retain: ", {"\"retain\" is unknown", "retention"});
  check_refused(read_text(*this, organisation_text("\"contact\"", "\"call\": 1, \"contact\"")),
                path(), PolicyError::unknown_key, "policy.json:4:23: /notice/call: ",
                {"known here: purpose, lawful_basis, contact, more"});
  write();
  write_file(path() / "teams.d" / "support.json",
             "{\"members\":{\"users\":[\"a\"]},\n\"sites\":[{\"url\":\"https://a/*\",\"app\":\"a\","
             "\n \"note\":7}]}");
  check_refused(read_policy(path()), path(), PolicyError::unknown_key,
                "teams.d/support.json:3:9: /sites/0/note: ", {"known here: url, app"});
}

BOOST_AUTO_TEST_CASE(a_double_key_is_refused_where_it_stands) {
  // Else the second list would undo the first.
  check_refused(
      read_text(*this, organisation_text("\"contact\"", "\"purpose\": \"q\", \"contact\"")), path(),
      PolicyError::syntax,
      "policy.json:4:23: ", {"the key \"purpose\" stands twice", "take one away"});
  write();
  write_file(
      path() / "teams.d" / "support.json",
      "{\"members\":{\"users\":[\"a\"]},\"sites\":[{\"url\":\"https://a/*\",\"app\":\"a\"}],\n"
      "\"exclude\":[\"https://a/hr/*\"],\n\"exclude\":[]}");
  check_refused(read_policy(path()), path(), PolicyError::syntax,
                "teams.d/support.json:3:", {"\"exclude\" stands twice"});
}

BOOST_AUTO_TEST_CASE(what_is_no_json_is_refused_where_it_goes_wrong) {
  check_refused(read_text(*this, ""), path(), PolicyError::syntax,
                "policy.json:1:1: ", {"not JSON"});
  check_refused(read_text(*this, organisation_text("} /* , */", "} ,")), path(),
                PolicyError::syntax, "policy.json:8:1: ", {"not JSON"});
  check_refused(read_text(*this, "\xEF\xBB\xBF" + organisation_text()), path(), PolicyError::syntax,
                "policy.json:1:1: ", {"byte order mark", "plain UTF-8"});
  check_refused(read_text(*this, organisation_text("Corp", "C\xF6rp")), path(), PolicyError::syntax,
                "policy.json:2:", {"not JSON"});
  check_refused(read_text(*this, organisation_text() + "{}"), path(), PolicyError::syntax,
                "policy.json:8:2: ", {"something follows the end"});
}

struct Fault {
  std::string_view key;
  const char* value;
  PolicyError code;
  std::string_view pointer;
  std::string_view word;
};

void set(json::object& in, const Fault& fault) {
  in[fault.key] = json::parse(fault.value);
}

BOOST_AUTO_TEST_CASE(each_fault_of_the_organisation_is_named) {
  using enum PolicyError;
  const std::string nameless =
      R"([{"key": ")" + testing::organisation_key().recipient().text() + R"(", "name": ""}])";
  const std::string twice = "[\"" + testing::organisation_key().recipient().text() + "\",\"" +
                            testing::organisation_key().recipient().text() + "\"]";
  const std::string secret = "[\"" + std::string(testing::organisation_key().text().view()) + "\"]";
  const Fault faults[] = {
      {"organisation", "7", wrong_type, "/organisation", "must be a text"},
      {"organisation", R"("")", out_of_range, "/organisation", "must not be empty"},
      {"notice", "[]", wrong_type, "/notice", "must be an object with purpose"},
      {"notice", "{}", missing_key, "/notice", "\"purpose\" is missing"},
      {"notice", R"({"purpose":"p","lawful_basis":"l","contact":""})", out_of_range,
       "/notice/contact", "must not be empty"},
      {"notice", R"({"purpose":"p","lawful_basis":"l","contact":"c","more":"javascript:1"})",
       out_of_range, "/notice/more", "http or https"},
      {"recipients", "[]", out_of_range, "/recipients", "1 to 16 items, not 0"},
      {"recipients", R"("age1")", wrong_type, "/recipients", "must be a list"},
      {"recipients", R"(["age1nobody"])", recipient, "/recipients/0", "fieldnote keys new"},
      {"recipients", R"([""])", out_of_range, "/recipients/0", "must not be empty"},
      {"recipients", secret.c_str(), recipient, "/recipients/0", "no recipient"},
      {"recipients", twice.c_str(), recipient, "/recipients/1", "stands twice"},
      {"recipients", R"([{"key": "age1nobody", "name": "A"}])", recipient, "/recipients/0/key",
       "no recipient"},
      {"recipients", R"([{"key": "age1nobody"}])", missing_key, "/recipients/0", "name"},
      {"recipients", nameless.c_str(), out_of_range, "/recipients/0/name", "must not be empty"},
      {"review_window", R"("59m")", out_of_range, "/review_window", "from 1h to 30d"},
      {"review_window", R"("0h")", out_of_range, "/review_window", "from 1h to 30d"},
      {"review_window", R"("31d")", out_of_range, "/review_window", "from 1h to 30d"},
      {"review_window", R"("721h")", out_of_range, "/review_window", "from 1h to 30d"},
      {"review_window", R"("24")", out_of_range, "/review_window", "from 1h to 30d"},
      {"review_window", R"("-1h")", out_of_range, "/review_window", "from 1h to 30d"},
      {"review_window", R"("4294967297h")", out_of_range, "/review_window", "1 to 10 bytes"},
      {"review_window", "24", wrong_type, "/review_window", "must be a text"},
      {"retention", R"({"days":366})", out_of_range, "/retention/days", "from 1 to 365"},
      {"retention", R"({"days":-1})", out_of_range, "/retention/days", "from 1 to 365"},
      {"retention", R"({"days":1.5})", wrong_type, "/retention/days", "whole number"},
      {"retention", R"({"days":"30"})", wrong_type, "/retention/days", "whole number"},
      {"retention", R"({"megabytes":15})", out_of_range, "/retention/megabytes",
       "from 16 to 65536"},
      {"shared_accounts", R"("kiosk")", wrong_type, "/shared_accounts", "must be a list"},
      {"shared_accounts", R"(["kiosk",7])", wrong_type, "/shared_accounts/1", "must be a text"},
      {"recording", "true", wrong_type, "/recording", "must be a text"},
      {"recording", R"("paused")", out_of_range, "/recording", "\"paused\" is none of on, off"},
      {"extension_ids", "[]", out_of_range, "/extension_ids", "1 to 10000 items"},
      {"allow_portal", R"("true")", wrong_type, "/allow_portal", "true or false"},
      {"release", R"({"min_participants":1})", out_of_range, "/release/min_participants", "from 2"},
  };
  for (const Fault& fault : faults) {
    PolicyFolder folder;
    set(folder.organisation, fault);
    BOOST_TEST_CONTEXT(fault.key << " " << fault.value)
    check_refused(folder.read(), folder.path(), fault.code,
                  "policy.json:1:", {": " + std::string(fault.pointer) + ": ", fault.word});
  }
  for (const char* key : {"organisation", "notice", "recipients"}) {
    PolicyFolder folder;
    folder.organisation.erase(key);
    check_refused(folder.read(), folder.path(), missing_key,
                  "policy.json:1:1: /: ", {'"' + std::string(key) + "\" is missing"});
  }
}

BOOST_AUTO_TEST_CASE(each_fault_of_a_team_is_named) {
  using enum PolicyError;
  const Fault faults[] = {
      {"members", "{}", missing_key, "/members", "names nobody"},
      {"members", R"({"groups":[]})", missing_key, "/members", "names nobody"},
      {"members", R"({"users":[7]})", wrong_type, "/members/users/0", "must be a text"},
      {"members", R"({"mails":[]})", unknown_key, "/members/mails", "groups, users"},
      {"sites", "[]", out_of_range, "/sites", "1 to 2000 items"},
      {"sites", R"(["https://crm.example.com/*"])", wrong_type, "/sites/0", "object with url, app"},
      {"sites", R"([{"url":"https://crm.example.com/*"}])", missing_key, "/sites/0", "\"app\""},
      {"sites", R"([{"app":"crm"}])", missing_key, "/sites/0", "\"url\""},
      {"sites", R"([{"url":"https://a/*","app":"CRM"}])", out_of_range, "/sites/0/app", "a-z"},
      {"sites", R"([{"url":"https://a/*","app":""}])", out_of_range, "/sites/0/app", "empty"},
      {"sites", R"([{"url":"https://a/*","app":"a"},{"url":"https://*.com/*","app":"a"}])", site,
       "/sites/1/url", "too wide"},
      {"sites", R"([{"url":"crm.example.com","app":"a"}])", site, "/sites/0/url", "no scheme"},
      {"exclude", R"(["https://crm.example.com/hr"  ,"/hr/*"])", site, "/exclude/1", "no scheme"},
      {"exclude", R"({})", wrong_type, "/exclude", "must be a list"},
      {"tasks", R"([""])", out_of_range, "/tasks/0", "must not be empty"},
      {"capture", R"({"values":"clear"})", out_of_range, "/capture/values", "none of withheld"},
      {"capture", R"({"keys":"all"})", out_of_range, "/capture/keys", "none of off"},
      {"capture", R"({"outline":1})", wrong_type, "/capture/outline", "true or false"},
      {"capture", R"({"screenshots":true})", unknown_key, "/capture/screenshots", "unknown"},
      {"fields", R"([{"match":"#a"}])", missing_key, "/fields/0", "\"values\""},
      {"fields", R"([{"match":"","values":"clear"}])", out_of_range, "/fields/0/match", "empty"},
      {"fields", R"([{"match":"#a","values":"all"}])", out_of_range, "/fields/0/values",
       "none of withheld"},
  };
  for (const Fault& fault : faults) {
    PolicyFolder folder;
    set(folder.team(), fault);
    BOOST_TEST_CONTEXT(fault.key << " " << fault.value)
    check_refused(folder.read(), folder.path(), fault.code, "teams.d/support.json:1:",
                  {": " + std::string(fault.pointer) + ": ", fault.word});
  }
}

BOOST_AUTO_TEST_CASE(windows_reach_from_an_hour_to_thirty_days) {
  for (const auto& [text, count] : {std::pair("1h", 1), {"1d", 24}, {"720h", 720}, {"30d", 720}}) {
    organisation["review_window"] = text;
    const auto policy = read();
    BOOST_TEST_REQUIRE(policy.has_value());
    BOOST_TEST(policy->review_window.count() == count);
  }
}

BOOST_AUTO_TEST_CASE(two_teams_list_one_site_by_the_same_rules_or_not_at_all) {
  teams["second"] = team();
  teams["second"]["members"] = json::object{{"users", json::array{"bob"}}};
  BOOST_TEST(read().has_value());
  const std::pair<const char*, const char*> changes[] = {
      {"capture", R"({"values":"shape"})"},
      {"capture", R"({"keys":"off"})"},
      {"capture", R"({"outline":false})"},
      {"fields", "[]"},
      {"sites", R"([{"url":"https://crm.example.com/*","app":"other"}])"},
      // Another spelling is no other site.
      {"sites", R"([{"url":"https://CRM.example.com:443/*","app":"other"}])"},
  };
  for (const auto& [key, value] : changes) {
    PolicyFolder folder;
    folder.teams["second"] = folder.team();
    folder.teams["second"][key] = json::parse(value);
    check_refused(folder.read(), folder.path(), PolicyError::teams, "teams.d/support.json:1:",
                  {": /sites/0/url: ", "listed by team second", "give both teams the same"});
  }
  teams["second"]["exclude"] = json::array{};
  teams["second"]["tasks"] = json::array{};
  BOOST_TEST(read().has_value());
}

BOOST_AUTO_TEST_CASE(files_that_others_could_have_written_are_not_believed) {
  const auto check = [&](const fs::path& of, std::string_view word) {
    const auto policy = read_policy(path());
    BOOST_TEST_REQUIRE(policy.has_error());
    BOOST_TEST(policy.error().sentence.starts_with(of.string() + ": "), policy.error().sentence);
    BOOST_TEST(contains(policy.error().sentence, word), policy.error().sentence);
  };
  for (const char* name : {"policy.json", "teams.d/support.json", "teams.d", "."}) {
    write();
    const fs::path file = name == std::string_view(".") ? path() : path() / name;
    const mode_t before = testing::mode_of(file);
    for (const mode_t more : {mode_t{S_IWOTH}, mode_t{S_IWGRP}}) {
      BOOST_TEST_REQUIRE(::chmod(file.c_str(), before | more) == 0);
      check(file, "chmod go-w");
    }
    BOOST_TEST_REQUIRE(::chmod(file.c_str(), before) == 0);
    BOOST_TEST(read_policy(path()).has_value());
  }
  for (const char* name : {"policy.json", "teams.d/support.json"}) {
    write();
    fs::rename(path() / name, path() / "elsewhere");
    fs::create_symlink(path() / "elsewhere", path() / name);
    check(path() / name, "symbolic link");
    fs::remove(path() / name);
  }
}

BOOST_AUTO_TEST_CASE(a_file_larger_than_a_policy_can_be_is_refused) {
  write();
  write_file(path() / "policy.json", organisation_text() + std::string(4 << 20, ' '));
  const auto policy = read_policy(path());
  BOOST_TEST_REQUIRE(policy.has_error());
  BOOST_TEST(contains(policy.error().sentence, "policy.json: larger than 4194304 bytes"));
}

BOOST_AUTO_TEST_CASE(without_a_policy_there_is_one_sentence_and_without_teams_there_is_a_policy) {
  const auto missing = read_policy(path());
  BOOST_TEST_REQUIRE(missing.has_error());
  BOOST_TEST(contains(missing.error().sentence, "policy.json: No such file"));
  BOOST_TEST(contains(read_policy(path() / "missing").error().sentence, "missing: No such file"));
  teams.clear();
  BOOST_TEST(read().value().teams.empty());
  fs::remove(path() / "teams.d");
  BOOST_TEST(read().value().teams.empty());
}

BOOST_AUTO_TEST_CASE(only_json_files_are_teams_and_they_come_in_the_order_of_their_names) {
  teams["a-first"] = team();
  teams["zz-last"] = team();
  write();
  write_file(path() / "teams.d" / "README", "no team");
  write_file(path() / "teams.d" / "old.json.bak", "no team");
  const auto policy = read_policy(path());
  BOOST_TEST_REQUIRE(policy.has_value());
  BOOST_TEST_REQUIRE(policy->teams.size() == 3U);
  BOOST_TEST(policy->teams[0].name == "a-first");
  BOOST_TEST(policy->teams[1].name == "support");
  BOOST_TEST(policy->teams[2].name == "zz-last");
}

BOOST_AUTO_TEST_CASE(the_digest_changes_with_any_byte) {
  const seal::Digest before = read().value().digest;
  BOOST_TEST((read().value().digest == before));
  std::set<seal::Digest> seen{before};
  for (const char* name : {"policy.json", "teams.d/support.json"}) {
    write();
    write_file(path() / name, testing::read_file(path() / name) + " ");
    BOOST_TEST(seen.insert(read_policy(path()).value().digest).second, name);
  }
  write();
  fs::rename(path() / "teams.d" / "support.json", path() / "teams.d" / "other.json");
  BOOST_TEST(seen.insert(read_policy(path()).value().digest).second);
  fs::remove(path() / "teams.d" / "other.json");
  BOOST_TEST(seen.insert(read_policy(path()).value().digest).second);
}

BOOST_AUTO_TEST_CASE(http_warns_and_says_where) {
  team()["sites"].as_array().push_back(
      json::object{{"url", "http://wiki.example.com/*"}, {"app", "wiki"}});
  team()["exclude"].as_array().push_back("http://wiki.example.com/private/*");
  const auto policy = read();
  BOOST_TEST_REQUIRE(policy.has_value());
  BOOST_TEST_REQUIRE(policy->warnings.size() == 1U);
  BOOST_TEST(contains(policy->warnings[0], "teams.d/support.json:1:"));
  BOOST_TEST(contains(policy->warnings[0], "http://wiki.example.com/* is http"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace fieldnote::policy
