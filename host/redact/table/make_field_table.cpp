// manifest/field-classes.json and field-words.json to C++, at build time: nothing is parsed at
// start. Refuses what the closed lists of the model do not know.
//   make_field_table FIELD_CLASSES.json FIELD_WORDS.json OUT.cpp
#include <algorithm>
#include <array>
#include <boost/json/value.hpp>
#include <fstream>
#include <iostream>
#include <map>
#include <stdexcept>
#include <vector>

#include "model/strict_json.hpp"
#include "model/words.hpp"
#include "redact/field_words.hpp"

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

unsigned word_class(std::string_view name) {
  if (name == "maybe_one_time_code") return maybe_one_time_code;
  if (name == "maybe_payment_card") return maybe_payment_card;
  if (name == "plain") return plain;
  const auto field_class = model::from_word<model::FieldClass>(name);
  if (!field_class) throw std::runtime_error("words of an unknown class: " + std::string(name));
  return static_cast<unsigned>(*field_class);
}

// Han, Kana, Hangul and Thai, where words stand without blanks, or with endings.
bool is_without_blanks(std::string_view text) {
  for (std::size_t i = 0; i + 2 < text.size(); ++i) {
    const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
    if (byte(i) < 0xE0 || byte(i) > 0xEF) continue;
    const unsigned value =
        (byte(i) & 0xFU) << 12U | (byte(i + 1) & 0x3FU) << 6U | (byte(i + 2) & 0x3FU);
    if ((value >= 0x0E00 && value < 0x0E80) || (value >= 0x3040 && value < 0x3100) ||
        (value >= 0x3400 && value < 0xA000) || (value >= 0xAC00 && value < 0xD7B0))
      return true;
  }
  return false;
}

class Words {
 public:
  void add(std::string_view word, unsigned of_class) {
    const bool whole = word.starts_with('=');
    const FieldTokens tokens(word);
    if (tokens.size() == 0)
      throw std::runtime_error("a word without letters: " + std::string(word));
    const std::string text(tokens.row(0, tokens.size()));
    const bool open = is_without_blanks(text);
    const bool opens_before = open || word.starts_with('*');
    const bool opens_after = open || word.ends_with('*');
    const auto made = static_cast<std::uint8_t>(of_class);
    longest_ = std::max(longest_, tokens.size());
    // The stricter class stands first, and stays.
    if (whole)
      wholes_.try_emplace(text, made);
    else if (tokens.size() > 1 || !(opens_before || opens_after))
      rows_.try_emplace(text, made);
    else if (std::none_of(parts_.begin(), parts_.end(), [&](const Part& p) {
               return p.text == text && p.before == opens_before && p.after == opens_after;
             }))
      parts_.push_back({text, opens_before, opens_after, made});
  }

  [[nodiscard]] std::string cpp() {
    // Longest first within a first byte; equally long ones in the order of the file.
    std::stable_sort(parts_.begin(), parts_.end(), [](const Part& a, const Part& b) {
      const auto first = [](const Part& p) { return static_cast<unsigned char>(p.text[0]); };
      return first(a) != first(b) ? first(a) < first(b) : a.text.size() > b.text.size();
    });
    std::string rows, wholes, parts, slots, firsts;
    std::vector<unsigned> slot_of(std::size_t{1} << 13U);
    if (rows_.size() * 2 > slot_of.size()) throw std::runtime_error("too many words for the slots");
    unsigned number = 0;
    for (const auto& [text, of_class] : rows_) {
      rows += row(text, of_class) + ",\n";
      std::size_t slot = word_hash(text) & (slot_of.size() - 1);
      while (slot_of[slot] != 0) slot = (slot + 1) & (slot_of.size() - 1);
      slot_of[slot] = ++number;
    }
    for (const unsigned slot : slot_of) slots += std::to_string(slot) + ",";
    for (const auto& [text, of_class] : wholes_) wholes += row(text, of_class) + ",\n";
    std::array<unsigned, 257> first_of{};
    for (const Part& part : parts_) {
      parts += "{" + row(part.text, part.of_class) + "," + (part.before ? "true" : "false") + "," +
               (part.after ? "true" : "false") + "},\n";
      ++first_of.at(static_cast<unsigned char>(part.text[0]) + 1U);
    }
    unsigned sum = 0;
    for (const unsigned count : first_of) firsts += std::to_string(sum += count) + ",";
    return "constexpr std::string_view text =\n" + text_ + ";\nconstexpr WordRow rows[] = {\n" +
           rows + "};\nconstexpr WordRow wholes[] = {\n" + wholes +
           "};\nconstexpr std::uint16_t slots[] = {" + slots +
           "};\nconstexpr WordPart parts[] = {\n" + parts +
           "};\nconstexpr std::uint16_t firsts[] = {" + firsts +
           "};\nconstexpr WordTable words{text, rows, wholes, slots, parts, firsts, " +
           std::to_string(longest_) + "};\n";
  }

 private:
  struct Part {
    std::string text;
    bool before, after;
    std::uint8_t of_class;
  };

  std::string row(const std::string& text, std::uint8_t of_class) {
    const std::size_t at = size_;
    size_ += text.size();
    // Letters, marks and blanks alone: nothing is to be escaped.
    text_ += "    \"" + text + "\"\n";
    return "{" + std::to_string(at) + "," + std::to_string(text.size()) + "," +
           std::to_string(of_class) + "}";
  }

  std::map<std::string, std::uint8_t> rows_, wholes_;
  std::vector<Part> parts_;
  std::string text_;
  std::size_t size_ = 0, longest_ = 0;
};

std::string words_of(const json::value& file) {
  Words words;
  for (const auto& [name, languages] : file.at("words").as_object())
    for (const auto& [language, list] : languages.as_object()) {
      const std::string_view text = list.as_string();
      for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find_first_of(",;", at), text.size());
        std::string_view word = text.substr(at, end - at);
        word.remove_prefix(std::min(word.find_first_not_of(' '), word.size()));
        if (!word.empty()) words.add(word, word_class(name));
        at = end + 1;
      }
    }
  return words.cpp();
}

void make(const char* classes, const char* words, const char* to) {
  const std::string text =
      "// Made by table/make_field_table.cpp from manifest/field-classes.json and "
      "field-words.json.\n"
      "#include \"redact/field_class.hpp\"\n"
      "#include \"redact/field_words.hpp\"\n\n"
      "namespace fieldnote::redact {\n\n"
      "using model::Disclosure;\n\n"
      "const std::array<ClassRule, class_count> class_rules{{\n" +
      rules(parsed(classes)) + "}};\n\nnamespace {\n\n" + words_of(parsed(words)) +
      "\n}  // namespace\n\nconst WordTable& word_table() {\n  return words;\n}\n\n"
      "}  // namespace fieldnote::redact\n";
  std::ofstream out(to, std::ios::binary);
  out << text;
  if (!out.flush()) throw std::runtime_error(std::string("cannot write ") + to);
}

}  // namespace
}  // namespace fieldnote::redact

int main(int argc, char** argv) {
  if (argc != 4) {
    std::cerr << "make_field_table FIELD_CLASSES.json FIELD_WORDS.json OUT.cpp\n";
    return 1;
  }
  try {
    fieldnote::redact::make(argv[1], argv[2], argv[3]);
    return 0;
  } catch (const std::exception& error) {
    std::cerr << "make_field_table: " << error.what() << '\n';
    return 1;
  }
}
