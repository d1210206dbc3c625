// fieldnote policy explain: would this page be recorded, what would be kept of this field, and
// which line of the policy decides.
#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <iostream>
#include <memory>

#include "cli/policy_commands.hpp"
#include "cli/terminal.hpp"
#include "platform/paths.hpp"
#include "policy/document.hpp"
#include "redact/explanation.hpp"
#include "redact/field_class.hpp"

namespace fieldnote::cli {
namespace {

namespace fs = platform::fs;
namespace json = boost::json;

struct Options {
  std::string folder{platform::policy_folder};
  std::string team, url, field, label, name, type, autocomplete;
  bool as_json = false;

  [[nodiscard]] bool asks_for_a_field() const {
    return !field.empty() || !label.empty() || !name.empty() || !type.empty() ||
           !autocomplete.empty();
  }
};

std::string_view means(model::Disclosure kept) {
  switch (kept) {
    case model::Disclosure::withheld:
      return "nothing but that it was filled in";
    case model::Disclosure::shape:
      return "its rough length and kinds of characters";
    case model::Disclosure::placeholder:
      return "a placeholder, the same for the same text";
    case model::Disclosure::clear:
      return "the text itself, without what is private in it";
  }
  return "";
}

// "teams.d/support.json:3:16"; empty where no line decides. A key that is not there has its
// parent's place, and is said to be usual.
std::string place_of(const fs::path& folder, const redact::Deciding& by) {
  if (by.pointer.empty()) return {};
  const fs::path path =
      by.team.empty() ? folder / "policy.json" : folder / "teams.d" / (by.team + ".json");
  auto text = platform::read_all(path, 4 << 20);
  if (!text) return path.string();
  auto document = policy::Document::parse(path, std::move(*text));
  return document ? document->place(by.pointer) : path.string();
}

class Explaining {
 public:
  Explaining(const Options& options, const policy::Policy& policy, const policy::Team& team)
      : options_(options), policy_(policy), team_(team) {}

  Exit run() {
    const auto page = redact::explain_page(policy_, team_, options_.url);
    if (!page) return fail(page.error());
    std::optional<redact::FieldExplanation> field;
    if (options_.asks_for_a_field()) {
      auto element = policy::DescribedElement::parse(options_.field.empty() ? "*" : options_.field);
      if (!element)
        return fail("--field describes one element, as in input#total[name=total], and not: " +
                    options_.field);
      field = explain_field(std::move(*element));
    }
    if (options_.as_json)
      print_json(*page, field);
    else
      print(*page, field);
    return Exit::good;
  }

 private:
  redact::FieldExplanation explain_field(policy::DescribedElement element) {
    const auto add = [&](const char* key, const std::string& value) {
      if (!value.empty()) element.attributes[key] = value;
    };
    add("name", options_.name);
    add("type", options_.type);
    add("autocomplete", options_.autocomplete);
    const auto said = [&](const char* key) {
      const auto at = element.attributes.find(key);
      return at == element.attributes.end() ? std::string() : at->second;
    };
    const bool by_tag = element.tag == "textarea" || element.tag == "select";
    const std::string type = by_tag ? element.tag
                             : element.attributes.contains("contenteditable")
                                 ? std::string("contenteditable")
                                 : said("type");
    const std::string autocomplete = said("autocomplete");
    std::string label = options_.label;
    for (const char* key : {"aria-label", "placeholder", "title"}) label += " | " + said(key);
    std::string name = said("name");
    for (const char* key : {"id", "data-testid"}) name += " | " + said(key);
    return redact::explain_field(team_, {type, autocomplete, label, name}, element);
  }

  void print(const redact::PageExplanation& page,
             const std::optional<redact::FieldExplanation>& field) {
    std::cout << (page.recorded ? styled("Recorded", Style::green) + ", as " + page.app
                                : styled("Not recorded", Style::yellow))
              << ": " << printable(options_.url) << '\n';
    print_why(page.why, page.by);
    for (const redact::Deciding& by : page.excluded_by)
      std::cout << "  Not for people who are in team " << printable(by.team) << ", too ("
                << printable(place_of(options_.folder, by)) << ")\n";
    if (!field) return;
    const auto& rule = redact::rule_of(field->field_class);
    std::cout << styled(model::word(field->kept), Style::bold) << ": "
              << (page.recorded ? "kept is " : "were it recorded, kept would be ")
              << means(field->kept) << ". The field counts as " << model::word(field->field_class)
              << ", " << rule.means << ".\n";
    print_why(field->why, field->by);
    for (const redact::Deciding& by : field->open)
      std::cout << "  Whether another rule matches shows only in the page ("
                << printable(place_of(options_.folder, by)) << ")\n";
    if (field->kept == model::Disclosure::withheld) return;
    std::cout
        << "  The page can lower it further, by its marks or by what stands around the field.\n";
  }

  void print_why(const std::string& why, const redact::Deciding& by) {
    const std::string place = place_of(options_.folder, by);
    std::cout << "  " << printable(why) << (place.empty() ? "" : " (" + printable(place) + ')')
              << ".\n";
  }

  void print_json(const redact::PageExplanation& page,
                  const std::optional<redact::FieldExplanation>& field) {
    const auto places = [&](const std::vector<redact::Deciding>& list) {
      json::array out;
      for (const redact::Deciding& by : list) out.emplace_back(place_of(options_.folder, by));
      return out;
    };
    json::object report{{"recorded", page.recorded}, {"why", page.why}, {"at", at(page.by)}};
    if (page.recorded) report["app"] = page.app;
    if (!page.excluded_by.empty()) report["excluded_by"] = places(page.excluded_by);
    if (field)
      report["field"] = json::object{{"class", model::word(field->field_class)},
                                     {"kept", model::word(field->kept)},
                                     {"why", field->why},
                                     {"at", at(field->by)},
                                     {"open", places(field->open)}};
    std::cout << json::serialize(report) << '\n';
  }

  json::value at(const redact::Deciding& by) {
    const std::string place = place_of(options_.folder, by);
    return place.empty() ? json::value() : json::value(place);
  }

  const Options& options_;
  const policy::Policy& policy_;
  const policy::Team& team_;
};

Exit explain(const Options& options) {
  const auto policy = policy::read_policy(options.folder, policy::Writers::anybody);
  if (!policy) return fail(policy.error());
  const auto team = std::find_if(policy->teams.begin(), policy->teams.end(),
                                 [&](const policy::Team& one) { return one.name == options.team; });
  if (team == policy->teams.end())
    return fail("the policy has no team " + options.team + "; teams are the files of " +
                (fs::path(options.folder) / "teams.d").string());
  return Explaining(options, *policy, *team).run();
}

}  // namespace

void add_policy_explain(CLI::App& policy, Exit& exit) {
  CLI::App* command = policy.add_subcommand(
      "explain",
      "Says whether a page would be recorded, what would be kept of a field, and which line "
      "decides");
  auto options = std::make_shared<Options>();
  command->add_option("folder", options->folder, "Where policy.json and teams.d lie")
      ->capture_default_str();
  command->add_option("--team", options->team, "Whose rules: the name of a file in teams.d")
      ->required();
  command->add_option("--url", options->url, "The address of the page")->required();
  command->add_option("--field", options->field,
                      "The field as CSS: input#total[name=total], textarea, [data-hr]");
  command->add_option("--label", options->label, "What a person reads on the field");
  command->add_option("--name", options->name, "Its name attribute");
  command->add_option("--type", options->type, "Its type attribute");
  command->add_option("--autocomplete", options->autocomplete, "Its autocomplete attribute");
  command->add_flag("--json", options->as_json, "For scripts: one JSON object");
  command->callback([options, &exit] { exit = explain(*options); });
}

}  // namespace fieldnote::cli
