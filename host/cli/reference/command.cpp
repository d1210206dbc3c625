#include "cli/reference/command.hpp"

#include <algorithm>
#include <cctype>
#include <string_view>

namespace fieldnote::cli {
namespace {

std::string upper(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) {
    return c == '-' ? '_' : static_cast<char>(std::toupper(c));
  });
  return text;
}

bool names_a_path(std::string_view argument) {
  constexpr std::string_view paths[] = {"FOLDER", "FILE",    "OUT", "POLICY",   "IDENTITY",
                                        "ROSTER", "INTO",    "OLD", "RENDERED", "BUNDLES",
                                        "BUNDLE", "DATASET", "TO",  "RECEIPTS", "NEW"};
  return std::find(std::begin(paths), std::end(paths), argument) != std::end(paths);
}

OptionForm form_of(const CLI::Option& option) {
  OptionForm form;
  for (const std::string& name : option.get_lnames()) form.names.push_back("--" + name);
  for (const std::string& name : option.get_snames()) form.names.push_back("-" + name);
  const bool is_flag = option.get_items_expected_max() == 0;
  if (!is_flag)
    form.argument = upper(form.names.empty() ? option.get_name(true) : option.get_lnames().front());
  form.description = option.get_description();
  if (!is_flag) form.preset = option.get_default_str();
  form.required = option.get_required();
  form.repeats = option.get_items_expected_max() > 1;
  form.is_path = names_a_path(form.argument);
  return form;
}

}  // namespace

Command command_of(const CLI::App& app, const std::string& path) {
  Command command{app.get_name(), path, app.get_description(), {}, {}};
  for (const CLI::Option* option : app.get_options())
    if (!option->get_group().empty()) command.options.push_back(form_of(*option));
  for (const CLI::App* below : app.get_subcommands([](const CLI::App*) { return true; })) {
    const std::string& name = below->get_name();
    // A group of options is a command without a name; they are this command's own.
    if (name.empty())
      for (OptionForm& option : command_of(*below, path).options)
        command.options.push_back(std::move(option));
    else if (!below->get_group().empty())
      command.commands.push_back(command_of(*below, path.empty() ? name : path + ' ' + name));
  }
  return command;
}

}  // namespace fieldnote::cli
