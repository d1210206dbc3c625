// man(7): the form with the reference of all commands in place of @COMMANDS@.
#include "cli/reference/command.hpp"

namespace fieldnote::cli {
namespace {

// Text as roff prints it; what stands between backquotes is bold.
std::string roff(std::string_view text) {
  std::string out;
  bool bold = false;
  for (const char c : text) {
    switch (c) {
      case '\\':
        out += "\\e";
        break;
      case '-':
        out += "\\-";
        break;
      case '\'':
        out += "\\(aq";
        break;
      case '~':
        out += "\\(ti";
        break;
      case '^':
        out += "\\(ha";
        break;
      case '`':
        bold = !bold;
        out += bold ? "\\fB" : "\\fR";
        break;
      case '\n':
        out += '\n';
        break;
      default:
        if ((out.empty() || out.back() == '\n') && c == '.') out += "\\&";
        out += c;
    }
  }
  return out;
}

std::string bold(std::string_view text) {
  return "\\fB" + roff(text) + "\\fR";
}

std::string italic(std::string_view text) {
  return "\\fI" + roff(text) + "\\fR";
}

std::string synopsis_of(const OptionForm& option) {
  std::string text = option.names.empty() ? std::string() : bold(option.names.front());
  if (!option.argument.empty())
    text += (text.empty() ? "" : " ") + italic(option.argument) + (option.repeats ? "..." : "");
  return option.required ? text : '[' + text + ']';
}

void write_option(const OptionForm& option, std::string& page) {
  page += ".TP\n";
  std::string head;
  for (const std::string& name : option.names) head += (head.empty() ? "" : ", ") + bold(name);
  if (!option.argument.empty()) head += (head.empty() ? "" : " ") + italic(option.argument);
  page += head + '\n' + roff(option.description);
  if (!option.preset.empty()) page += " (" + roff(option.preset) + " if not said)";
  page += ".\n";
}

bool is_help(const OptionForm& option) {
  return !option.names.empty() && option.names.front() == "--help";
}

void write_command(const Command& command, std::string& page) {
  if (!command.commands.empty()) {
    for (const Command& below : command.commands) write_command(below, page);
    return;
  }
  page += ".SS fieldnote " + roff(command.path) + "\n.B fieldnote " + roff(command.path) + '\n';
  for (const OptionForm& option : command.options)
    if (!is_help(option)) page += synopsis_of(option) + '\n';
  page += ".PP\n" + roff(command.description) + ".\n";
  for (const OptionForm& option : command.options)
    if (!is_help(option)) write_option(option, page);
}

}  // namespace

std::string man_page(const Command& program, const std::string& form, const std::string& date) {
  std::string commands;
  for (const Command& command : program.commands) write_command(command, commands);
  std::string page = form;
  const auto put = [&](std::string_view mark, const std::string& text) {
    for (auto at = page.find(mark); at != page.npos; at = page.find(mark, at + text.size()))
      page.replace(at, mark.size(), text);
  };
  put("@COMMANDS@\n", commands);
  put("@DATE@", date);
  put("@VERSION@", FIELDNOTE_VERSION);
  return page;
}

}  // namespace fieldnote::cli
