// fieldnote show: a dataset's trajectories as tables that a person can read.
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <iostream>
#include <memory>

#include "cli/commands.hpp"
#include "cli/terminal.hpp"
#include "model/strict_json.hpp"
#include "platform/file.hpp"

namespace fieldnote::cli {
namespace {

namespace json = boost::json;

constexpr std::size_t max_dataset = std::size_t{1} << 30;

std::string text_at(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(key);
  return value != nullptr && value->is_string() ? printable(value->get_string()) : std::string();
}

const json::object* object_at(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(key);
  return value != nullptr ? value->if_object() : nullptr;
}

std::string target_words(const json::object& action) {
  const auto words = [](const json::object& target) {
    const std::string name = text_at(target, "name");
    return text_at(target, "role") + (name.empty() ? "" : " \"" + name + '"');
  };
  const json::object* target = object_at(action, "target");
  const json::object* onto = object_at(action, "onto");
  if (target == nullptr) return text_at(action, "navigation");
  return words(*target) + (onto == nullptr ? "" : " onto " + words(*onto));
}

// What an action tells beyond its target and its value, and what the page did.
std::string more_words(const json::object& step, const json::object& action) {
  std::string text = text_at(action, "key");
  const auto add = [&text](std::string_view words) {
    if (!text.empty()) text += ", ";
    text += words;
  };
  if (const std::string title = text_at(action, "title"); !title.empty()) add(title);
  if (const std::string size = text_at(action, "size"); !size.empty()) add(size);
  const json::object* effect = object_at(step, "effect");
  const json::value* changes = effect == nullptr ? nullptr : effect->if_contains("changes");
  if (changes == nullptr || !changes->is_array()) return text;
  for (const json::value& change : changes->get_array()) {
    if (!change.is_object()) continue;
    const std::string what = text_at(change.get_object(), "what");
    const std::string said = text_at(change.get_object(), "text");
    if (what != "nothing" && what != "changed") add(said.empty() ? what : what + ' ' + said);
  }
  return text;
}

std::string shape_words(const json::object& value) {
  const json::object* shape = object_at(value, "shape");
  if (shape == nullptr) return {};
  std::string text = ": " + text_at(*shape, "length");
  if (const json::value* characters = shape->if_contains("characters");
      characters != nullptr && characters->is_array())
    for (const json::value& kind : characters->get_array())
      if (kind.is_string()) text += ' ' + std::string(kind.get_string());
  return text;
}

std::string value_words(const json::object& action) {
  const json::object* value = object_at(action, "value");
  if (value == nullptr) return {};
  const std::string disclosure = text_at(*value, "disclosure");
  if (disclosure == "withheld" || disclosure == "shape")
    return disclosure + " (" + text_at(*value, "class") + shape_words(*value) + ')';
  if (const json::value* checked = value->if_contains("checked");
      checked != nullptr && checked->is_bool())
    return checked->get_bool() ? "on" : "off";
  std::string text = text_at(*value, "text");
  if (disclosure == "clear" && !text.empty()) text = '"' + text + '"';
  if (const json::value* options = value->if_contains("options");
      options != nullptr && options->is_array())
    for (const json::value& option : options->get_array()) {
      if (!text.empty()) text += ", ";
      if (option.is_string()) text += '"' + printable(option.get_string()) + '"';
    }
  return text;
}

Exit show(const std::string& folder) {
  const platform::fs::path path = platform::fs::path(folder) / "steps.jsonl";
  const auto text = platform::read_all(path, max_dataset);
  if (!text) return fail(text.error());
  const std::vector<std::string> head{"#", "action", "target", "value", "and", "page"};
  std::vector<std::vector<std::string>> rows{head};
  std::string trajectory;
  const auto flush = [&] {
    if (rows.size() > 1) print_table(rows);
    rows.assign(1, head);
  };
  std::string_view rest = *text;
  for (std::size_t number = 1; !rest.empty(); ++number) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(rest.size(), line.size() + 1));
    const auto value = model::parse_strict(line, model::Comments::refused);
    const json::object* step = value ? value->if_object() : nullptr;
    const json::object* action = step != nullptr ? object_at(*step, "action") : nullptr;
    if (action == nullptr)
      return fail(path.string() + ':' + std::to_string(number) + ": is no step");
    if (const std::string name = text_at(*step, "trajectory"); name != trajectory) {
      flush();
      trajectory = name;
      std::cout << (number == 1 ? "" : "\n") << styled("Trajectory " + name, Style::cyan) << ", "
                << text_at(*step, "app") << '\n';
    }
    const json::value* place = step->if_contains("step");
    rows.push_back({place != nullptr && place->is_int64() ? std::to_string(place->get_int64()) : "",
                    text_at(*action, "kind"), target_words(*action), value_words(*action),
                    more_words(*step, *action), text_at(*step, "url")});
  }
  flush();
  if (trajectory.empty()) std::cout << "The dataset has no steps.\n";
  return Exit::good;
}

}  // namespace

void add_show(CLI::App& program, Exit& exit) {
  CLI::App* command =
      program.add_subcommand("show", "Prints the trajectories of a dataset as tables");
  auto folder = std::make_shared<std::string>();
  command->add_option("dataset", *folder, "The folder that `fieldnote export` wrote")->required();
  command->callback([folder, &exit] { exit = show(*folder); });
}

}  // namespace fieldnote::cli
