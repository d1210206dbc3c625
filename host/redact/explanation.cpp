#include "redact/explanation.hpp"

#include <algorithm>

#include "policy/policy_error.hpp"
#include "redact/field_class.hpp"

namespace fieldnote::redact {
namespace {

using model::Disclosure;

std::string pointer_to(std::string_view list, std::size_t i, std::string_view key = "") {
  return '/' + std::string(list) + '/' + std::to_string(i) + std::string(key);
}

const policy::SitePattern* find_exclusion(const policy::Team& team, const policy::Address& address,
                                          std::string_view path, Deciding& by) {
  for (std::size_t i = 0; i < team.exclude.size(); ++i)
    if (team.exclude[i].excludes(address, path)) {
      by = {team.name, pointer_to("exclude", i)};
      return &team.exclude[i];
    }
  return nullptr;
}

std::string in_quotes(std::string_view text) {
  return '"' + std::string(text) + '"';
}

// The strictest rule that matches, as the page takes it; its index, or none.
std::optional<std::size_t> deciding_rule(const policy::Team& team,
                                         const policy::DescribedElement& element,
                                         std::vector<Deciding>& open) {
  std::optional<std::size_t> strictest;
  for (std::size_t i = 0; i < team.fields.size(); ++i) {
    const auto matching = policy::matches(team.fields[i].match, element);
    if (matching == policy::Matching::only_in_a_page)
      open.push_back({team.name, pointer_to("fields", i)});
    if (matching == policy::Matching::yes &&
        (!strictest || team.fields[i].values < team.fields[*strictest].values))
      strictest = i;
  }
  return strictest;
}

}  // namespace

Result<PageExplanation> explain_page(const policy::Policy& policy, const policy::Team& team,
                                     std::string_view url) {
  const auto address = policy::Address::parse(url);
  if (!address)
    return Error{policy::PolicyError::site,
                 std::string(url) + " is no http or https address without credentials"};
  const std::string path = policy::comparable_path(address->path);
  PageExplanation out;
  for (const policy::Team& other : policy.teams)
    if (Deciding by; &other != &team && find_exclusion(other, *address, path, by) != nullptr)
      out.excluded_by.push_back(std::move(by));
  if (!policy.recording) {
    out.why = "Recording is off for the whole organisation";
    out.by = {"", "/recording"};
    return out;
  }
  if (const auto* pattern = find_exclusion(team, *address, path, out.by)) {
    out.why = "The team excludes " + pattern->text();
    return out;
  }
  for (std::size_t i = 0; i < team.sites.size(); ++i)
    if (team.sites[i].pattern.matches(*address, path)) {
      out.recorded = true;
      out.app = team.sites[i].app;
      out.why = "The team lists " + team.sites[i].pattern.text();
      out.by = {team.name, pointer_to("sites", i, "/url")};
      return out;
    }
  out.why = "No site on the team's list matches it";
  out.by = {team.name, "/sites"};
  return out;
}

FieldExplanation explain_field(const policy::Team& team, const FieldDescription& description,
                               const policy::DescribedElement& element) {
  FieldExplanation out{classify(description), Disclosure::withheld, {}, {}, {}};
  const ClassRule& own = rule_of(out.field_class);
  const std::string means(own.means);
  const auto number = deciding_rule(team, element, out.open);
  const policy::FieldRule* rule = number ? &team.fields[*number] : nullptr;
  out.kept =
      highest_disclosure(out.field_class, team.values, rule == nullptr ? nullptr : &rule->values);
  if (rule != nullptr) {
    out.by = {team.name, pointer_to("fields", *number, "/values")};
    out.why = "The rule for " + in_quotes(rule->match) + " says " +
              std::string(model::word(rule->values));
    if (out.kept < rule->values) {
      out.why +=
          ", and of " + means + " no rule tells more than " + std::string(model::word(out.kept));
      out.by = {};
    }
  } else if (out.kept == own.usual) {
    out.why = own.usual == own.ceiling ? "No rule tells more of " + means
                                       : "That is what is kept of " + means + " without a rule";
  } else {
    out.why = "The team's capture.values is " + std::string(model::word(team.values));
    out.by = {team.name, "/capture/values"};
  }
  return out;
}

}  // namespace fieldnote::redact
