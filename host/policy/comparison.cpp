#include "policy/comparison.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace fieldnote::policy {
namespace {

using Names = std::vector<std::string>;

// The order of how much is told of the keyboard.
constexpr std::array<std::string_view, 4> key_levels{"off", "shortcuts", "episodes", "strokes"};

std::string in_quotes(std::string_view text) {
  return '"' + std::string(text) + '"';
}

std::string days(unsigned count) {
  return std::to_string(count) + (count == 1 ? " day" : " days");
}

// Collects what is found of one team, or of the organisation.
class Findings {
 public:
  Findings(std::vector<Change>& changes, std::string team)
      : changes_(changes), team_(std::move(team)) {}

  void add(Direction direction, std::string_view subject, std::string what) {
    changes_.push_back({direction, std::string(subject), team_, std::move(what)});
  }

  // `more`: what a higher number means for people.
  template <class Number>
  void number(std::string_view subject, Number before, Number after, Direction more,
              const std::string& what) {
    if (before == after) return;
    const Direction less = more == Direction::wider ? Direction::narrower : Direction::wider;
    add(after > before ? more : less, subject, what);
  }

  void text(Direction direction, std::string_view subject, std::string_view name,
            const std::string& before, const std::string& after) {
    if (before != after)
      add(direction, subject,
          std::string(name) + " was " + in_quotes(before) + " and is " + in_quotes(after));
  }

  // Names that come (a change of `more`) and go (the opposite).
  void names(std::string_view subject, Direction more, std::string_view name, const Names& before,
             const Names& after) {
    const Direction less = more == Direction::wider ? Direction::narrower : Direction::wider;
    const std::set<std::string> was(before.begin(), before.end());
    const std::set<std::string> is(after.begin(), after.end());
    for (const std::string& item : is)
      if (!was.contains(item))
        add(more, subject, std::string(name) + ' ' + in_quotes(item) + " comes");
    for (const std::string& item : was)
      if (!is.contains(item))
        add(less, subject, std::string(name) + ' ' + in_quotes(item) + " goes");
  }

 private:
  std::vector<Change>& changes_;
  std::string team_;
};

Names readers(const Policy& policy) {
  Names names;
  for (const Reader& reader : policy.recipients) names.push_back(reader.text());
  return names;
}

void compare_callers(const Policy& before, const Policy& after, Findings& findings) {
  using enum Direction;
  if (before.extension_ids.empty() != after.extension_ids.empty())
    findings.add(after.extension_ids.empty() ? wider : narrower, "caller",
                 after.extension_ids.empty()
                     ? "any extension that the native messaging manifest allows may start the host"
                     : "only the extensions named may start the host");
  else
    findings.names("caller", wider, "the extension", before.extension_ids, after.extension_ids);
  if (before.allow_portal != after.allow_portal)
    findings.add(after.allow_portal ? wider : narrower, "caller",
                 std::string("a caller that cannot name itself may ") +
                     (after.allow_portal ? "" : "no longer ") + "start the host");
}

void compare_organisation(const Policy& before, const Policy& after, Findings findings) {
  using enum Direction;
  findings.text(wider, "organisation", "the organisation", before.organisation, after.organisation);
  findings.text(wider, "purpose", "the purpose", before.notice.purpose, after.notice.purpose);
  findings.text(wider, "purpose", "the lawful basis", before.notice.lawful_basis,
                after.notice.lawful_basis);
  findings.text(changed, "notice", "the contact", before.notice.contact, after.notice.contact);
  findings.text(changed, "notice", "where to read more", before.notice.more, after.notice.more);
  findings.names("recipients", wider, "the key that can read bundles", readers(before),
                 readers(after));
  findings.number("review_window", before.review_window, after.review_window, narrower,
                  "events are held for review for " + std::to_string(after.review_window.count()) +
                      " hours, not " + std::to_string(before.review_window.count()));
  findings.number("retention", before.retention_days, after.retention_days, wider,
                  "what has not left is kept for " + days(after.retention_days) + ", not " +
                      days(before.retention_days));
  findings.number("retention", before.retention_megabytes, after.retention_megabytes, wider,
                  "up to " + std::to_string(after.retention_megabytes) +
                      " megabytes are kept on a device, not " +
                      std::to_string(before.retention_megabytes));
  findings.number("release", before.min_participants, after.min_participants, narrower,
                  "clear text needs " + std::to_string(after.min_participants) +
                      " participants, not " + std::to_string(before.min_participants));
  if (before.recording != after.recording)
    findings.add(after.recording ? wider : narrower, "recording",
                 after.recording ? "recording is switched on" : "recording is switched off");
  findings.names("accounts", narrower, "the account that is never recorded", before.shared_accounts,
                 after.shared_accounts);
  compare_callers(before, after, findings);
}

bool covered(const SitePattern& pattern, const std::vector<const SitePattern*>& by) {
  return std::any_of(by.begin(), by.end(),
                     [&](const SitePattern* other) { return other->covers(pattern); });
}

// What `after` reaches and `before` does not is a change of `more`, the rest of its opposite.
void compare_patterns(const std::vector<const SitePattern*>& before,
                      const std::vector<const SitePattern*>& after, std::string_view subject,
                      Direction more, Findings& findings) {
  const Direction less = more == Direction::wider ? Direction::narrower : Direction::wider;
  for (const SitePattern* pattern : after)
    if (!covered(*pattern, before)) findings.add(more, subject, pattern->text() + " comes");
  for (const SitePattern* pattern : before)
    if (!covered(*pattern, after)) findings.add(less, subject, pattern->text() + " goes");
}

std::vector<const SitePattern*> patterns(const std::vector<Site>& sites) {
  std::vector<const SitePattern*> list;
  for (const Site& site : sites) list.push_back(&site.pattern);
  return list;
}

std::vector<const SitePattern*> patterns(const std::vector<SitePattern>& exclude) {
  std::vector<const SitePattern*> list;
  for (const SitePattern& pattern : exclude) list.push_back(&pattern);
  return list;
}

const FieldRule* rule_of(const Team& team, const std::string& match) {
  const auto at = std::find_if(team.fields.begin(), team.fields.end(),
                               [&](const FieldRule& rule) { return rule.match == match; });
  return at == team.fields.end() ? nullptr : &*at;
}

// A rule that comes (or, the other way round, goes) beside the team's own level. One that is lower
// than that level still raises a class that is withheld without a rule.
Direction direction_of(model::Disclosure rule, model::Disclosure team) {
  if (rule == model::Disclosure::withheld) return Direction::narrower;
  return rule < team ? Direction::changed : Direction::wider;
}

Direction opposite(Direction direction) {
  if (direction == Direction::changed) return direction;
  return direction == Direction::wider ? Direction::narrower : Direction::wider;
}

void compare_fields(const Team& before, const Team& after, Findings& findings) {
  for (const FieldRule& rule : after.fields) {
    const std::string level(model::word(rule.values));
    const FieldRule* was = rule_of(before, rule.match);
    if (was == nullptr)
      findings.add(direction_of(rule.values, before.values), "fields",
                   "fields that match " + in_quotes(rule.match) + " are " + level);
    else
      findings.number("fields", was->values, rule.values, Direction::wider,
                      "fields that match " + in_quotes(rule.match) + " are " + level + ", not " +
                          std::string(model::word(was->values)));
  }
  for (const FieldRule& rule : before.fields)
    if (rule_of(after, rule.match) == nullptr)
      findings.add(opposite(direction_of(rule.values, after.values)), "fields",
                   "fields that match " + in_quotes(rule.match) +
                       " have no rule any more; they were " +
                       std::string(model::word(rule.values)));
}

std::ptrdiff_t key_level(const Team& team) {
  return std::find(key_levels.begin(), key_levels.end(), team.keys) - key_levels.begin();
}

void compare_apps(const Team& before, const Team& after, Findings& findings) {
  std::map<std::string, const std::string*> apps;
  for (const Site& site : before.sites) apps.emplace(site.pattern.canonical(), &site.app);
  for (const Site& site : after.sites) {
    const auto was = apps.find(site.pattern.canonical());
    if (was != apps.end() && *was->second != site.app)
      findings.add(Direction::changed, "sites",
                   site.pattern.text() + " belongs to the app " + in_quotes(site.app) + ", not " +
                       in_quotes(*was->second));
  }
}

void compare_team(const Team& before, const Team& after, Findings findings) {
  using enum Direction;
  findings.names("members", wider, "the group", before.groups, after.groups);
  findings.names("members", wider, "the user", before.users, after.users);
  compare_patterns(patterns(before.sites), patterns(after.sites), "sites", wider, findings);
  compare_patterns(patterns(before.exclude), patterns(after.exclude), "exclude", narrower,
                   findings);
  compare_apps(before, after, findings);
  findings.number("disclosure", before.values, after.values, wider,
                  "typed text is at most " + std::string(model::word(after.values)) + ", not " +
                      std::string(model::word(before.values)));
  findings.number("keys", key_level(before), key_level(after), wider,
                  "of the keyboard: " + after.keys + ", not " + before.keys);
  if (before.outline != after.outline)
    findings.add(after.outline ? wider : narrower, "outline",
                 after.outline ? "outlines of pages are recorded"
                               : "outlines of pages are no longer recorded");
  compare_fields(before, after, findings);
  if (before.tasks != after.tasks) findings.add(changed, "tasks", "the list of tasks is another");
}

const Team* team_of(const Policy& policy, const std::string& name) {
  const auto at = std::find_if(policy.teams.begin(), policy.teams.end(),
                               [&](const Team& team) { return team.name == name; });
  return at == policy.teams.end() ? nullptr : &*at;
}

// A team that was not there: everything of it is wider, and is said one by one.
void introduce(const Team& team, Findings findings) {
  using enum Direction;
  findings.add(wider, "members",
               "the team comes: typed text is at most " + std::string(model::word(team.values)) +
                   ", of the keyboard " + team.keys + ", outlines of pages " +
                   (team.outline ? "on" : "off"));
  findings.names("members", wider, "the group", {}, team.groups);
  findings.names("members", wider, "the user", {}, team.users);
  compare_patterns({}, patterns(team.sites), "sites", wider, findings);
  Team silent;
  silent.values = team.values;
  compare_fields(silent, team, findings);
}

}  // namespace

std::string_view word(Direction direction) {
  switch (direction) {
    case Direction::wider:
      return "wider";
    case Direction::narrower:
      return "narrower";
    case Direction::changed:
      break;
  }
  return "changed";
}

std::vector<Change> compare(const Policy& before, const Policy& after) {
  std::vector<Change> changes;
  compare_organisation(before, after, Findings(changes, ""));
  for (const Team& team : after.teams) {
    if (const Team* was = team_of(before, team.name))
      compare_team(*was, team, {changes, team.name});
    else
      introduce(team, {changes, team.name});
  }
  for (const Team& team : before.teams)
    if (team_of(after, team.name) == nullptr)
      Findings(changes, team.name)
          .add(Direction::narrower, "members", "the team goes, with all of its sites");
  return changes;
}

}  // namespace fieldnote::policy
