// manifest/field-classes.json to C++, at build time: nothing is parsed at start. Refuses what the
// closed lists of the model do not know.
//   make_field_table FIELD_CLASSES.json OUT.cpp
#include <boost/json/value.hpp>
#include <fstream>
#include <iostream>
#include <stdexcept>

#include "model/strict_json.hpp"
#include "model/words.hpp"

namespace fieldnote::redact {
namespace {

namespace json = boost::json;

json::value parsed(const char* path) {
  std::ifstream file(path, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  auto value = model::parse_strict(text, model::Comments::refused);
  if (!value) throw std::runtime_error(std::string(path) + ": " + value.error().what);
  return std::move(*value);
}

template <class Enum>
void require_word(std::string_view word) {
  if (!model::from_word<Enum>(word)) throw std::runtime_error("unknown word " + std::string(word));
}

std::string disclosure(const json::value& word) {
  require_word<model::Disclosure>(word.as_string());
  return "Disclosure::" + std::string(word.as_string());
}

// In the order of model::FieldClass, which is the file's.
std::string rules(const json::value& file) {
  const json::object& rules = file.at("rules").as_object();
  const auto& classes = model::Words<model::FieldClass>::list;
  if (rules.size() != classes.size()) throw std::runtime_error("not one rule a class");
  std::string out;
  std::size_t at = 0;
  for (const auto& [name, rule] : rules) {
    if (name != classes[at++])
      throw std::runtime_error("the classes stand in another order than in model/words.hpp: " +
                               std::string(name));
    const json::value* label = rule.as_object().if_contains("placeholder");
    out += "    {" + disclosure(rule.at("usual")) + ", " + disclosure(rule.at("ceiling")) + ", " +
           (label == nullptr ? "false, \"\""
                             : "true, R\"(" + std::string(label->as_string()) + ")\"") +
           ", R\"(" + std::string(file.at("means").at(name).as_string()) + ")\"},\n";
  }
  return out;
}

void make(const char* classes, const char* to) {
  const std::string text =
      "// Made by table/make_field_table.cpp from manifest/field-classes.json.\n"
      "#include \"redact/field_class.hpp\"\n\n"
      "namespace fieldnote::redact {\n\n"
      "using model::Disclosure;\n\n"
      "const std::array<ClassRule, class_count> class_rules{{\n" +
      rules(parsed(classes)) + "}};\n\n}  // namespace fieldnote::redact\n";
  std::ofstream out(to, std::ios::binary);
  out << text;
  if (!out.flush()) throw std::runtime_error(std::string("cannot write ") + to);
}

}  // namespace
}  // namespace fieldnote::redact

int main(int argc, char** argv) {
  if (argc != 3) {
    std::cerr << "make_field_table FIELD_CLASSES.json OUT.cpp\n";
    return 1;
  }
  try {
    fieldnote::redact::make(argv[1], argv[2]);
    return 0;
  } catch (const std::exception& error) {
    std::cerr << "make_field_table: " << error.what() << '\n';
    return 1;
  }
}
