// detectors/*.json to one C++ file, at build time: nothing is parsed at start. Refuses what
// README.md does not allow, naming file and row.
//   make_table FOLDER OUT.cpp
#include <re2/filtered_re2.h>

#include <algorithm>
#include <boost/json/value.hpp>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <set>
#include <stdexcept>
#include <vector>

#include "model/strict_json.hpp"
#include "redact/detector.hpp"
#include "redact/normalised.hpp"

namespace fieldnote::redact {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

constexpr std::size_t least_literal = 3;
constexpr std::int64_t usual_reach = 512;

struct Refused : std::runtime_error {
  using std::runtime_error::runtime_error;
};

json::value parsed(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  auto value = model::parse_strict(text, model::Comments::allowed);
  if (!value) {
    const auto line =
        1 + std::count(text.begin(),
                       text.begin() + static_cast<std::ptrdiff_t>(value.error().offset), '\n');
    throw Refused("line " + std::to_string(line) + ": " + value.error().what);
  }
  return std::move(*value);
}

std::string in_quotes(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    constexpr std::string_view octal = "01234567";
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte >= 0x7F || c == '"' || c == '\\' || c == '?') {
      out += '\\';
      out += octal[byte >> 6];
      out += octal[byte >> 3 & 7];
      out += octal[byte & 7];
    } else {
      out += c;
    }
  }
  return out + '"';
}

std::string string_of(const json::value& value, std::string_view key) {
  if (!value.is_string()) throw Refused(std::string(key) + " must be a string");
  return std::string(value.as_string());
}

struct Use {
  std::size_t detector;
  bool keyword;
};

struct Spelling {
  bool open_before = false, open_after = false;
  friend auto operator<=>(const Spelling&, const Spelling&) = default;
};

// RE2 knows of a pattern which texts its matches contain.
NeededSigns needed_signs(const std::string& pattern) {
  NeededSigns needed;
  if (pattern.empty()) return needed;
  re2::FilteredRE2 filter(1);
  int id = 0;
  if (filter.Add(pattern, re2::RE2::Options(), &id) != re2::RE2::NoError)
    throw Refused("pattern is none that RE2 reads");
  std::vector<std::string> texts;
  filter.Compile(&texts);
  const auto could_match_without = [&](Signs signs) {
    std::vector<int> there, potentials;
    for (std::size_t i = 0; i < texts.size(); ++i)
      if ((signs_in(texts[i]) & signs) == 0) there.push_back(static_cast<int>(i));
    filter.AllPotentials(there, &potentials);
    return !potentials.empty();
  };
  for (Signs sign = 1; sign < all_signs; sign = static_cast<Signs>(sign << 1U))
    if (!could_match_without(sign)) needed.all |= sign;
  Signs any = all_signs & static_cast<Signs>(~needed.all);
  if (could_match_without(any)) return needed;
  for (Signs sign = 1; sign < all_signs; sign = static_cast<Signs>(sign << 1U))
    if ((any & sign) != 0 && !could_match_without(any & static_cast<Signs>(~sign)))
      any &= static_cast<Signs>(~sign);
  needed.any = any;
  return needed;
}

class Table {
 public:
  explicit Table(const json::value& lists) {
    for (const auto& [name, words] : lists.as_object())
      for (const json::value& word : words.as_array())
        lists_[std::string(name)].push_back(string_of(word, "a word"));
  }

  void add(const json::object& row) {
    static const std::set<std::string_view> known{
        "name",   "entity",    "keywords", "trigger", "pattern",    "length",
        "digits", "validator", "entropy",  "context", "score",      "reach",
        "source", "licence",   "date",     "finds",   "passes_over"};
    for (const auto& [key, value] : row)
      if (!known.contains(key)) throw Refused("unknown key " + in_quotes(key));
    for (const char* key :
         {"name", "entity", "score", "source", "licence", "date", "finds", "passes_over"})
      if (!row.contains(key)) throw Refused(std::string("lacks \"") + key + '"');
    const std::string name = string_of(row.at("name"), "name");
    if (!names_.insert(name).second) throw Refused("there is another row of this name");
    const std::size_t number = count_++;

    const std::string entity = string_of(row.at("entity"), "entity");
    if (entity != "allowed" && !entity_from_word(entity)) throw Refused("unknown entity " + entity);
    const bool by_keyword = row.contains("keywords");
    if (by_keyword == row.contains("trigger"))
      throw Refused("needs keywords or a trigger, one of them");
    const std::string trigger = by_keyword ? "keyword" : string_of(row.at("trigger"), "trigger");
    if (std::find(trigger_words.begin(), trigger_words.end(), trigger) == trigger_words.end() ||
        (trigger == "keyword") != by_keyword)
      throw Refused("unknown trigger " + trigger);
    if (by_keyword) add_literals(row.at("keywords"), number, true);
    if (by_keyword && !row.contains("pattern")) throw Refused("keywords need a pattern");

    bool required = false;
    if (const json::value* context = row.if_contains("context"))
      required = add_context(context->as_object(), number);
    if (trigger == "text" && !required) throw Refused("trigger text needs a required context");

    std::string validator = "nullptr";
    if (const json::value* given = row.if_contains("validator")) {
      const std::string wanted = string_of(*given, "validator");
      if (validator_named(wanted) == nullptr) throw Refused("unknown validator " + wanted);
      validator = "&validate::" + wanted;
    }
    const auto number_or = [&](const char* key, double otherwise) {
      const json::value* given = row.if_contains(key);
      return given == nullptr ? otherwise : given->to_number<double>();
    };
    const std::string pattern =
        row.contains("pattern") ? string_of(row.at("pattern"), "pattern") : std::string();
    const NeededSigns signs = needed_signs(pattern);
    const bool whole = pattern.empty() || (pattern.starts_with('^') && pattern.ends_with('$'));
    rows_ += "    {" + in_quotes(name) + ", " +
             (entity == "allowed" ? "std::nullopt" : "Entity::" + entity) +
             ", Trigger::" + trigger + ", " + in_quotes(pattern) + ", " + bounds(row, "length") +
             ", " + bounds(row, "digits") + ", " + validator + ", " +
             std::to_string(number_or("entropy", 0)) + "F, " +
             std::to_string(number_or("score", 0)) + "F, " + (required ? "true" : "false") + ", " +
             (whole ? "true" : "false") + ", " +
             std::to_string(static_cast<std::int64_t>(number_or("reach", usual_reach))) + ", {" +
             std::to_string(signs.all) + ", " + std::to_string(signs.any) + "}},\n";
  }

  [[nodiscard]] std::string text() const {
    std::string literals, uses;
    std::size_t used = 0, spelled = 0;
    for (const auto& [key, list] : literals_) {
      literals += "    {" + in_quotes(key.first) + ", " +
                  (key.second.open_before ? "true" : "false") + ", " +
                  (key.second.open_after ? "true" : "false") + ", " + std::to_string(used) + ", " +
                  std::to_string(used + list.size()) + "},\n";
      for (const Use& use : list)
        uses += "    {" + std::to_string(use.detector) + ", " + (use.keyword ? "true" : "false") +
                "},\n";
      used += list.size();
      ++spelled;
    }
    if (used > 0xFFFF) throw Refused("too many keywords and context words");
    return "// Made from detectors/*.json by table/make_table.cpp.\n"
           "#include \"redact/detector.hpp\"\n\n"
           "namespace fieldnote::redact {\nnamespace {\n\n"
           "constexpr Detector detectors[] = {\n" +
           rows_ +
           "};\n\n"
           "constexpr Literal literals[] = {\n" +
           literals +
           "};\n\n"
           "constexpr LiteralUse uses[] = {\n" +
           uses +
           "};\n\n"
           "}  // namespace\n\n"
           "const DetectorTable& detector_table() {\n"
           "  static constexpr DetectorTable table{detectors, literals, uses};\n"
           "  return table;\n}\n\n"
           "}  // namespace fieldnote::redact\n";
  }

 private:
  static std::string bounds(const json::object& row, const char* key) {
    const json::value* given = row.if_contains(key);
    if (given == nullptr) return "{}";
    const json::array& pair = given->as_array();
    if (pair.size() != 2 || pair[0].to_number<std::uint32_t>() > pair[1].to_number<std::uint32_t>())
      throw Refused(std::string(key) + " must be [least, most]");
    return "{" + std::to_string(pair[0].to_number<std::uint32_t>()) + ", " +
           std::to_string(pair[1].to_number<std::uint32_t>()) + "}";
  }

  void add_literal(std::string word, std::size_t detector, bool keyword) {
    Spelling spelling{keyword, keyword};
    if (!keyword && word.starts_with('*')) {
      spelling.open_before = true;
      word.erase(0, 1);
    }
    if (!keyword && word.ends_with('*')) {
      spelling.open_after = true;
      word.pop_back();
    }
    Normalised normalised;
    normalised.assign(word);
    const std::string folded(normalised.folded());
    if (folded.size() < least_literal) throw Refused(in_quotes(word) + " is shorter than 3 bytes");
    auto& list = literals_[{folded, spelling}];
    if (list.empty() || list.back().detector != detector || list.back().keyword != keyword)
      list.push_back({detector, keyword});
  }

  void add_literals(const json::value& words, std::size_t detector, bool keyword) {
    for (const json::value& word : words.as_array())
      add_literal(string_of(word, "a word"), detector, keyword);
  }

  // Whether it is required.
  bool add_context(const json::object& context, std::size_t detector) {
    for (const auto& [key, value] : context)
      if (key != "words" && key != "lists" && key != "required")
        throw Refused("unknown key " + in_quotes(key) + " in context");
    if (const json::value* words = context.if_contains("words"))
      add_literals(*words, detector, false);
    if (const json::value* names = context.if_contains("lists"))
      for (const json::value& name : names->as_array()) {
        const auto list = lists_.find(string_of(name, "a list"));
        if (list == lists_.end())
          throw Refused("words.json has no list " + string_of(name, "a list"));
        for (const std::string& word : list->second) add_literal(word, detector, false);
      }
    const json::value* required = context.if_contains("required");
    return required != nullptr && required->as_bool();
  }

  std::map<std::string, std::vector<std::string>> lists_;
  std::set<std::string> names_;
  std::size_t count_ = 0;
  std::string rows_;
  std::map<std::pair<std::string, Spelling>, std::vector<Use>> literals_;
};

int run(const fs::path& folder, const fs::path& out) {
  std::string where = "words.json";
  try {
    Table table(parsed(folder / "words.json"));
    std::set<fs::path> files;
    for (const auto& entry : fs::directory_iterator(folder))
      if (entry.path().extension() == ".json" && entry.path().filename() != "words.json")
        files.insert(entry.path());
    for (const fs::path& file : files) {
      where = file.filename().string();
      const json::value rows = parsed(file);
      std::size_t n = 0;
      for (const json::value& row : rows.as_array()) {
        const json::value* name = row.as_object().if_contains("name");
        where = file.filename().string() + ", row " + std::to_string(++n) +
                (name != nullptr && name->is_string() ? " (" + std::string(name->as_string()) + ')'
                                                      : "");
        table.add(row.as_object());
      }
    }
    where = out.string();
    std::ofstream file(out, std::ios::binary | std::ios::trunc);
    file << table.text();
    file.close();
    if (!file) throw Refused("cannot be written");
    return 0;
  } catch (const std::exception& error) {
    std::cerr << where << ": " << error.what() << '\n';
    return 1;
  }
}

}  // namespace
}  // namespace fieldnote::redact

int main(int count, char** arguments) {
  if (count != 3) {
    std::cerr << "make_table FOLDER OUT.cpp\n";
    return 2;
  }
  return fieldnote::redact::run(arguments[1], arguments[2]);
}
