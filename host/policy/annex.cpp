#include "policy/annex.hpp"

#include <boost/json/parse.hpp>

#include "policy/contract.hpp"

namespace fieldnote::policy {
namespace {

namespace json = boost::json;

// Text of a policy in a cell of a table or a line: no markup of its own, no line of its own.
std::string plain(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (std::string_view("\\`*_[]<>|#").find(c) != std::string_view::npos) out += '\\';
    out += c == '\n' || c == '\r' || c == '\t' ? ' ' : c;
  }
  return out;
}

std::string code(std::string_view text) {
  std::string out = "`";
  for (const char c : text)
    if (c != '`' && c != '\n' && c != '\r') out += c == '|' ? '/' : c;
  return out + '`';
}

template <class List, class Text>
std::string joined(const List& list, const Text& text) {
  std::string out;
  for (const auto& item : list) {
    if (!out.empty()) out += ", ";
    out += text(item);
  }
  return out.empty() ? "none" : out;
}

void append_head(std::string& out, const Policy& policy) {
  out += "# What Fieldnote records: annex\n\nOf the policy of " + plain(policy.organisation) +
         " with the digest " + code(policy.digest.hex()) +
         ", made by `fieldnote policy describe` (" FIELDNOTE_VERSION
         ").\nWhoever changes the policy or updates the program makes it anew; `fieldnote policy "
         "diff` says what widens.\n\n";
  out += "## Purpose and basis\n\n| | |\n| --- | --- |\n";
  out += "| purpose | " + plain(policy.notice.purpose) + " |\n";
  out += "| lawful basis | " + plain(policy.notice.lawful_basis) + " |\n";
  out += "| contact | " + plain(policy.notice.contact) + " |\n";
  if (!policy.notice.more.empty()) out += "| more | " + plain(policy.notice.more) + " |\n";
  out += std::string("| recording | ") +
         (policy.recording ? "on, for those who said yes" : "off, for everybody") + " |\n\n";
}

void append_team(std::string& out, const Team& team) {
  out += "### Team " + plain(team.name) + "\n\n";
  out += "* Members: groups " + joined(team.groups, code) + "; accounts " +
         joined(team.users, code) + ".\n";
  out += "* Recorded: " +
         joined(team.sites,
                [](const Site& site) {
                  return code(site.pattern.text()) + " (" + plain(site.app) + ')';
                }) +
         ".\n";
  out += "* Never recorded there: " +
         joined(team.exclude, [](const SitePattern& pattern) { return code(pattern.text()); }) +
         ".\n";
  out += "* Typed text: at most " + code(model::word(team.values)) +
         ". Keyboard: " + code(team.keys) +
         ". Outlines of pages: " + (team.outline ? "`on`" : "`off`") + ".\n";
  for (const FieldRule& rule : team.fields)
    out += "* Fields that match " + code(rule.match) + ": " + code(model::word(rule.values)) +
           (rule.values == model::Disclosure::clear
                ? ", where their class allows it: **as they were typed**"
                : "") +
           ".\n";
  out += '\n';
}

void append_teams(std::string& out, const Policy& policy) {
  out +=
      "## Who is recorded, and where\n\n"
      "Only people in these teams who said yes, only on these pages, and never in private "
      "windows. Never recorded, whatever lists them: the shared accounts " +
      joined(policy.shared_accounts, code) + ".\n\n";
  for (const Team& team : policy.teams) append_team(out, team);
}

void append_fields(std::string& out, const std::vector<LeavingField>& fields) {
  out += "| field | what | why | how much is told |\n| --- | --- | --- | --- |\n";
  for (const LeavingField& field : fields)
    out += "| " + code(field.path) + " | " + field.what + " | " + field.why + " | " + field.told +
           " |\n";
  out += '\n';
}

void append_classes(std::string& out) {
  out +=
      "### How much of a value is told, by what the field holds\n\n"
      "`withheld`: the class alone. `shape`: how long, and of what kind of characters. "
      "`placeholder`: `<EMAIL_2>` in place of the text. `clear`: as typed. A team's own level "
      "can only lower the usual one; a rule for a field raises it up to the highest and never "
      "above.\n\n| class | usual | highest |\n| --- | --- | --- |\n";
  const json::value classes = json::parse(contract::field_classes);
  for (const auto& [name, rule] : classes.at("rules").as_object())
    out += "| " + code(name) + " | " + std::string(rule.at("usual").as_string()) + " | " +
           std::string(rule.at("ceiling").as_string()) + " |\n";
  out += '\n';
}

void append_time(std::string& out, const Policy& policy) {
  out +=
      "## How long\n\n"
      "* Held on the person's device, open to review and deletion there: " +
      std::to_string(policy.review_window.count()) +
      " hours of use of the browser at least, before it can leave.\n"
      "* What has not left after " +
      std::to_string(policy.retention_days) +
      " days is deleted on the device and counted as lost; a device holds at most " +
      std::to_string(policy.retention_megabytes) +
      " megabytes.\n"
      "* What has left is the organisation's to delete. The program does not do that: the "
      "organisation states here until when it keeps bundles, datasets and models.\n\n";
}

void append_readers(std::string& out, const Policy& policy) {
  out +=
      "## Who reads it\n\n"
      "The person, on their device. Then whoever holds the secret half of one of these keys "
      "(by fingerprint), and nobody else:\n\n";
  bool named = true;
  for (const Reader& reader : policy.recipients) {
    out += "* " + (reader.name.empty() ? "" : plain(reader.name) + ": ") +
           code(reader.key.fingerprint()) + '\n';
    named = named && !reader.name.empty();
  }
  out += named ? "\n" : "\nThe organisation states here who they are. ";
  out +=
      "Clear text is meant to enter a dataset "
      "only where at least " +
      std::to_string(policy.min_participants) +
      " participants contributed to it (`release.min_participants`).\n\n";
}

void append_others(std::string& out) {
  out +=
      "## People who were never asked\n\n"
      "Customers, applicants, patients and colleagues appear on the pages that are recorded. "
      "They said neither yes nor no. What can tell of them:\n\n";
  for (const auto& fields : {event_fields(), header_fields()})
    for (const LeavingField& field : fields)
      if (!field.others.empty()) out += "* " + code(field.path) + ": " + field.others + '\n';
  out +=
      "\nWhat Fieldnote recognises it masks before anything is kept; it cannot recognise "
      "everything. Exclude the pages that show special categories of data.\n\n";
}

// The section of a Markdown text that bears `title`, without its heading.
std::string_view section(std::string_view text, std::string_view title) {
  const std::string heading = "\n## " + std::string(title) + '\n';
  const std::size_t at = text.find(heading);
  if (at == std::string_view::npos) return {};
  text.remove_prefix(at + heading.size());
  return text.substr(0, text.find("\n## "));
}

}  // namespace

std::string annex(const Policy& policy) {
  std::string out;
  append_head(out, policy);
  append_teams(out, policy);
  out += "## Everything that can leave a device\n\n### Of each thing that a person did\n\n";
  append_fields(out, event_fields());
  append_classes(out);
  out += "### Of each bundle\n\n";
  append_fields(out, header_fields());
  out +=
      "No field tells the name, the account, the device, the time of day, idle time, typing "
      "pace or error rates.\n\n";
  append_time(out, policy);
  append_readers(out, policy);
  append_others(out);
  out += "## What is not defended\n";
  out += section(contract::security, "What is not defended");
  while (out.ends_with("\n\n")) out.pop_back();
  return out;
}

}  // namespace fieldnote::policy
