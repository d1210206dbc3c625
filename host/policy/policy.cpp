#include "policy/policy.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <span>

#include "policy/document.hpp"

namespace fieldnote::policy {
namespace {

namespace fs = platform::fs;

constexpr std::size_t max_teams = 2000;
constexpr std::size_t max_file_bytes = 4 << 20;

// "24h", "7d"; from an hour to thirty days.
std::chrono::hours read_window(Node node) {
  using std::chrono::hours;
  constexpr hours least{1};
  constexpr hours most{30 * 24};
  if (!node.there()) return hours{24};
  const std::string text = node.text(1, 10);
  unsigned count = 0;
  const auto [rest, failed] = std::from_chars(text.data(), text.data() + text.size(), count);
  const std::string_view unit(rest, static_cast<std::size_t>(text.data() + text.size() - rest));
  const hours window = unit == "d" ? hours{24} * count : hours{count};
  if (failed != std::errc() || (unit != "h" && unit != "d") || count > 10000 || window < least ||
      window > most) {
    node.fault(PolicyError::out_of_range, "must be from 1h to 30d, as in \"24h\" or \"7d\"");
    return hours{24};
  }
  return window;
}

Notice read_notice(Node node) {
  node.object({"purpose", "lawful_basis", "contact"}, {"more"});
  Notice notice{node.member("purpose").text(1, 1000), node.member("lawful_basis").text(1, 1000),
                node.member("contact").text(1, 200), node.member("more").text(0, 400)};
  if (!notice.more.empty() && !notice.more.starts_with("https://") &&
      !notice.more.starts_with("http://"))
    node.member("more").fault(PolicyError::out_of_range, "must be an http or https address");
  return notice;
}

// A key, or a key and the name of who holds its secret half.
std::vector<Reader> read_recipients(Node node) {
  std::vector<Reader> recipients;
  for (const Node& item : node.items(1, 16)) {
    Node key = item;
    std::string name;
    if (item.is_object()) {
      Node named = item;
      named.object({"key", "name"});
      key = named.member("key");
      name = named.member("name").text(1, 100);
    }
    auto recipient = seal::X25519Recipient::parse(key.text(1, 200));
    if (!recipient)
      key.fault(PolicyError::recipient, "no recipient: " + recipient.error().sentence +
                                            "; `fieldnote keys new` prints one");
    else if (std::any_of(recipients.begin(), recipients.end(),
                         [&](const Reader& reader) { return reader.key == *recipient; }))
      key.fault(PolicyError::recipient, "the recipient stands twice");
    else
      recipients.push_back({*recipient, std::move(name)});
  }
  return recipients;
}

Policy read_organisation(Document& document) {
  Node root = document.root();
  root.object({"organisation", "notice", "recipients"},
              {"$schema", "review_window", "retention", "shared_accounts", "recording",
               "extension_ids", "allow_portal", "release"});
  Policy policy;
  policy.organisation = root.member("organisation").text(1, 200);
  policy.notice = read_notice(root.member("notice"));
  policy.recipients = read_recipients(root.member("recipients"));
  policy.review_window = read_window(root.member("review_window"));
  Node retention = root.member("retention");
  retention.object({}, {"days", "megabytes"});
  policy.retention_days = retention.member("days").number(1, 365, policy.retention_days);
  policy.retention_megabytes =
      retention.member("megabytes").number(16, 65536, policy.retention_megabytes);
  policy.shared_accounts = root.member("shared_accounts").texts();
  policy.recording = root.member("recording").choice({"on", "off"}, "on") == "on";
  policy.extension_ids = root.member("extension_ids").texts(1);
  policy.allow_portal = root.member("allow_portal").flag(false);
  Node release = root.member("release");
  release.object({}, {"min_participants"});
  policy.min_participants =
      release.member("min_participants").number(2, 1000000, policy.min_participants);
  return policy;
}

std::vector<FieldRule> read_fields(Node node) {
  std::vector<FieldRule> rules;
  for (Node& item : node.items(0, 500)) {
    item.object({"match", "values"});
    const std::string level =
        item.member("values").choice({"withheld", "shape", "placeholder", "clear"}, "withheld");
    rules.push_back(
        {item.member("match").text(1, 400),
         model::from_word<model::Disclosure>(level).value_or(model::Disclosure::withheld)});
  }
  return rules;
}

// The pattern, or nothing after a fault.
std::optional<SitePattern> read_pattern(Node& node, std::vector<std::string>& warnings) {
  auto pattern = SitePattern::parse(node.text(1, 400));
  if (!pattern) {
    node.fault(PolicyError::site, pattern.error().sentence);
    return std::nullopt;
  }
  if (pattern->is_http())
    warnings.push_back(node.place() + ": " + pattern->text() +
                       " is http: anybody on the way can read and change that page");
  return std::move(*pattern);
}

Team read_team(Document& document, std::string name, std::vector<std::string>& warnings) {
  Node root = document.root();
  root.object({"members", "sites"}, {"$schema", "exclude", "tasks", "capture", "fields"});
  Team team;
  team.name = std::move(name);
  Node members = root.member("members");
  members.object({}, {"groups", "users"});
  team.groups = members.member("groups").texts();
  team.users = members.member("users").texts();
  if (members.there() && team.groups.empty() && team.users.empty())
    members.fault(PolicyError::missing_key, "names nobody; list groups or users");
  for (Node& item : root.member("sites").items(1, 2000)) {
    item.object({"url", "app"});
    const std::string app = item.member("app").text(1, 40);
    if (app.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_-") != std::string::npos)
      item.member("app").fault(PolicyError::out_of_range, "an app is named with a-z, 0-9, - and _");
    Node url = item.member("url");
    if (!url.there()) continue;
    if (auto pattern = read_pattern(url, warnings))
      team.sites.push_back({std::move(*pattern), app});
  }
  std::vector<std::string> quiet;
  for (Node& item : root.member("exclude").items(0, 2000))
    if (auto pattern = read_pattern(item, quiet)) team.exclude.push_back(std::move(*pattern));
  team.tasks = root.member("tasks").texts();
  Node capture = root.member("capture");
  capture.object({}, {"values", "keys", "outline"});
  const std::string values =
      capture.member("values").choice({"withheld", "shape", "placeholder"}, "placeholder");
  team.values = model::from_word<model::Disclosure>(values).value_or(model::Disclosure::withheld);
  team.keys =
      capture.member("keys").choice({"off", "shortcuts", "episodes", "strokes"}, "episodes");
  team.outline = capture.member("outline").flag(true);
  team.fields = read_fields(root.member("fields"));
  return team;
}

// Two teams may list one site, but then by the same rules: a person in both could not know what
// holds. `documents[i]` is what `teams[i]` was read from.
Result<void> check_teams(const std::vector<Team>& teams, const std::vector<Document>& documents) {
  struct Claim {
    const Team* team;
    const Site* site;
  };
  std::map<std::string, Claim> claims;
  const auto rules = [](const Team& team) {
    std::vector<std::pair<std::string, model::Disclosure>> list;
    for (const FieldRule& rule : team.fields) list.emplace_back(rule.match, rule.values);
    std::sort(list.begin(), list.end());
    return list;
  };
  for (std::size_t i = 0; i < teams.size(); ++i)
    for (std::size_t j = 0; j < teams[i].sites.size(); ++j) {
      const Team& team = teams[i];
      const Site& site = team.sites[j];
      const auto [at, first] = claims.try_emplace(site.pattern.canonical(), Claim{&team, &site});
      if (first || at->second.team == &team) continue;
      const Team& other = *at->second.team;
      if (other.values == team.values && other.keys == team.keys && other.outline == team.outline &&
          at->second.site->app == site.app && rules(other) == rules(team))
        continue;
      const std::string pointer = "/sites/" + std::to_string(j) + "/url";
      return Error{PolicyError::teams,
                   documents[i].place(pointer) + ": " + pointer + ": " + site.pattern.text() +
                       " is listed by team " + other.name +
                       " with other rules; give both teams the same app, capture and fields"};
    }
  return {};
}

Result<void> check_folder(const fs::path& folder, Writers writers) {
  return writers == Writers::anybody ? Result<void>() : platform::check_trusted_folder(folder);
}

Result<std::vector<fs::path>> team_files(const fs::path& folder, Writers writers) {
  std::vector<fs::path> files;
  std::error_code failed;
  if (!fs::exists(folder, failed)) return files;
  if (auto trusted = check_folder(folder, writers); !trusted) return trusted.error();
  for (fs::directory_iterator at(folder, failed), end; !failed && at != end; at.increment(failed))
    if (at->path().extension() == ".json") files.push_back(at->path());
  if (failed) return os_error(failed.value(), folder.string());
  if (files.size() > max_teams)
    return Error{PolicyError::teams,
                 folder.string() + ": more than " + std::to_string(max_teams) + " teams"};
  std::sort(files.begin(), files.end());
  return files;
}

void digest_file(seal::Sha256& digest, const PolicyFile& file) {
  const std::string head =
      file.path.filename().string() + '\n' + std::to_string(file.text.size()) + '\n';
  digest.update(platform::as_bytes(head));
  digest.update(platform::as_bytes(file.text));
}

}  // namespace

std::vector<seal::X25519Recipient> Policy::keys() const {
  std::vector<seal::X25519Recipient> keys;
  for (const Reader& reader : recipients) keys.push_back(reader.key);
  return keys;
}

bool Team::has(const platform::Account& account) const {
  if (std::find(users.begin(), users.end(), account.user) != users.end()) return true;
  return std::any_of(groups.begin(), groups.end(), [&](const std::string& group) {
    return std::find(account.groups.begin(), account.groups.end(), group) != account.groups.end();
  });
}

Result<Policy> parse_policy(std::vector<PolicyFile> files) {
  if (files.empty()) return Error{PolicyError::missing_key, "a policy has at least policy.json"};
  seal::Sha256 digest;
  for (const PolicyFile& file : files) digest_file(digest, file);
  auto document = Document::parse(std::move(files.front().path), std::move(files.front().text));
  if (!document) return document.error();
  Policy policy = read_organisation(*document);
  if (document->first_fault()) return *document->first_fault();
  std::vector<Document> documents;
  for (PolicyFile& file : std::span(files).subspan(1)) {
    std::string name = file.path.stem().string();
    auto team = Document::parse(std::move(file.path), std::move(file.text));
    if (!team) return team.error();
    policy.teams.push_back(read_team(*team, std::move(name), policy.warnings));
    if (team->first_fault()) return *team->first_fault();
    documents.push_back(std::move(*team));
  }
  if (auto same = check_teams(policy.teams, documents); !same) return same.error();
  policy.digest = digest.finish();
  return policy;
}

Result<Policy> read_policy(const fs::path& folder, Writers writers) {
  if (auto trusted = check_folder(folder, writers); !trusted) return trusted.error();
  auto paths = team_files(folder / "teams.d", writers);
  if (!paths) return paths.error();
  paths->insert(paths->begin(), folder / "policy.json");
  std::vector<PolicyFile> files;
  for (fs::path& path : *paths) {
    auto text = writers == Writers::anybody ? platform::read_all(path, max_file_bytes)
                                            : platform::read_trusted(path, max_file_bytes);
    if (!text) return text.error();
    files.push_back({std::move(path), std::move(*text)});
  }
  return parse_policy(std::move(files));
}

}  // namespace fieldnote::policy
