#include "cli/describe.hpp"

#include "cli/terminal.hpp"

namespace fieldnote::cli {

std::string describe(const model::Target& target) {
  std::string text(target.role);
  if (!target.name.empty()) text += " \"" + printable(target.name) + '"';
  return text;
}

std::string describe(const model::Value& value) {
  using enum model::Disclosure;
  const std::string field(model::word(value.field_class));
  switch (value.disclosure) {
    case withheld:
      return "withheld (" + field + ')';
    case shape: {
      if (!value.shape) return "shape (" + field + ')';
      std::string text = "shape (" + field + ": " + std::string(value.shape->length);
      for (const std::string_view characters : value.shape->characters)
        text += ' ' + std::string(characters);
      return text + ')';
    }
    case placeholder:
      return value.text && !value.text->empty() ? printable(*value.text) : "(emptied)";
    case clear:
      break;
  }
  if (value.checked) return *value.checked ? "on" : "off";
  std::string text;
  for (const std::string_view option : value.options) {
    if (!text.empty()) text += ", ";
    text += '"' + printable(option) + '"';
  }
  if (value.text) text += '"' + printable(*value.text) + '"';
  return text;
}

std::string describe_target(const model::Event& event) {
  if (event.has_target) return describe(event.target);
  return event.navigation ? std::string(model::word(*event.navigation)) : std::string();
}

}  // namespace fieldnote::cli
